/** A measure as a fiche's file writes it, and the words that every file shares. */
import { z } from 'zod';

export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'un identifiant sans espace ni accent est attendu');
export const libelle = z.string().trim().min(2, 'un libellé est attendu').max(600, 'le libellé est trop long (600 caractères au plus)');
export const code = z.string().regex(/^[a-z0-9-]{1,60}$/, 'un code en minuscules sans accent, chiffres et tirets est attendu');
/** What a measure is: a number of some kind, or what is told (`bilan qualitatif`), given (`document`: a map, a study) or surveyed. */
export const NATURES = ['compte', 'pourcentage', 'montant', 'delai', 'evolution', 'bilan qualitatif', 'document', 'enquete'] as const;
const periodicite = z.enum(['mensuel', 'trimestriel', 'semestriel', 'annuel']);

/** What a collected figure is made of: one contribution for each debtor, period, territory and combination of the breakdowns. */
export const grainSchema = z.strictObject({
  /** Type of the territories for which it is given; without it, for the whole contract alone. */
  territoires: z.string().optional(),
  /** Several debtors: each holds a part and they add up, or all tell the same thing and stand side by side until settled. */
  debiteurs: z.enum(['somme', 'meme-fait'], 'attendu : somme ou meme-fait').default('somme'),
  /** Closed lists: parts that make up the total (`dont`: some of them only, never added up to it). */
  ventilations: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'un code en minuscules sans accent est attendu'),
        libelle: libelle.max(60, 'le libellé est trop long (60 caractères au plus)'),
        valeurs: z
          .array(z.strictObject({ code, libelle: libelle.max(120, 'le libellé est trop long (120 caractères au plus)') }))
          .min(2, 'deux valeurs au moins sont attendues'),
        dont: z.literal(true).optional(),
      }),
    )
    .max(3, 'trois ventilations au plus')
    .default([]),
});

export const mesureSchema = z.strictObject({
  id,
  libelle,
  /** A few plain words, for titles, cards and charts; the contract's own words stay on the proof page. */
  court: libelle.max(70, 'le nom court est trop long (70 caractères au plus)').optional(),
  nature: z.enum(NATURES, `attendu : ${NATURES.join(', ')}`),
  /** In the plural: « élèves », « prises en charge »; pages put it in the singular. */
  unite: z.string().min(1),
  periodicite: z.array(periodicite).default(['annuel']),
  /** Days after the end of a period when its figure is available and owed; a month where nobody says. */
  delai_jours: z.number().int('un nombre entier de jours est attendu').min(1, 'un jour au moins').max(730, '730 jours au plus').optional(),
  ventilations: z.array(z.string()).default([]),
  /** Which way it should go, only where the contract's own words or a minuted decision say so: `source` quotes them. */
  direction: z.strictObject({ sens: z.enum(['hausse', 'baisse']), source: libelle }).optional(),
  obtention: z.enum(['calcul', 'collecte', 'narratif', 'enquete'], 'attendu : calcul, collecte, narratif ou enquete'),
  /** Formula: checked against the registers' definitions when the contract is loaded. */
  calcul: z.unknown().optional(),
  /** The figure holds one part of what the text asks: which one, and whose is missing. Shown wherever the figure is. */
  part: libelle.optional(),
  /** What the formula leaves out, and why; one sentence each. */
  exclus: z.array(libelle).default([]),
  /** How the contract's words were understood. */
  precision: libelle.optional(),
  /** Dimensions of the filter that tell a feed: without any record of it in the period, the figure is missing and not zero. */
  tenu_par: z.array(z.string()).default([]),
  aupres: z.array(id).default([]),
  grain: grainSchema.optional(),
  prevu: z
    .strictObject({
      module: z.string(),
      registre: z.string().optional(),
      /** What confidential cells of that kind count, proposed to who owes the figure: a number, and nothing behind it. */
      cellule: z.strictObject({ genre: z.string(), compte: z.enum(['partenaires', 'recues', 'recevables', 'examinees', 'accompagnees']) }).optional(),
      /** How many reports of that circuit reached a step in the year, given to who pilots it: `recu`, a state, or a state and a service (`transmis:PARQUET`). */
      circuit: z.strictObject({ code: z.string(), etape: z.string().regex(/^[a-z-]+(:[\w-]+)?$/), debiteur: z.string() }).optional(),
    })
    .optional(),
});
