/** Nobody is named in an alert, nor any group: what looks like a name, a plate, a number or the name a group goes by is refused. Pure. */
import { detecter, direTrouvailles } from '../../signalements/index.ts';

/** « la bande de X », « le gang X », « les X contre les Y »: how groups are called. */
const GROUPE = /\b(?:bande|gang|clan|crew|équipe|groupe)s?\s+(?:(?:de|du|des|d[’']|«|"|la|le|les)\s*)*(?:[A-ZÀ-Ý][\p{L}\d’'-]+|\d+\s*(?:gang|zoo|block)s?)/iu;
const MAJUSCULE = /[A-ZÀ-Ý]/;

/** Null when the text says where and what, and not who; otherwise what to take out. */
export function refusDuTexte(texte: string): string | null {
  const trouvailles = detecter(texte);
  if (trouvailles.length > 0)
    return `Retirez ${direTrouvailles(trouvailles)} : une alerte dit où, quand et quoi, jamais qui. Ce qui identifie se dit de vive voix à la police.`;
  const groupe = GROUPE.exec(texte)?.[0];
  if (groupe && MAJUSCULE.test(groupe)) return `Retirez le nom de groupe (« ${groupe} ») : écrivez « deux groupes », et le lieu.`;
  return null;
}
