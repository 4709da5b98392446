import { z } from 'zod';

export const seanceSchema = (aujourdhui: string, membres: ReadonlySet<string>) =>
  z.object({
    jour: z.iso.date('Indiquez le jour de la séance.').refine((j) => j >= aujourdhui, 'Une séance se convoque pour aujourd’hui ou plus tard.'),
    heure: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Indiquez l’heure, comme 14:30.'),
    preside: z.string().refine((m) => membres.has(m), 'Choisissez qui préside parmi les membres qui ont signé.'),
  });
