/** The formula of a computed measure as it is written in `fiches/*.yaml`; see docs/decisions/0003 for its grammar. */
import { z } from 'zod';

const valeurFiltre = z.union([z.string(), z.boolean()]);
const ou = z.record(z.string(), z.union([valeurFiltre, z.array(valeurFiltre).min(1)])).default({});
const registre = z.string().regex(/^[a-z_-]+$/);

const compteSchema = z.strictObject({ compte: registre, ou });
const sommeSchema = z.strictObject({ somme: z.string(), registre, ou });
const distinctSchema = z.strictObject({ distinct: z.string(), registre, ou });
const presentsSchema = z.strictObject({ presents: registre, ou });

const feuilleSchema = z.union([compteSchema, sommeSchema, distinctSchema, presentsSchema]);
const additionSchema = z.strictObject({ addition: z.array(z.union([compteSchema, sommeSchema])).min(2) });
const termeSchema = z.union([z.string(), feuilleSchema, additionSchema]);
const ratioSchema = z.strictObject({ ratio: z.tuple([termeSchema, termeSchema]) });
const variationSchema = z.strictObject({ variation: termeSchema });

export const calculSchema = z.union([feuilleSchema, additionSchema, ratioSchema, variationSchema]);

export type Filtre = z.output<typeof ou>;
export type Feuille = z.output<typeof feuilleSchema>;
export type Terme = z.output<typeof termeSchema>;
export type Calcul = z.output<typeof calculSchema>;
