import { z } from 'zod';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Mesure } from '../../contrats/index.ts';
import { genreDe } from './grain.rules.ts';
import type { Rangee } from './saisie.cadre.ts';
import { lireValeur } from './valeur.rules.ts';

const lien = z
  .string()
  .trim()
  .max(1000, 'Le lien est trop long : 1 000 caractères au plus.')
  .refine((v) => v === '' || /^https?:\/\/[^\s/]+\.[^\s]+$/.test(v), 'Le lien commence par https:// : copiez l’adresse entière de la page.');

/** What the whole form says, whatever its rows. */
export const saisieSchema = z.object({
  texte: z.string().trim().max(20_000, 'Le texte est trop long : 20 000 caractères au plus.'),
  lien: lien,
  document_le: z.union([z.literal(''), z.iso.date('Écrivez la date comme 2026-03-31.')]),
  document_auteur: z.string().trim().max(200, 'L’auteur est trop long : 200 caractères au plus.'),
  source: z.string().trim().min(3, 'Dites d’où vient le chiffre : un logiciel, un service, un comptage.').max(500),
  commentaire: z.string().trim().max(2000, 'Le commentaire est trop long : 2 000 caractères au plus.'),
});

type EtatSaisi = 'valeur' | 'secret' | 'sans_objet';

export interface RangeeLue extends Rangee {
  etat: EtatSaisi;
  nombre: number | null;
}
const ETATS: readonly string[] = ['valeur', 'secret', 'sans_objet'];
const estUnEtat = (v: string): v is EtatSaisi => ETATS.includes(v);
const RIEN = 'Écrivez le chiffre, ou dites qu’il est secret ou sans objet.';

/** The rows that say something; `connues` were given before and cannot be emptied. `document`: a file or a link comes with it. */
export function lireRangees(
  m: Mesure,
  rangees: readonly Rangee[],
  champs: Readonly<Record<string, string>>,
  o: { connues: ReadonlySet<string>; texte: string; document: boolean },
): { rangees: RangeeLue[]; erreurs: ErreurDeChamp[] } {
  const genre = genreDe(m);
  const erreurs: ErreurDeChamp[] = [];
  const lues: RangeeLue[] = [];
  for (const r of rangees) {
    const etat = champs[`etat${r.suffixe}`] ?? 'valeur';
    const ecrit = (champs[`valeur${r.suffixe}`] ?? '').trim();
    const dire = (message: string, champ = `valeur${r.suffixe}`) => erreurs.push({ champ, message: r.suffixe === '' ? message : `${r.libelle} : ${message}` });
    if (!estUnEtat(etat)) dire('dites si le chiffre est connu, secret ou sans objet.', `etat${r.suffixe}`);
    else if (etat !== 'valeur') lues.push({ ...r, etat, nombre: null });
    else if (genre !== 'nombre') {
      if (genre === 'document' && !o.document) dire('Joignez le fichier, ou donnez le lien où le lire.', 'lien');
      if (o.texte === '') dire(genre === 'document' ? 'Dites en une phrase ce que montre le document.' : RIEN, 'texte');
      lues.push({ ...r, etat, nombre: null });
    } else if (ecrit === '') {
      if (o.connues.has(r.suffixe)) dire(RIEN);
    } else {
      const lu = lireValeur(m, ecrit);
      if (lu.ok) lues.push({ ...r, etat, nombre: lu.valeur });
      else dire(lu.message);
    }
  }
  const premiere = rangees[0];
  if (lues.length === 0 && erreurs.length === 0 && premiere) erreurs.push({ champ: `valeur${premiere.suffixe}`, message: RIEN });
  return { rangees: lues, erreurs };
}
