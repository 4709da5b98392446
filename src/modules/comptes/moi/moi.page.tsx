/** The page of one's own account, which every act on it comes back to. */
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { interdit } from '../../../core/errors.ts';
import { type Contexte, liste, page, type Reponse, texte } from '../../../core/http/http.ts';
import type { Comptes } from '../comptes.contexte.ts';
import { listCles } from '../connexion/cles.ts';
import { getCompteDeConnexion } from '../connexion/connexion.queries.ts';
import { countCodes } from '../connexion/second-facteur.ts';
import { direMandat } from '../gestion/mandats.ts';
import { listJetons } from './jetons.queries.ts';
import { listCollegues, listMandatsADeleguer, listSessions } from './moi.queries.ts';
import { MonComptePage } from './pages/MonComptePage.tsx';

export type Erreurs = { champ: string; message: string }[];

/** The account and the session at hand; an API token has no page of its own. */
export async function moi(c: Contexte) {
  const u = c.utilisateur;
  if (!u?.session) throw interdit('Ces pages demandent une session.');
  const compte = await getCompteDeConnexion(c.db, c.contrat.id, u.id);
  if (!compte) throw interdit();
  return { u, compte, session: u.session };
}
export async function pageDuCompte(k: Comptes, c: Contexte, erreurs: Erreurs = []): Promise<Reponse> {
  const { u, compte, session } = await moi(c);
  const contrat = await k.contrat(c);
  const [cles, codes, sessions, jetons, mandats, collegues] = await lireEnsemble(c.db, [
    () => listCles(c.db, c.contrat.id, u.id),
    () => countCodes(c.db, c.contrat.id, u.id),
    () => listSessions(c.db, c.contrat.id, u.id, c.maintenant),
    () => listJetons(c.db, c.contrat.id, u.id, c.maintenant),
    () => listMandatsADeleguer(c.db, c.contrat.id, u.id, jourDe(c.maintenant)),
    () => listCollegues(c.db, c.contrat.id, u),
  ]);
  return page({
    titre: 'Mon compte',
    largeur: 'travail',
    section: 'mon-compte',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <MonComptePage
        {...{ u, cles, codes, sessions, jetons, mandats, collegues, erreurs }}
        ici={session.id}
        organisation={contrat.nomActeur(u.organisationId)}
        totp={compte.totp !== null}
        motDePasse={compte.motDePasse !== null}
        demonstration={compte.demonstration}
        dire={direMandat(k, contrat)}
        portees={liste(c.corps.portees ?? c.requete.portees)}
        champs={Object.fromEntries(Object.entries({ ...c.requete, ...c.corps }).map(([cle, v]) => [cle, texte(v)]))}
      />
    ),
  });
}
