/** What the page of a body and its sections show, read once for a request. */
import type { EnPages } from '../../../../core/http/list-page.ts';
import type { ReactNode } from 'react';
import type { Bloc } from '../../../../core/module.ts';
import type { Instance } from '../../instances.types.ts';
import type { Cadence } from '../../instances.rules.ts';
import type { Demande } from '../demandes.queries.ts';
import type { MembreListe } from '../instance.queries.ts';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';

export interface InstancePageProps {
  catalogue: Catalogue;
  instance: Instance;
  cadence: Cadence;
  decisionsOuvertes: number;
  membres: readonly MembreListe[];
  /** The session to go on with, and what is shown of all of them. */
  enCours: string | null;
  section: ReactNode;
  /** Other bodies, and what goes between them. */
  liens: ReactNode;
  /** What it follows from one session to the next. */
  problemes: ReactNode;
  recurrents: ReactNode;
  /** What other modules say of it. */
  blocs: readonly Bloc[];
  demandes: EnPages<Demande>;
  /** Prepares and holds its sessions; reads them; may ask for an agenda item; may change its settings. */
  tient: boolean;
  lit: boolean;
  demande: boolean;
  gere: boolean;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
