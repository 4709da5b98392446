/** One answer as people write it in a cell: a value, a refusal, or a question that a person settles. Pure. */
import { abreger } from '../../../core/couper.ts';
import { enAscii } from '../../../core/lu.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireValeur } from '../../indicateurs/index.ts';
import type { EtatPropose, LigneDemandee } from '../ligne.ts';
import { A_DEPOSER, ETATS, lireEtat } from './colonnes.rules.ts';

export interface Ecrite {
  reponse: string;
  etat: string;
  commentaire: string;
}
interface Proposition {
  etat: EtatPropose;
  nombre: number | null;
  texte: string;
  commentaire: string;
}
/** `question`: `proposee` is what a yes would record; null when only a new answer settles it. `champ`: which cell it is about. */
export type Lecture =
  | { genre: 'vide' }
  | { genre: 'valeur'; valeur: Proposition }
  | { genre: 'refus'; champ: keyof Ecrite; message: string }
  | { genre: 'question'; champ: keyof Ecrite; message: string; proposee: Proposition | null };

export const TEXTE_MAX = 20_000;
export const COMMENTAIRE_MAX = 2_000;

const ZERO_OU_RIEN = 'est-ce zéro, ou rien à dire ? Écrivez 0 si vous avez compté zéro ; laissez vide si vous ne le savez pas.';
const PAS_DIT =
  'le chiffre n’est-il pas connu, ou ne peut-il pas être dit ? Laissez vide s’il n’est pas connu ; choisissez « Secret statistique » s’il ne peut pas être dit.';

const TIRETS = /^[-–—_/.…xX?*]+$/;
const NON_CONNU = /^(n ?c|n ?d|nsp|non (communique|connu|disponible|renseigne|determine)e?|inconnue?|indisponible|a venir|en cours|pas (connu|disponible))$/;
const NEANT = /^(neant|aucune?|rien|nul|nulle|zero|0 cas)$/;
const SANS_OBJET = /^(n ?a|s ?o|sans objet|non (concerne|applicable)e?|pas concernee?)$/;
const SECRET = /^(s|secret|secret statistique|confidentiel|sous le seuil)$/;
const SOUS_UN_SEUIL = /^(<|≤|<=|moins de|inf(erieur)? a|entre \d+ et|\d+ ?(-|à|a) ?\d+$)\s*\d*/i;

export function lireReponse(l: LigneDemandee, e: Ecrite): Lecture {
  const reponse = l.genre === 'document' && e.reponse.trim() === A_DEPOSER ? '' : e.reponse.trim();
  const commentaire = e.commentaire.trim();
  if (commentaire.length > COMMENTAIRE_MAX)
    return { genre: 'refus', champ: 'commentaire', message: 'le commentaire est trop long : 2 000 caractères au plus.' };
  const etat = lireEtat(e.etat);
  if (etat === null)
    return {
      genre: 'refus',
      champ: 'etat',
      message: `« ${abreger(e.etat.trim(), 40)} » n’est pas dans la liste : choisissez ${Object.values(ETATS).join(', ')}.`,
    };
  const dire = (nombre: number | null, texte: string, autre: EtatPropose = 'valeur'): Proposition => ({ etat: autre, nombre, texte, commentaire });
  if (etat !== 'valeur') {
    if (reponse === '' || estLeMot(reponse, etat)) return { genre: 'valeur', valeur: dire(null, '', etat) };
    return {
      genre: 'refus',
      champ: 'reponse',
      message: `une réponse est écrite et l’état dit « ${ETATS[etat]} » : effacez la réponse, ou choisissez « ${ETATS.valeur} ».`,
    };
  }
  if (reponse === '') {
    if (commentaire !== '')
      return { genre: 'question', champ: 'reponse', message: 'un commentaire est écrit, sans réponse : il ne sera pas gardé seul.', proposee: null };
    return { genre: 'vide' };
  }
  if (l.genre === 'document')
    return { genre: 'refus', champ: 'reponse', message: 'un document est demandé : déposez le fichier, ou donnez son lien, sur votre page de réponse.' };
  if (l.genre === 'texte') {
    if (reponse.length > TEXTE_MAX) return { genre: 'refus', champ: 'reponse', message: 'le texte est trop long : 20 000 caractères au plus.' };
    return { genre: 'valeur', valeur: dire(null, reponse) };
  }
  return lireChiffre(l, reponse, dire);
}

const estLeMot = (reponse: string, etat: EtatPropose): boolean =>
  etat === 'secret' ? SECRET.test(cleTexte(reponse)) : SANS_OBJET.test(cleTexte(reponse)) || TIRETS.test(enAscii(reponse));

function lireChiffre(l: LigneDemandee, reponse: string, dire: (nombre: number | null, texte: string, etat?: EtatPropose) => Proposition): Lecture {
  const demander = (message: string, proposee: Proposition | null): Lecture => ({
    genre: 'question',
    champ: 'reponse',
    message: `« ${abreger(reponse, 40)} » : ${message}`,
    proposee,
  });
  if (/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(reponse))
    return {
      genre: 'refus',
      champ: 'reponse',
      message: 'le tableur y a mis une date. Donnez à la cellule le format « Nombre », puis récrivez le chiffre.',
    };
  const mots = cleTexte(reponse);
  if (TIRETS.test(enAscii(reponse))) return demander(ZERO_OU_RIEN, null);
  if (NON_CONNU.test(mots)) return demander(PAS_DIT, null);
  if (NEANT.test(mots)) return demander('est-ce bien zéro ?', dire(0, ''));
  if (SANS_OBJET.test(mots)) return demander('ce chiffre est-il sans objet chez vous ?', dire(null, '', 'sans_objet'));
  if (SECRET.test(mots)) return demander('ce chiffre est-il couvert par le secret statistique ?', dire(null, '', 'secret'));
  if (SOUS_UN_SEUIL.test(enAscii(reponse)))
    return demander('un seuil n’est pas un chiffre. Est-il couvert par le secret statistique ? Sinon, écrivez le nombre exact.', dire(null, '', 'secret'));
  const lu = lireValeur(l, reponse);
  if (!lu.ok) return { genre: 'refus', champ: 'reponse', message: lu.message };
  return lu.valeur === null ? { genre: 'vide' } : { genre: 'valeur', valeur: dire(lu.valeur, '') };
}
