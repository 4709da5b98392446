/** The dates of an act in order, and where each stands on its line. Pure. */
import { plusJours } from '../echeances/index.ts';
import { effetDe, estFinie, etatDe, type Terme, termeDe, type Vie } from './conventions.rules.ts';

type GenreDeDate = 'signature' | 'texte' | 'effet' | 'avenant' | 'revue' | 'limite' | 'fin';
export interface DateDActe {
  genre: GenreDeDate;
  jour: string;
  libelle: string;
}
interface Entree {
  vie: Vie;
  signatures: readonly { jour: string; qui: string }[];
  avenants: readonly { jour: string; resume: string }[];
  revues: readonly { jour: string; issue: string }[];
  /** The next review, when one is due. */
  revueDue: string | null;
  aujourdhui: string;
}
export interface Frise {
  dates: DateDActe[];
  /** First and last day drawn. */
  debut: string;
  fin: string;
  /** Days in force; `ouverte`: without an end. */
  vigueur: { de: string; a: string; ouverte: boolean } | null;
}

const finDeVie = (v: Vie, t: Terme | null): string | null =>
  [v.denonceeLe, v.remplaceeLe, t?.fin ?? null].filter((x): x is string => x !== null).sort()[0] ?? null;

/** Null while nothing of it has a day. */
export function friseDe(e: Entree): Frise | null {
  const { vie: v } = e;
  const t = termeDe(v, e.aujourdhui);
  const effet = effetDe(v) ?? v.effet;
  const dates: DateDActe[] = [
    ...e.signatures.map((s) => ({ genre: 'signature' as const, jour: s.jour, libelle: `Signature : ${s.qui}` })),
    ...(effet ? [{ genre: 'effet' as const, jour: effet, libelle: effetDe(v) ? 'Prise d’effet' : 'Date d’effet prévue' }] : []),
    ...e.avenants.map((a) => ({ genre: 'avenant' as const, jour: a.jour, libelle: `Avenant : ${a.resume}` })),
    ...e.revues.map((r) => ({ genre: 'revue' as const, jour: r.jour, libelle: `Revue : ${r.issue}` })),
    ...(e.revueDue
      ? [{ genre: 'revue' as const, jour: e.revueDue, libelle: e.revueDue < e.aujourdhui ? 'Revue due, pas encore tenue' : 'Prochaine revue' }]
      : []),
    ...(t && t.limite !== t.fin && !estFinie(etatDe(v, e.aujourdhui))
      ? [{ genre: 'limite' as const, jour: t.limite, libelle: v.reconductionMois ? 'Dernier jour pour dénoncer' : 'Dernier jour pour renouveler' }]
      : []),
    ...(t ? [{ genre: 'fin' as const, jour: t.fin, libelle: v.reconductionMois ? 'Fin du terme, reconduit tacitement' : 'Fin' }] : []),
    ...(v.denonceeLe ? [{ genre: 'fin' as const, jour: v.denonceeLe, libelle: 'Cesse' }] : []),
    ...(v.remplaceeLe ? [{ genre: 'fin' as const, jour: v.remplaceeLe, libelle: 'Cède la place à un autre acte' }] : []),
  ].sort((a, b) => a.jour.localeCompare(b.jour));
  const premiere = dates[0]?.jour;
  const derniere = dates.at(-1)?.jour;
  if (premiere === undefined || derniere === undefined) return null;
  const bornes = [premiere, derniere, e.aujourdhui].sort();
  const [debut, fin] = [plusJours(bornes[0] ?? premiere, -30), plusJours(bornes[2] ?? derniere, 30)];
  const cesse = finDeVie(v, t);
  return { dates, debut, fin, vigueur: effetDe(v) ? { de: effet ?? premiere, a: cesse ?? fin, ouverte: cesse === null } : null };
}
/** Between 0 and 1, from the first day drawn to the last. */
export const placeDe = (f: Pick<Frise, 'debut' | 'fin'>, jour: string): number => {
  const [a, b, x] = [f.debut, f.fin, jour].map((d) => Date.parse(d)) as [number, number, number];
  return b === a ? 0 : Math.min(1, Math.max(0, (x - a) / (b - a)));
};
/** First days of years within, six at most. */
export function anneesDe(f: Pick<Frise, 'debut' | 'fin'>): string[] {
  const [de, a] = [Number(f.debut.slice(0, 4)) + 1, Number(f.fin.slice(0, 4))];
  const pas = Math.max(1, Math.ceil((a - de + 1) / 6));
  return Array.from({ length: Math.max(0, a - de + 1) }, (_, i) => de + i)
    .filter((_, i) => i % pas === 0)
    .map((y) => `${y}-01-01`);
}
