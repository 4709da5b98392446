/** What accounts and the desk of the data protection officer make people owe. */
import type { Source } from '../echeances/index.ts';
import { sourceConservation, sourceDemandes } from './dpo/dpo.dus.ts';
import { sourcePropositions } from './gestion/propositions.dus.ts';

export const sourcesDesComptes: readonly Source[] = [sourceDemandes, sourceConservation, sourcePropositions];
