/** Opening a session, the same way whatever proved who the person is. */
import type { Contexte, Reponse, Temoin } from '../../../core/http/http.ts';
import { redirige } from '../../../core/http/http.ts';
import { COOKIE_SESSION, estLocal } from '../../../core/http/cookies.ts';
import { createSession, deleteSession, type NouvelleSession } from '../sessions.queries.ts';
import type { CompteDeConnexion } from './connexion.queries.ts';
import { commencerEtape, tirerRepere } from './etapes.ts';
import { oublierEchecs, retenirAppareil } from './essais.ts';

export const retourSur = (v: string): string => (estLocal(v) ? v : '/ma-journee');

type Moyen = Pick<NouvelleSession, 'moyen' | 'forte' | 'idToken'>;

export async function ouvrirSession(c: Contexte, compte: Pick<CompteDeConnexion, 'id' | 'organisationId'>, m: Moyen): Promise<string> {
  await oublierEchecs(c, compte.id);
  // The session that this browser carried until now ends with its cookie.
  const porte = c.brut.request.cookies[COOKIE_SESSION];
  if (porte) await deleteSession(c.db, c.contrat.id, porte);
  const agent = c.brut.request.headers['user-agent'] ?? null;
  const jeton = await createSession(c.db, c.contrat.id, { ...m, compteId: compte.id, adresse: c.brut.request.ip, agent }, c.maintenant);
  await c.auditer('session.ouverte', `/comptes/${compte.id}`, { moyen: m.moyen, forte: m.forte }, { auteur: compte });
  return jeton;
}

/** The session, and the browser known to the account from now on. */
export const temoinsDeSession = async (c: Contexte, compte: Pick<CompteDeConnexion, 'id' | 'organisationId'>, m: Moyen): Promise<Temoin[]> => [
  { nom: 'session', valeur: await ouvrirSession(c, compte, m) },
  await retenirAppareil(c, compte.id),
];

/** A first factor holds: on to the second when the account has one, else straight in. `fin`: what takes away the step that led here. */
export async function apresPremierFacteur(c: Contexte, compte: CompteDeConnexion, m: Moyen, retour: string, fin?: Temoin): Promise<Reponse> {
  if (!m.forte && (compte.totp !== null || compte.cles > 0)) {
    const repere = tirerRepere();
    const charge = { retour, moyen: m.moyen, idToken: m.idToken ?? null };
    const temoin = await commencerEtape(c, { genre: 'second_facteur', compteId: compte.id, repere, charge });
    return redirige(`/connexion/second-facteur?etape=${repere}`, temoin);
  }
  return redirige(retour, ...(await temoinsDeSession(c, compte, m)), ...(fin ? [fin] : []));
}
