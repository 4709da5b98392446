import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

export const avisSchema = z.object({
  territoire: ligne('Le territoire', 60).default(''),
  provenance: ligne('La provenance', 60).default(''),
  heure: ligne('L’heure', 20).default(''),
  objet: ligne('Ce texte', 300).min(3, 'Dites ce qui se passe et où.'),
  exercice: z.enum(['', 'oui']).default(''),
});
