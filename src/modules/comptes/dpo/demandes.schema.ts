import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';
import { ETATS, type EtatDemande, MOYENS, type Moyen, NATURES, type Nature } from './demandes.rules.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
const long = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Le texte est trop long : ${max.toLocaleString('fr-FR')} caractères au plus.`);

/** `aujourdhui`: a request is never received tomorrow. */
export const buildDemandeSchema = (aujourdhui: string) =>
  z.object({
    recue_le: z
      .string()
      .trim()
      .pipe(z.iso.date('Indiquez le jour de réception : c’est lui qui fait courir le délai.'))
      .refine((j) => j <= aujourdhui, 'Le jour de réception ne peut pas être à venir.')
      .refine((j) => j >= '2018-05-25', 'Le règlement s’applique depuis le 25 mai 2018 : vérifiez l’année.'),
    nature: z.enum(cles<Nature>(NATURES), 'Choisissez le droit que la personne exerce.'),
    demandeur: ligne('Le nom').min(1, 'Indiquez un nom, ou des initiales.'),
    moyen: z.enum(cles<Moyen>(MOYENS), 'Dites comment la demande est arrivée.'),
    objet: long(4000).min(1, 'Dites en une phrase ce que la personne demande.'),
  });
export type NouvelleDemande = z.output<ReturnType<typeof buildDemandeSchema>>;

/** An act on a request. Texts that do not come in, or come in empty, leave those that are recorded. */
export const changementSchema = z.object({
  etat: z.enum(cles<EtatDemande>(ETATS), 'Choisissez ce que vous faites de la demande.'),
  motif: long(4000).optional(),
  reponse: long(10_000).optional(),
  repondue_le: z.union([z.literal(''), z.iso.date()], 'La date de réponse n’est pas une date.').optional(),
});
