/** A body, as its readers read it. */
import type { Ligne } from '../../core/base/database.ts';
import type { Qualite } from './instances.rules.ts';

/** `type`: kind in the contract's catalogue; `heure`: usual hour, `HH:MM`; `closeLe`: day it ended. */
export interface Instance
  extends Pick<
    Ligne<'instances'>,
    | 'id'
    | 'type'
    | 'nom'
    | 'nomEntier'
    | 'territoireId'
    | 'porteurId'
    | 'objet'
    | 'confidentialite'
    | 'confidentialiteMotif'
    | 'cadenceMois'
    | 'vote'
    | 'fiches'
    | 'lieu'
    | 'heure'
    | 'dureeMinutes'
    | 'version'
    | 'modifiePar'
    | 'modifieLe'
    | 'closeLe'
  > {
  /** Day it was created. */
  depuis: string;
  /** Seats held today by the person who asks, and which ones, in the same order. */
  sieges: Qualite[];
  siegesIds: string[];
  /** Read for a reserved part of a session: `sieges` are only those that it names. */
  reservee?: true;
}

export interface Lecteur {
  courriel: string;
  aujourdhui: string;
}

export interface InstanceDeListe extends Instance {
  derniere: string | null;
  prochaine: string | null;
  /** The next session, planned or being prepared. */
  prochaineId: string | null;
  /** It has sessions that this reader may not know of: what is said of the others judges nothing. */
  reservees: boolean;
}
