import type { Utilisateur } from '../../core/authorize.ts';

/** Outside the demonstration a fictive person is nobody, whatever they still hold. */
export const admis = (u: Utilisateur | null, demonstration: boolean): Utilisateur | null => (u?.fictif && !demonstration ? null : u);
