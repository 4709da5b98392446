/** The columns of a table of acts: what goes out comes back in. Pure. */
import type { Cellule } from '../../core/csv.ts';
import { cleTexte } from '../../core/mots.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Acte, Partie } from './conventions.queries.ts';
import { NATURES, type Nature } from './conventions.rules.ts';
import { direEtat } from './mots.ts';
import { compte } from './paroles.rules.ts';

/** Name of the column -> field of the form; `parties`, `signee_le` and `etat` are not of the form. */
export const COLONNES = {
  Nature: 'nature',
  Titre: 'titre',
  Référence: 'reference',
  Objet: 'objet',
  'Tenu par': 'porteur',
  Parties: 'parties',
  'Signé le': 'signee_le',
  'Date d’effet': 'effet',
  'Date de fin': 'fin',
  'Préavis (jours)': 'preavis',
  'Reconduction (mois)': 'reconduction',
  'Revue (mois)': 'revue',
  Territoires: 'territoires',
  Dispositifs: 'systemes',
  'Lignes d’action': 'lignes',
  Périmètre: 'lieu',
} as const;
export type Champ = (typeof COLONNES)[keyof typeof COLONNES];
export const TITRES = Object.keys(COLONNES);
/** Said, never read back: states come from dates and signatures. */
export const LUES_SEULES = ['État', 'Signatures à confirmer', 'Autres à confirmer', 'Adresse'] as const;

/** « Convention » or « convention », « arrêté » or « arrete ». */
export const natureDe = (mot: string): Nature | null =>
  (Object.keys(NATURES) as Nature[]).find((n) => [cleTexte(n), cleTexte(NATURES[n])].includes(cleTexte(mot))) ?? null;
/** Of a code, or of a name as people write it. */
function trouver<T extends { id: string; nom: string }>(parId: ReadonlyMap<string, T>, mot: string): string | null {
  if (parId.has(mot)) return mot;
  const cle = cleTexte(mot);
  const trouves = [...parId.values()].filter((x) => cleTexte(x.nom) === cle || cleTexte(x.id) === cle);
  return trouves.length === 1 ? (trouves[0]?.id ?? null) : null;
}
export const acteurDe = (c: Pick<Catalogue, 'acteurs'>, mot: string): string | null => trouver(c.acteurs, mot);
export const territoireDe = (c: Pick<Catalogue, 'territoires'>, mot: string): string | null => trouver(c.territoires, mot);
export const enMots = (v: string): string[] =>
  v
    .split(';')
    .map((x) => x.trim())
    .filter((x) => x !== '');

/** Signatures that wait for their party, those that count meanwhile and those that do not. */
export const aConfirmerDe = (a: Pick<Acte, 'aConfirmer' | 'suspendues'>): number => a.aConfirmer + a.suspendues;
/** One act, in the order of `TITRES` and `LUES_SEULES`. Everybody signed on one day and nobody denies it, or the cell stays empty. */
export function cellulesDe(a: Acte, parties: readonly Partie[], c: Catalogue, aujourdhui: string): Cellule[] {
  const restent = parties.filter((p) => p.retireeLe === null);
  const jours = new Set(restent.map((p) => (compte('signature', p.etat) ? p.signeeLe : null)));
  return [
    NATURES[a.nature],
    a.titre,
    a.reference,
    a.objet,
    c.nomActeur(a.porteurId),
    restent.map((p) => (p.organisationId ? c.nomActeur(p.organisationId) : p.nom)).join(' ; '),
    jours.size === 1 ? ([...jours][0] ?? '') : '',
    a.effet ?? '',
    a.fin ?? '',
    a.preavisJours || '',
    a.reconductionMois ?? '',
    a.revueMois ?? '',
    a.territoires.map((t) => c.territoires.get(t)?.nom ?? t).join(' ; '),
    a.systemes.join(' ; '),
    a.lignes.join(' '),
    a.lieu,
    direEtat(a, aujourdhui),
    aConfirmerDe(a),
    a.enAttente,
    `/conventions/${a.id}`,
  ];
}
