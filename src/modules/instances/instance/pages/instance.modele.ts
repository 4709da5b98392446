/** What the page of a body and its sections show, read once for a request. */
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance, Seance } from '../../instances.queries.ts';
import type { Cadence } from '../../instances.rules.ts';
import type { Demande, Membre } from '../instance.queries.ts';

export interface InstancePageProps {
  catalogue: Catalogue;
  instance: Instance;
  cadence: Cadence;
  decisionsOuvertes: number;
  membres: readonly Membre[];
  seances: readonly Seance[];
  demandes: readonly Demande[];
  /** Prepares and holds its sessions; reads them; may ask for an agenda item; may change its settings. */
  tient: boolean;
  lit: boolean;
  demande: boolean;
  gere: boolean;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
