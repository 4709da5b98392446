import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

export const enteteSchema = z.object({
  nom: ligne('Le nom').min(2, 'Écrivez le nom qui figure en tête des papiers, par exemple « Mairie du 18e arrondissement ».'),
  adresse: paragraphe('L’adresse', 500),
  telephone: ligne('Le téléphone', 40),
  courriel: z.union([z.literal(''), z.email('Cette adresse n’est pas une adresse électronique : nom@domaine.fr.')]),
  lieu: ligne('Le lieu de signature', 100),
  logo_alt: ligne('Le texte de remplacement', 200),
});
