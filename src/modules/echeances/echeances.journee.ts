/** What waits for one person in their day, and in their calendar: only what they may do. */
import type { Mandat, Utilisateur } from '../../core/authorize.ts';
import type { Db } from '../../core/base/database.ts';
import { listEcheances } from './echeances.queries.ts';
import { grouper, plusJours } from './echeances.rules.ts';
import type { Echeance, Genre, Lecteur } from './echeances.types.ts';
import { listGenres } from './genres.ts';

/** Days ahead that a day speaks of. */
const HORIZON = 30;

export interface GroupeDuJour {
  genre: Genre;
  echeances: readonly Echeance[];
}

/** Late, or due within a month, by kind; the kind with the oldest one first. All of them: they are counted, and a calendar would lose the rest. */
export async function getJourDesEcheances(db: Db, l: Lecteur): Promise<GroupeDuJour[]> {
  const fin = plusJours(l.aujourdhui, HORIZON);
  const siennes = (await listEcheances(db, l, { moi: true }, null, null)).filter((e) => e.dueLe === null || e.dueLe <= fin);
  const genres = new Map(listGenres().map((g) => [g.code, g]));
  return [...grouper(siennes, (e) => e.genre)].flatMap(([code, echeances]) => {
    const genre = genres.get(code);
    return genre ? [{ genre, echeances }] : [];
  });
}

/** The eyes of a partner who sits nowhere and keeps nothing. */
const MANDAT: Mandat = { role: 'agent', territoireId: null, fiche: null };
const partenaireDe = (u: Utilisateur): Utilisateur => ({
  ...u,
  id: '00000000-0000-0000-0000-000000000000',
  courriel: '',
  mandats: [MANDAT],
  gestionnaire: false,
});

/** Open ones of these territories, due by that day or late, that anyone at work on the contract may read: what a paper may say. */
export const listEcheancesRapportees = (db: Db, l: Lecteur & { u: Utilisateur }, f: { territoires: readonly string[]; au: string }): Promise<Echeance[]> =>
  listEcheances(db, { ...l, u: partenaireDe(l.u) }, { territoires: f.territoires, au: f.au }, null, null);

export interface EcheanceDeCalendrier extends Echeance {
  dueLe: string;
  genreDit: string;
  /** Anyone at work on the contract may read its object: its title may leave the platform. */
  partagee: boolean;
}
/** Those of this person between two days, but for the kinds that the calendar shows by itself. */
export async function listEcheancesDuCalendrier(
  db: Db,
  l: Lecteur & { u: Utilisateur },
  f: { debut: string; fin: string; sauf: readonly string[] },
): Promise<EcheanceDeCalendrier[]> {
  const siennes = (await listEcheances(db, l, { moi: true, du: f.debut, au: f.fin }, null, null)).filter((e) => !f.sauf.includes(e.genre));
  const partagees = new Set((await listEcheances(db, { ...l, u: partenaireDe(l.u) }, { ids: siennes.map((e) => e.id) }, null, null)).map((e) => e.id));
  const libelles = new Map(listGenres().map((g) => [g.code, g.libelle]));
  return siennes.flatMap((e) => (e.dueLe ? [{ ...e, dueLe: e.dueLe, genreDit: libelles.get(e.genre) ?? e.genre, partagee: partagees.has(e.id) }] : []));
}
