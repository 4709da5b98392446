/** A row of data·inclusion v1, from JSON or from cells: every fault names its column. Values that are only unknown are left out and told. */
import { z } from 'zod';
import { abreger, couper } from '../../../core/couper.ts';
import { estUneLigne } from '../../../core/http/fields.ts';
import { adresseWeb, estUnSiret } from '../structures/structures.schema.ts';
import { FRAIS, MOBILISABLE_PAR, MODES_ACCUEIL, MODES_MOBILISATION, PUBLICS, RESEAUX, THEMATIQUES, TYPES, ZONE } from '../referentiel/data-inclusion.ts';

const vide = (v: unknown): v is null | undefined | '' => v === null || v === undefined || v === '';
/** A cell that a spreadsheet would have run is written with an apostrophe: it is not part of the text. */
const nu = (v: unknown): unknown => (typeof v === 'string' ? v.trim().replace(/^'(?=[=+\-@])/, '') : v);

const requis = (max: number) => z.preprocess((v) => (vide(nu(v)) ? '' : String(nu(v))), z.string().min(1, 'manque').max(max, `dépasse ${max} caractères`));
const texte = (max: number) => z.preprocess((v) => (vide(nu(v)) ? '' : String(nu(v))), z.string().max(max, `dépasse ${max} caractères`));
const ligne = (max: number) => texte(max).refine(estUneLigne, 'tient sur une seule ligne');
const motif = (regle: RegExp, message: string) =>
  z.preprocess(
    (v) => (vide(nu(v)) ? '' : String(nu(v))),
    z.string().refine((v) => v === '' || regle.test(v), message),
  );
const web = z.preprocess((v) => (vide(nu(v)) ? '' : String(nu(v))), adresseWeb('l’adresse'));
const nombre = (max: number) =>
  z.preprocess(
    (v) => (vide(nu(v)) ? null : typeof v === 'number' ? v : Number(String(nu(v)).replace(',', '.'))),
    z.number('n’est pas un nombre').min(-max, 'n’est pas possible').max(max, 'n’est pas possible').nullable(),
  );
const date = z.preprocess((v) => (vide(nu(v)) ? '' : couper(String(nu(v)), 10)), z.iso.date('n’est pas une date AAAA-MM-JJ'));
/** `["a", "b"]`, `{a,b}`, `a, b` or `a|b`. */
const enListe = (v: unknown): string[] => {
  const brut = nu(v);
  if (vide(brut)) return [];
  if (Array.isArray(brut)) return brut.map(String);
  return String(brut)
    .replace(/^[[{]|[\]}]$/g, '')
    .split(/[,|;]/)
    .map((x) => x.trim().replace(/^["']|["']$/g, ''))
    .filter(Boolean);
};
const parmi = (codes: readonly string[] | RegExp) =>
  z.preprocess(
    enListe,
    z.array(z.string()).superRefine((v, ctx) => {
      for (const x of v)
        if (!(codes instanceof RegExp ? codes.test(x) : codes.includes(x)))
          ctx.addIssue({ code: 'custom', message: `« ${abreger(x, 80)} » n’est pas dans la liste du schéma` });
    }),
  );
const un = (codes: readonly string[]) => motif(new RegExp(`^(${codes.join('|')})$`), 'n’est pas dans la liste du schéma');
const courriel = z.preprocess((v) => (vide(nu(v)) ? '' : String(nu(v)).toLowerCase()), z.union([z.literal(''), z.email('n’est pas une adresse électronique')]));

const lieu = {
  adresse: ligne(200),
  complement_adresse: ligne(200),
  code_postal: motif(/^\d{5}$/, 'n’est pas un code postal'),
  commune: ligne(100),
  code_insee: motif(/^(\d{5}|2[AB]\d{3})$/, 'n’est pas un code de commune'),
  longitude: nombre(180),
  latitude: nombre(90),
  telephone: ligne(30),
  courriel,
  horaires_accueil: ligne(500),
};
const uneOuDeux = (v: { longitude: number | null; latitude: number | null }) => (v.longitude === null) === (v.latitude === null);

export const structureLueSchema = z
  .object({
    source: requis(120).refine(estUneLigne, 'tient sur une seule ligne'),
    id: requis(200).refine(estUneLigne, 'tient sur une seule ligne'),
    nom: requis(150)
      .refine((v) => v.length >= 3, 'a moins de trois caractères')
      .refine(estUneLigne, 'tient sur une seule ligne'),
    date_maj: date,
    siret: motif(/^\d{14}$/, 'n’a pas quatorze chiffres').refine((v) => v === '' || estUnSiret(v), 'n’est pas un SIRET attribué'),
    ...lieu,
    // Read afterwards: what is not one whole number stays as text.
    telephone: ligne(200),
    site_web: web,
    description: texte(10_000),
    accessibilite_lieu: web,
    reseaux_porteurs: parmi(RESEAUX),
    lien_source: web,
  })
  .refine(uneOuDeux, { path: ['latitude'], message: 'longitude et latitude vont ensemble' });
export type StructureLue = z.output<typeof structureLueSchema>;

export const serviceLuSchema = z
  .object({
    source: requis(120).refine(estUneLigne, 'tient sur une seule ligne'),
    structure_id: requis(200).refine(estUneLigne, 'tient sur une seule ligne'),
    id: requis(200).refine(estUneLigne, 'tient sur une seule ligne'),
    nom: requis(150)
      .refine((v) => v.length >= 3, 'a moins de trois caractères')
      .refine(estUneLigne, 'tient sur une seule ligne'),
    description: requis(10_000),
    date_maj: date,
    type: un(TYPES),
    thematiques: parmi(THEMATIQUES),
    publics: parmi(Object.keys(PUBLICS)),
    publics_precisions: texte(1000),
    conditions_acces: texte(1000),
    frais: un(Object.keys(FRAIS)),
    frais_precisions: texte(1000),
    modes_accueil: parmi(Object.keys(MODES_ACCUEIL)),
    modes_mobilisation: parmi(Object.keys(MODES_MOBILISATION)),
    mobilisable_par: parmi(Object.keys(MOBILISABLE_PAR)),
    mobilisation_precisions: texte(1000),
    lien_mobilisation: web,
    zone_eligibilite: parmi(ZONE),
    ...lieu,
    nombre_semaines: nombre(1000).refine((v) => v === null || (Number.isInteger(v) && v >= 1), 'n’est pas un nombre entier de semaines'),
    volume_horaire_hebdomadaire: nombre(168).refine((v) => v === null || v >= 0, 'n’est pas possible'),
  })
  .refine(uneOuDeux, { path: ['latitude'], message: 'longitude et latitude vont ensemble' });
export type ServiceLu = z.output<typeof serviceLuSchema>;

/** Names of services, not of people: `contact.paris@`, `accueil-mairie@`. */
const DE_SERVICE =
  /^(contact|accueil|info|infos|secretariat|administration|direction|asso|association|mairie|permanence|centre|maison|service|bureau|point|antenne|equipe|pole)\b/;
/** `prenom.nom@…`: someone's own address, that no public page shows. */
export const estNominatif = (adresse: string): boolean => /^[a-z]{2,}[.-][a-z]{2,}@/.test(adresse) && !DE_SERVICE.test(adresse);
