/** Which file of a letter is the workbook. Pure. */
import type { Lettre, PieceRecue } from '../../../core/courrier/lettre.ts';

const TYPES = new Set([
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/x-cfb',
  'application/zip',
]);
/** By what it is; a CSV and what nothing tells, by its name. */
const estUnClasseur = (p: PieceRecue): boolean => !p.dansLeTexte && (TYPES.has(p.type) || /\.(xlsx|xlsm|xls|ods|csv)$/i.test(p.nom));

/** The workbook, or what to say of a letter that has none, or two. */
export function choisirPiece(l: Pick<Lettre, 'pieces' | 'texte' | 'enveloppeOutlook'>): { piece: PieceRecue } | { dire: string } {
  const classeurs = l.pieces.filter(estUnClasseur);
  const [premier, ...autres] = classeurs;
  const differents = autres.filter((p) => premier && !p.contenu.equals(premier.contenu));
  if (premier && differents.length === 0) return { piece: premier };
  if (premier)
    return { dire: `Votre message porte plusieurs classeurs différents (${classeurs.map((p) => `« ${p.nom} »`).join(', ')}). Renvoyez seulement le bon.` };
  if (l.enveloppeOutlook)
    return {
      dire: 'Votre messagerie a enveloppé le classeur dans un fichier « winmail.dat », que rien d’autre ne sait ouvrir. Renvoyez-le au format « texte brut » ou « HTML », ou déposez-le sur votre page.',
    };
  const autre = l.pieces.find((p) => !p.dansLeTexte);
  if (autre) return { dire: `Votre message porte « ${autre.nom} », qui n’est pas un classeur. Joignez le classeur téléchargé sur votre page, rempli.` };
  const lignes = l.texte.split(/\r?\n/).filter((x) => /\d/.test(x) && !x.startsWith('>'));
  return {
    dire:
      lignes.length >= 2
        ? 'Aucun classeur n’est joint : les chiffres écrits dans le texte d’un message ne sont pas lus. Joignez le classeur rempli, ou collez vos chiffres sur votre page.'
        : 'Aucun classeur n’est joint à votre message. Joignez le classeur téléchargé sur votre page, rempli.',
  };
}
