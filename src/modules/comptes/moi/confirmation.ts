/** Sensitive acts ask for a proof of identity less than ten minutes old. */
import { interdit } from '../../../core/errors.ts';
import { type Contexte, redirige, type Reponse } from '../../../core/http.ts';

const FRAICHE_MS = 10 * 60_000;

/** Null when the proof is fresh; else the way to give it, which comes back to `retour`. API tokens never do such acts. */
export function exigerConfirmation(c: Contexte, retour: string): Reponse | null {
  const s = c.utilisateur?.session;
  if (!s) throw interdit('Cet acte se fait depuis une session, pas par un jeton.');
  if (c.maintenant.getTime() - s.confirmeeLe.getTime() < FRAICHE_MS) return null;
  return redirige(`/confirmer?retour=${encodeURIComponent(retour)}`);
}
