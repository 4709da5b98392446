/** The orientation guide of a contract: `contrats/<slug>/secours/guide.yaml`. Format in words: README.md of this module. */
import { z } from 'zod';
import { adresse, besoin, code, source } from '../secours.schema.ts';

const question = z.strictObject({
  code,
  question: z.string().min(5).max(80),
  aide: z.string().max(160).optional(),
  /** `lettre` is all that the address says of an answer. */
  reponses: z.array(z.strictObject({ lettre: z.string().regex(/^[a-z]$/), dit: z.string().min(2).max(90), vers: code })).min(2),
});
const resultat = z.strictObject({
  code,
  titre: z.string().min(5).max(60),
  phrase: z.string().min(10).max(220),
  numeros: z.array(code).default([]),
  demarches: z.array(code).default([]),
  besoin: besoin.optional(),
});
const demarche = z.strictObject({
  code,
  titre: z.string().min(5).max(60),
  public: z.enum(['tous', 'professionnels']).default('tous'),
  /** The system of the contract that it serves; none for a national service that the contract does not name. */
  systeme: z.string().optional(),
  /** Institutions that may correct its steps. */
  tenu_par: z.array(z.string()).min(1),
  /** What the contract foresees, in our words. */
  prevoit: z.string().min(20),
  etapes: z.array(z.string().min(5).max(400)).min(1).max(12),
  /** Who sends what to whom, in order: actors of the contract. */
  circuit: z.array(z.strictObject({ de: z.array(z.string()).min(1), vers: z.string(), quoi: z.string().min(3).max(80) })).default([]),
  numeros: z.array(code).default([]),
  besoin: besoin.optional(),
  liens: z.array(z.strictObject({ libelle: z.string(), adresse })).default([]),
  sources: z.array(source).default([]),
  /** It goes by a way of its own, outside of here: what is kept of it (a circuit that dates steps; left out, nothing), the measures that count it. */
  dehors: z.strictObject({ garde: code.optional(), compte: z.array(z.string()).default([]) }).optional(),
  /** Professionals have more to read: conditions, direct lines. */
  reserve: z.boolean().default(false),
});
export type Question = z.output<typeof question>;
export type Resultat = z.output<typeof resultat>;
export type Demarche = z.output<typeof demarche>;

export const guideSchema = z.strictObject({
  depart: code,
  questions: z.array(question).min(1),
  resultats: z.array(resultat).min(1),
  demarches: z.array(demarche).default([]),
});
export type Guide = z.output<typeof guideSchema>;
