/** A survey as its file says it: `contrats/<slug>/enquetes/<code>.yaml`. Format in words: README.md of this module. */
import { z } from 'zod';

const LANGUES = ['fr', 'en'] as const;
export type Langue = (typeof LANGUES)[number];

const code = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'attendu : un code en minuscules, chiffres et tirets');
const dit = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
export type Dit = z.output<typeof dit>;

const options = z
  .array(z.strictObject({ code, libelle: dit }))
  .min(2)
  .max(40);
const base = {
  code,
  libelle: dit,
  aide: dit.optional(),
  obligatoire: z.boolean().default(false),
  /** Asked only of those who gave one of these answers to a question above. */
  si: z.strictObject({ question: code, dans: z.array(code).min(1) }).optional(),
};
const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('choix'), options }),
  z.strictObject({ ...base, type: z.literal('plusieurs'), options }),
  z
    .strictObject({ ...base, type: z.literal('echelle'), de: z.number().int(), a: z.number().int(), extremes: z.strictObject({ bas: dit, haut: dit }) })
    .refine((q) => q.a > q.de && q.a - q.de <= 10, 'une échelle va d’un nombre à un plus grand, en onze degrés au plus'),
  z
    .strictObject({ ...base, type: z.literal('nombre'), min: z.number().int(), max: z.number().int() })
    .refine((q) => q.max > q.min, '« max » est plus grand que « min »'),
  z.strictObject({ ...base, type: z.literal('texte'), max: z.number().int().min(20).max(1000).default(400) }),
]);
export type Question = z.output<typeof questionSchema>;

/** What a measure says of the answers: the share of those who chose one of these, or a mean. `phrase` follows the figure. */
const resultatSchema = z.discriminatedUnion('genre', [
  z.strictObject({
    mesure: z.string().regex(/^\d+\.\d+-\d+[a-z]?$/, 'attendu : une mesure comme 3.3-02'),
    genre: z.literal('part'),
    question: code,
    dans: z.array(z.string().min(1)).min(1),
    phrase: z.string().min(5),
  }),
  z.strictObject({
    mesure: z.string().regex(/^\d+\.\d+-\d+[a-z]?$/, 'attendu : une mesure comme 3.3-02'),
    genre: z.literal('moyenne'),
    question: code,
    phrase: z.string().min(5),
  }),
]);
export type Resultat = z.output<typeof resultatSchema>;

export const enqueteSchema = z.strictObject({
  titre: dit,
  objet: dit,
  /** Acteurs who may hold it: each wave is one of them’s, and its results are that debtor’s. */
  demandeurs: z.array(z.string().min(1)).min(1),
  langues: z.array(z.enum(LANGUES)).min(1),
  /** How people are found, in words: read beside the results. */
  echantillon: dit,
  /** Fewer answers than that: no figure. */
  seuil: z.number().int().min(5),
  /** Fewer answers than that in any stratum: nothing is said by stratum. */
  seuil_strate: z.number().int().min(5),
  /** The question that says in which part of the population somebody is, and what share of it each part makes. */
  strates: z.strictObject({ question: code, source: z.string().min(3), parts: z.record(code, z.number().positive().max(1)) }).optional(),
  sections: z.array(z.strictObject({ titre: dit, questions: z.array(questionSchema).min(1) })).min(1),
  resultats: z.array(resultatSchema).min(1),
});
export type DefinitionLue = z.output<typeof enqueteSchema>;
export interface Enquete extends DefinitionLue {
  code: string;
}

export const questionsDe = (e: Pick<DefinitionLue, 'sections'>): Question[] => e.sections.flatMap((s) => s.questions);
/** Every answer that a question may be given, as it is counted; empty for a number and a text. */
export function valeursDe(q: Question): { code: string; libelle: Dit }[] {
  if (q.type === 'choix' || q.type === 'plusieurs') return q.options;
  if (q.type !== 'echelle') return [];
  return Array.from({ length: q.a - q.de + 1 }, (_, i) => ({ code: String(q.de + i), libelle: degre(q, q.de + i) }));
}
function degre(q: Extract<Question, { type: 'echelle' }>, n: number): Dit {
  const plus = n === q.de ? q.extremes.bas : n === q.a ? q.extremes.haut : null;
  return plus ? { fr: `${n} : ${plus.fr}`, en: `${n}: ${plus.en}` } : { fr: String(n), en: String(n) };
}
