/** Counts by month and by place, as they may be told: small ones hidden, nothing of the last months. Pure. */
import { estPetit, masquerParts } from '../../../core/petits-nombres.ts';
import { rangDeMois } from '../../../core/jours.ts';
import { grouper } from '../../echeances/index.ts';
import { duree, pluriel } from '../../../ui/typographie.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { EtatDEnvoi } from '../envois/etat.rules.ts';
import type { Activation } from './bilan.queries.ts';

interface Part {
  cle: string;
  /** Null: hidden. */
  nombre: number | null;
}
/** Alerts whose place is in no first-level territory: everywhere, or beyond. */
export const HORS = '';
const sommeDe = (l: readonly Activation[]): number => l.reduce((s, a) => s + a.nombre, 0);

/** One part for each key, in their order, and the total; small parts are hidden with another, so that no difference gives them back. */
export function parCle(activations: readonly Activation[], cles: readonly string[], cle: (a: Activation) => string): Parts {
  const groupes = grouper(activations, cle);
  const m = masquerParts(cles.map((k) => sommeDe(groupes.get(k) ?? [])));
  return { parts: cles.map((k, i) => ({ cle: k, nombre: m.parts[i] ?? null })), total: m.total };
}

export interface Parts {
  parts: Part[];
  total: number | null;
}
export const TRIMESTRES = [1, 2, 3, 4] as const;
export const trimestreDe = (mois: string): number => Math.ceil(Number(mois.slice(5, 7)) / 3);

/**
 * Months of one year within its quarters: what is told of a place by quarter must not give back a month that is hidden. Where a quarter is hidden
 * no month is told: those of the others would say which it is.
 */
export function parMois(activations: readonly Activation[], annee: number): Parts & { trimestres: (number | null)[] } {
  const mois = moisDe(annee, `${annee}-12`);
  const groupes = grouper(activations, (a) => a.mois);
  const nombres = mois.map((m) => sommeDe(groupes.get(m) ?? []));
  const duTrimestre = TRIMESTRES.map((t) => nombres.filter((_, i) => trimestreDe(mois[i] ?? '') === t));
  const trimestres = masquerParts(duTrimestre.map(enTout)).parts;
  const dits = trimestres.every((n) => n !== null);
  const parts = duTrimestre.flatMap((siens) => (dits ? masquerParts(siens).parts : siens.map(() => null)));
  return { parts: mois.map((cle, i) => ({ cle, nombre: parts[i] ?? null })), total: masquerParts(nombres).total, trimestres };
}

const enTout = (nombres: readonly number[]): number => nombres.reduce((a, b) => a + b, 0);
/**
 * Rows of a table that may not be told, when its totals both ways are: each is told whole or not at all. What the hidden ones add up to is nothing or enough in
 * each column, as each is in its row; so whoever subtracts everything told knows none of their cells to less than five (`bilan.rules.test.ts` looks for one).
 * `deja`: hidden already, their total too. Null when a column itself is small: nothing is told then.
 */
export function lignesCachees(table: readonly (readonly number[])[], deja: ReadonlySet<number> = new Set()): ReadonlySet<number> | null {
  const colonnes = (table[0] ?? []).map((_, j) => table.map((l) => l[j] ?? 0));
  if (colonnes.some((c) => estPetit(enTout(c)))) return null;
  const cachees = new Set(table.flatMap((l, i) => (deja.has(i) || l.some(estPetit) ? [i] : [])));
  for (const c of colonnes)
    if (estPetit(enTout(c.filter((_, i) => cachees.has(i))))) {
      const une = c.findIndex((n, i) => n > 0 && !cachees.has(i));
      if (une >= 0) cachees.add(une);
    }
  return cachees;
}

