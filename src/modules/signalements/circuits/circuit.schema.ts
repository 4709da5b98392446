/** A circuit as its file says it: `contrats/<slug>/circuits/<code>.yaml`. Format in words: README.md of this module. */
import { z } from 'zod';
import { estUneLigne, SUR_UNE_LIGNE } from '../../../core/http/fields.ts';
import { THEMES } from '../import/dialecte.rules.ts';
import { CODES_ETATS } from './etats.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'attendu : un code en minuscules, chiffres et tirets');
const dit = z.string().trim().min(2).max(600).refine(estUneLigne, SUR_UNE_LIGNE);
const ligneDite = z.string().trim().min(3).max(80).refine(estUneLigne, SUR_UNE_LIGNE);
const jours = z.number().int().min(0).max(3650);

const options = z
  .array(z.strictObject({ code, libelle: z.string().min(1).max(120) }))
  .min(2)
  .max(40);
const base = { code, libelle: z.string().min(2).max(200), aide: z.string().max(300).optional(), obligatoire: z.boolean().default(false) };
const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('choix'), options }),
  z.strictObject({ ...base, type: z.literal('plusieurs'), options }),
  z.strictObject({ ...base, type: z.literal('nombre'), min: z.number().int().default(0), max: z.number().int().max(100_000).default(1000) }),
  /** Words of a line: the name of an organisation, of a school. Checked as free text is. */
  z.strictObject({ ...base, type: z.literal('texte'), max: z.number().int().min(5).max(200).default(120) }),
]);
export type Question = z.output<typeof questionSchema>;

const categorieSchema = z.strictObject({
  code,
  libelle: z.string().min(2).max(120),
  aide: z.string().max(300).optional(),
  /** For the figures that count residents’ demands by theme. */
  theme: z.enum(THEMES.map((t) => t.code) as [string, ...string[]]).default('autre'),
  questions: z.array(questionSchema).max(12).default([]),
  /** What « done » makes in a register: its values, by field, and the questions whose answers it takes under the same name. */
  produit: z
    .strictObject({
      registre: code,
      valeurs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      champs: z.array(z.string()).default([]),
    })
    .optional(),
});
export type Categorie = z.output<typeof categorieSchema>;

const heure = z.number().int().min(0).max(23);
/** All that is said must be true; what is left out is true of everything. The first rule that fits decides; the last one fits all. */
const routeSchema = z.strictObject({
  categories: z.array(code).min(1).optional(),
  territoires: z.array(z.string()).min(1).optional(),
  /** From the first hour, included, to the second one, not included; over midnight when the second is smaller. */
  heures: z.tuple([heure, heure]).optional(),
  /** 1, Monday, to 7. */
  jours: z.array(z.number().int().min(1).max(7)).min(1).optional(),
  /** A question and its answers. */
  si: z.strictObject({ question: code, dans: z.array(code).min(1) }).optional(),
  /** In charge: a service; or the referents of a role for that place, and `sinon` where there is none, or when their own organisation reports. */
  service: z.union([z.string().min(1), z.strictObject({ role: code, sinon: z.string().min(1) })]),
});
export type RegleDeRoutage = z.output<typeof routeSchema>;

const etatSchema = z.strictObject({
  /** In the words of this circuit; those of the state where left out. */
  libelle: z.string().min(2).max(60).optional(),
  dit: dit.optional(),
  /** Days before it is late; of whoever reported, before it is closed without them. */
  delai: jours.optional(),
  vers: z.array(z.enum(CODES_ETATS)).default([]),
});

