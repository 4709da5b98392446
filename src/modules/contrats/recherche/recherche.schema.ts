/** `recherche.yaml`: the words of the public of a contract, what they ask for, and names of places in use. Another contract has its own, or none. */
import { z } from 'zod';
import { id, libelle } from '../mesures.schema.ts';

const phrase = z
  .string()
  .trim()
  .min(2, 'deux lettres au moins')
  .max(60, 'soixante signes au plus')
  .regex(/^[\p{L}\p{N}’' -]+$/u, 'des mots, sans ponctuation');
const phrases = z.array(phrase).min(1, 'des mots sont attendus');
const lien = z.strictObject({
  libelle: libelle.max(120),
  /** A page of the house; one that it does not have is not shown. */
  adresse: z.string().regex(/^\/[\w/-]+(?:\?[\w=&%.-]+)?(?:#[\w-]+)?$/, 'une adresse de Concorde est attendue, par exemple /aide/trouver?besoin=bruit'),
  aide: libelle.max(200).optional(),
});

export const motsDuContratSchema = z.strictObject({
  /** Words that say the same thing: each finds what is written with the others. */
  synonymes: z.array(z.array(phrase.refine((p) => !/\s/.test(p), 'un seul mot')).min(2, 'deux mots au moins')).default([]),
  /** Words that call for help: what answers stands above everything else. */
  appels: z.array(z.strictObject({ id, titre: libelle.max(120), phrases, liens: z.array(lien).min(1) })).default([]),
  /** Words whose first answer is known: objects of the contract (« fiche 3.6 »), in order. */
  reponses: z
    .array(
      z.strictObject({
        phrases,
        vers: z.array(z.string().regex(/^(fiche|mesure|acteur|territoire|systeme|axe) \S+$/, 'attendu : « fiche 3.6 », « acteur PM »…')).min(1),
      }),
    )
    .default([]),
  /** Names of places that people say and no territory bears. */
  lieux: z.array(z.strictObject({ noms: phrases, territoires: z.array(id).min(1), note: libelle.optional() })).default([]),
});
export type MotsDuContrat = z.output<typeof motsDuContratSchema>;
export const SANS_MOTS: MotsDuContrat = { synonymes: [], appels: [], reponses: [], lieux: [] };
