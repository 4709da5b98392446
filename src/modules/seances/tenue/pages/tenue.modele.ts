/** What the screen of a session shows, read once for a request. */
import type { Present } from '../../../../core/direct/direct.ts';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Participant, Point, Seance } from '../../seances.queries.ts';
import type { Brouillon } from '../brouillons.queries.ts';
import type { Vote } from '../tenue.queries.ts';
import type { Decision } from '../../../decisions/index.ts';

export interface Tenue {
  catalogue: Catalogue;
  instance: Instance;
  seance: Seance;
  points: readonly Point[];
  participants: readonly Participant[];
  decisions: readonly Decision[];
  votes: readonly Vote[];
  /** May prepare, hold and close here. */
  tient: boolean;
  /** Writes in this session, which is open. */
  ecrit: boolean;
  maintenant: Date;
  /** Begun and not added, whoever began it; read by those who write. */
  brouillons: readonly Brouillon[];
  /** Who looks. */
  compteId: string;
  /** Item on the screen. */
  montre: string | null;
}

/** What was typed in one of the forms and could not be kept as it was. */
export interface Saisie {
  formulaire: 'ouvrir' | 'notes' | 'decision' | 'vote' | 'presences' | 'invite' | 'point';
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export interface EcranProps extends Tenue {
  moi: { id: string; nom: string };
  presents: readonly Present[];
  saisie: Saisie | null;
  /** Decision being corrected. */
  corrigee: Decision | null;
  /** What changed meanwhile and was not overwritten. */
  alerte: string | null;
}
