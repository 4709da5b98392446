/** What a contract decides of its thread of tensions, `veille.yaml`; and what a person may write there. */
import { estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { paragraphe } from '../../../core/http/fields.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'un code en minuscules, chiffres et tirets');
const libelle = z.string().min(2).max(120);
const item = z.strictObject({ code, libelle });
const heure = z.int().min(0).max(23);

export const veilleSchema = z.strictObject({
  fiches: z.array(z.string()).default([]),
  natures: z.array(item).min(1),
  lieux: z.array(item).min(1),
  /** Hours of the day in which it begins and ends; none: not said. */
  creneaux: z.array(item.extend({ de: heure.optional(), a: heure.optional() })).min(1),
  /** The least sure first: a rank. */
  fiabilites: z.array(item).min(1).max(9),
  /** Who writes and reads in their own place, beside the coordination: organisations, their houses, kinds of them. */
  partenaires: z.strictObject({ acteurs: z.array(z.string()), types: z.array(z.string()) }),
  /** Reports that the thread reads where they are: what each category is here. */
  circuits: z.array(z.strictObject({ circuit: code, lieu: code, fiabilite: code, natures: z.record(z.string(), code) })).default([]),
  regles: z
    .array(
      z.strictObject({
        code,
        libelle,
        /** Kind of territory in which signs are counted together. */
        echelle: z.string(),
        /** All of them when left out. */
        natures: z.array(code).optional(),
        signaux: z.int().min(1).max(100),
        /** As sure as that, at least. */
        fiabilite: code,
        jours: z.int().min(1).max(28),
        /** The tier of the alert that is proposed. */
        palier: code,
      }),
    )
    .default([]),
  /** Bodies on whose page the thread is read, or reports of schools in numbers. */
  instances: z.array(z.strictObject({ type: z.string(), montre: z.enum(['fil', 'remontees']), circuits: z.array(code).default([]) })).default([]),
});
export type Veille = z.output<typeof veilleSchema>;
export type Regle = Veille['regles'][number];

const choisie = (quoi: string, codes: readonly string[]) => z.string().refine((v) => codes.includes(v), `${quoi} dans la liste.`);

/** A sign, typed. `depuis`: nothing older says anything of today. */
export const tensionSchema = (v: Veille, o: { aujourdhui: string; depuis: string; territoires: readonly string[] }) =>
  z.object({
    nature: choisie(
      'Choisissez ce qui est observé',
      v.natures.map((x) => x.code),
    ),
    jour: z
      .string()
      .refine(estJour, 'Donnez le jour, par exemple 14/03/2026.')
      .refine((j) => !estJour(j) || (j <= o.aujourdhui && j >= o.depuis), 'Le jour est dans les 28 derniers, aujourd’hui compris.'),
    creneau: choisie(
      'Choisissez le moment',
      v.creneaux.map((x) => x.code),
    ),
    territoire: choisie('Choisissez un quartier ou un arrondissement de votre ressort', o.territoires),
    lieu: choisie(
      'Choisissez le type de lieu',
      v.lieux.map((x) => x.code),
    ),
    fiabilite: choisie(
      'Dites d’où vient l’information',
      v.fiabilites.map((x) => x.code),
    ),
    ailleurs: z.enum(['oui', 'non', 'inconnu'], 'Dites si un autre quartier ou une commune voisine est concerné, ou que vous ne le savez pas.'),
    texte: paragraphe('Le texte', 300),
  });
