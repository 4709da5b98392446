/**
 * Objects of a JSON file, one by one, whatever its size: those of its lists (`{"structures": […], "services": […]}`) or of a list
 * alone. Only one object is held at a time. Each comes with the line where it begins and the name of its list.
 */
import { invalide } from '../../../core/errors.ts';

export interface ObjetLu {
  /** Empty for a list without a name. */
  liste: string;
  ligne: number;
  texte: string;
}
/** No object of a directory is that long. */
const OBJET_MAX = 1_000_000;

export async function* objetsDe(morceaux: AsyncIterable<string>, nom: string): AsyncGenerator<ObjetLu> {
  let ligne = 1;
  /** Objects given so far: in a file of one line, only their rank says where. */
  let lus = 0;
  /** Opened and not closed: brackets of the file itself, then of the object being read. */
  const pile: string[] = [];
  let dansTexte = false;
  let echappe = false;
  let mot = '';
  let liste = '';
  let objet: { ligne: number; profondeur: number } | null = null;
  let texte = '';
  for await (const morceau of morceaux) {
    let depuis = objet ? 0 : -1;
    for (let i = 0; i < morceau.length; i++) {
      const c = morceau.charAt(i);
      if (c === '\n') ligne++;
      if (dansTexte) {
        if (echappe) echappe = false;
        else if (c === '\\') echappe = true;
        else if (c === '"') dansTexte = false;
        else if (!objet) mot += c;
        continue;
      }
      if (c === '"') {
        dansTexte = true;
        if (!objet) mot = '';
      } else if (c === '{' || c === '[') {
        // An object that stands in a list; the one that holds lists is not one of them.
        if (c === '{' && !objet && pile.at(-1) === '[') {
          objet = { ligne, profondeur: pile.length };
          depuis = i;
          texte = '';
        } else if (c === '[' && !objet) liste = pile.at(-1) === '{' ? mot : '';
        pile.push(c);
      } else if (c === '}' || c === ']') {
        const ouvert = pile.pop();
        if ((ouvert === '{') !== (c === '}')) throw invalide(`« ${nom} », objet ${lus + 1}, ligne ${ligne} : le JSON est mal fermé.`);
        if (objet && pile.length === objet.profondeur) {
          texte += morceau.slice(depuis, i + 1);
          lus++;
          yield { liste, ligne: objet.ligne, texte };
          objet = null;
          depuis = -1;
        }
      }
    }
    if (objet) {
      texte += morceau.slice(depuis);
      if (texte.length > OBJET_MAX) throw invalide(`« ${nom} », objet ${lus + 1}, ligne ${objet.ligne} : il dépasse ${OBJET_MAX / 1000} ko.`);
    }
  }
  if (pile.length > 0 || dansTexte) throw invalide(`« ${nom} » est coupé après l’objet ${lus} : le JSON ne se ferme pas.`);
}
