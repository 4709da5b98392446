/** What the headings of a file mean: by what everyone understands, then by what its organisation said of its own. */
import { enumerer } from '../../../ui/typographie.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { cleTexte, lireDate, lireOption } from '../valeurs.rules.ts';
import { type Colonne, colonnesDeFichier } from './colonnes.rules.ts';

/** Headings that everyone understands, besides labels and codes. */
const SYNONYMES: Readonly<Record<string, string>> = {
  id: 'id_externe',
  'identifiant externe': 'id_externe',
  date: 'jour',
  jour: 'jour',
  'date de debut': 'jour',
  'date de fin': 'fin',
  fin: 'fin',
  intitule: 'titre',
  titre: 'titre',
  territoire: 'territoire_id',
  arrondissement: 'territoire_id',
  lieu: 'adresse',
  organisation: 'organisation_id',
  organisme: 'organisation_id',
  fiche: 'fiches',
  'ligne d action': 'lignes',
  lignes: 'lignes',
  remarques: 'commentaire',
  longitude: 'lon',
  latitude: 'lat',
};
/** Heading of the column that says why a row was refused, in the file to correct. */
export const A_CORRIGER = 'À corriger';
/** Columns that our own files add for the reader and an import passes over. */
export const COLONNES_LUES_SEULES = ['Version', 'Saisi le', 'Adresse de la fiche'] as const;
const PASSEES = new Set([...COLONNES_LUES_SEULES, A_CORRIGER].map(cleTexte));

/** One column of a file: its heading as written, the field that it holds, two values to know it by. */
export interface Entete {
  titre: string;
  cle: string | null;
  exemples: string[];
}
/** What an organisation said of its own files: heading, as compared, to field (null: not taken); values for every row. */
export interface Appariement {
  colonnes: Readonly<Record<string, string | null>>;
  constantes: Readonly<Record<string, string>>;
}
const SANS_APPARIEMENT: Appariement = { colonnes: {}, constantes: {} };

/** Templates mark with a star the columns that must be filled in. */
export const sansEtoile = (titre: string): string => titre.replace(/\s*\*\s*$/, '').trim();
/** What people add to a heading to say that it must be filled in is no part of its name. */
export const cleDeTitre = (titre: string): string => cleTexte(sansEtoile(titre)).replace(/ (obligatoire|facultatif|facultative|requis|requise)$/, '');

export interface Entetes {
  /** Field name of each column of the file; null for a column that means nothing here. */
  cles: (string | null)[];
  /** Values for every row, of fields that no column holds. */
  constantes: Record<string, string>;
  remarques: string[];
  /** Why no row can be read yet: what the page where columns are paired must mend. */
  refus: string | null;
  /** Pairing what the file has could never do. */
  etranger: boolean;
  /** What the organisation said was followed, beyond what everyone understands. */
  retenu: boolean;
}

function comprises(d: DefinitionRegistre, colonnes: readonly Colonne[]): Map<string, string> {
  const parCle = new Map<string, string>();
  for (const [t, cle] of Object.entries(SYNONYMES)) if (colonnes.some((c) => c.cle === cle)) parCle.set(t, cle);
  for (const c of d.champs) parCle.set(cleTexte(c.code), `donnees.${c.code}`);
  for (const c of colonnes) {
    parCle.set(cleTexte(c.cle), c.cle);
    parCle.set(cleTexte(c.libelle), c.cle);
  }
  return parCle;
}

/** By which the row of headings is found in a file. */
export const titresConnus = (d: DefinitionRegistre, a: Appariement = SANS_APPARIEMENT): string[] => [
  ...comprises(d, colonnesDeFichier(d)).keys(),
  ...Object.keys(a.colonnes),
];

