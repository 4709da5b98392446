import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

const recurrent = {
  titre: ligne('Le point', 300).min(3, 'Écrivez le titre du point.'),
  expose: paragraphe('L’exposé', 4000),
  minutes: z.coerce.number('La durée en minutes.').int('Des minutes entières.').min(1, 'Au moins une minute.').max(480, 'Au plus huit heures.'),
  rapporteur: ligne('Le rapporteur'),
  tous_les: z.coerce.number('Un nombre de séances.').int('Un nombre entier de séances.').min(1, 'Au moins 1.').max(24, 'Au plus 24.'),
  arrete: z.enum(['', 'oui'], 'Cochez la case, ou non.').transform((v) => v === 'oui'),
};
export const recurrentSchema = z.object(recurrent);
export const nouveauRecurrentSchema = z.object({
  ...recurrent,
  expose: recurrent.expose.default(''),
  minutes: recurrent.minutes.default(10),
  rapporteur: recurrent.rapporteur.default(''),
  tous_les: recurrent.tous_les.default(1),
  arrete: recurrent.arrete.default(false),
});
export type SaisieRecurrent = z.output<typeof recurrentSchema>;
