/** What a person types of an alert, read once. */
import { z } from 'zod';
import { jourDe, instantDe } from '../../../core/clock.ts';
import { ligne } from '../../../core/http/fields.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { GENRES, ISSUES } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { refusDuTexte } from '../reglement/texte.rules.ts';

/** Where and what, never who. */
const sansPersonne = (max: number, nom: string) =>
  ligne(nom, max).superRefine((v, ctx) => {
    const refus = refusDuTexte(v);
    if (refus) ctx.addIssue({ code: 'custom', message: refus });
  });
export const texteSansPersonne = (max: number, vide: string | null) =>
  z
    .string()
    .trim()
    .max(max, `Trop long : ${max} caractères au plus.`)
    .superRefine((v, ctx) => {
      const refus = v === '' ? vide : refusDuTexte(v);
      if (refus) ctx.addIssue({ code: 'custom', message: refus });
    });

/** Of a list: what is not even a code is looked for nowhere. */
export const unCode = (message: string) => z.string().regex(/^[\w-]{1,60}$/, { error: message, abort: true });

export const buildAlerteSchema = (r: Reglement, cat: Catalogue, maintenant: Date) => {
  const parmi = (liste: string, message: string) =>
    unCode(message).refine((v) => (cat.listes.get(liste) ?? []).some((x) => x.code === v && !x.retiree), message);
  return z
    .object({
      palier: unCode('Choisissez le palier.').refine((v) => r.paliers.some((p) => p.code === v), 'Choisissez le palier.'),
      genre: parmi(GENRES, 'Choisissez ce qui se passe.'),
      territoire: unCode('Choisissez le quartier.').refine((v) => cat.territoires.has(v) && v !== cat.racine.id, 'Choisissez le quartier.'),
      lieu: sansPersonne(160, 'Le lieu'),
      jour: z.string().trim().max(10),
      heure: z.string().trim().max(5),
      faits: texteSansPersonne(600, null),
      exercice: z.string().transform((v) => v === 'oui'),
    })
    .transform((v, ctx) => {
      if (v.jour === '' && v.heure === '') return { ...v, debut: maintenant };
      const debut = /^([01]\d|2[0-3]):[0-5]\d$/.test(v.heure) ? instantDe(v.jour || jourDe(maintenant), v.heure) : null;
      if (!debut) {
        const saute = /^([01]\d|2[0-3]):[0-5]\d$/.test(v.heure) && /^\d{4}-\d{2}-\d{2}$/.test(v.jour);
        const message = saute
          ? 'Cette nuit-là, l’horloge saute cette heure : écrivez une heure plus tard.'
          : 'Écrivez l’heure, par exemple 21:30, ou laissez vide pour maintenant.';
        ctx.addIssue({ code: 'custom', path: ['heure'], message });
        return z.NEVER;
      }
      const ecart = debut.getTime() - maintenant.getTime();
      if (ecart < -7 * 86_400_000 || ecart > 31 * 86_400_000) {
        ctx.addIssue({ code: 'custom', path: ['jour'], message: 'Une alerte dit ce qui se passe : entre il y a sept jours et dans un mois.' });
        return z.NEVER;
      }
      return { ...v, debut };
    });
};

export const buildLeveeSchema = (r: Reglement, cat: Catalogue) =>
  z.object({
    issue: unCode('Dites ce qui s’est passé.').refine((v) => (cat.listes.get(ISSUES) ?? []).some((x) => x.code === v), 'Dites ce qui s’est passé.'),
    heures: z
      .string()
      .regex(/^\d{0,4}$/, { error: 'Un nombre d’heures.', abort: true })
      .transform((v) => (v === '' ? r.represailles.heures : Number(v)))
      .superRefine((n, ctx) => {
        const { max } = r.represailles;
        if (!Number.isInteger(n) || n < 1 || n > max) ctx.addIssue({ code: 'custom', message: `Un nombre d’heures entre 1 et ${max}.` });
      }),
  });