export function lireEntetes(d: DefinitionRegistre, titres: readonly string[], a: Appariement = SANS_APPARIEMENT): Entetes {
  const colonnes = colonnesDeFichier(d);
  const connues = new Set(colonnes.map((c) => c.cle));
  const parCle = comprises(d, colonnes);
  let retenu = false;
  const cles = titres.map((t) => {
    const cle = cleDeTitre(t);
    const commune = parCle.get(cle) ?? null;
    if (cle === '' || !Object.hasOwn(a.colonnes, cle)) return commune;
    const sienne = a.colonnes[cle] ?? null;
    if (sienne !== null && !connues.has(sienne)) return commune;
    if (sienne !== commune) retenu = true;
    return sienne;
  });
  const constantes = Object.fromEntries(Object.entries(a.constantes).filter(([cle, v]) => connues.has(cle) && !cles.includes(cle) && v.trim() !== ''));
  if (Object.keys(constantes).length > 0) retenu = true;
  const reponse = (refus: string | null, etranger = false): Entetes => ({ cles, constantes, remarques: [], refus, etranger, retenu });
  const double = cles.find((c, i) => c !== null && cles.indexOf(c) !== i);
  const libelle = (cle: string) => colonnes.find((c) => c.cle === cle)?.libelle ?? cle;
  if (double) return reponse(`Deux colonnes veulent dire « ${libelle(double)} ». Gardez-en une seule.`);
  const absentes = colonnes.filter((c) => c.obligatoire && !cles.includes(c.cle) && !(c.cle in constantes));
  if (cles.every((c) => c === null))
    return reponse(
      'Aucune colonne de ce fichier n’est connue de ce registre. La première ligne doit porter les titres des colonnes : partez du modèle, ou dites ce que chacune veut dire.',
      titres.filter((t) => t.trim() !== '').length < 2,
    );
  if (absentes.length > 0) {
    const pluriel = absentes.length > 1;
    const noms = enumerer(absentes.map((c) => `« ${c.libelle} »`));
    return reponse(
      `Il manque ${pluriel ? 'les colonnes' : 'la colonne'} ${noms}. Dites quelle colonne du fichier ${pluriel ? 'les' : 'la'} porte, ou écrivez une valeur pour toutes les lignes.`,
    );
  }
  const remarques = cles.includes('id_externe') ? [] : ['Sans colonne « Identifiant », le même fichier publié deux fois compterait deux fois.'];
  return { ...reponse(null), remarques };
}

/** What is wrong in what the person says of each column; empty when rows can be read. */
export function verifierChoix(
  d: DefinitionRegistre,
  entetes: readonly Entete[],
  cles: readonly (string | null)[],
  constantes: Readonly<Record<string, string>>,
) {
  const erreurs: ErreurDeChamp[] = [];
  const colonnes = colonnesDeFichier(d);
  for (const [i, cle] of cles.entries()) {
    const avant = cle === null ? i : cles.indexOf(cle);
    const libelle = colonnes.find((c) => c.cle === cle)?.libelle ?? '';
    if (avant < i)
      erreurs.push({
        champ: `colonne.${i}`,
        message: `« ${libelle} » est déjà choisi pour la colonne « ${sansEtoile(entetes[avant]?.titre ?? '')} ». Gardez une seule des deux.`,
      });
  }
  for (const c of colonnes)
    if (c.obligatoire && !cles.includes(c.cle) && (constantes[c.cle] ?? '').trim() === '')
      erreurs.push({
        champ: `constante.${c.cle}`,
        message: `« ${c.libelle} » est obligatoire : choisissez sa colonne, ou écrivez une valeur pour toutes les lignes.`,
      });
  return erreurs;
}

/** Columns without headings, as a spreadsheet names them. */
export function titresDeRang(n: number): string[] {
  const lettres = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : lettres(Math.floor(i / 26) - 1) + lettres(i % 26));
  return Array.from({ length: n }, (_, i) => `Colonne ${lettres(i)}`);
}
/** A first row that holds no heading, and a day: it is a record already. */
export const estUneDonnee = (d: DefinitionRegistre, cellules: readonly string[]): boolean =>
  lireEntetes(d, cellules).cles.every((c) => c === null) &&
  cellules.some((c) => {
    const lu = lireDate(c);
    return lu.ok && lu.valeur !== null;
  });

/** Headings that are not taken, those that our own files add apart. */
export const nonRepris = (entetes: readonly Entete[]): string[] =>
  entetes.filter((e) => e.cle === null && e.titre.trim() !== '' && !PASSEES.has(cleTexte(e.titre))).map((e) => sansEtoile(e.titre));
