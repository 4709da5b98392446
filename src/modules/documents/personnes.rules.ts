/**
 * What a free text may give away of somebody, found by rules on this machine: nothing leaves it, nothing learns. One detector for all that people write: each
 * caller says which kinds concern it, and what it does of them (refuse, ask, mask, propose). It misses what looks like none of them and may flag what is
 * harmless. Pure.
 */
import { APRES_UN_LIEU, CIVILITE } from './mineurs.mots.ts';
import { neNommePas, personnesDites, presDUnAge, sansLesConnus } from './mineurs.rules.ts';
import { INSULTES, LIEUX_NOMMES, PRENOMS, PRENOMS_COMMUNS, SANTE } from './personnes.mots.ts';

export const NATURES_SUSPECT = {
  personne: 'nom d’une personne',
  courriel: 'adresse électronique',
  telephone: 'numéro de téléphone',
  plaque: 'plaque d’immatriculation',
  adresse: 'adresse postale',
} as const;
export type NatureSuspect = keyof typeof NATURES_SUSPECT;
/** `capitales`: a capitalised word beside one in capitals, which is an acronym where institutions write. */
export type Nature = NatureSuspect | 'capitales' | 'sante' | 'insulte';
export interface Passage<N extends Nature = Nature> {
  nature: N;
  passage: string;
  de: number;
}

const MAJ = 'A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ';
const MIN = 'a-zàâäçéèêëîïôöùûüÿœæ';
/** « Dupont », « Lévy-Bruhl », in parts that somebody could bear: without an end, a text of nothing else would be read from each of them. Then « Le Goff », « d’Arc », « DURAND ». */
const PROPRE = `[${MAJ}][${MIN}]+(?:[-’'][${MAJ}]?[${MIN}]+){0,40}`;
const FAMILLE = `(?:(?:de|du|des|d’|d'|le|la|Le|La|De|El|Ben|Van)[ ]?)?(?:${PROPRE}|[${MAJ}]{2,}(?:-[${MAJ}]{2,})*)`;
const PARTICULE = "(?:(?:de|du|des|de la|van|von|ben|el|al)\\s|[dl][’'])";
const MOT = "(?:\\p{Lu}\\.(?:-\\p{Lu}\\.)?|\\p{Lu}[\\p{L}’'-]*)";
/** After a title, which nobody has but people. */
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

const SANS_CASSE = LIEUX_NOMMES.map((l) => `[${l.charAt(0)}${l.charAt(0).toUpperCase()}]${l.slice(1)}|${l.toUpperCase()}`).join('|');
const LIEU_AVANT = new RegExp(
  `(?<![\\p{L}])(?:${SANS_CASSE})\\.?[ -](?:(?:du|de|des|la|le|les|de la)[ ]|l[’']|d[’'])*(?:(?:Général|Maréchal|Colonel|Docteur|Président|Saint|Sainte|${PROPRE})[ -])?$`,
  'u',
);
const avant = (texte: string, de: number): string => texte.slice(Math.max(0, de - 60), de);
const horsDUnLieu = (texte: string, de: number): boolean => !LIEU_AVANT.test(avant(texte, de));
/** « de 110 et 120 »: common words and a number, in small letters. */
const MOTS_DE_DEUX = /^(?:de|et|en|la|le|ne|se|sa|ma|ta|ce|me|te|je|ca|as|ai|va|es)[\s]|\s(?:de|et|en|la|le|ne|se|sa|ma|ta|ce|me|te|je|ca|as|ai|va|es)$/;

