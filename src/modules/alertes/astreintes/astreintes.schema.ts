/** A line of a list and a moment of duty, as people type them. */
import { JOUR_MS, estJour } from '../../../core/jours.ts';
import { z } from 'zod';
import { instantDe } from '../../../core/clock.ts';
import { courriel, ligne } from '../../../core/http/fields.ts';
import { unCode } from '../alerte/alertes.schema.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import type { InscritSaisi } from './astreintes.queries.ts';

export const VOIES = { courriel: 'Courriel', push: 'Notification', sms: 'SMS' } as const;

interface Lieux {
  racine: { id: string; nom: string };
  enfants(id: string): readonly { id: string; nom: string }[];
}
/** Where lists are kept: the whole contract, first-level territories, neighbouring communes. */
export const placesDesListes = (r: Pick<Reglement, 'communes'>, cat: Lieux): { valeur: string; libelle: string; groupe: string }[] => [
  { valeur: cat.racine.id, libelle: 'Tout le contrat', groupe: cat.racine.nom },
  ...cat.enfants(cat.racine.id).map((t) => ({ valeur: t.id, libelle: t.nom, groupe: cat.racine.nom })),
  ...r.communes.map((c) => ({ valeur: c.code, libelle: c.nom, groupe: 'Communes voisines' })),
];

export const buildInscritSchema = (
  r: Pick<Reglement, 'communes'> & { fonctions: readonly { code: string }[] },
  cat: Lieux & { acteurs: ReadonlyMap<string, unknown> },
): z.ZodType<InscritSaisi> => {
  const places = () => new Set(placesDesListes(r, cat).map((p) => p.valeur));
  return z
    .object({
      fonction: unCode('Choisissez la fonction.').refine((v) => r.fonctions.some((f) => f.code === v), 'Choisissez la fonction.'),
      territoire: unCode('Choisissez le territoire ou la commune.').refine((v) => places().has(v), 'Choisissez le territoire ou la commune.'),
      organisation: z.string().refine((v) => cat.acteurs.has(v), 'Choisissez un organisme dans la liste.'),
      nom: ligne('Le nom', 120).min(2, 'Écrivez un nom, ou le nom du service d’astreinte.'),
      courriel,
      telephone: z
        .string()
        .trim()
        .regex(/^(\+?[\d .()-]{6,25})?$/, 'Un numéro avec des chiffres, par exemple 01 02 03 04 05.'),
      voies: z.array(z.enum(Object.keys(VOIES) as [keyof typeof VOIES])).min(1, 'Choisissez au moins une façon de prévenir.'),
      rang: z
        .string()
        .regex(/^[1-9]\d?$/, 'Un rang de 1 à 99 : 1 est prévenu d’abord.')
        .transform(Number),
      permanent: z.string().transform((v) => v === 'oui'),
    })
    .refine((v) => !v.voies.includes('sms') || v.telephone !== '', { path: ['telephone'], message: 'Un SMS demande un numéro.' });
};

const jour = z.string().trim().max(10);
const heure = z.string().trim().max(5);
const HEURE = /^([01]\d|2[0-3]):[0-5]\d$/;
const instant = (leJour: string, lHeure: string): Date | string => {
  if (!estJour(leJour)) return 'Choisissez un jour du calendrier.';
  if (!HEURE.test(lHeure)) return 'Écrivez l’heure, par exemple 20:00.';
  return instantDe(leJour, lHeure) ?? 'Cette nuit-là, l’horloge saute cette heure : écrivez une heure plus tard.';
};
/** Read by the clock of the contract: in a night that changes it, an hour that comes twice is its first. */
export const creneauSchema = z
  .object({ jour_debut: jour, heure_debut: heure, jour_fin: jour, heure_fin: heure, suppleant: z.string().regex(/^.{0,36}$/) })
  .transform((v, ctx) => {
    const debut = instant(v.jour_debut, v.heure_debut);
    const fin = instant(v.jour_fin, v.heure_fin);
    if (typeof debut === 'string') ctx.addIssue({ code: 'custom', path: [estJour(v.jour_debut) ? 'heure_debut' : 'jour_debut'], message: debut });
    if (typeof fin === 'string') ctx.addIssue({ code: 'custom', path: [estJour(v.jour_fin) ? 'heure_fin' : 'jour_fin'], message: fin });
    if (typeof debut === 'string' || typeof fin === 'string') return z.NEVER;
    if (fin <= debut) ctx.addIssue({ code: 'custom', path: ['jour_fin'], message: 'La fin vient avant le début.' });
    else if (fin.getTime() - debut.getTime() > 15 * JOUR_MS)
      ctx.addIssue({ code: 'custom', path: ['jour_fin'], message: 'Quinze jours au plus : coupez en plusieurs créneaux.' });
    return { debut, fin, suppleantId: v.suppleant === '' ? null : v.suppleant };
  });
export const CRENEAU_VIDE = { jour_debut: '', heure_debut: '', jour_fin: '', heure_fin: '', suppleant: '' };
