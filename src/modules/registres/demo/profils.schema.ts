/**
 * How the seeded generator makes a believable year of a register: `contrats/<slug>/demonstration/registres/<code>.yaml`, a list of
 * profiles. Each profile is a stream of records of one kind.
 */
import { z } from 'zod';

const intervalle = z.strictObject({ min: z.number().min(0), max: z.number() }).refine((x) => x.min <= x.max, 'un intervalle va du plus petit au plus grand');
const textes = z.array(z.string()).min(1);

/** A `lignes` field: how many lines, and what to draw for each of their list and text columns. */
const lignesDemo = z.strictObject({ lignes: intervalle, colonnes: z.record(z.string(), textes) });

/** A fixed value, codes or texts to draw from (uniformly: repeat one to make it more frequent), or a range for numbers. */
const valeurDemo = z.union([z.string(), z.number(), z.boolean(), textes, intervalle, lignesDemo], 'attendu : une valeur, des valeurs à tirer, ou { min, max }');

export const profilsSchema = z.array(
  z.strictObject({
    /** Mean number of records a year over the whole contract territory. */
    parAn: z.number().positive(),
    /** Growth a year, e.g. 0.1 for +10 %. */
    croissance: z.number().optional(),
    /** Months (1-12) where this happens; all when absent. */
    mois: z.array(z.number().int().min(1).max(12)).min(1).optional(),
    /** Type of the territories where records are placed. */
    niveau: z.string(),
    /** Who may run it. */
    organisations: textes,
    /** Title patterns; `{territoire}` and `{n}` are replaced. */
    titres: textes,
    valeurs: z.record(z.string(), valeurDemo),
    /** Length in days when the register has an end. */
    duree: intervalle.optional(),
    /** Planned besides, after the last day that may be told: how many, how many days later. */
    programmees: z.strictObject({ nombre: z.number().int().min(1).max(50), dans: intervalle }).optional(),
    /** A record carries every fiche of its profile, and one or two of the action lines, drawn. */
    fiches: textes,
    lignes: textes.optional(),
  }),
);

export type ProfilDemo = z.output<typeof profilsSchema>[number];
export type ValeurDemo = z.output<typeof valeurDemo>;
export type LignesDemo = z.output<typeof lignesDemo>;
