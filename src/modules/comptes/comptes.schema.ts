import { z } from 'zod';

export const connexionSchema = z.object({
  courriel: z.email('Écrivez une adresse complète, par exemple prenom.nom@exemple.fr.'),
  mot_de_passe: z.string().min(1, 'Écrivez votre mot de passe.'),
  retour: z.string().default('/ma-journee'),
});

export const personaSchema = z.object({ compte: z.uuid('Choisissez une personne de la liste.'), retour: z.string().default('/ma-journee') });
