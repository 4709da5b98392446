/** What a contract says of help: `contrats/<slug>/secours/numeros.yaml` and its translations. Format in words: README.md of this module. */
import { z } from 'zod';
import { CODES_BESOINS } from '../annuaire/index.ts';

export const code = z.string().regex(/^[a-z][a-z0-9-]*$/, 'attendu : un code en minuscules, chiffres et tirets');
/** Needs by which places are found in the directory, which keeps the list: a link to any other finds nothing and is refused. */
export const besoin = z.enum(CODES_BESOINS);

/** A French short number (2 to 6 digits), or a whole one of ten: a missing digit is refused, whatever the contract prints. */
const numero = z
  .string()
  .refine(
    (n) => /^[1-9]\d{1,5}$/.test(sansBlancs(n)) || /^0\d{9}$/.test(sansBlancs(n)),
    'ce n’est pas un numéro entier : deux à six chiffres, ou dix dont un zéro',
  );
export const sansBlancs = (n: string): string => n.replaceAll(' ', '');

const jour = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/, 'attendu : une date comme 2025-07-31, ou un mois');
export const adresse = z.string().regex(/^(https?:\/\/[^\s]+|\/[^\s]*)$/, 'attendu : une adresse https://…, ou une page d’ici');
export const source = z.strictObject({ organisme: z.string().min(2).regex(/^.*$/, 'une seule ligne'), adresse, le: jour.optional() });
export type Source = z.output<typeof source>;

const heure = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'attendu : une heure comme 09:30');
const rang = z.number().int().min(1).max(7);
const plage = z
  .strictObject({ jours: z.tuple([rang, rang]), de: heure, a: heure })
  .refine((p) => p.jours[0] <= p.jours[1] && p.de < p.a, 'une plage va d’un jour et d’une heure à d’autres, plus tard');
export type Plage = z.output<typeof plage>;

export const PAGES = ['urgence', 'aide'] as const;
export type PageDAide = (typeof PAGES)[number];

const groupe = z.strictObject({ code, titre: z.string().min(3).max(60), pages: z.array(z.enum(PAGES)), besoin: besoin.optional() });

const numeroSchema = z.strictObject({
  code,
  groupe: code,
  numero,
  par: z.enum(['appel', 'sms']).default('appel'),
  nom: z.string().min(2).max(60),
  pour: z.string().min(5).max(120),
  /** « le service qui répond », after « Répond : ». */
  repond: z.string().min(3),
  /** Absent: no source says it. */
  horaires: z.union([z.literal('toujours'), z.array(plage).min(1)]).optional(),
  /** Languages spoken, BCP 47; absent: no source says them. */
  langues: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/))
    .min(1)
    .optional(),
  note: z.string().min(3).optional(),
  prix: z.enum(['gratuit', 'local', 'operateur']).optional(),
  anonyme: z.boolean().default(false),
  confidentiel: z.boolean().default(false),
  systemes: z.array(z.string()).default([]),
  sources: z.array(source).min(1),
});
export type Numero = z.output<typeof numeroSchema>;

const lien = z.strictObject({ libelle: z.string().min(2), adresse });
const quoi = z.strictObject({
  titre: z.string().min(5).max(80),
  texte: z.string().min(10).max(220),
  numeros: z.array(code).default([]),
  liens: z.array(lien).default([]),
  courriels: z.array(z.email()).default([]),
  besoin: besoin.optional(),
  systemes: z.array(z.string()).default([]),
  sources: z.array(source).default([]),
});
export type Signalable = z.output<typeof quoi>;

export const secoursSchema = z.strictObject({
  groupes: z.array(groupe).min(1),
  numeros: z.array(numeroSchema).min(1),
  ecartes: z.array(z.strictObject({ systeme: z.string(), dit: z.string().min(10) })).default([]),
  signaler: z.array(quoi).default([]),
});
export type SecoursFichier = z.output<typeof secoursSchema>;

/** The words of the numbers in another language, or in easy French; `relu`: who reviewed them, a native speaker. */
export const traductionSchema = z.strictObject({
  relu: z.string().min(3).regex(/^.*$/, 'une seule ligne').nullable(),
  groupes: z.record(code, z.string().min(2)),
  numeros: z.record(code, z.string().min(2)),
});
export type Traduction = z.output<typeof traductionSchema>;
