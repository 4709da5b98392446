/** The form in which all the texts of a bilan are written: one field a text, each brought together with what others wrote meanwhile. */
import { z } from 'zod';
import type { ErreurDeChamp } from '../../../../core/errors.ts';
import type { Enregistre } from '../../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../../ui/Conflict.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import { NATURES_SUSPECT, nettoyerTexte, trouverPersonnes } from '../../../documents/index.ts';
import type { Ou, Texte } from './textes.queries.ts';

export const ESSENTIEL = 'essentiel';
export const MAX_ESSENTIEL = 4000;
export const MAX_COMMENTAIRE = 1500;

/** Name of the field: the essential, or « f1.6 ». */
export const champDe = (fiche: string): string => (fiche === '' ? ESSENTIEL : `f${fiche}`);
export const ficheDe = (champ: string): string => (champ === ESSENTIEL ? '' : champ.slice(1));
export const estChamp = (nom: string): boolean => nom === ESSENTIEL || /^f\d/.test(nom);
export const libelleDe = (fiche: string, c: Catalogue): string => (fiche === '' ? 'L’essentiel' : `Fiche ${fiche}, ${c.fiches.get(fiche)?.titre ?? ''}`);

/** `fiches`: those of the texts that this person may write; '' is the essential. */
export function texteEnregistre(textes: readonly Texte[], fiches: readonly string[]): Enregistre {
  const siens = textes.filter((t) => fiches.includes(t.fiche));
  const dernier = siens.toSorted((a, b) => b.le.getTime() - a.le.getTime())[0];
  return {
    // Each version adds one: any write changes the sum.
    version: siens.reduce((n, t) => n + t.version, 0),
    champs: Object.fromEntries(fiches.map((f) => [champDe(f), siens.find((t) => t.fiche === f)?.texte ?? ''])),
    par: dernier?.auteur ?? '',
    le: dernier?.le ?? null,
  };
}

export const formulaireDesTextes = (o: Ou, fiches: readonly string[], c: Catalogue): FormulairePartage => ({
  objet: `Les textes du bilan ${o.annee}, ${c.territoires.get(o.territoireId)?.nom ?? ''}`,
  action: `/bilan/${o.annee}/${o.territoireId}/rediger`,
  retour: `/bilan/${o.annee}/${o.territoireId}`,
  champs: Object.fromEntries(fiches.map((f) => [champDe(f), { libelle: libelleDe(f, c), long: true }])),
});

/** A place is not a person: « 12 rue de la Goutte-d’Or » stays. */
const REFUSES = ['personne', 'courriel', 'telephone', 'plaque'] as const;

/** Reads one text: made plain, short enough, and naming nobody, for everyone will read it. */
function lireTexte(champ: string, brut: string, connus: ReadonlySet<string>): { texte: string } | { erreur: ErreurDeChamp } {
  const max = champ === ESSENTIEL ? MAX_ESSENTIEL : MAX_COMMENTAIRE;
  const lu = z.string().transform(nettoyerTexte).pipe(z.string().max(max)).safeParse(brut);
  if (!lu.success) return { erreur: { champ, message: `Ce texte dépasse ${max} caractères : raccourcissez-le.` } };
  const [trouve] = trouverPersonnes(lu.data, REFUSES, { connus });
  if (trouve)
    return {
      erreur: { champ, message: `Ce texte sera lu de tous : ôtez « ${trouve.passage} » (${NATURES_SUSPECT[trouve.nature]}), dites la fonction ou le service.` },
    };
  return { texte: lu.data };
}

/** `connus`: places and organisations, that are nobody. */
export function lireTextes(
  champs: Readonly<Record<string, string>>,
  connus: ReadonlySet<string>,
): { textes: Record<string, string>; erreurs: ErreurDeChamp[] } {
  const lus = Object.entries(champs).map(([champ, v]) => [champ, lireTexte(champ, v, connus)] as const);
  return {
    textes: Object.fromEntries(lus.flatMap(([champ, r]) => ('texte' in r ? [[champ, r.texte]] : []))),
    erreurs: lus.flatMap(([, r]) => ('erreur' in r ? [r.erreur] : [])),
  };
}
