import { z } from 'zod';
import { heureSchema, minutesSchema } from '../../instances/index.ts';
import { type ReponseConvocation, REPONSES } from '../seances.rules.ts';
import { ligne as court, paragraphe } from '../../../core/http/fields.ts';
import { schemasALaCreation, schemasDesMots } from './cadre.ts';

const facultatif = <S extends z.ZodType>(s: S) => z.union([z.literal('').transform(() => null), s]);

/** A day to come: a session is not convoked in the past. */
const jourAVenir = (aujourdhui: string) =>
  z
    .string()
    .trim()
    .pipe(z.iso.date('Écrivez une date, par exemple 2027-01-15.'))
    .refine((j) => j >= aujourdhui, 'Cette date est passée.')
    .refine((j) => j <= `${Number(aujourdhui.slice(0, 4)) + 3}${aujourdhui.slice(4)}`, 'Cette date est à plus de trois ans : vérifiez l’année.');

/** Nothing is filled in here: what does not come in is filled at creation, and left as it is by a change. */
const communs = {
  titre: court('Le titre').min(3, 'Donnez un titre à la séance.'),
  ...schemasDesMots(),
  duree_minutes: minutesSchema('La durée'),
};

export const DATES_PROPOSEES = [1, 2, 3, 4] as const;

/** Either one date, or several between which members choose. */
export function buildNouvelleSeanceSchema(aujourdhui: string) {
  const jour = facultatif(jourAVenir(aujourdhui)).default(null);
  const heure = facultatif(heureSchema).default(null);
  return z
    .object({
      titre: communs.titre,
      ...schemasALaCreation(),
      duree_minutes: communs.duree_minutes.default(120),
      choix: z.enum(['fixe', 'sondage'], 'Dites si la date est fixée.').default('fixe'),
      jour,
      heure,
      jour_1: jour,
      heure_1: heure,
      jour_2: jour,
      heure_2: heure,
      jour_3: jour,
      heure_3: heure,
      jour_4: jour,
      heure_4: heure,
      points: z.union([z.array(z.string()), z.string().transform((s) => [s])]).default([]),
      libres: paragraphe('Les points ajoutés', 4000).default(''),
    })
    .superRefine((s, x) => {
      if (s.choix === 'fixe') {
        if (!s.jour) x.addIssue({ code: 'custom', path: ['jour'], message: 'Indiquez la date, ou proposez-en plusieurs aux membres.' });
        if (!s.heure) x.addIssue({ code: 'custom', path: ['heure'], message: 'Indiquez l’heure de début.' });
        return;
      }
      const n = DATES_PROPOSEES.filter((i) => s[`jour_${i}`] && s[`heure_${i}`]).length;
      if (n < 2) x.addIssue({ code: 'custom', path: ['jour_1'], message: 'Proposez au moins deux dates, chacune avec son heure.' });
    });
}
export type NouvelleSeance = z.output<ReturnType<typeof buildNouvelleSeanceSchema>>;

export const buildCadreSchema = (aujourdhui: string) => z.object({ ...communs, jour: jourAVenir(aujourdhui), heure: heureSchema });
/** Without a date yet: everything else. */
export const cadreSansDateSchema = z.object(communs);

/** Asked for when the convocation leaves, where the frame does not say it. */
export const lieuSchema = z.object({ lieu: schemasDesMots().lieu });

const point = {
  titre: court('Le titre du point', 300).min(3, 'Écrivez le titre du point.'),
  minutes: z.coerce.number('La durée du point en minutes.').int('Des minutes entières.').min(1, 'Au moins une minute.').max(480, 'Au plus huit heures.'),
  rapporteur: court('Le rapporteur'),
  expose: paragraphe('L’exposé', 4000),
  fiche: court('La fiche', 10),
};
export const pointModifieSchema = z.object(point);
export const nouveauPointSchema = z.object({
  ...point,
  minutes: point.minutes.default(10),
  rapporteur: point.rapporteur.default(''),
  expose: point.expose.default(''),
  fiche: point.fiche.default(''),
});
/** An item as its form gives it. @public */
export type SaisiePoint = z.output<typeof pointModifieSchema>;

export const annulationSchema = z.object({ motif: paragraphe('Le motif', 1000).min(3, 'Dites pourquoi : les membres le liront.') });

export const reponseSchema = z
  .object({
    reponse: z.enum(Object.keys(REPONSES) as [ReponseConvocation, ...ReponseConvocation[]], 'Dites si vous viendrez.'),
    mot: court('Le mot', 500),
    representant: court('Le nom de qui vous représente'),
  })
  .refine((r) => r.representant === '' || r.reponse === 'refuse', {
    path: ['representant'],
    message: 'Vous nommez qui vous représente : répondez que vous ne venez pas, ou videz ce champ.',
  });
export const reponseDateSchema = z.enum(['oui', 'si_besoin', 'non'], 'Répondez oui, si besoin ou non.');
export const documentSchema = z.object({ titre: court('Le titre').default(''), point: z.string().trim().default('') });
