/** What forms say of a card and of a service. */
import { z } from 'zod';
import { courrielFacultatif, ligne, paragraphe } from '../../../core/http/fields.ts';
import { lireCoordonnee } from '../../../core/nombres.ts';
import { estUneAccessibilite, estUneLangue } from '../referentiel/accueil.ts';
import { estUnBesoin } from '../referentiel/besoins.ts';
import { FRAIS, MODES_ACCUEIL, MODES_MOBILISATION, PUBLICS } from '../referentiel/data-inclusion.ts';
import { lireTelephone } from '../telephone.rules.ts';

const coches = (connu: (code: string) => boolean, quoi: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((v) => [...new Set([v].flat().filter((x) => x !== ''))])
    .refine((v) => v.every(connu), `${quoi} : choisissez dans la liste.`);
const dans = (liste: Readonly<Record<string, string>>) => (code: string) => Object.hasOwn(liste, code);
const oui = z.union([z.string(), z.array(z.string())]).transform((v) => [v].flat().at(-1) === 'oui');

export const adresseWeb = (quoi: string) =>
  z
    .string()
    .trim()
    .max(500)
    .refine((v) => v === '' || (/^https?:\/\/\S+$/.test(v) && URL.canParse(v)), `${quoi} : écrivez une adresse complète, qui commence par https://.`);
/** One number, kept as it is read on a page. */
export const telephone = z
  .string()
  .max(60)
  .transform((v, ctx) => {
    const lu = lireTelephone(v);
    if (lu.ok) return lu.ecrit;
    ctx.addIssue({ code: 'custom', message: lu.message });
    return z.NEVER;
  });
const coordonnee = z.string().transform((v, ctx) => {
  const lu = lireCoordonnee(v);
  if (lu.ok) return lu.valeur;
  ctx.addIssue({ code: 'custom', message: lu.message });
  return z.NEVER;
});

/** What its correspondent may correct by link: how one reaches it, and how it welcomes. */
export const pratiqueSchema = z.object({
  adresse: ligne('L’adresse'),
  complement: ligne('Le complément d’adresse'),
  code_postal: z
    .string()
    .trim()
    .regex(/^(\d{5})?$/, 'Le code postal : cinq chiffres.'),
  commune: ligne('La commune', 100),
  telephone,
  courriel: courrielFacultatif,
  site_web: adresseWeb('Le site'),
  horaires: ligne('Les horaires', 500),
  venir: paragraphe('Comment venir', 1000),
  langues: coches(estUneLangue, 'Les langues'),
  accessibilite: coches(estUneAccessibilite, 'L’accessibilité'),
});
export type Pratique = z.output<typeof pratiqueSchema>;

export const structureSchema = pratiqueSchema
  .extend({
    nom: ligne('Le nom', 150).min(3, 'Écrivez le nom du lieu.'),
    description: paragraphe('La présentation', 10_000),
    organisation: z.string().trim(),
    parente: z.string().trim(),
    territoire: z.string().trim(),
    siret: z
      .string()
      .transform((v) => v.replace(/\s/g, ''))
      .refine((v) => v === '' || estUnSiret(v), 'Le SIRET : quatorze chiffres, tels qu’ils sont attribués.'),
    longitude: coordonnee,
    latitude: coordonnee,
    lieu_sur: oui,
    label: ligne('Le label', 120),
    correspondant_nom: ligne('Le nom du correspondant', 120),
    correspondant_courriel: courrielFacultatif,
  })
  .refine((v) => (v.longitude === null) === (v.latitude === null), { path: ['latitude'], message: 'Donnez la longitude et la latitude, ou aucune des deux.' })
  .refine((v) => !v.lieu_sur || v.label !== '', { path: ['label'], message: 'Écrivez par quel réseau ou dispositif ce refuge est reconnu.' });
export type StructureSaisie = z.output<typeof structureSchema>;

/** Luhn; La Poste's own establishments add up to a multiple of five. */
export function estUnSiret(siret: string): boolean {
  if (!/^\d{14}$/.test(siret)) return false;
  const chiffres = [...siret].map(Number);
  const luhn = chiffres.reduce((s, c, i) => s + (i % 2 === 0 ? (c > 4 ? 2 * c - 9 : 2 * c) : c), 0);
  return luhn % 10 === 0 || (siret.startsWith('356000000') && chiffres.reduce((s, c) => s + c, 0) % 5 === 0);
}

export const serviceSchema = z.object({
  nom: ligne('Le nom', 150).min(3, 'Écrivez ce qui est proposé.'),
  description: paragraphe('La description', 10_000),
  besoins: coches(estUnBesoin, 'Les besoins').refine((v) => v.length > 0, 'Cochez au moins un besoin : c’est par lui que le lieu est trouvé.'),
  publics: coches(dans(PUBLICS), 'Les publics'),
  publics_precisions: paragraphe('Pour qui précisément', 1000),
  conditions: paragraphe('Les conditions', 1000),
  frais: z.string().refine((v) => v === '' || dans(FRAIS)(v), 'Le prix : choisissez dans la liste.'),
  frais_precisions: paragraphe('Les précisions sur le prix', 1000),
  modes_accueil: coches(dans(MODES_ACCUEIL), 'L’accueil'),
  modes_mobilisation: coches(dans(MODES_MOBILISATION), 'Comment faire'),
  mobilisation_precisions: paragraphe('Comment faire précisément', 1000),
  lien_mobilisation: adresseWeb('Le lien'),
  sans_rdv: oui,
  anonyme: oui,
  retire: oui,
});
export type ServiceSaisi = z.output<typeof serviceSchema>;
