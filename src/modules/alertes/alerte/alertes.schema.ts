/** What a person types of an alert, read once. */
import { JOUR_MS, estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { jourDe, instantDe } from '../../../core/clock.ts';
import { ligne } from '../../../core/http/fields.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { DOUBLON, GENRES, ISSUES } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { lireTexte, refusDuTexte } from '../reglement/texte.rules.ts';

const sansRefus = (refuser: (v: string) => string | null) => (v: string, ctx: z.RefinementCtx<string>) => {
  const refus = refuser(v);
  if (refus) ctx.addIssue({ code: 'custom', message: refus });
};
const court = (max: number) => z.string().trim().max(max, `Trop long : ${max} caractères au plus.`);
/** Where and what, never who; what only looks like somebody is asked about by whoever reads it (`doute`). */
export const texteAConfirmer = (max: number, vide: string | null) => court(max).superRefine(sansRefus((v) => (v === '' ? vide : lireTexte(v).refus)));
/** The same where nothing can be asked: what looks like somebody is refused too. */
export const texteSansPersonne = (max: number, vide: string | null) => court(max).superRefine(sansRefus((v) => (v === '' ? vide : refusDuTexte(v))));

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
      lieu: ligne('Le lieu', 160).superRefine(sansRefus((v) => lireTexte(v).refus)),
      jour: z.string().trim().max(10),
      heure: z.string().trim().max(5),
      faits: texteAConfirmer(600, null),
      exercice: z.string().transform((v) => v === 'oui'),
    })
    .transform((v, ctx) => {
      if (v.jour === '' && v.heure === '') return { ...v, debut: maintenant };
      const debut = /^([01]\d|2[0-3]):[0-5]\d$/.test(v.heure) ? instantDe(v.jour || jourDe(maintenant), v.heure) : null;
      if (!debut) {
        const saute = /^([01]\d|2[0-3]):[0-5]\d$/.test(v.heure) && estJour(v.jour);
        if (v.jour !== '' && !estJour(v.jour)) {
          ctx.addIssue({ code: 'custom', path: ['jour'], message: 'Choisissez un jour du calendrier.' });
          return z.NEVER;
        }
        const message = saute
          ? 'Cette nuit-là, l’horloge saute cette heure : écrivez une heure plus tard.'
          : 'Écrivez l’heure, par exemple 21:30, ou laissez vide pour maintenant.';
        ctx.addIssue({ code: 'custom', path: ['heure'], message });
        return z.NEVER;
      }
      const ecart = debut.getTime() - maintenant.getTime();
      if (ecart < -7 * JOUR_MS || ecart > 31 * JOUR_MS) {
        ctx.addIssue({ code: 'custom', path: ['jour'], message: 'Une alerte dit ce qui se passe : entre il y a sept jours et dans un mois.' });
        return z.NEVER;
      }
      return { ...v, debut };
    });
};

/** What an end may be said to be; « the same as another » is a joining, which points to it. */
export const issuesALever = (cat: Pick<Catalogue, 'listes'>) => (cat.listes.get(ISSUES) ?? []).filter((v) => !v.retiree && v.code !== DOUBLON);
export const buildLeveeSchema = (r: Reglement, cat: Catalogue) =>
  z.object({
    issue: unCode('Dites ce qui s’est passé.').refine((v) => issuesALever(cat).some((x) => x.code === v), 'Dites ce qui s’est passé.'),
    heures: z
      .string()
      .regex(/^\d{0,4}$/, { error: 'Un nombre d’heures.', abort: true })
      .transform((v) => (v === '' ? r.represailles.heures : Number(v)))
      .superRefine((n, ctx) => {
        const { max } = r.represailles;
        if (!Number.isInteger(n) || n < 1 || n > max) ctx.addIssue({ code: 'custom', message: `Un nombre d’heures entre 1 et ${max}.` });
      }),
  });
