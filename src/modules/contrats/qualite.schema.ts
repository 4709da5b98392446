/** Rules of quality of a contract (`qualite.yaml`): what its figures owe each other by definition, one reason in each. */
import { z } from 'zod';
import { code, id, libelle } from './mesures.schema.ts';

const gravite = z.enum(['refus', 'a_expliquer'], 'attendu : refus ou a_expliquer');
const commun = {
  id: code,
  /** Why it is true: shown to whoever breaks it. */
  raison: libelle.min(20, 'la raison se dit en une phrase'),
  /** `refus`: never recorded. `a_expliquer`: recorded with a justification. */
  gravite: gravite.default('a_expliquer'),
};
const mesures = z.array(id).min(1, 'une mesure au moins est attendue');

export const regleSchema = z.discriminatedUnion(
  'type',
  [
    z
      .strictObject({ ...commun, type: z.literal('bornes'), mesures, min: z.number().optional(), max: z.number().optional() })
      .refine((r) => r.min !== undefined || r.max !== undefined, 'min ou max est attendu')
      .refine((r) => r.min === undefined || r.max === undefined || r.min < r.max, 'min doit être sous max'),
    z.strictObject({ ...commun, type: z.literal('entier'), mesures }),
    /** A part of a whole never passes it: `partie` is some of `tout`. */
    z.strictObject({ ...commun, type: z.literal('part'), partie: id, tout: id }),
    /** `petit` never passes the sum of `grand`. */
    z.strictObject({ ...commun, type: z.literal('au-plus'), petit: id, grand: mesures }),
    /** `mesure` is the sum of `somme`. */
    z.strictObject({ ...commun, type: z.literal('egal'), mesure: id, somme: mesures }),
    /** `mesure` is nothing where `suppose` is nothing. */
    z.strictObject({ ...commun, type: z.literal('suppose'), mesure: id, suppose: id }),
    /** Instead of the defaults, for these measures. */
    z.strictObject({ ...commun, type: z.literal('variation'), mesures, rapport: z.number().gt(1, 'le rapport est plus grand que 1') }),
    z.strictObject({
      ...commun,
      type: z.literal('atypique'),
      mesures,
      seuil: z.number().positive().default(3.5),
      points: z.number().int().min(5, 'cinq points au moins').default(5),
    }),
    z.strictObject({ ...commun, type: z.literal('lieux'), mesures, tolerance: z.number().min(0).max(100) }),
    /** A zero is usual there: it surprises nobody. */
    z.strictObject({ ...commun, type: z.literal('zero-habituel'), mesures }),
  ],
  'attendu : bornes, entier, part, au-plus, egal, suppose, variation, atypique, lieux ou zero-habituel',
);
export const qualiteSchema = z.array(regleSchema);
export type RegleDuContrat = z.output<typeof regleSchema>;

/** Those that every measure has by its nature: their names are taken. */
export const REGLES_DE_NATURE = [
  'nombre-entier',
  'pas-negatif',
  'cent-au-plus',
  'dont-au-plus-total',
  'total-des-parts',
  'somme-des-lieux',
  'variation-forte',
  'valeur-atypique',
  'zero-inconnu',
  'tout-a-zero',
] as const;

/** Every measure that a rule speaks of. */
export function mesuresDe(r: RegleDuContrat): string[] {
  switch (r.type) {
    case 'part':
      return [r.partie, r.tout];
    case 'au-plus':
      return [r.petit, ...r.grand];
    case 'egal':
      return [r.mesure, ...r.somme];
    case 'suppose':
      return [r.mesure, r.suppose];
    default:
      return r.mesures;
  }
}

interface MesureLue {
  id: string;
  nature: string;
  obtention: string;
}
/** Rules that name what the contract does not have, what is computed, or what is not a number. */
export function verifierQualite(regles: readonly RegleDuContrat[], mesures: readonly MesureLue[]): string[] {
  const connues = new Map(mesures.map((m) => [m.id, m]));
  const vues = new Set<string>(REGLES_DE_NATURE);
  return regles.flatMap((r) => {
    const ici = `qualite.yaml, ${r.id}`;
    const double = vues.has(r.id) ? [`${ici} : ce nom de règle est déjà pris`] : [];
    vues.add(r.id);
    const citees = mesuresDe(r);
    return [
      ...double,
      ...(new Set(citees).size < citees.length ? [`${ici} : une mesure y est citée deux fois`] : []),
      ...citees.flatMap((x) => {
        const m = connues.get(x);
        if (!m) return [`${ici} : mesure « ${x} » inconnue`];
        if (m.obtention !== 'collecte') return [`${ici} : la mesure ${x} n’est pas collectée, une règle ne porte que sur ce que quelqu’un donne`];
        return ['bilan qualitatif', 'document', 'enquete'].includes(m.nature) ? [`${ici} : la mesure ${x} n’est pas un nombre`] : [];
      }),
    ];
  });
}
