/**
 * The personal link of a convocation. Nothing of it is kept: the platform's key signs who it was sent to (seat and address), for
 * which session, which convocation of it (SEQUENCE) and until when. It opens only while all of that still holds. Pure.
 */
import { JOUR_MS } from '../../../core/jours.ts';
import type { EtatSeance } from '../../instances/index.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { sontEgaux } from '../../../core/lien-signe.ts';

/** Days after the session (or the last date proposed) for which the link still opens. */
const JOURS_APRES = 3;
/** Days for which it opens when no date is known at all. */
const JOURS_SANS_DATE = 30;

export interface Destination {
  participantId: string;
  seanceId: string;
  sequence: number;
  /** Mail address it is sent to, or `adresseDeLettre` for a printed one. */
  adresse: string;
}
/** A letter goes to the person who holds the seat. */
export const adresseDeLettre = (nom: string): string => `lettre:${nom}`;

const numeroDuJour = (jour: string): number => Math.floor(Date.parse(`${jour}T00:00:00Z`) / JOUR_MS);

/** Last day (number since 1970) on which the link opens. `jours`: the session's, or those proposed. */
export function finDuLien(jours: readonly (string | null)[], aujourdhui: string): number {
  const connus = jours.filter((j) => j !== null).map(numeroDuJour);
  return connus.length > 0 ? Math.max(...connus) + JOURS_APRES : numeroDuJour(aujourdhui) + JOURS_SANS_DATE;
}

const signer = (coffre: Coffre, d: Destination, fin: number): string =>
  coffre.signer(['convocation', d.participantId, d.seanceId, d.sequence, fin, d.adresse.toLowerCase()].join('\n'));

/** Path of the page where someone without an account answers a convocation. */
export const cheminInvitation = (coffre: Coffre, d: Destination, fin: number): string =>
  `/invitations/${d.participantId}/${d.sequence.toString(36)}-${fin.toString(36)}-${signer(coffre, d, fin)}`;

export interface Situation {
  participantId: string;
  seanceId: string;
  etat: EtatSeance;
  /** SEQUENCE of the convocation in force. */
  sequence: number;
  jour: string | null;
  /** Addresses of the seat as it is held today. */
  adresses: readonly string[];
  /** The seat is held, was not withdrawn from the session, and the body still exists. */
  siege: boolean;
  aujourdhui: string;
}
export const FINS = {
  annulee: 'Cette séance est annulée : le lien de la convocation ne sert plus.',
  terminee: 'Cette séance a eu lieu et son relevé est arrêté : le lien de la convocation ne sert plus.',
  siege: 'Le siège auquel ce lien a été envoyé n’est plus convié à cette séance.',
  parti: 'Le compte de la personne à qui ce lien a été envoyé est fermé : le lien ne sert plus. Le secrétariat de l’instance dira qui tient le siège.',
  remplace: 'Une convocation plus récente a été envoyée : ouvrez le lien du dernier message reçu.',
  expire: 'Ce lien a expiré : il sert jusqu’à quelques jours après la séance.',
  ancien: 'Ce lien date d’avant un changement de la plateforme et ne sert plus : demandez au secrétariat de vous renvoyer la convocation.',
} as const;
export type FinDeLien = keyof typeof FINS;

/** Whose link it is and whether it opens; null when this key never signed it for this seat. */
export function lireLien(coffre: Coffre, recu: string, s: Situation): { adresse: string; fin: FinDeLien | null } | null {
  const m = /^([0-9a-z]{1,6})-([0-9a-z]{1,6})-([\w-]{32})$/.exec(recu);
  if (!m) return /^[\w-]{32}$/.test(recu) ? { adresse: '', fin: 'ancien' } : null;
  const [sequence, dernier, signature] = [Number.parseInt(m[1] ?? '', 36), Number.parseInt(m[2] ?? '', 36), m[3] ?? ''];
  const adresse = s.adresses.find((a) => sontEgaux(signer(coffre, { ...s, sequence, adresse: a }, dernier), signature));
  if (adresse === undefined) return null;
  const aujourdhui = numeroDuJour(s.aujourdhui);
  // A session brought forward ends its links earlier than they say.
  const passee = aujourdhui > dernier || (s.jour !== null && aujourdhui > numeroDuJour(s.jour) + JOURS_APRES);
  const fin: FinDeLien | null =
    s.etat === 'annulee'
      ? 'annulee'
      : s.etat === 'figee' || s.etat === 'declaree'
        ? 'terminee'
        : !s.siege
          ? 'siege'
          : sequence !== s.sequence
            ? 'remplace'
            : passee
              ? 'expire'
              : null;
  return { adresse, fin };
}