export const circuitSchema = z.strictObject({
  titre: z.string().min(3).max(120).refine(estUneLigne, SUR_UNE_LIGNE),
  objet: dit,
  /** What it is not for. */
  exclut: dit.optional(),
  declarants: z.strictObject({
    /** Everybody, without an account. */
    public: z.boolean().default(false),
    /** Acteurs, and kinds of acteurs, whose people may report. */
    acteurs: z.array(z.string()).default([]),
    types: z.array(z.string()).default([]),
    /** Whoever works on the contract. */
    partenaires: z.boolean().default(false),
  }),
  /** By which it comes in, besides this platform’s own pages (`web`, `partenaire`): codes of the list of channels of the contract. */
  canaux: z.array(z.string()).default([]),
  /** Programs of others discover it, report in it and follow it by Open311: only what everyone may report and every partner may read. */
  open311: z.boolean().default(false),
  /** An organisation may send many at once, in a file of rows. */
  fichier: z.boolean().default(false),
  /** Letters to its address are reports: by which channel they are counted, in which category they begin. */
  courriel: z.strictObject({ canal: code, categorie: code }).optional(),
  /** Fiches that it serves. */
  fiches: z.array(z.string()).default([]),
  /** Who answers for the whole circuit, and reads all of it. */
  pilote: z.string().regex(/^[\w-]+$/, 'attendu : le code d’un acteur'),
  /** `partenaires`: whoever works on the contract reads it; `services`: who reported, who is in charge, who was, the pilot and the coordination. */
  lecture: z.enum(['partenaires', 'services']).default('partenaires'),
  /** Asked before anything is typed. */
  urgence: z
    .strictObject({
      question: dit,
      numeros: z.array(z.strictObject({ numero: z.string().min(2).max(20), libelle: z.string().min(2).max(160) })).min(1),
    })
    .optional(),
  categories: z.array(categorieSchema).min(1).max(40),
  /** Its reports are counted by place too: a digest of the address is kept, that outlives the address. Of buildings, never of somebody's home. */
  lieux_comptes: z.boolean().default(false),
  /** `aucun`: the place is not asked either, the report is of the whole contract. */
  lieu: z.enum(['point', 'territoire', 'aucun']).default('point'),
  /** What the day of a report is, where its first clock runs from that day and not from its entry here: « Réquisition reçue le ». */
  debut: ligneDite.optional(),
  /** Left out: a circuit without words. Nothing is written in it, neither when it comes in nor with a state, a note or a reason. */
  texte: z
    .strictObject({
      libelle: z.string().min(2).max(160),
      aide: z.string().max(400).optional(),
      obligatoire: z.boolean().default(false),
      max: z.number().int().min(100).max(2000).default(1000),
      /** A person named or recognisable in it: asked to reword, or refused. */
      personnes: z.enum(['signaler', 'refuser']).default('signaler'),
    })
    .optional(),
  /** Where it was passed on, its words are erased here: only that it was passed on is kept. */
  transmis_sans_garder: z.boolean().default(false),
  etats: z.partialRecord(z.enum(CODES_ETATS), etatSchema),
  routage: z.array(routeSchema).min(1),
  /** Whom it may be passed to. */
  services: z.array(z.string()).min(1),
  /** Metres and days within which two reports of one category are proposed as the same. */
  rapprocher: z.strictObject({ metres: z.number().int().min(10).max(150), jours: z.number().int().min(1).max(120) }).default({ metres: 60, jours: 30 }),
  /** Where to go for what nobody here does. */
  ailleurs: z.array(z.strictObject({ code, libelle: z.string().min(2).max(120), texte: dit })).default([]),
  modeles: z
    .array(z.strictObject({ code, etats: z.array(z.enum(CODES_ETATS)).min(1), libelle: z.string().min(2).max(120), texte: z.string().min(5).max(1500) }))
    .default([]),
  /** Days after the answer that ended it: the contact, then the words and the exact place. */
  conservation: z.strictObject({ contact: jours.max(365), contenu: jours.max(1825) }),
});
export type CircuitLu = z.output<typeof circuitSchema>;
export interface Circuit extends CircuitLu {
  code: string;
}
/** Keeps dates, steps and closed answers, and no word of anybody. */
export const estMuet = (c: Pick<CircuitLu, 'texte'>): boolean => c.texte === undefined;
/** States that every circuit begins in. */
export const INITIAL = 'recu';
