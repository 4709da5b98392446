/** A letter to whom an account belongs when its proofs of identity change: the one who did not do it learns it at once. */
import type { Contexte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { enumerer } from '../../../ui/typographie.ts';
import { getCompteDeConnexion } from './connexion.queries.ts';

/** `finis`: what ended with it, as `revoquerAcces` tells it. */
export async function prevenir(c: Contexte, compteId: string, quoi: string, finis: readonly string[] = []): Promise<void> {
  const compte = await getCompteDeConnexion(c.db, c.contrat.id, compteId);
  if (compte) await ecrireAvis(c, compte, quoi, finis);
}

/** The same, to someone whose account may just have been closed. */
export async function ecrireAvis(
  c: Contexte,
  compte: { courriel: string; nom: string; demonstration: boolean },
  quoi: string,
  finis: readonly string[],
): Promise<void> {
  if (compte.demonstration) return;
  await ajouterCourriel(c.db, c.contrat.id, {
    a: compte.courriel,
    sujet: 'Un changement sur votre compte',
    texte: [
      `Bonjour ${compte.nom},`,
      quoi,
      ...(finis.length > 0 ? [`Ont pris fin : ${enumerer(finis, 'et')}.`] : []),
      'Si ce n’est pas vous, ou si vous ne vous y attendiez pas, prévenez tout de suite la coordination du contrat : elle peut fermer le compte.\n',
    ].join('\n\n'),
  });
}
