/** The demonstration: who keeps some of the places that the contract names; other places invented, and said so. */
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { estUnBesoin } from '../referentiel/besoins.ts';
import { addReferent } from '../referents/referents.queries.ts';
import { addService } from '../structures/services.ts';
import { contenuDe, createStructure, updateStructure, VIDE } from '../structures/ecrire.ts';
import type { Nommee } from '../structures/nommees.schema.ts';
import { getStructureDuContrat } from '../structures/structures.queries.ts';
import { serviceSchema } from '../structures/structures.schema.ts';
import { SERVICE_VIDE } from '../structures/structures.vue.ts';
import { tenirLAcces } from '../verification/lien.ts';

const besoins = z.array(z.string().refine(estUnBesoin, 'besoin inconnu')).min(1);
const profilSchema = z.strictObject({
  /** Cards of the contract that someone invented keeps: nothing is invented of the place itself. */
  tenues: z.array(z.string()),
  fictives: z.array(
    z.strictObject({
      nom: z.string().regex(/\(fictif\)$/, 'un lieu inventé le dit dans son nom'),
      territoire: z.string(),
      adresse: z.string(),
      horaires: z.string(),
      /** Longitude and latitude: as invented as the place. */
      point: z.tuple([z.number(), z.number()]),
      langues: z.array(z.string()),
      accessibilite: z.array(z.string()),
      besoins,
      sans_rdv: z.boolean().default(false),
      anonyme: z.boolean().default(false),
      gratuit: z.boolean().default(false),
      lieu_sur: z.boolean().default(false),
      label: z.string().default(''),
    }),
  ),
  /** Days are counted from the day of the demonstration. */
  referents: z.array(
    z.strictObject({ role: z.string(), organisation: z.string(), territoire: z.string(), nom: z.string(), debut: z.string(), fin: z.string().optional() }),
  ),
});
const NOM = 'annuaire';
const PERSONNE = { correspondant_nom: 'Personne Fictive', correspondant_courriel: 'personne.fictive@exemple.fr' };
export function verifierProfil(profils: Profils, nommees: readonly Pick<Nommee, 'cle'>[]): string[] {
  const connues = new Set(nommees.map((n) => n.cle));
  return (profils.lire(NOM, profilSchema)?.tenues ?? [])
    .filter((cle) => !connues.has(cle))
    .map((cle) => `demonstration/${NOM}.yaml, tenues : « ${cle} » n’est pas dans structures.yaml`);
}

export async function genererAnnuaireDemo(tx: Db, catalogue: Catalogue, d: { profils: Profils; aujourdhui: string }): Promise<string> {
  const profil = d.profils.lire(NOM, profilSchema);
  if (!profil) return 'aucun lieu d’aide';
  const quand = new Date();
  const auteur = { par: 'Démonstration', organisme: 'la démonstration', voie: 'commande', quand } as const;
  const tenir = (id: string) => tenirLAcces(tx, catalogue.contratId, { id, nom: PERSONNE.correspondant_nom, courriel: PERSONNE.correspondant_courriel }, quand);
  for (const cle of profil.tenues) {
    const s = await getStructureDuContrat(tx, catalogue.contratId, cle);
    if (!s) continue;
    await updateStructure(tx, catalogue, s, { ...contenuDe(s), ...PERSONNE }, auteur);
    await tenir(s.id);
  }
  for (const {
    besoins: ses,
    sans_rdv,
    anonyme,
    gratuit,
    territoire,
    point: [longitude, latitude],
    ...f
  } of profil.fictives) {
    const id = await createStructure(tx, catalogue, { ...VIDE, ...f, longitude, latitude, territoire_id: territoire, ...PERSONNE }, auteur, {
      fictive: true,
      verifie: true,
    });
    const service = { ...SERVICE_VIDE, nom: 'Accueil et orientation', besoins: ses };
    await addService(
      tx,
      catalogue.contratId,
      { id, jointeA: null },
      { ...serviceSchema.parse(service), sans_rdv, anonyme, frais: gratuit ? 'gratuit' : '' },
      auteur,
    );
    await tenir(id);
  }
  for (const r of profil.referents)
    await addReferent(
      tx,
      catalogue.contratId,
      {
        ...{
          role: r.role,
          organisation: r.organisation,
          territoire: r.territoire,
          nom: r.nom,
          fonction: 'Référence fictive',
          courriel: 'referent.fictif@exemple.fr',
          telephone: '',
        },
        ...{
          suppleant_nom: '',
          suppleant_courriel: '',
          suppleant_telephone: '',
          debut: plusJours(d.aujourdhui, Number(r.debut)),
          absent_jusquau: null,
          fin: r.fin ? plusJours(d.aujourdhui, Number(r.fin)) : null,
        },
      },
      auteur,
    );
  return `${profil.tenues.length} lieux du contrat tenus, ${profil.fictives.length} fictifs, ${profil.referents.length} référents fictifs`;
}
