/** What a session could deal with, from what is open; the most pressing first. Pure. */
import { contientMots } from '../../../core/mots.ts';
import { accorder, pluriel } from '../../../ui/typographie.ts';
import type { GenrePoint } from '../seances.rules.ts';

export interface Proposition {
  /** What it comes from, once a session: `decision:<id>`, `manquants:3.3:2025`… */
  cle: string;
  genre: GenrePoint;
  titre: string;
  /** Why it is proposed: one short sentence. */
  raison: string;
  fiche: string | null;
  ligne: string | null;
  territoireId: string | null;
  minutes: number;
  rapporteur?: string;
  expose?: string;
  /** Greater comes first. */
  poids: number;
}

/** Of no fiche, line nor place. */
export const VIDE = { fiche: null, ligne: null, territoireId: null };

/** How many are offered at once: what a council can still choose among. */
const POINTS_PROPOSES = 5;

/** A figure moved enough to be spoken of: a quarter more or less, on numbers that are not small. */
const TENDANCE_PCT = 25;
const TENDANCE_BASE = 20;
export const estHorsTendance = (avant: number, apres: number): boolean =>
  Math.max(avant, apres) >= TENDANCE_BASE && avant > 0 && Math.abs((apres - avant) / avant) * 100 >= TENDANCE_PCT;

/** By weight; at most `parGenre` of a kind among those offered, so that one does not fill the agenda. */
export function choisir(propositions: readonly Proposition[], nombre = POINTS_PROPOSES, parGenre = 2): { choisies: Proposition[]; autres: Proposition[] } {
  const triees = [...propositions].sort((a, b) => b.poids - a.poids || a.titre.localeCompare(b.titre, 'fr'));
  const vues = new Map<GenrePoint, number>();
  const choisies = triees.filter((p) => {
    const n = vues.get(p.genre) ?? 0;
    if (n >= parGenre) return false;
    vues.set(p.genre, n + 1);
    return true;
  });
  // Room left goes to the most pressing of the others.
  const complement = triees.filter((p) => !choisies.includes(p)).slice(0, Math.max(0, nombre - choisies.length));
  const retenues = triees.filter((p) => choisies.slice(0, nombre).includes(p) || complement.includes(p));
  return { choisies: retenues, autres: triees.filter((p) => !retenues.includes(p)) };
}

/** In the words of its title or reason, accents and case aside. */
export const chercher = (propositions: readonly Proposition[], mots: string): Proposition[] =>
  propositions.filter((p) => contientMots(`${p.titre} ${p.raison} ${p.fiche ?? ''}`, mots));

/** The last half-year that is over: `2026-S1` until the end of 2026. */
export function dernierSemestre(aujourdhui: string): string {
  const annee = Number(aujourdhui.slice(0, 4));
  return Number(aujourdhui.slice(5, 7)) > 6 ? `${annee}-S1` : `${annee - 1}-S2`;
}

/** What is recorded for a fiche, and the commitments that nothing supports. « Rien n’est enregistré » only when nothing is. */
export function direSansPreuve(p: { annee: string; sans: number; engagements: number; comptes: number; titre: string }): string {
  const sur = `${pluriel(p.sans, 'engagement')} sur ${p.engagements}`;
  if (p.comptes === 0) return `Rien n’est enregistré en ${p.annee} pour ${sur} de « ${p.titre} ».`;
  const comptes = pluriel(p.comptes, 'enregistrement compte', 'enregistrements comptent');
  return `${comptes} pour « ${p.titre} » en ${p.annee} ; ${sur} ${accorder(p.sans, 'n’a', 'n’ont')} encore aucune preuve.`;
}
