/** One row of a file, checked: what it would record, or what is wrong in which cell. The same for a file and for a row mended on the screen. */
import type { Ligne } from '../../../core/tableur/lignes.ts';
import { type Brut, lireBrut, serre } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Portee } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { buildCreation } from '../registres.schema.ts';
import { type ErreurDeCellule, erreursDeCellules, libelleDeColonne } from './colonnes.rules.ts';
import type { LignePreparee } from './lignes.queries.ts';
import { direTotal } from './total.rules.ts';

/** Longer than any identifier that means something. */
const ID_MAX = 200;
const TOUTE = 'Toute la ligne';

export interface Verificateur {
  d: DefinitionRegistre;
  rep: Repertoire;
  /** May the person write this record? */
  permet: (p: Portee) => boolean;
  /** Field of each column, and values for every row. */
  cles: readonly (string | null)[];
  constantes: Readonly<Record<string, string>>;
  /** Identifiers met so far, and on which row. */
  vus: Map<string, number>;
}

const erreurDeFormule = (champ: string, colonne: string, faute: string): ErreurDeCellule => ({
  champ,
  colonne,
  message: `La cellule affiche ${faute} : sa formule ne donne pas de valeur. Corrigez la formule ou écrivez la valeur.`,
});

export function createVerification(p: Verificateur): (l: Ligne) => LignePreparee {
  const schema = buildCreation(p.d, p.rep);
  const libelle = libelleDeColonne(p.d);
  return ({ numero, cellules, fautes = {}, defaut }) => {
    const entiere = defaut ?? direTotal(p.cles, cellules);
    if (entiere !== null)
      return {
        ...{ numero, etat: 'erreur', id_externe: null, cellules: [...cellules], contenu: null, avertissements: [] },
        erreurs: [{ colonne: TOUTE, message: entiere }],
      };
    const texte: Record<string, string> = { ...p.constantes };
    p.cles.forEach((cle, i) => {
      // What a formula could not compute is no value: the cell is wrong, and says nothing else.
      if (cle !== null) texte[cle] = fautes[i] === undefined ? (cellules[i] ?? '').trim() : '';
    });
    const externe = serre(texte.id_externe ?? '') || null;
    const lu = lireBrut(p.d, p.rep, schema, texte as Brut, { id_externe: externe });
    const deFormule = p.cles.flatMap((cle, i) => (cle !== null && fautes[i] !== undefined ? [erreurDeFormule(cle, libelle(cle), fautes[i])] : []));
    const dites = new Set(deFormule.map((e) => e.colonne));
    const erreurs = [...deFormule, ...erreursDeCellules(p.d, lu.erreurs, libelle).filter((e) => !dites.has(e.colonne))];
    if (cellules.length > p.cles.length && cellules.slice(p.cles.length).some((c) => c.trim() !== ''))
      erreurs.push({
        colonne: TOUTE,
        message: 'Elle a plus de cellules que de titres de colonnes : un séparateur se trouve sans doute dans un texte sans guillemets.',
      });
    if (externe !== null && externe.length <= ID_MAX) {
      const avant = p.vus.get(externe);
      if (avant !== undefined)
        erreurs.push({
          champ: 'id_externe',
          colonne: 'Identifiant',
          message: `Déjà employé à la ligne ${avant} du fichier. Chaque identifiant ne vient qu’une fois.`,
        });
      else p.vus.set(externe, numero);
    }
    if (lu.contenu && !p.permet(lu.contenu))
      erreurs.push({
        champ: 'organisation_id',
        colonne: p.d.organisation,
        message: 'Votre mandat ne permet pas d’enregistrer pour cette organisation à cet endroit.',
      });
    const bonne = lu.contenu !== null && erreurs.length === 0;
    const etat = bonne ? 'nouvelle' : 'erreur';
    const avertissements = erreursDeCellules(p.d, lu.avertissements, libelle);
    return { numero, etat, id_externe: externe, cellules: [...cellules], contenu: bonne ? lu.contenu : null, erreurs, avertissements };
  };
}
