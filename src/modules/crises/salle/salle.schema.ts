import { z } from 'zod';

const code = z.string().trim().max(60).default('');
export const ouvertureSchema = z.object({
  nature: z.enum(['crise', 'exercice'], { error: 'Dites si c’est une crise réelle ou un exercice : cela ne se change plus ensuite.' }),
  type: code,
  titre: z.string().trim().min(3, 'Donnez un titre court, par exemple « Incendie rue de la Chapelle ».').max(120, 'Le titre tient en 120 caractères.'),
  territoire: code,
  lieu: z.string().trim().max(200, 'Le lieu tient en 200 caractères.').default(''),
  avis: code,
});
export const acteurSchema = z.object({ organisation: code, entite: code, territoire: code });
export const commandementSchema = z.object({ entite: code });
export const correspondantSchema = z.object({
  nom: z.string().trim().min(2, 'Donnez le nom du cadre désigné.').max(120, 'Le nom tient en 120 caractères.'),
  fonction: z.string().trim().min(2, 'Donnez sa fonction.').max(120, 'La fonction tient en 120 caractères.'),
  joignable: z.string().trim().min(3, 'Dites comment le joindre.').max(120, 'Tient en 120 caractères.'),
});
