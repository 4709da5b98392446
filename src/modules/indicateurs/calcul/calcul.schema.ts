/** The formula of a computed measure as it is written in `fiches/*.yaml`; its forms are told in `src/modules/contrats/README.md`, « A formula ». */
import { z } from 'zod';

const valeurFiltre = z.union([z.string(), z.boolean()]);
/** A quantity known and not below: `dont_dpmp: { min: 1 }`. */
const seuil = z.strictObject({ min: z.number() });
const filtre = z.record(z.string(), z.union([valeurFiltre, z.array(valeurFiltre).min(1), seuil]));
const enListe = z.union([filtre, z.array(filtre).min(1)]).transform((f) => (Array.isArray(f) ? f : [f]));
/** Several filters: a record that holds in one of them counts, once. `sauf`: unless it holds in one of these. */
const lesquels = { ou: enListe.default([{}]), sauf: enListe.default([]) };
const registre = z.string().regex(/^[a-z_-]+$/);

const compteSchema = z.strictObject({ compte: registre, ...lesquels });
const sommeSchema = z.strictObject({ somme: z.string(), registre, ...lesquels });
const distinctSchema = z.strictObject({ distinct: z.string(), registre, ...lesquels });
const presentsSchema = z.strictObject({ presents: registre, ...lesquels });
/** Different values among those present, not among those that began in the period. */
const distinctPresentsSchema = z.strictObject({ distinct: z.string(), presents: registre, ...lesquels });

const feuilleSchema = z.union([compteSchema, sommeSchema, distinctSchema, distinctPresentsSchema, presentsSchema]);
const additionSchema = z.strictObject({ addition: z.array(z.union([compteSchema, sommeSchema])).min(2) });
/** Different values of what several sources have present: one that two of them tell counts once. */
const unionSchema = z.strictObject({ union: z.array(distinctPresentsSchema).min(2) });
const termeSchema = z.union([z.string(), feuilleSchema, additionSchema, unionSchema]);
const ratioSchema = z.strictObject({ ratio: z.tuple([termeSchema, termeSchema]) });
const variationSchema = z.strictObject({ variation: termeSchema });

export const calculSchema = z.union([feuilleSchema, additionSchema, unionSchema, ratioSchema, variationSchema]);

export type Seuil = z.output<typeof seuil>;
export const estSeuil = (v: unknown): v is Seuil => typeof v === 'object' && v !== null && 'min' in v;
export type Filtre = z.output<typeof filtre>;
export type Feuille = z.output<typeof feuilleSchema>;
export type Terme = z.output<typeof termeSchema>;
export type Calcul = z.output<typeof calculSchema>;

/** What each form cannot do without, beside the key that names it. */
const FORMES: Readonly<Record<string, readonly string[]>> = {
  compte: [],
  somme: ['registre'],
  distinct: ['registre'],
  presents: [],
  addition: [],
  ratio: [],
  variation: [],
};
/** Why a formula cannot be read, to whoever wrote it: the key that is missing or that no form has. */
export function direIllisible(calcul: unknown): string {
  const cles = typeof calcul === 'object' && calcul !== null ? Object.keys(calcul) : [];
  const forme = Object.keys(FORMES).find((c) => cles.includes(c));
  if (forme === undefined) return `formule illisible : aucune clé parmi ${Object.keys(FORMES).join(', ')}`;
  const vus = forme === 'distinct' && cles.includes('presents') ? ['presents'] : (FORMES[forme] ?? []);
  const filtres = ['addition', 'ratio', 'variation'].includes(forme) ? [] : ['ou', 'sauf'];
  const manque = vus.filter((c) => !cles.includes(c));
  const deTrop = cles.filter((c) => ![forme, ...vus, ...filtres].includes(c));
  const quoi = [...manque.map((c) => `il manque « ${c} »`), ...deTrop.map((c) => `« ${c} » n’y est pas attendu`)];
  return `formule illisible : « ${forme} », ${quoi.join(' ; ') || 'une valeur n’a pas la forme attendue'} (README de contrats, « A formula »)`;
}
