import { z } from 'zod';
import { ligne, paragraphe } from '../../../core/http/fields.ts';
import { type NatureRemontee, NATURES_REMONTEE } from './remontees.rules.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
export const remonteeSchema = z.object({
  vers: z.string().trim().min(1, 'Choisissez l’instance à qui vous l’adressez.'),
  nature: z.enum(cles<NatureRemontee>(NATURES_REMONTEE), 'Dites ce que vous transmettez.'),
  titre: ligne('L’objet').min(5, 'Dites en une phrase ce que vous transmettez.'),
  expose: paragraphe('L’exposé', 4000).default(''),
});
export const reponseSchema = z.object({
  issue: z.enum(['decidee', 'refusee'], 'Dites si c’est décidé ou refusé.'),
  reponse: paragraphe('La réponse', 2000).min(10, 'Écrivez la réponse en une phrase : l’instance qui a proposé la lira.'),
  decision: z.string().trim().default(''),
});
