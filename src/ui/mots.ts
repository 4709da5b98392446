/** Words of a text, as people count them: by the server when the page is made, by the island while it is typed. */
export const compterMots = (t: string): number => t.split(/\s+/).filter((m) => /[\p{L}\p{N}]/u.test(m)).length;
export const direMots = (t: string): string => {
  const n = compterMots(t);
  return n === 0 ? 'Rien n’est écrit.' : n === 1 ? '1 mot écrit.' : `${n} mots écrits.`;
};
