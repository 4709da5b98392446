/**
 * Nobody is named in an alert or in a sign of tension, nor any group. What is somebody (a telephone, a plate, an address) is refused. What only looks so (a name,
 * which may be a place's; a group's; a word on health) is asked about: at three in the morning nothing typed is lost. Insults are left to who writes. Pure.
 */
import { detecter, direTrouvailles, groupesNommes, type Trouvaille } from '../../signalements/index.ts';

const CERTAINS: readonly Trouvaille['genre'][] = ['telephone', 'plaque', 'courriel'];
const LAISSES: readonly Trouvaille['genre'][] = ['insulte'];

interface Lu {
  /** What to take out, and why; null when nothing has to go. */
  refus: string | null;
  /** What looks like somebody, or a group; null when nothing does. */
  doute: string | null;
  /** Kinds of what is doubtful, as they are kept when somebody says that it is right. */
  genres: string[];
}
export function lireTexte(texte: string): Lu {
  const trouvailles = detecter(texte).filter((t) => !LAISSES.includes(t.genre));
  const certaines = trouvailles.filter((t) => CERTAINS.includes(t.genre));
  const douteuses = trouvailles.filter((t) => !CERTAINS.includes(t.genre));
  const groupes = groupesNommes(texte);
  const dits = [...(douteuses.length > 0 ? [direTrouvailles(douteuses)] : []), ...groupes.map((g) => `un nom de groupe (« ${g} »)`)];
  return {
    refus:
      certaines.length === 0
        ? null
        : `Retirez ${direTrouvailles(certaines)} : dites où, quand et quoi, jamais qui. Ce qui identifie se dit de vive voix à la police.`,
    doute: dits.length === 0 ? null : `Ce texte semble contenir ${dits.join(' et ')}. Dites le lieu et le moment, jamais qui ni quel groupe.`,
    genres: [...new Set([...douteuses.map((t) => t.genre), ...groupes.map(() => 'groupe')])],
  };
}
/** Everything that would have to be taken out where nothing can be asked; null when nothing has to. */
export function refusDuTexte(texte: string): string | null {
  const { refus, doute } = lireTexte(texte);
  return [refus, doute].filter(Boolean).join(' ') || null;
}
