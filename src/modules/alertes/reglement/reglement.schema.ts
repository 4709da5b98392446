/** What a contract decides of its alerts, `alertes.yaml`: tiers, delays, functions, emergency procedure, neighbours. */
import { z } from 'zod';

const code = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'un code en minuscules, chiffres et tirets');
const minutes = z.int().min(0).max(10_080);
const heure = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'une heure HH:MM');
const moment = z.strictObject({ jour: z.int().min(1).max(7), heure });

const palierSchema = z.strictObject({
  code,
  /** Minutes left to a duty officer before it leaves by itself; 0: at once. */
  validation: minutes,
  /** Minutes to answer. */
  accuse: minutes.min(1),
  voisins: z.enum(['aucun', 'communes', 'tous']),
  /** It says by itself that a brawl took place. */
  survenue: z.boolean().default(false),
  /** An answer is to be feared once it is over. */
  represailles: z.boolean().default(false),
  /** Opens the emergency procedure. */
  procedure: z.boolean().default(false),
  /** The schools concerned are shown apart, by name, with what they answered. */
  etablissements: z.boolean().default(false),
  /** Days in which lessons are to be drawn. */
  retex: z.int().min(1).max(365).optional(),
});
const fonctionSchema = z.strictObject({
  code,
  libelle: z.string().min(2).max(80),
  /** Who may hold it: these organisations and the services under them, and those of these kinds. Nobody else is entered for it. */
  tenue: z
    .strictObject({ acteurs: z.array(z.string()).default([]), types: z.array(z.string()).default([]) })
    .refine((t) => t.acteurs.length + t.types.length > 0, 'nommez au moins un acteur, ou un type d’organisme'),
  /** Whoever is on duty for it validates: only the coordination enters somebody for it. */
  valide: z.boolean().default(false),
  /** Each first-level territory (the contract, for one that is `partout`) should have somebody on duty. */
  astreinte: z.boolean().default(false),
  /** One for the whole contract, whatever the place of the alert. */
  partout: z.boolean().default(false),
  /** A school: shown apart where the tier asks for it. */
  ecole: z.boolean().default(false),
  /** Told of alerts; otherwise only its roster is kept. */
  prevenue: z.boolean().default(true),
  /** Minutes to answer, by tier, where they are not the tier's. */
  accuse: z.record(z.string(), minutes.min(1)).default({}),
});
const pointSchema = z.strictObject({
  code,
  libelle: z.string().min(2).max(160),
  qui: z.string().min(2).max(80),
  /** Who is charged of it, told, reminded, followed by the next of the roster, and says that it is done, beside who conducts. */
  fonctions: z.array(code).min(1),
  minutes: minutes.min(1),
  /** Done in a confidential cell, of which nothing is said here. */
  cellules: z.boolean().default(false),
});
export const reglementSchema = z.strictObject({
  /** From the lightest to the gravest: an alert climbs in this order. */
  paliers: z.array(palierSchema).min(1),
  represailles: z.strictObject({ heures: z.int().min(1), max: z.int().min(1).max(720) }),
  fonctions: z.array(fonctionSchema).min(1),
  procedure: z.array(pointSchema),
  astreintes: z.strictObject({ prevenir: z.int().min(1).max(7), de: moment, a: moment }),
  bilan: z.strictObject({ recul_mois: z.int().min(1).max(24) }),
  communes: z.array(z.strictObject({ code: z.string().regex(/^\d[\dAB]\d{3}$/, 'un code de l’Insee'), nom: z.string().min(2) })),
  voisins: z.record(z.string(), z.array(z.string())),
});
export type Reglement = z.output<typeof reglementSchema>;
export type Palier = Reglement['paliers'][number];
export type Fonction = Reglement['fonctions'][number];
