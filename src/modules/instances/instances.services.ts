/** What the module needs of the outside, given by the application. */
import { timingSafeEqual } from 'node:crypto';
import type { Utilisateur } from '../../core/authorize.ts';
import type { Coffre } from '../../core/coffre.ts';
import type { Db } from '../../core/database.ts';
import type { Direct } from '../../core/direct.ts';
import type { Contexte } from '../../core/http.ts';

export interface ServicesInstances {
  /** Who holds this account, with their mandates of today; null once it is closed. */
  identifier: (db: Db, contratId: number, compteId: string, quand: Date) => Promise<Utilisateur | null>;
  coffre: Coffre;
  /** Public address of the platform; null takes the one that the request came by. */
  adresse: string | null;
  direct: Direct | null;
}

/** Scheme and host of the links put in mails. */
export const origineDe = (s: Pick<ServicesInstances, 'adresse'>, c: Contexte): string =>
  s.adresse ? new URL(s.adresse).origin : `${c.brut.request.protocol}://${c.brut.request.host}`;

const signature = (coffre: Coffre, participantId: string): string => coffre.signer(`invitation:${participantId}`);
/** Path of the page where someone without an account answers a convocation. */
export const cheminInvitation = (coffre: Coffre, participantId: string): string => `/invitations/${participantId}/${signature(coffre, participantId)}`;
export const estSignature = (coffre: Coffre, participantId: string, recue: string): boolean => {
  const attendue = Buffer.from(signature(coffre, participantId));
  const lue = Buffer.from(recue);
  return attendue.length === lue.length && timingSafeEqual(attendue, lue);
};
