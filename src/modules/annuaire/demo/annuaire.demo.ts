/** The demonstration: places that the contract names, with what it says of them and nothing else; others invented, and said so. */
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { estUnBesoin } from '../referentiel/besoins.ts';
import { addReferent } from '../referents/referents.queries.ts';
import { addService } from '../structures/services.ts';
import { createStructure, VIDE } from '../structures/ecrire.ts';
import { type ServiceSaisi, serviceSchema } from '../structures/structures.schema.ts';
import { SERVICE_VIDE } from '../structures/structures.vue.ts';
import { tenirLAcces } from '../verification/lien.ts';

const besoins = z.array(z.string().refine(estUnBesoin, 'besoin inconnu')).min(1);
const profilSchema = z.strictObject({
  structures: z.array(
    z.strictObject({
      acteur: z.string(),
      nom: z.string(),
      territoire: z.string(),
      besoins,
      publics: z.array(z.string()).default([]),
      precisions: z.string().default(''),
      service: z.string(),
      /** Line, fiche or glossary of the contract that says it. */
      source: z.string(),
    }),
  ),
  fictives: z.array(
    z.strictObject({
      nom: z.string().regex(/\(fictif\)$/, 'un lieu inventé le dit dans son nom'),
      territoire: z.string(),
      adresse: z.string(),
      horaires: z.string(),
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
export function verifierProfil(profils: Profils): string[] {
  profils.lire(NOM, profilSchema);
  return [];
}

export async function genererAnnuaireDemo(tx: Db, catalogue: Catalogue, d: { profils: Profils; aujourdhui: string }): Promise<string> {
  const profil = d.profils.lire(NOM, profilSchema);
  if (!profil) return 'aucun lieu d’aide';
  const quand = new Date();
  const auteur = { par: 'Démonstration', organisme: 'la démonstration', voie: 'commande', quand } as const;
  const un = async (contenu: Partial<typeof VIDE>, service: Partial<ServiceSaisi> & Pick<ServiceSaisi, 'nom' | 'besoins'>, o: { fictive: boolean }) => {
    const id = await createStructure(tx, catalogue, { ...VIDE, ...contenu }, auteur, o.fictive ? { fictive: true, verifie: true } : {});
    const rienDAutre = serviceSchema.parse({ ...SERVICE_VIDE, nom: service.nom, besoins: service.besoins });
    await addService(tx, catalogue.contratId, { id, jointeA: null }, { ...rienDAutre, ...service }, auteur);
    return id;
  };
  for (const s of profil.structures) {
    const ligne = catalogue.lignes.get(s.source);
    const ou = ligne ? `contrat, ${s.source}` : s.source === 'glossaire' ? 'contrat, glossaire' : `contrat, fiche ${s.source}`;
    await un(
      {
        nom: s.nom,
        organisation_id: s.acteur,
        territoire_id: s.territoire,
        description: `Nommé par le ${ou}. Adresse, horaires et contact à compléter par qui en répond.`,
      },
      { nom: s.service, besoins: s.besoins, publics: s.publics, publics_precisions: s.precisions },
      { fictive: false },
    );
  }
  for (const { besoins: ses, sans_rdv, anonyme, gratuit, territoire, ...f } of profil.fictives) {
    const id = await un(
      { ...f, territoire_id: territoire, correspondant_nom: 'Personne Fictive', correspondant_courriel: 'personne.fictive@exemple.fr' },
      { nom: 'Accueil et orientation', besoins: ses, sans_rdv, anonyme, frais: gratuit ? 'gratuit' : '' },
      { fictive: true },
    );
    await tenirLAcces(tx, catalogue.contratId, { id, nom: 'Personne Fictive', courriel: 'personne.fictive@exemple.fr' }, quand);
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
          fin: r.fin ? plusJours(d.aujourdhui, Number(r.fin)) : null,
        },
      },
      auteur,
    );
  return `${profil.structures.length} lieux d’aide du contrat, ${profil.fictives.length} fictifs, ${profil.referents.length} référents fictifs`;
}
