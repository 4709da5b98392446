/** A telephone number as people and files write it: one whole number, and what is dialled is what is shown. Pure. */

export type TelephoneLu =
  | { ok: true /** As it is written on a page. */; ecrit: string /** As it is dialled. */; compose: string }
  | { ok: false; message: string };

/** Emergency and public-interest numbers of two to four digits, and of six (116 006). */
const COURT = /^(?:1\d|1\d\d|[13]\d{3}|116\d{3})$/;
const NATIONAL = /^0[1-9]\d{8}$/;
const ETRANGER = /^\+[1-9]\d{7,14}$/;
/** What it costs is more than a call. */
const SURTAXE = /^(?:08[129]\d{7}|118\d{3})$/;
const parDeux = (n: string): string => n.replace(/\d{2}(?=\d)/g, '$& ');

function ecrire(n: string): string {
  if (n.startsWith('0800') || n.startsWith('0805')) return n.replace(/^(0)(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4');
  if (n.startsWith('+')) return n;
  return n.length === 6 ? `${n.slice(0, 3)} ${n.slice(3)}` : n.length === 10 ? parDeux(n) : n;
}

/** An empty text is no number, and no fault. */
export function lireTelephone(texte: string): TelephoneLu {
  const t = texte.trim();
  if (t === '') return { ok: true, ecrit: '', compose: '' };
  // « +33 (0)1 … »: the 0 in brackets is not dialled after a country.
  const nu = t.replace(/^((?:\+|00)\s?\d{1,3})\s*\(0\)/, '$1').replace(/[\s.\-/()\u2010-\u2013]/g, '');
  const n = nu.replace(/^00(?=[1-9])/, '+').replace(/^\+330?(?=[1-9]\d{8}$)/, '0');
  if (SURTAXE.test(n)) return { ok: false, message: 'Ce numéro est surtaxé : donnez un numéro gratuit, ou au prix d’un appel.' };
  if (NATIONAL.test(n) || COURT.test(n) || (ETRANGER.test(n) && !n.startsWith('+33'))) return { ok: true, ecrit: ecrire(n), compose: n };
  return { ok: false, message: 'Écrivez un seul numéro entier, par exemple 01 02 03 04 05 ou 3919 ; un poste ou un second numéro va dans « Comment venir ».' };
}
/** The address by which a telephone calls; null for what is not one whole number. */
export function adresseDAppel(texte: string): string | null {
  const lu = lireTelephone(texte);
  return lu.ok && lu.compose !== '' ? `tel:${lu.compose}` : null;
}
/** What tells two writings of one number apart from two numbers; empty for what is not one. */
export const cleTelephone = (texte: string): string => {
  const lu = lireTelephone(texte);
  return lu.ok ? lu.compose : '';
};
