/** Passages that may tell of a person: proposed to whoever redacts minutes, who alone decides. Pure. */
import { CIVILITE, expurger } from './expurgation.rules.ts';
import type { DecisionEcrite, ReleveContenu } from './releve.modele.ts';

export const NATURES_SUSPECT = {
  personne: 'nom d’une personne',
  courriel: 'adresse électronique',
  telephone: 'numéro de téléphone',
  plaque: 'plaque d’immatriculation',
  adresse: 'adresse postale',
} as const;
type NatureSuspect = keyof typeof NATURES_SUSPECT;
export interface Suspect {
  /** As it is written. */
  passage: string;
  nature: NatureSuspect;
  /** « Point 3, notes ». */
  ou: string[];
}

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

const MOTIFS: readonly { nature: NatureSuspect; motif: RegExp }[] = [
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

interface Trouve {
  passage: string;
  nature: NatureSuspect;
  de: number;
}

/** What the public would read and may tell of someone, in reading order, each passage once. */
export function suspects(c: ReleveContenu): Suspect[] {
  const motifs = [...MOTIFS, ...nomsConnus(c).map((motif) => ({ nature: 'personne' as const, motif }))];
  const vus = new Map<string, Suspect>();
  for (const { ou, texte } of textes(expurger(c, [])))
    for (const { passage, nature } of trouver(texte, motifs)) {
      const s = vus.get(passage);
      if (!s) vus.set(passage, { passage, nature, ou: [ou] });
      else if (!s.ou.includes(ou)) s.ou.push(ou);
    }
  return [...vus.values()];
}

/** Matches of a text in order, without those that stand inside a longer one. */
function trouver(texte: string, motifs: readonly { nature: NatureSuspect; motif: RegExp }[]): Trouve[] {
  const tous = motifs.flatMap(({ nature, motif }) => [...texte.matchAll(motif)].map((m): Trouve => ({ passage: m[0], nature, de: m.index })));
  return tous
    .filter((t) => !tous.some((x) => x !== t && x.de <= t.de && x.de + x.passage.length >= t.de + t.passage.length && x.passage.length > t.passage.length))
    .sort((a, b) => a.de - b.de);
}

/** Names of those who took part: whole, and the last word alone. */
function nomsConnus(c: ReleveContenu): RegExp[] {
  const noms = [...c.participants.flatMap((p) => [p.nom, p.representePar]), ...c.approbations.map((a) => a.par)].map((n) => n.trim());
  const formes = new Set(noms.flatMap((n) => [n, n.split(/\s+/).at(-1) ?? '']).filter((n) => [...n].length >= 3 && /^\p{Lu}/u.test(n)));
  return [...formes].map(
    (n) => new RegExp(`(?<![\\p{L}\\p{N}-])${n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}-])`, 'giu'),
  );
}

/** Every text that a person wrote, and where it stands. */
function textes(c: ReleveContenu): { ou: string; texte: string }[] {
  const decisions = (d: readonly DecisionEcrite[]) =>
    d.flatMap((x) => [
      { ou: `${x.nature === 'action' ? 'Action' : 'Décision'} ${x.numero}`, texte: x.libelle },
      { ou: `${x.nature === 'action' ? 'Action' : 'Décision'} ${x.numero}, responsable`, texte: x.responsable },
    ]);
  return [
    { ou: 'Titre de la séance', texte: c.seance.titre },
    { ou: 'Lieu', texte: c.seance.lieu },
    { ou: 'Motif du rectificatif', texte: c.motif },
    ...c.participants.map((p) => ({ ou: 'Fonctions des participants', texte: p.fonction })),
    ...c.points.flatMap((p) => [
      { ou: `Point ${p.rang}, titre`, texte: p.titre },
      { ou: `Point ${p.rang}, rapporteur`, texte: p.rapporteur },
      ...[
        ...(p.dossier?.faits ?? []),
        ...(p.dossier?.chiffres ?? []).flatMap((x) => [x.libelle, x.valeur, x.avant]),
        ...(p.dossier?.lieux ?? []).map((x) => x.nom),
        ...(p.dossier?.enregistrements ?? []).map((x) => x.libelle),
        p.dossier?.source?.libelle ?? '',
      ].map((texte) => ({ ou: `Point ${p.rang}, fiche`, texte })),
      { ou: `Point ${p.rang}, notes`, texte: p.notes },
      ...decisions(p.decisions),
      ...p.votes.map((v) => ({ ou: `Point ${p.rang}, vote`, texte: v.objet })),
    ]),
    ...decisions(c.decisions),
  ];
}
