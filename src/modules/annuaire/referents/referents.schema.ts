import { z } from 'zod';
import { courrielFacultatif, ligne } from '../../../core/http/fields.ts';
import { telephone } from '../structures/structures.schema.ts';

const jour = (message: string) => z.string().trim().pipe(z.iso.date(message));
export const referentSchema = z
  .object({
    role: z.string().trim(),
    organisation: z.string().trim(),
    territoire: z.string().trim(),
    nom: ligne('Le nom', 120).min(2, 'Écrivez le nom de la personne.'),
    fonction: ligne('La fonction'),
    courriel: courrielFacultatif,
    telephone,
    suppleant_nom: ligne('Le nom du suppléant', 120),
    suppleant_courriel: courrielFacultatif,
    suppleant_telephone: telephone,
    debut: jour('Écrivez le premier jour, par exemple 2026-09-01.'),
    fin: z.union([z.literal('').transform(() => null), jour('Écrivez le dernier jour, ou laissez vide.')]),
    absent_jusquau: z.union([z.literal('').transform(() => null), jour('Écrivez le dernier jour de l’absence, ou laissez vide.')]),
  })
  .refine((v) => v.fin === null || v.fin >= v.debut, { path: ['fin'], message: 'Le dernier jour vient avant le premier.' })
  .refine((v) => v.absent_jusquau === null || v.suppleant_courriel !== '', {
    path: ['suppleant_courriel'],
    message: 'Pendant une absence, le courrier va au suppléant : donnez son courriel.',
  })
  .refine((v) => v.courriel !== '' || v.telephone !== '', { path: ['courriel'], message: 'Donnez un courriel ou un téléphone : un référent se joint.' });
