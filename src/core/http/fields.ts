/** Texts that people type, as every form reads them. */
import { z } from 'zod';

const trop = (quoi: string, max: number) => `${quoi} : ${max.toLocaleString('fr-FR')} caractères au plus.`;

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

/** May hold several paragraphs. */
export const paragraphe = (quoi: string, max: number) => z.string().trim().max(max, trop(quoi, max));
