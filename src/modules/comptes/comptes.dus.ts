/** What accounts and the desk of the data protection officer make people owe. */
import type { Regle } from '../../core/trace/retention.ts';
import type { Source } from '../echeances/index.ts';
import { buildSourceConservation, sourceDemandes } from './dpo/dpo.dus.ts';
import { sourcePropositions } from './gestion/propositions.dus.ts';

export const sourcesDesComptes = (conservation: readonly Regle[]): readonly Source[] => [
  sourceDemandes,
  buildSourceConservation(conservation),
  sourcePropositions,
];
