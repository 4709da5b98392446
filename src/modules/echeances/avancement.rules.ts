/**
 * Where a debt stands: not due yet, late, given and validated by nobody yet, validated, contested; or nothing is owed. The only definition;
 * `avancementSql` says the same to PostgreSQL, and a test holds them together. Pure: days are `YYYY-MM-DD`.
 */
import { pourcentDit } from '../../ui/typographie.ts';
import type { Echeance } from './echeances.types.ts';

export const AVANCEMENTS = {
  attendu: 'attendu, pas encore dû',
  en_retard: 'en retard',
  a_valider: 'reçu, à valider',
  valide: 'validé',
  conteste: 'contesté',
  sans_objet: 'sans objet',
} as const;
export type Avancement = keyof typeof AVANCEMENTS;
export const CODES_AVANCEMENT = Object.keys(AVANCEMENTS) as Avancement[];
export const estUnAvancement = (v: string): v is Avancement => Object.hasOwn(AVANCEMENTS, v);

export function avancementDe(e: Pick<Echeance, 'dueLe' | 'soldeeLe' | 'soldeEtat' | 'sansObjetLe'>, aujourdhui: string): Avancement {
  if (e.sansObjetLe) return 'sans_objet';
  if (e.soldeeLe) return e.soldeEtat === '' ? 'valide' : e.soldeEtat;
  return e.dueLe !== null && e.dueLe < aujourdhui ? 'en_retard' : 'attendu';
}

export type ComptesDAvancement = Record<Avancement, number>;
export const AUCUN: ComptesDAvancement = { attendu: 0, en_retard: 0, a_valider: 0, valide: 0, conteste: 0, sans_objet: 0 };

/** Given, whatever became of it. */
export const arrives = (n: ComptesDAvancement): number => n.a_valider + n.valide + n.conteste;
/** Expected by now: what came, early or not, and what is late. Neither what is not due yet, nor what nobody owes. */
export const dus = (n: ComptesDAvancement): number => arrives(n) + n.en_retard;
/** Whole percents, never 100 while one is missing nor 0 when one came; null when nothing was due. */
export function part(n: ComptesDAvancement): number | null {
  const [a, d] = [arrives(n), dus(n)];
  return d === 0 ? null : pourcentDit(a, d);
}
