/** What a device keeps that is not of whoever looks: said as a number, in `#s-messages`, and never passed over in silence. */
import type { Depot } from './depot.ts';
import { bouton, creer, message } from './page.ts';

/** How many things of others wait here for this place: while there are some, nothing may say that everything is sent. */
export function direAutres(depot: Depot, prefixes: readonly string[], mots: { un: string; des: string }): () => number {
  const montrer = (): number => {
    const n = depot.autres(prefixes);
    const texte =
      n === 0
        ? null
        : n === 1
          ? `${mots.un} d’un autre compte est gardée sur cet appareil, pas encore envoyée.`
          : `${n} ${mots.des} d’autres comptes sont gardées sur cet appareil, pas encore envoyées.`;
    message('autres', texte ? [creer('p', '', `${texte} Qui écrivait se reconnecte ici pour l’envoyer.`)] : null, 'c-message--alerte');
    return n;
  };
  const vieilles = depot.anciennes();
  if (vieilles.nombre > 0)
    message(
      'anciennes',
      [
        creer(
          'p',
          '',
          `Cet appareil garde depuis plus de deux mois ${vieilles.nombre === 1 ? 'une saisie jamais envoyée' : `${vieilles.nombre} saisies jamais envoyées`}, d’ici ou d’ailleurs.`,
        ),
        bouton('Les effacer de cet appareil', () => {
          vieilles.effacer();
          message('anciennes', null);
          montrer();
        }),
      ],
      'c-message--alerte',
    );
  montrer();
  return montrer;
}
