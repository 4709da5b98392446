import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

const code = ligne('Ce choix', 60).default('');
export const ouvertureSchema = z.object({
  nature: z.enum(['crise', 'exercice'], { error: 'Dites si c’est une crise réelle ou un exercice : cela ne se change plus ensuite.' }),
  type: code,
  titre: ligne('Le titre', 120).min(3, 'Donnez un titre court, par exemple « Incendie rue de la Chapelle ».'),
  territoire: code,
  lieu: ligne('Le lieu').default(''),
  avis: code,
});
export const acteurSchema = z.object({ organisation: code, entite: code, territoire: code });
export const commandementSchema = z.object({ entite: code });
export const correspondantSchema = z.object({
  nom: ligne('Le nom', 120).min(2, 'Donnez le nom du cadre désigné.'),
  fonction: ligne('La fonction', 120).min(2, 'Donnez sa fonction.'),
  joignable: ligne('Ce moyen', 120).min(3, 'Dites comment le joindre.'),
});
