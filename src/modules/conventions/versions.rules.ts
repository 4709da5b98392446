/** Two texts of an act, article by article: what stays, what goes, what comes. Pure. */
import { diffComm } from 'node-diff3';

export interface Passage {
  genre: 'commun' | 'ote' | 'ajoute';
  lignes: readonly string[];
}
const lignesDe = (texte: string): string[] =>
  texte
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((l) => l.replace(/\s+/g, ' ').trim())
    .filter((l) => l !== '');

export function comparerTextes(avant: string, apres: string): Passage[] {
  return diffComm(lignesDe(avant), lignesDe(apres)).flatMap((d): Passage[] => {
    if (d.common) return [{ genre: 'commun', lignes: d.common }];
    const passages: Passage[] = [];
    if (d.buffer1.length > 0) passages.push({ genre: 'ote', lignes: d.buffer1 });
    if (d.buffer2.length > 0) passages.push({ genre: 'ajoute', lignes: d.buffer2 });
    return passages;
  });
}
