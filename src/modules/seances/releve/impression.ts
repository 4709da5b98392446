/** What no font can print in a paper, told to its author before it is printed. */
import { sansPolice } from '../../documents/index.ts';

export interface SigneSansDessin {
  caractere: string;
  ou: string;
}
/** In anything that will be written: names, items, notes, words. The first twenty. */
export const signesSansDessin = async (contenu: unknown): Promise<SigneSansDessin[]> => (await sansPolice(contenu)).slice(0, 20);
