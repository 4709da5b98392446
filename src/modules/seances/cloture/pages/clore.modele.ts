/** What the page that closes a session and its sections show, read once for a request. */
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { ReleveContenu } from '../../releve/releve.modele.ts';
import type { Instance } from '../../../instances/index.ts';
import type { SigneSansDessin } from '../../releve/impression.ts';
import type { Comptes, Participant, Point, Seance } from '../../seances.queries.ts';
import type { HeuresReelles } from '../../seances.rules.ts';
import type { Brouillon } from '../../tenue/brouillons.queries.ts';
import type { Voix } from '../../paroles/voix.rules.ts';
import type { AClasser } from '../../tenue/presences.rules.ts';
import type { Amendement, Releve } from '../cloture.queries.ts';
import type { Chaise, LigneDApprobation } from '../cloture.rules.ts';
import type { EtatDocuments } from '../releve.documents.ts';

export interface ClorePageProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
  contenu: ReleveContenu;
  empreinte: string;
  points: readonly Point[];
  amendements: readonly Amendement[];
  approbations: readonly LigneDApprobation[];
  /** Frozen versions, the latest first. */
  releves: readonly Releve[];
  participants: readonly Participant[];
  /** Begun in the session and not added; read by who keeps it. */
  brouillons: readonly Brouillon[];
  reel: HeuresReelles | null;
  /** What the clock says that is out of the ordinary: freezing asks. */
  questions: readonly string[];
  /** What still stands before freezing. */
  restes: readonly string[];
  /** May propose a correction. */
  amende: boolean;
  /** The chairs for which this person may approve that text: one form each. `plusieurs`: they speak for more than one. */
  approuve: readonly Chaise[];
  plusieurs: boolean;
  /** Those which may still answer what was noted for them, of whichever text, whoever presides today. */
  repond: readonly Chaise[];
  /** Of minutes frozen before the text at hand: noted for a chair, or given by another. */
  anterieures: readonly LigneDApprobation[];
  /** Noted that approval themselves: another confirms it. */
  aNote: (l: LigneDApprobation) => boolean;
  /** Contested by somebody who left: for who keeps it. */
  aClasser: readonly AClasser[];
  /** Addresses that may be said not to be theirs: for who keeps it. */
  ecartables: readonly (Voix & { participant: Participant; adresse: string })[];
  /** Files of the frozen version. */
  documents: EtatDocuments;
  /** What no font prints. */
  signes: readonly SigneSansDessin[];
  /** Whom it would reach, in words. */
  porteeDite: string;
  /** Whom it reached, once it left. */
  envoi: Comptes | null;
  /** The public reads a version of it. */
  publie: boolean;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
