/** What a form that names the correspondent was drawn from. */
export const marqueDuCorrespondant = (r: { designeLe: Date } | undefined): string => r?.designeLe.toISOString() ?? 'personne';
