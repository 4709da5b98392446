/** Who a document sent to a list may name: never a minor; whoever else is named is asked about. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { mineursDuFichier, mineursNommes, NATURES_SUSPECT, type Trouves, trouverSuspects } from '../../documents/index.ts';
import { abreger, couper } from '../../../core/couper.ts';

interface Ecrit {
  champ: string;
  texte: string;
  /** The name of a file. */
  fichier?: true;
}
interface Lus {
  erreurs: ErreurDeChamp[];
  /** Asked once, and said again. */
  doutes: ErreurDeChamp[];
}
const DEMANDES: readonly string[] = ['personne', 'telephone', 'adresse'];

/** What has to go, and what is asked, of each text in its order. */
export function lireLesNoms(ecrits: readonly Ecrit[], annee: number, connus: ReadonlySet<string>): Lus {
  const lus: Lus = { erreurs: [], doutes: [] };
  for (const { champ, texte, fichier } of ecrits) {
    const t: Trouves = (fichier ? mineursDuFichier : mineursNommes)(texte, annee, connus);
    const ou = fichier ? 'Le nom du fichier' : 'Un document diffusé';
    if (t.refus)
      lus.erreurs.push({ champ, message: `« ${abreger(t.refus, 80)} » est dit à côté d’un âge, retirez l’un ou l’autre. ${ou} ne nomme jamais un mineur.` });
    const mineurs = t.doutes.map((nom) => couper(nom, 80));
    lus.doutes.push(...mineurs.map((nom) => ({ champ, message: `« ${nom} », peut-être un mineur.` })));
    if (fichier) continue;
    for (const s of trouverSuspects(texte, { connus })) {
      const passage = couper(s.passage, 80);
      if (DEMANDES.includes(s.nature) && !mineurs.includes(passage) && passage !== t.refus)
        lus.doutes.push({ champ, message: `« ${passage} », ${NATURES_SUSPECT[s.nature]}.` });
    }
  }
  return lus;
}
