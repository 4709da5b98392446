import { z } from 'zod';
import { seanceSchema } from '../seances/seances.schema.ts';

/** A session within the days that the charter gives. */
export const ouvertureSchema = (o: { aujourdhui: string; dernier: string; membres: ReadonlySet<string>; jours: number }) =>
  seanceSchema(o.aujourdhui, o.membres).extend({
    jour: z.iso
      .date('Indiquez le jour de la séance.')
      .refine((j) => j >= o.aujourdhui && j <= o.dernier, `La séance se tient aujourd’hui, ou dans les ${o.jours} jours.`),
  });
