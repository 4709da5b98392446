/** Instructions that an authority may send to a kind of site, `consignes.yaml`; and one sent, typed. */
import { estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { paragraphe } from '../../../core/http/fields.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'un code en minuscules, chiffres et tirets');
const HEURE = /^([01]\d|2[0-3]):[0-5]\d$/;

const consigneSchema = z.strictObject({
  code,
  titre: z.string().min(3).max(200),
  /** Lines of the contract that ask for it. */
  lignes: z.array(z.string()).default([]),
  /** Kinds of sites of the register; organisations whose places of the directory are told. */
  sites: z.strictObject({ types: z.array(code), acteurs: z.array(z.string()) }),
  /** Days to acknowledge. */
  accuse_jours: z.int().min(1).max(30),
  /** What was sent keeps the words of its version. */
  versions: z
    .array(z.strictObject({ numero: z.int().min(1), depuis: z.string().refine(estJour), points: z.array(z.string().min(5).max(300)).min(1).max(20) }))
    .min(1),
});
export const consignesSchema = z.strictObject({ autorites: z.array(z.string()).min(1), consignes: z.array(consigneSchema).min(1) });
export type Consignes = z.output<typeof consignesSchema>;
export type Consigne = z.output<typeof consigneSchema>;

const parmi = (codes: readonly string[], message: string) => z.string().refine((v) => codes.includes(v), message);
export const diffusionSchema = (c: Consignes, territoires: readonly string[]) =>
  z.object({
    autorite: parmi(c.autorites, 'Choisissez l’autorité qui l’ordonne.'),
    ordonnee_jour: z.string().refine(estJour, 'Donnez le jour où elle l’a ordonnée.'),
    ordonnee_heure: z.string().regex(HEURE, 'Donnez l’heure, par exemple 18:30.'),
    territoire: parmi(territoires, 'Choisissez un lieu de votre ressort.'),
    precision: paragraphe('La précision', 600),
    exercice: z.enum(['', 'oui']),
  });
