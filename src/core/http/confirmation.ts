/** Sensitive acts ask for a proof of identity less than ten minutes old, and for two factors where the person's roles do. */
import { interdit } from '../errors.ts';
import { type Contexte, redirige, type Reponse } from './http.ts';

const FRAICHE_MS = 10 * 60_000;

/** Null when the proof is fresh; else the way to give it, which comes back to `retour`. API tokens never do such acts. */
export function exigerConfirmation(c: Contexte, retour: string): Reponse | null {
  const s = c.utilisateur?.session;
  if (!s) throw interdit('Cet acte se fait depuis une session, pas par un jeton.');
  if (c.maintenant.getTime() - s.confirmeeLe.getTime() < FRAICHE_MS) return null;
  return redirige(`/confirmer?retour=${encodeURIComponent(retour)}`);
}

/**
 * For what everybody reads at once: two factors, whatever the roles, and a fresh proof. What is missing, or null: a form says it beside what was typed.
 * API tokens never do such acts.
 */
export function preuveManquante(c: Contexte): 'facteur' | 'fraicheur' | null {
  const s = c.utilisateur?.session;
  if (!s) throw interdit('Cet acte se fait depuis une session, pas par un jeton.');
  if (!s.forte) return 'facteur';
  return c.maintenant.getTime() - s.confirmeeLe.getTime() < FRAICHE_MS ? null : 'fraicheur';
}
/** The same before anything is typed: the way to give the proof, which comes back to `retour`. */
export function exigerPreuveForte(c: Contexte, retour: string): Reponse | null {
  const manque = preuveManquante(c);
  if (manque === 'facteur') return redirige(`/confirmer/second-facteur?retour=${encodeURIComponent(retour)}`);
  return manque ? redirige(`/confirmer?retour=${encodeURIComponent(retour)}`) : null;
}

/**
 * For what will act later without its maker (token, feed): a fresh proof, and two factors when any of the person's roles asks for
 * them. Null when both are there; else the page that says what is missing and leads to it.
 */
export function exigerPreuvePourCreer(c: Contexte, retour: string): Reponse | null {
  if (c.utilisateur?.enAttente) return redirige(`/confirmer/second-facteur?retour=${encodeURIComponent(retour)}`);
  return exigerConfirmation(c, retour);
}
