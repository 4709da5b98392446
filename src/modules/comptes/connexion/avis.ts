/** A letter to whom an account belongs when its proofs of identity change: the one who did not do it learns it at once. */
import type { Contexte } from '../../../core/http.ts';
import { ajouterCourriel } from '../../../core/mail.ts';
import type { Comptes } from '../comptes.contexte.ts';
import { getCompteDeConnexion } from './connexion.queries.ts';

export async function prevenir(_k: Comptes, c: Contexte, compteId: string, quoi: string): Promise<void> {
  const compte = await getCompteDeConnexion(c.db, c.contrat.id, compteId);
  if (!compte || compte.demonstration) return;
  await ajouterCourriel(c.db, c.contrat.id, {
    a: compte.courriel,
    sujet: 'Un changement sur votre compte',
    texte: `Bonjour ${compte.nom},\n\n${quoi}\n\nSi ce n’est pas vous, prévenez tout de suite la coordination du contrat : elle peut fermer le compte.\n`,
  });
}
