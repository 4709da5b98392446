/** What the module needs of the outside, given by the application. */
import type { Titre, Utilisateur } from '../../core/authorize.ts';
import type { Db } from '../../core/base/database.ts';

export interface ServicesInstances {
  /** Who acts by a feed: what it was made under less what has ended since; null once nothing is left of it. */
  identifier: (db: Db, contratId: number, titre: Titre, quand: Date) => Promise<Utilisateur | null>;
  /** Mandates that a feed made now by this person would follow. */
  mandatsDe: (db: Db, contratId: number, u: Pick<Utilisateur, 'id' | 'forte'>, quand: Date) => Promise<readonly { id: string }[]>;
  /** Public address of the platform, from the settings alone. */
  adresse: string;
}

/** Scheme and host of the links put in mails. */
export const origineDe = (s: Pick<ServicesInstances, 'adresse'>): string => new URL(s.adresse).origin;
