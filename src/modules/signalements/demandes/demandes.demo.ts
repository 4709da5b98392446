/** Invented reports of the demonstration, written by the engine itself: received, handled, answered as real ones are. */
import { z } from 'zod';
import type { Coffre } from '../../../core/coffre.ts';
import { instantDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import type { Categorie, Circuit } from '../circuits/circuit.schema.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { CODES_ETATS } from '../circuits/etats.ts';
import { buildDemande } from '../signaler/preparer.ts';
import { masquer } from '../texte/detecteur.rules.ts';
import { MINIMUM, ouvrir } from '../recurrences/recurrences.ts';
import { getDemande, listDemandes } from './demandes.queries.ts';
import { passer, recevoir } from './ecrire.ts';
import { type Acte, fautesDActe, suitesDuDeclarant } from './machine.rules.ts';

const suiteSchema = z.strictObject({
  /** Days after the act before. */
  apres: z.number().int().min(0).max(60),
  vers: z.enum(CODES_ETATS),
  motif: z.string().default(''),
  message: z.string().default(''),
  service: z.string().default(''),
  ailleurs: z.string().default(''),
  /** Programmed that many days later. */
  dans: z.number().int().min(0).optional(),
  note: z.number().int().min(1).max(5).optional(),
});
const demandesDemoSchema = z.array(
  z.strictObject({
    circuit: z.string(),
    categorie: z.string(),
    territoire: z.string(),
    adresse: z.string().max(200).default(''),
    /** Latitude and longitude; the address does not exist. */
    point: z.tuple([z.number(), z.number()]).optional(),
    canal: z.string().default('web'),
    /** Organisation that asks; left out where a resident does. */
    de: z.string().optional(),
    il_y_a: z.number().int().min(1).max(300),
    heure: z.number().int().min(0).max(23).default(14),
    texte: z.string().default(''),
    /** Of a place that comes back, with those of the same kind at the same address. */
    revient: z.boolean().default(false),
    suites: z.array(suiteSchema).default([]),
  }),
);
type Voulue = z.output<typeof demandesDemoSchema>[number];
const lireVoulues = (p: Profils): Voulue[] => p.lire('demandes', demandesDemoSchema) ?? [];

/** The first answer to each question that asks for one. */
const repondre = (k: Categorie): Record<string, string | string[]> =>
  Object.fromEntries(
    k.questions
      .filter((q) => q.obligatoire)
      .map((q) => [q.code, 'options' in q ? [q.options[0]?.code ?? ''] : q.type === 'nombre' ? String(Math.max(1, q.min)) : 'Organisme fictif']),
  );
const acteDe = (s: Voulue['suites'][number], jour: string): Acte => ({
  vers: s.vers,
  service: s.service,
  motif: s.motif,
  message: s.message,
  note: '',
  jour: s.dans === undefined ? null : plusJours(jour, s.dans),
  ailleurs: s.ailleurs,
});

/** What the engine would refuse; empty when all may happen. */
export function verifierDemandesDemo(profils: Profils, circuits: Circuits, territoires: { has(id: string): boolean }): string[] {
  return lireVoulues(profils).flatMap((v, i) => {
    const ici = `demonstration/demandes.yaml, ${i + 1}`;
    const circuit = circuits.get(v.circuit);
    if (!circuit || !categorieDe(circuit, v.categorie)) return [`${ici} : circuit ou catégorie inconnus (« ${v.circuit} », « ${v.categorie} »)`];
    const fautes = territoires.has(v.territoire) ? [] : [`${ici} : territoire « ${v.territoire} » inconnu`];
    let etat = 'recu';
    for (const s of v.suites) {
      if (!suitesDuDeclarant(circuit, etat).includes(s.vers))
        fautes.push(...fautesDActe(circuit, { etat, serviceId: '' }, acteDe(s, '2026-01-01'), '2026-01-01').map((f) => `${ici}, ${s.vers} : ${f.message}`));
      etat = s.vers;
    }
    return fautes;
  });
}

/** Never used: nobody invented has an address. */
const SANS_COFFRE: Coffre = {
  chiffrer: () => {
    throw new Error('Une demande fictive n’a pas d’adresse.');
  },
  dechiffrer: () => {
    throw new Error('Une demande fictive n’a pas d’adresse.');
  },
  lisible: () => null,
  signer: () => '',
  cleDe: () => '',
};

export async function genererDemandesDemo(tx: Db, cat: Catalogue, circuits: Circuits, o: { profils: Profils; aujourdhui: string }): Promise<number> {
  const voulues = lireVoulues(o.profils);
  const lieux = new Map<string, string[]>();
  for (const v of voulues) {
    const circuit = circuits.get(v.circuit);
    const k = circuit && categorieDe(circuit, v.categorie);
    if (!circuit || !k) continue;
    const id = await ecrireDemo(tx, cat, circuit, k, v, o.aujourdhui);
    const lieu = `${v.circuit} ${v.categorie} ${v.adresse}`;
    if (v.revient) lieux.set(lieu, [...(lieux.get(lieu) ?? []), id]);
  }
  for (const ids of lieux.values()) await suivreDemo(tx, cat, ids, o.aujourdhui);
  return voulues.length;
}

async function suivreDemo(tx: Db, cat: Catalogue, ids: readonly string[], aujourdhui: string): Promise<void> {
  const demandes = (await listDemandes(tx, cat.contratId, ids)).reverse();
  const [meneuse] = demandes;
  const maintenant = instantDe(aujourdhui, '08:00');
  if (meneuse && maintenant && demandes.length >= MINIMUM)
    await ouvrir({ db: tx, contrat: { id: cat.contratId, slug: cat.slug }, maintenant, utilisateur: null }, demandes, meneuse);
}

/** Returns its id. */
async function ecrireDemo(tx: Db, cat: Catalogue, circuit: Circuit, k: Categorie, v: Voulue, aujourdhui: string): Promise<string> {
  const contrat = { id: cat.contratId, slug: cat.slug };
  let jour = plusJours(aujourdhui, -v.il_y_a);
  const le = (j: string) => instantDe(j, `${String(v.heure).padStart(2, '0')}:30`) ?? new Date(`${j}T12:00:00Z`);
  const c = (maintenant: Date) => ({ db: tx, contrat, maintenant, utilisateur: null });
  const services = { coffre: SANS_COFFRE, adresse: '' };
  const lieu = { territoireId: v.territoire, adresse: v.adresse, lon: v.point?.[1] ?? null, lat: v.point?.[0] ?? null, jour, heure: v.heure };
  const faits = { reponses: repondre(k), texte: v.texte, textePublic: masquer(v.texte), courriel: '' };
  const d = buildDemande(le(jour), cat, circuit, k, lieu, faits, { canal: v.canal, de: v.de ? { organisationId: v.de, id: null } : null });
  await recevoir(c(le(jour)), services, circuit, d, '');
  for (const s of v.suites) {
    jour = plusJours(jour, s.apres);
    if (jour > aujourdhui) return d.id;
    const actuelle = await getDemande(tx, cat.contratId, d.id);
    if (actuelle) await passer(c(le(jour)), services, circuit, actuelle, acteDe(s, jour), s.note === undefined ? {} : { note: s.note });
  }
  return d.id;
}
