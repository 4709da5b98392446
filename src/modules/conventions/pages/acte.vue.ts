/** What the page of an act shows, and its sections with it. */
import type { Charge } from '../conventions.contexte.ts';
import type { Acte, Engagement, MotDeSignature, Partie, Revue, Version } from '../conventions.queries.ts';
import type { ParoleDite } from '../paroles.queries.ts';
import type { GenreDeParole } from '../paroles.rules.ts';
import type { LigneDeListe } from '../liste.ts';

export interface ConventionPageProps extends Charge {
  ligne: LigneDeListe;
  parties: readonly Partie[];
  /** Everything that was said of signatures, the latest first; partners alone. */
  mots: readonly MotDeSignature[];
  versions: readonly Version[];
  /** What was said in the name of parties, besides signatures. */
  paroles: readonly ParoleDite[];
  revues: readonly Revue[];
  engagements: readonly Engagement[];
  /** The act that it takes the place of. */
  remplace: Acte | null;
  /** Those that take its place. */
  remplacants: readonly Acte[];
  /** Reads with partners: names, reviews, promises. */
  travail: boolean;
  tient: boolean;
  /** May answer for that organisation. */
  repond: (organisation: string | null) => boolean;
  /** May say that a signature of that organisation is its own. */
  confirme: (organisation: string | null, genre?: GenreDeParole) => boolean;
  /** May denounce the act for that party, as its own. */
  denonce: (partie: Partie) => boolean;
  publie: boolean;
  finie: boolean;
}
