import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

const jour = z.iso.date('Indiquez un jour.');
const facultatif = z.literal('').transform(() => null);

export const celluleSchema = z.object({
  genre: ligne('Le genre', 40).min(1, 'Choisissez le genre de la cellule.'),
  territoire: ligne('Le territoire', 80).min(1, 'Choisissez le territoire.'),
});
const mois = (min: number) =>
  z
    .string()
    .regex(/^\d{1,2}$/, 'Indiquez un nombre entier de mois.')
    .transform(Number)
    .refine((n) => n >= min && n <= 60, `Entre ${min} et 60 mois.`);
export const dureesSchema = z.object({ sansSuiteMois: mois(1), suiviMois: mois(1), apresSuiviMois: mois(0) });
export const membreSchema = z
  .object({
    courriel: z.email('Indiquez l’adresse électronique du compte de cette personne.').max(200),
    fonction: ligne('La fonction', 120).min(2, 'Indiquez à quel titre cette personne vient.'),
    debut: jour,
    fin: z.union([facultatif, jour]),
  })
  .refine((m) => m.fin === null || m.fin >= m.debut, { path: ['fin'], message: 'La fin vient après le début.' });
export const exclusionSchema = z.object({
  motif: z.enum(['mandat', 'manquement', 'demande'], 'Choisissez le motif.'),
  confirme: z.literal('oui', 'Cochez la case : une exclusion ferme aussitôt.'),
});

/** Seven different words of three letters or more, or twenty signs of which twelve differ: what nobody guesses is for the person to choose. */
const assezLongue = (p: string): boolean => {
  const mots = new Set(
    p
      .toLowerCase()
      .split(/\s+/u)
      .filter((m) => [...m].length >= 3),
  );
  const signes = [...p.replace(/\s+/gu, '')];
  return mots.size >= 7 || (signes.length >= 20 && new Set(signes).size >= 12);
};
export const phraseSchema = z
  .object({ phrase: ligne('La phrase', 500), encore: ligne('La phrase', 500) })
  .refine((p) => assezLongue(p.phrase), { path: ['phrase'], message: 'Prenez au moins sept mots différents, ou vingt caractères variés.' })
  .refine((p) => p.phrase === p.encore, { path: ['encore'], message: 'Les deux phrases diffèrent.' });
const part = z
  .string()
  .transform((p) => p.replace(/[^0-9a-f]/gi, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{66}$/, 'Recopiez la part entière : 66 chiffres et lettres de a à f.'));
export const partsSchema = z
  .object({ part1: part, part2: part })
  .refine((p) => p.part1 !== p.part2, { path: ['part2'], message: 'Deux parts différentes sont nécessaires.' });
