/** The content of minutes: clean texts, digest, what the public may read. Pure. */
import { empreinteDe } from '../../../core/trace/audit.ts';
import type { ReleveContenu } from './releve.modele.ts';

export { avecContestations, avecReponses, contestees, direContestee, type PresenceContestee } from './approbations.rules.ts';
export { chiffresPublics } from './chiffres.rules.ts';
export { compterRetraits, expurger, RETIRE } from './expurgation.rules.ts';
export { NATURES_SUSPECT, type Suspect, suspects } from './suspects.rules.ts';
export { lireBlocs, nettoyerTexte } from '../../documents/index.ts';

/**
 * What a president approves: everything but the approvals themselves, the number and the letterhead, which come after, the next date and the end of
 * the reading period, which may be set meanwhile, and what is said beside the text: one who contests their presence undoes no approval.
 */
export const empreinteContenu = ({ approbations: _, numero: __, prochaine: ___, entete: ____, relecture: _____, ...contenu }: ReleveContenu): string =>
  empreinteDe({ ...contenu, participants: contenu.participants.map(({ contestee: _c, contesteeAussi: _a, participant: _p, ...dit }) => dit) });
