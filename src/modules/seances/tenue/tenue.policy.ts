/** Who writes while a session is held. */
import type { Contient, Utilisateur } from '../../../core/authorize.ts';
import { type Cadre, peutTenir } from '../../instances/index.ts';
import { peutApprouver } from '../seances.policy.ts';

/** Opens, writes minutes, notes who came, closes: whoever keeps the body, its secretariat, and who presides. */
export const peutEcrireEnSeance = (u: Utilisateur | null, c: Cadre, contient: Contient): boolean => peutTenir(u, c, contient) || peutApprouver(u, c);
