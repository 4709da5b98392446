/** Texts that people type, as every form reads them. */
import { z } from 'zod';
import type { ErreurDeChamp } from '../errors.ts';
import { enLignes } from '../mots.ts';

const dire = (n: number) => n.toLocaleString('fr-FR');
const tropLong = (quoi: string, max: number, ecrits: number): string => `${quoi} : ${dire(max)} caractères au plus, il y en a ${dire(ecrits)}.`;
const trop = (quoi: string, max: number) => ({ error: ({ input }: { input?: unknown }) => tropLong(quoi, max, String(input).length) });
/** What is wrong with a text that no schema reads: it is kept whole, or refused with what was typed. */
export const fautesDeTaille = (champ: string, quoi: string, ecrit: string, max: number): ErreurDeChamp[] =>
  ecrit.length > max ? [{ champ, message: tropLong(quoi, max, ecrit.length) }] : [];

/** Line and paragraph separators, and every other control character: what forges a header, a row or an agenda line. */
const SAUT = /[\p{Cc}\p{Zl}\p{Zp}]/u;
export const estUneLigne = (v: string): boolean => !SAUT.test(v);
export const SUR_UNE_LIGNE = 'tient sur une seule ligne : retirez les retours à la ligne.';

/** Holds on one line: a name, a title, a place, a function. `quoi` begins its messages. */
export const ligne = (quoi: string, max = 200) => z.string().trim().max(max, trop(quoi, max)).refine(estUneLigne, `${quoi} ${SUR_UNE_LIGNE}`);

/** An address as it is pasted from a mail or a table loses what came along, seen or not; in lower case. */
const sansEntourage = z.string().transform((v) =>
  v
    .replace(/\p{Cf}+/gu, '')
    .trim()
    .toLowerCase(),
);
export const courriel = sansEntourage.pipe(z.email('Écrivez une adresse complète, par exemple prenom.nom@exemple.fr.'));
/** `''` when there is none. */
export const courrielFacultatif = sansEntourage.pipe(z.union([z.literal(''), z.email('Cette adresse n’est pas une adresse électronique : nom@domaine.fr.')]));

/** May hold several paragraphs. An end of line counts as one character, as the page counts it. */
export const paragraphe = (quoi: string, max: number) => z.string().overwrite(enLignes).trim().max(max, trop(quoi, max));
