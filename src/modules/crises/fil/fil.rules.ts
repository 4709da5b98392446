/** What became of a note at one mairie, in one word; the link of its letter. Pure. */
import type { Coffre } from '../../../core/coffre.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Envoi, NoteDeMairie } from './fil.queries.ts';

const USAGE = 'note-de-crise';
/** Mairies that a correction would leave with the words that it corrects. */
export const sansCorrection = (mairies: readonly Pick<NoteDeMairie, 'note' | 'territoireId'>[], corrige: number, choisies: readonly string[]): string[] =>
  mairies.filter((m) => m.note === corrige && !choisies.includes(m.territoireId)).map((m) => m.territoireId);

/** Over the row and the address that it went to: it dies with either. */
type Scelle = Pick<Envoi, 'id' | 'inscritId'> & { courriel: string };
const parties = (e: Scelle): string[] => [e.id, e.inscritId, e.courriel.toLowerCase()];
export const CHEMIN_DU_LIEN = '/notes-de-crise/:envoiDeNote/:sceauDeNote';
export const lienDe = (coffre: Coffre, e: Scelle): string => `/notes-de-crise/${e.id}/${signerLien(coffre, USAGE, parties(e))}`;
export const estSigne = (coffre: Coffre, e: Scelle, recu: string): boolean => e.courriel !== '' && estLienSigne(coffre, USAGE, parties(e), recu);
/** Path under which what became of the letter is found. */
export const objetDe = (criseId: string, envoiId: string): string => `/crises/${criseId}/fil?envoi=${envoiId}`;

/**
 * `sans-personne`: nobody on its list · `accusee` · `a-partir`: no letter has left · `attendue` · `muette`: one who had it is past their time ·
 * `sans-suite`: silent, and nobody left to ask · `close`: the room closed before it answered.
 */
export type EtatDeMairie = 'sans-personne' | 'accusee' | 'a-partir' | 'attendue' | 'muette' | 'sans-suite' | 'close';
export interface SuiviDeMairie {
  etat: EtatDeMairie;
  /** The first letter that a mail server took. */
  priseLe: Date | null;
  /** Since when an answer is overdue. */
  muetteDepuis: Date | null;
  /** Asked after somebody else. */
  relais: number;
  refus: number;
}
export function suivreMairie(
  m: Pick<NoteDeMairie, 'accuseLe' | 'sansSuiteLe'>,
  envois: readonly Envoi[],
  o: { maintenant: Date; ouverte: boolean },
): SuiviDeMairie {
  const prises = envois.flatMap((e) => (e.partiLe ? [e.partiLe.getTime()] : []));
  const retards = envois.flatMap((e) => (e.partiLe && e.duLe < o.maintenant ? [e.duLe.getTime()] : []));
  const priseLe = prises.length > 0 ? new Date(Math.min(...prises)) : null;
  const muetteDepuis = !m.accuseLe && retards.length > 0 ? new Date(Math.min(...retards)) : null;
  const etat = ((): EtatDeMairie => {
    if (m.accuseLe) return 'accusee';
    if (!o.ouverte) return 'close';
    if (envois.length === 0) return 'sans-personne';
    if (m.sansSuiteLe) return 'sans-suite';
    if (muetteDepuis) return 'muette';
    return priseLe ? 'attendue' : 'a-partir';
  })();
  return {
    etat,
    priseLe,
    muetteDepuis,
    relais: envois.filter((e) => e.motif === 'silence' || e.motif === 'rebond' || e.motif === 'retard').length,
    refus: envois.filter((e) => e.rebondLe).length,
  };
}