export const estPassee = (titre: string): boolean => PASSEES.has(cleTexte(titre));

/** Under that, two names have nothing to do with each other. */
const RESSEMBLANCE_MIN = 0.45;

/** The best guess for each heading that is not understood; a field is proposed once, to the heading that is nearest. */
export function proposer(d: DefinitionRegistre, rep: Repertoire, entetes: readonly Entete[]): (string | null)[] {
  const prises = new Set(entetes.flatMap((e) => (e.cle === null ? [] : [e.cle])));
  const noms = colonnesDeFichier(d)
    .filter((c) => !prises.has(c.cle))
    .map((c) => ({
      cle: c.cle,
      mots: [c.libelle, c.cle.replace(/^donnees\./, ''), ...Object.keys(SYNONYMES).filter((s) => SYNONYMES[s] === c.cle)].map(cleTexte),
    }));
  const paires = entetes
    .flatMap((e, rang) => {
      const titre = cleDeTitre(e.titre);
      if (e.cle !== null || titre === '' || PASSEES.has(titre)) return [];
      return noms.map((n) => ({ rang, cle: n.cle, note: Math.max(...n.mots.map((m) => ressemblance(titre, m))) }));
    })
    .filter((p) => p.note >= RESSEMBLANCE_MIN)
    .sort((x, y) => y.note - x.note);
  const propositions: (string | null)[] = entetes.map((e) => e.cle);
  for (const p of paires) {
    if (prises.has(p.cle) || propositions[p.rang] !== null) continue;
    propositions[p.rang] = p.cle;
    prises.add(p.cle);
  }
  // Where the heading says nothing, its values do: days, places, partners, words of one list.
  for (const [rang, e] of entetes.entries()) {
    if (propositions[rang] !== null || e.exemples.length === 0 || PASSEES.has(cleTexte(e.titre))) continue;
    const cle = noms.map((n) => n.cle).find((c) => !prises.has(c) && e.exemples.every((v) => convient(d, rep, c, v)));
    if (!cle) continue;
    propositions[rang] = cle;
    prises.add(cle);
  }
  return propositions;
}

/** Can only be a value of this field; what anything could be (a text, a number, yes or no) tells nothing. */
function convient(d: DefinitionRegistre, rep: Repertoire, cle: string, v: string): boolean {
  if (cle === 'jour') return lireDate(v).ok;
  if (cle === 'territoire_id') return !/^\d+$/.test(v) && rep.trouverTerritoire(v) !== null;
  if (cle === 'organisation_id') return rep.trouverActeur(v) !== null;
  const champ = d.champs.find((c) => `donnees.${c.code}` === cle);
  return champ?.type === 'liste' && lireOption(v, champ.options).ok;
}

/** From 0 to 1: words of one in the other, or pairs of letters in common (Dice); little words say nothing. */
export function ressemblance(a: string, b: string): number {
  if (a === b) return 1;
  const [x, y] = [motsDe(a), motsDe(b)];
  const communs = x.filter((m) => y.some((n) => racine(n) === racine(m))).length;
  const parMots = communs === 0 ? 0 : communs / Math.min(x.length, y.length) / 1.4;
  const paires = (mots: readonly string[]) => mots.flatMap((m) => Array.from({ length: m.length - 1 }, (_, i) => m.slice(i, i + 2)));
  const [p, reste] = [paires(x), paires(y)];
  const total = p.length + reste.length;
  let n = 0;
  for (const d of p) {
    const i = reste.indexOf(d);
    if (i < 0) continue;
    n++;
    reste.splice(i, 1);
  }
  return Math.min(0.99, Math.max(parMots, total === 0 ? 0 : (2 * n) / total));
}
const VIDES = new Set(['des', 'les', 'une', 'par', 'sur', 'pour', 'dans', 'avec', 'aux']);
const motsDe = (t: string): string[] => t.split(' ').filter((m) => m.length > 2 && !VIDES.has(m));
/** « thème » and « thématique », « formées » and « formation » begin alike. */
const racine = (m: string): string => m.slice(0, 4);
