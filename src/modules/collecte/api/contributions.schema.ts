/** What programs send: figures that their holder owes, up to 500 at once. */
import { z } from 'zod';

const ENVOI_MAX = 500;

const mot = (max: number) => z.string().trim().max(max, `trop long : ${max} caractères au plus`);
const contribution = z.strictObject({
  mesure: z.string().trim().min(1, 'dites de quelle mesure').max(60),
  periode: z.string().trim().min(4, 'dites la période : 2026, 2026-S1, 2026-T1 ou 2026-01').max(10),
  /** Left out: the only one, among those of the holder. */
  debiteur: z.string().trim().max(60).optional(),
  territoire: z.string().trim().max(60).optional(),
  ventilation: z.record(z.string().max(60), z.string().max(60)).default({}),
  etat: z.enum(['valeur', 'secret', 'sans_objet'], 'attendu : valeur, secret ou sans_objet').default('valeur'),
  valeur: z.union([z.number(), mot(100)], 'attendu : un nombre').optional(),
  texte: mot(20_000).default(''),
  lien: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'le lien commence par https://' }).max(1000)]).default(''),
  source: mot(500).min(3, 'dites d’où vient le chiffre : un logiciel, un service, un comptage'),
  commentaire: mot(2000).default(''),
  /** How it is counted, and what it does not say; left out: as said last. */
  methode: mot(600).optional(),
  limites: mot(600).optional(),
  /** The version that it corrects; 0 when nothing was given yet. */
  version: z.number().int().min(0).max(1_000_000).default(0),
  /** Why a figure that surprises is right; asked for when it does. */
  explication: mot(500).default(''),
});
export type Envoyee = z.output<typeof contribution>;

export const envoiSchema = z.strictObject({
  contributions: z
    .array(contribution)
    .min(1, 'envoyez une contribution au moins')
    .max(ENVOI_MAX, `${ENVOI_MAX} contributions au plus : faites plusieurs envois`),
});
export const attenduesSchema = z.object({
  annee: z.string().regex(/^\d{4}$/, 'attendu : une année, comme 2026'),
  etat: z.enum(['a_donner', 'donnee', 'toutes'], 'attendu : a_donner, donnee ou toutes'),
  limite: z.coerce.number().int().min(1).max(1000),
  apres: z.string().max(400),
});
export const creationJson = (): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(envoiSchema, { io: 'input', unrepresentable: 'any' });
  return schema;
};
