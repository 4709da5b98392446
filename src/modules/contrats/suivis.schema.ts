/** Following figures: what a contract wants followed beside its measures, and never counts among them. */
import { z } from 'zod';
import { id, mesureSchema } from './mesures.schema.ts';

/** Words of a measure that have no meaning here are refused; `part_de` is read in a measure, and so typed nowhere. */
const suiviSchema = mesureSchema
  .omit({ direction: true, prevu: true, part: true, obtention: true })
  .extend({
    id: z.string().regex(/^s-[a-z0-9]+(-[a-z0-9]+)*$/, 'un identifiant comme « s-effectif-relais » est attendu : il ne ressemble à celui d’aucune mesure'),
    fiche: z.string(),
    /** The systems that it follows: shown on their pages. */
    systemes: z.array(id).min(1, 'un dispositif au moins est attendu'),
    /** People followed by that system alone, where a measure adds several systems up. */
    effectif: z.literal(true).optional(),
    obtention: z.enum(['calcul', 'collecte', 'part'], 'attendu : calcul, collecte ou part'),
    part_de: z
      .strictObject({ mesure: id, debiteurs: z.array(id).min(1).optional(), ventilation: z.record(z.string(), z.string()).optional() })
      .refine((p) => p.debiteurs !== undefined || p.ventilation !== undefined, 'dites quelle part : ses débiteurs ou sa ventilation')
      .optional(),
  })
  .superRefine((s, ctx) => {
    const dire = (message: string, champ: string) => ctx.addIssue({ code: 'custom', path: [champ], message });
    if ((s.obtention === 'part') !== (s.part_de !== undefined)) dire('une part dit de quelle mesure (part_de), et elle seule', 'part_de');
    if ((s.obtention === 'calcul') !== (s.calcul !== undefined)) dire('un chiffre calculé a une formule, et lui seul', 'calcul');
    if (s.obtention === 'collecte' ? s.aupres.length === 0 : s.aupres.length > 0) dire('seul un chiffre collecté dit qui le doit', 'aupres');
  });
export const suivisSchema = z.array(suiviSchema);
export type SuiviFichier = z.output<typeof suiviSchema>;