interface Regle {
  nature: Nature;
  motif: RegExp;
  /** Without this in the text there is none: looked for first, in one pass. */
  exige?: RegExp;
  /** Says of a match, at its place, that it tells of somebody after all. */
  si?: (texte: string, de: number, passage: string) => boolean;
}
const prenoms = (liste: readonly string[]): string => `(?<![\\p{L}-])(?:${liste.join('|')})`;
const REGLES: readonly Regle[] = [
  { nature: 'personne', motif: new RegExp(`(?:${CIVILITE.source}|(?<![\\p{L}\\p{N}])(?:monsieur|madame|docteure?|Docteure)(?=\\s))\\s${NOM}`, 'gu') },
  // « M Dupont »; not « ligne M Opéra ».
  { nature: 'personne', motif: new RegExp(`(?<![\\p{L}\\p{N}’'-])M\\s(?=\\p{Lu}\\p{Ll})${NOM}`, 'gu'), si: (t, de) => !APRES_UN_LIEU.test(avant(t, de)) },
  { nature: 'personne', motif: new RegExp(`(?<![\\p{L}\\p{N}])(?:MM\\.|Mmes|Mlles|Messieurs|Mesdames)\\s${NOM}(?:(?:,| et)\\s${NOM}){1,9}`, 'gu') },
  {
    nature: 'personne',
    motif: new RegExp(`(?:s[’']appelle(?:nt)?|se nomme|nommée?|prénommée?|surnommée?|du nom de|dénommée?)[ ](?:${PROPRE})(?:[ ]${FAMILLE})?`, 'gu'),
  },
  { nature: 'personne', motif: new RegExp(`${prenoms(PRENOMS)}(?:-(?:${PRENOMS.join('|')}))?(?:[ ]${FAMILLE})?(?![\\p{L}])`, 'gu'), si: horsDUnLieu },
  // « KARIM BENALI », all in capitals; not where the first name is a common word too (« PIERRE JETÉE »).
  {
    nature: 'personne',
    motif: new RegExp(
      `${prenoms(PRENOMS.filter((p) => !PRENOMS_COMMUNS.includes(p)).map((p) => p.toUpperCase()))}(?:[ ][${MAJ}]{2,}(?:-[${MAJ}]{2,})*)?(?![\\p{L}])`,
      'gu',
    ),
    si: horsDUnLieu,
  },
  // « Amara, 45 ans », « Yanis a 13 ans »: the capital of a sentence’s first word says nothing, the age beside it does.
  {
    nature: 'personne',
    motif: /(?<![\p{L}’'-])\p{Lu}\p{Ll}[\p{L}-]*(?=[\s,(]{1,3}(?:(?:qui\s)?a\s|âgée?\sde\s)?\d{1,2}\s?ans(?!\p{L}))/gu,
    si: (_, __, mot) => !neNommePas(mot),
  },
  { nature: 'capitales', motif: new RegExp(`(?<![\\p{L}])${PROPRE}[ ][${MAJ}]{3,}(?:-[${MAJ}]{2,})*(?![\\p{L}])`, 'gu'), si: horsDUnLieu },
  {
    nature: 'courriel',
    exige: /@|[([]at[)\]]|\sarobase\s/iu,
    motif:
      /[\p{L}\p{N}._%+-]{1,64}(?:@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}|\s?(?:@|\(at\)|\[at\]|\sarobase\s)\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5})/giu,
  },
  // French numbers, grouped by two or joined, with or without what stands before the mobile’s digit; other countries with their sign.
  { nature: 'telephone', motif: /(?<!\d)(?<!\d\.)(?:(?:\+|00)\s?33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:[\s.\-/]?\d{2}){4}(?!\d)/g },
  { nature: 'telephone', motif: /(?<!\d)(?<!\d[\s.])[67](?:[\s.-]\d{2}){4}(?!\d)/g },
  { nature: 'telephone', motif: /(?<!\d)(?:\+|00)(?!\s?33)[1-9]\d{0,2}(?:[\s.-]?\d{2,4}){3,5}(?!\d)/g },
  // Since 2009 (AB-123-CD, without I, O, U), and before (1234 AB 75).
  {
    nature: 'plaque',
    motif: /(?<![\p{L}\d])[A-HJ-NP-TV-Z]{2}[\s-]?\d{3}[\s-]?[A-HJ-NP-TV-Z]{2}(?![\p{L}\d])/giu,
    si: (_, __, p) => !MOTS_DE_DEUX.test(p),
  },
  { nature: 'plaque', motif: /(?<![\p{L}\d])\d{2,4}\s?[A-Z]{2,3}\s?(?:\d{2}|2[AB]|97[1-6])(?![\p{L}\d])/gu },
  { nature: 'plaque', motif: /(?<![\p{L}\d-])\d{3,4}[ -]?[A-Z]{2,3}[ -]?(?:\d{2,3}|2[AB])(?![\p{L}\d-])/gu },
  {
    nature: 'adresse',
    motif: new RegExp(
      `${NUMERO}(?:${VOIES}\\s${PETITS}{0,3}(?:${QUANTIEME}|[\\p{L}\\d][\\p{L}\\d’'-]*)|${AUTRES_VOIES}\\s${PETITS}{0,3}(?:${QUANTIEME}|${MOT}))${SUITE}${VILLE}`,
      'gu',
    ),
  },
  { nature: 'sante', motif: SANTE },
  { nature: 'insulte', motif: INSULTES },
];
const PARLE_DE_QUELQU_UN: readonly Nature[] = ['personne', 'capitales'];

/**
 * Passages of those kinds, in the order of the text, without those that stand inside a longer one. `connus`: places and organisations that are nobody;
 * `autres`: names that are somebody here.
 */
export function trouverPersonnes<N extends Nature>(
  texte: string,
  natures: readonly N[],
  o: { connus?: Iterable<string>; autres?: readonly RegExp[] } = {},
): Passage<N>[] {
  const connus = [...(o.connus ?? [])];
  const sans = sansLesConnus(texte, connus);
  // Each once, as the first rule that finds it says it.
  const trouves = new Map<string, Passage>();
  const ajouter = (nature: Nature, de: number, passage: string): void => {
    const cle = `${de} ${passage.length}`;
    if (!trouves.has(cle)) trouves.set(cle, { nature, de, passage });
  };
  for (const r of REGLES) {
    if (!(natures as readonly Nature[]).includes(r.nature) || (r.exige && !r.exige.test(texte))) continue;
    for (const m of (PARLE_DE_QUELQU_UN.includes(r.nature) ? sans : texte).matchAll(r.motif))
      if (!r.si || r.si(texte, m.index, m[0])) ajouter(r.nature, m.index, texte.slice(m.index, m.index + m[0].length));
  }
  if ((natures as readonly Nature[]).includes('personne')) {
    for (const { de, a } of [...presDUnAge(texte), ...personnesDites(sans)]) ajouter('personne', de, texte.slice(de, a));
    for (const motif of o.autres ?? []) for (const m of texte.matchAll(motif)) ajouter('personne', m.index, m[0]);
  }
  // Of those that begin at one place the longest comes first: whatever ends before the end of a former one stands inside it.
  let fin = 0;
  return [...trouves.values()]
    .sort((a, b) => a.de - b.de || b.passage.length - a.passage.length)
    .filter((t) => {
      const dedans = t.de + t.passage.length <= fin;
      fin = Math.max(fin, t.de + t.passage.length);
      return !dedans;
    }) as Passage<N>[];
}

const SUSPECTS = Object.keys(NATURES_SUSPECT) as NatureSuspect[];
/** What may tell of a person in a text that everybody will read. */
export const trouverSuspects = (texte: string, o: Parameters<typeof trouverPersonnes>[2] = {}): Passage<NatureSuspect>[] =>
  trouverPersonnes(texte, SUSPECTS, o);
