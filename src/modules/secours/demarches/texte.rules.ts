/** What is typed, cleaned; and telephone numbers that have nothing to do on a public page. Pure. */
import { z } from 'zod';
import { sansBlancs } from '../secours.schema.ts';

/** One thing by line, no blank line, no space around. */
export const champTexte = z.string().transform((t) =>
  t
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '')
    .join('\n'),
);

const TELEPHONE = /(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b|\b0[\s.-]?800(?:[\s.-]?\d){6}\b/g;

/** Whole numbers written here that help does not publish: a direct line would be read by everybody. */
export function lignesDirectes(texte: string, publies: readonly string[]): string[] {
  const connus = new Set(publies.map(sansBlancs));
  return [...texte.matchAll(TELEPHONE)].map(([n]) => n).filter((n) => !connus.has(n.replace(/[\s.-]/g, '').replace(/^\+33/, '0')));
}
