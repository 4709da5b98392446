/** The letter of the day: each line says what, for when, why it is sent, and has one link. */
import type { Db } from '../../../core/base/database.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { accorder, jour, pluriel } from '../../../ui/typographie.ts';
import { cadenceDe, joursEntre } from '../echeances.rules.ts';
import type { Destinataire, Echeance, OutilsDeLettre } from '../echeances.types.ts';
import { genreDe, libelleDuGenre, objetDit } from '../genres.ts';
import type { Motif, Rappel } from './rappels.queries.ts';

/** Lines of a letter; what is beyond is counted, and waits on the site. */
const LIGNES_MAX = 25;

export interface ALire {
  echeance: Echeance;
  rappel: Rappel;
}
export interface Poste extends OutilsDeLettre {
  /** Scheme and host of links. */
  origine: string;
}

function direRaison(e: Echeance, motif: Motif, aujourdhui: string): string {
  const genre = genreDe(e.genre)?.genre;
  const escalade = genre && cadenceDe(e, genre).escalade;
  if (motif === 'escalade')
    return `en retard${escalade?.apres ? ` de plus de ${pluriel(escalade.apres, 'jour')}` : ''}, vous êtes prévenu pour ${escalade?.a ?? 'la suite'}`;
  if (motif === 'demande') return 'rappel demandé par le secrétariat';
  if (e.suspendueLe) return `bloquée depuis ${pluriel(joursEntre(e.suspendueLe, aujourdhui), 'jour')}`;
  const reste = e.dueLe ? joursEntre(aujourdhui, e.dueLe) : 0;
  if (reste === 0) return 'c’est aujourd’hui';
  return reste > 0 ? `encore ${pluriel(reste, 'jour')}` : `${pluriel(-reste, 'jour')} de retard`;
}

/** One mail, written in the caller's transaction. Lines whose link opens something by itself make it wait enciphered. */
export async function ecrireLettre(tx: Db, a: Destinataire, lues: readonly ALire[], p: Poste): Promise<void> {
  const triees = [...lues].sort((x, y) => (x.echeance.dueLe ?? '9').localeCompare(y.echeance.dueLe ?? '9'));
  const lignes: string[] = [];
  let secrete = false;
  for (const { echeance: e, rappel } of triees.slice(0, LIGNES_MAX)) {
    const l = (await genreDe(e.genre)?.source.ligne?.(tx, e, a, p)) ?? { phrase: `${objetDit(e)}${e.dueLe ? `, pour le ${jour(e.dueLe)}` : ''}` };
    if (l.secrete) secrete = true;
    lignes.push(`- ${libelleDuGenre(e.genre)} : ${l.phrase} (${direRaison(e, rappel.motif, p.aujourdhui)}).\n  ${p.origine}${l.chemin ?? e.chemin}`);
  }
  const reste = lues.length - lignes.length;
  const n = lues.length;
  const premiere = triees[0]?.echeance;
  const chemins = new Set(lues.map((x) => x.echeance.chemin));
  await ajouterCourriel(
    tx,
    p.contratId,
    {
      a: a.courriel,
      sujet: n === 1 && premiere ? `Rappel : ${libelleDuGenre(premiere.genre).toLowerCase()}` : `Rappel : ${n} ${accorder(n, 'échéance')}`,
      texte: [
        `Bonjour${a.nom ? ` ${a.nom}` : ''},`,
        'Voici ce qui est attendu :',
        lignes.join('\n\n'),
        ...(reste > 0 ? [`Et ${pluriel(reste, 'autre échéance', 'autres échéances')} : ${p.origine}/echeances?qui=moi`] : []),
        'Un rappel part avant l’échéance, le jour même, puis après. Vous recevez au plus un message de ce genre par jour.',
      ].join('\n\n'),
      objet: chemins.size === 1 && premiere ? premiere.chemin : '/echeances',
    },
    secrete ? p.coffre : null,
  );
}
