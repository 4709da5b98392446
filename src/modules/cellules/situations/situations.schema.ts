import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import type { Charte } from '../charte/charte.schema.ts';
import { choixDe } from '../charte/charte.rules.ts';

const nomPropre = (quoi: string) => ligne(quoi, 100).min(1, `Indiquez ${quoi.toLowerCase()}.`);
/** Month of birth, `YYYY-MM`; a day would say more than is needed. */
const naissance = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, 'Indiquez l’année et le mois de naissance, comme 2010-05.');
export const identiteSaisie = z.object({ nom: nomPropre('Le nom'), prenom: nomPropre('Le prénom'), naissance });

/** Closed lists of that kind of cell, and nothing else. */
export const parmi = (c: Charte, liste: Parameters<typeof choixDe>[1], genre: string, message: string) => {
  const codes = new Set(choixDe(c, liste, genre).map((x) => x.code));
  return z.string().refine((v) => codes.has(v), message);
};
export const saisineSchema = (c: Charte, genre: string) =>
  z.object({
    origine: parmi(c, 'origines', genre, 'Choisissez d’où vient la situation.'),
    difficulte: parmi(c, 'difficultes', genre, 'Choisissez une difficulté, ou « Je ne peux pas partager ».'),
  });
export const informationSchema = (c: Charte, genre: string, o: { aujourdhui: string; creeeLe: string }) =>
  z
    .object({
      qui: z.enum(['personne', 'parents'], 'Choisissez qui est informé.'),
      etat: z.enum(['faite', 'differee'], 'Choisissez : informée, ou différé.'),
      le: z.string(),
      motif: z.string(),
    })
    .superRefine((i, ctx) => {
      if (i.etat === 'faite' && !(z.iso.date().safeParse(i.le).success && i.le <= o.aujourdhui && i.le >= o.creeeLe))
        ctx.addIssue({
          code: 'custom',
          path: ['le'],
          message: 'Indiquez le jour où elle a été informée : depuis l’entrée de la situation, aujourd’hui au plus tard.',
        });
      if (i.etat === 'differee' && !choixDe(c, 'differes', genre).some((d) => d.code === i.motif))
        ctx.addIssue({ code: 'custom', path: ['motif'], message: 'Choisissez la raison dans la liste.' });
    });
