import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';

export const erreurSchema = z.object({ motif: ligne('Le motif', 300).min(3, 'Dites en quelques mots pourquoi elle n’aurait pas dû être ouverte.') });

export const conseilSchema = z.object({
  instance: ligne('L’instance', 60).default(''),
  texte: paragraphe('Ce texte', 2000).min(10, 'Dites en quelques phrases ce que le conseil doit savoir.'),
});
