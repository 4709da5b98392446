/** What the page of an act shows, and its sections with it. */
import type { Charge } from '../conventions.contexte.ts';
import type { Acte, Engagement, Partie, Revue, Version } from '../conventions.queries.ts';
import type { LigneDeListe } from '../liste.ts';

export interface ConventionPageProps extends Charge {
  ligne: LigneDeListe;
  parties: readonly Partie[];
  versions: readonly Version[];
  revues: readonly Revue[];
  engagements: readonly Engagement[];
  /** The act that it takes the place of. */
  remplace: Acte | null;
  /** Reads with partners: names, reviews, promises. */
  travail: boolean;
  tient: boolean;
  /** May answer for that organisation. */
  repond: (organisation: string | null) => boolean;
  publie: boolean;
  finie: boolean;
}
export const nomDe = (p: Pick<ConventionPageProps, 'catalogue'>, x: Pick<Partie, 'organisationId' | 'nom'>): string =>
  x.organisationId ? p.catalogue.nomActeur(x.organisationId) : x.nom;
