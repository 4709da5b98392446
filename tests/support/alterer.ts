/** The same link, mark or key with its last character changed: never the same by chance, whatever it ended with. */
export const alterer = (ecrit: string): string => `${ecrit.slice(0, -1)}${ecrit.endsWith('A') ? 'B' : 'A'}`;