/** A table as it is told: a row that is hidden has no numbers. Null: none of it is told. */
export type Croise = { cle: string; nombres: readonly number[] | null }[] | null;
/** Places by what their alerts are cut into. `cachees`: places whose total is hidden, or that are hidden in a coarser cut. */
export function croiser(
  activations: readonly Activation[],
  lieux: readonly string[],
  colonnes: readonly string[],
  o: { lieu: (a: Activation) => string; colonne: (a: Activation) => string; cachees: (lieu: string) => boolean },
): Croise {
  const parLieu = grouper(activations, o.lieu);
  // What is in none of the columns is one too: whoever subtracts has it.
  const toutes = [...new Set([...colonnes, ...activations.map(o.colonne)])];
  const table = lieux.map((l) => {
    const parColonne = grouper(parLieu.get(l) ?? [], o.colonne);
    return toutes.map((c) => sommeDe(parColonne.get(c) ?? []));
  });
  const cachees = lignesCachees(table, new Set(lieux.flatMap((l, i) => (o.cachees(l) ? [i] : []))));
  return cachees && lieux.map((cle, i) => ({ cle, nombres: cachees.has(i) ? null : (table[i] ?? []).slice(0, colonnes.length) }));
}
/** Is this place told there? */
export const ditDuLieu = (x: Croise, lieu: string): readonly number[] | null => x?.find((l) => l.cle === lieu)?.nombres ?? null;

const enMois = (rang: number): string => `${Math.floor(rang / 12)}-${String((rang % 12) + 1).padStart(2, '0')}`;
/** The last month told, `YYYY-MM`: whole, and old enough. */
export const dernierMois = (aujourdhui: string, recul: number): string => enMois(rangDeMois(aujourdhui) - recul - 1);
/** First day of the month after. */
export const apresLeMois = (mois: string): string => `${enMois(rangDeMois(mois) + 1)}-01`;
/** Months of a year, up to that one. */
export const moisDe = (annee: number, jusqua: string): string[] =>
  Array.from({ length: 12 }, (_, i) => `${annee}-${String(i + 1).padStart(2, '0')}`).filter((m) => m <= jusqua);

/**
 * What a report says of holes and silences. `trous`: counted as they were found, null where nobody looked (before it left); `lignes`: of the
 * history, which is kept for a time only. An absence is never read from a history that is empty.
 */
export function direTrous(q: { trous: number | null; lignes: number; combien: (e: EtatDEnvoi) => number }): string[] {
  const { combien } = q;
  const trous =
    q.trous === null
      ? 'Les trous n’ont pas été comptés.'
      : q.trous === 0
        ? 'Aucun trou : chaque fonction attendue, ici et aux alentours, avait quelqu’un à qui écrire.'
        : `${pluriel(q.trous, 'trou', 'trous')}${q.lignes < q.trous ? ' ; le fil qui les disait n’est plus gardé' : ''}.`;
  const dire = (e: EtatDEnvoi, un: string, plusieurs: string) => (combien(e) > 0 ? [`${pluriel(combien(e), un, plusieurs)}.`] : []);
  return [
    trous,
    ...dire('relaye', 'destinataire sans réponse à temps, relais demandé', 'destinataires sans réponse à temps, relais demandé'),
    ...dire('sans-suite', 'destinataire sans réponse à temps, et personne après', 'destinataires sans réponse à temps, et personne après'),
    ...dire('en-retard', 'destinataire en retard', 'destinataires en retard'),
    ...dire('muet', 'destinataire sans réponse à la levée', 'destinataires sans réponse à la levée'),
    ...dire('a-partir', 'message pas encore parti', 'messages pas encore partis'),
    ...dire('non-parti', 'message jamais parti', 'messages jamais partis'),
    ...dire('sans-objet', 'réponse qui n’était plus attendue à la levée', 'réponses qui n’étaient plus attendues à la levée'),
  ];
}

type Validee = Pick<Alerte, 'etat' | 'validation' | 'ecriteLe' | 'diffuseeLe' | 'closeLe' | 'exercice'>;
/** What came of the validation, and how long it took: the link that is missing at night is said as it is. */
export function direValidation(a: Validee, palier: { validation: number }, maintenant: Date): string {
  const apres = (quand: Date): string => duree((quand.getTime() - a.ecriteLe.getTime()) / 60_000);
  if (a.etat === 'ecartee') return `Écartée ${apres(a.closeLe ?? maintenant)} après l’écriture.`;
  if (!a.diffuseeLe) return `Attend une validation depuis ${apres(maintenant)}.`;
  if (a.validation === 'garde') return `De l’écriture à la validation : ${apres(a.diffuseeLe)}.`;
  if (a.validation === 'delai') return `Personne n’a validé : partie seule ${apres(a.diffuseeLe)} après l’écriture.`;
  if (palier.validation === 0) return 'Ce palier n’attend pas de validation.';
  return a.exercice ? 'Validation sautée.' : 'Écrite, ou relevée, par qui valide : aucune validation attendue.';
}
