/** Passages that may tell of a person in a text that everybody will read. Pure. */

import { CIVILITE } from './mineurs.mots.ts';
import { presDUnAge } from './mineurs.rules.ts';

export const NATURES_SUSPECT = {
  personne: 'nom d’une personne',
  courriel: 'adresse électronique',
  telephone: 'numéro de téléphone',
  plaque: 'plaque d’immatriculation',
  adresse: 'adresse postale',
} as const;
export type NatureSuspect = keyof typeof NATURES_SUSPECT;

const PARTICULE = "(?:(?:de|du|des|de la|van|von|ben|el|al)\\s|[dl][’'])";
const MOT = "(?:\\p{Lu}\\.(?:-\\p{Lu}\\.)?|\\p{Lu}[\\p{L}’'-]*)";
const NOM = `${PARTICULE}{0,2}${MOT}(?:[ \\u00a0]${PARTICULE}{0,2}${MOT}){0,3}`;
const PETITS = "(?:(?:de|du|des|la|le|les|et|à|au|aux|sur|sous|en)\\s|[dl][’'])";
const SUITE = `(?:\\s${PETITS}{0,3}\\p{Lu}[\\p{L}\\d’'-]*){0,5}`;
const VILLE = `(?:,?\\s\\d{5}(?:\\s${MOT}${SUITE})?)?`;
/** « 8 mai 1945 », « 4 Septembre ». */
const QUANTIEME = '\\d{1,2}(?:er)?\\s\\p{L}+(?:\\s\\d{4})?';
const NUMERO = '(?<![\\p{L}\\d])\\d{1,4}(?:\\s?(?:bis|ter|quater|[A-D])(?!\\p{L}))?,?\\s';
/** Kinds of way that mean nothing else; the others need a name with a capital (« 12 cours de soutien »). */
const VOIES = '(?:[Rr]ue|RUE|[Aa]venue|AVENUE|[Aa]v\\.|[Bb]oulevard|BOULEVARD|[Bb](?:l?v)?d\\.?|[Ii]mpasse|[Aa]llée|[Qq]uai|[Rr]ond-point)';
const AUTRES_VOIES =
  '(?:[Pp]lace|[Cc]hemin|[Ss]quare|[Pp]assage|[Vv]illa|[Cc]ité|[Cc]ours|[Rr]oute|[Ss]entier|[Ee]splanade|[Ff]aubourg|[Vv]oie|[Rr]ésidence|[Hh]ameau)';

export interface MotifSuspect {
  nature: NatureSuspect;
  motif: RegExp;
}
const MOTIFS: readonly MotifSuspect[] = [
  { nature: 'personne', motif: new RegExp(`${CIVILITE.source}\\s${NOM}`, 'gu') },
  { nature: 'personne', motif: new RegExp(`(?<![\\p{L}\\p{N}])(?:MM\\.|Mmes|Mlles|Messieurs|Mesdames)\\s${NOM}(?:(?:,| et)\\s${NOM}){1,9}`, 'gu') },
  { nature: 'courriel', motif: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu },
  { nature: 'telephone', motif: /(?<![\d.])(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)/g },
  {
    nature: 'plaque',
    motif: /(?<![\p{L}\p{N}-])(?:[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}|\d{3,4}[ -]?[A-Z]{2,3}[ -]?(?:\d{2,3}|2[AB]))(?![\p{L}\p{N}-])/gu,
  },
  {
    nature: 'adresse',
    motif: new RegExp(
      `${NUMERO}(?:${VOIES}\\s${PETITS}{0,3}(?:${QUANTIEME}|[\\p{L}\\d][\\p{L}\\d’'-]*)|${AUTRES_VOIES}\\s${PETITS}{0,3}(?:${QUANTIEME}|${MOT}))${SUITE}${VILLE}`,
      'gu',
    ),
  },
];

export interface Trouve {
  passage: string;
  nature: NatureSuspect;
  de: number;
}

/** Matches of a text in order, without those that stand inside a longer one. */
export function trouverSuspects(texte: string, autres: readonly MotifSuspect[] = []): Trouve[] {
  const tous = [
    ...[...MOTIFS, ...autres].flatMap(({ nature, motif }) => [...texte.matchAll(motif)].map((m): Trouve => ({ passage: m[0], nature, de: m.index }))),
    ...presDUnAge(texte).map((n): Trouve => ({ passage: texte.slice(n.de, n.a), nature: 'personne', de: n.de })),
  ];
  return tous
    .filter((t) => !tous.some((x) => x !== t && x.de <= t.de && x.de + x.passage.length >= t.de + t.passage.length && x.passage.length > t.passage.length))
    .sort((a, b) => a.de - b.de);
}
