/** Signing in by passkey: JSON for the browser's own dialogue. Every page that offers it has another way beside it. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { acces } from '../../../core/authorize.ts';
import { invalide } from '../../../core/errors.ts';
import { json, post, type Route, texte } from '../../../core/http/http.ts';
import { type Comptes, siteDe } from '../comptes.contexte.ts';
import { defiDe, listCles, optionsConnexion, verifierCle } from './cles.ts';
import { getCompteDeConnexion } from './connexion.queries.ts';
import { retourSur, temoinsDeSession } from './entree.ts';
import { commencerEtape, getEtape, prendreEtape } from './etapes.ts';

const REFUS = 'Cette clé d’accès n’ouvre aucun compte ici. Connectez-vous par mot de passe, puis ajoutez-la depuis votre compte.';

export const buildClesRoutes = (k: Comptes): Route[] => [
  /** 200 the challenge; with a second factor awaited, only the keys of that account */
  post(
    '/connexion/cle/options',
    acces.public,
    async (c) => {
      const attendu = texte(c.corps.etape) ? await getEtape(c, 'second_facteur', texte(c.corps.etape)) : null;
      const cles = attendu?.compteId ? await listCles(c.db, c.contrat.id, attendu.compteId) : null;
      const options = await optionsConnexion(await siteDe(k, c), cles);
      const charge = { retour: attendu?.charge.retour ?? texte(c.corps.retour), idToken: attendu?.charge.idToken ?? null };
      return json(options, 200, undefined, await commencerEtape(c, { genre: 'cle', compteId: attendu?.compteId ?? null, repere: options.challenge, charge }));
    },
    { api: true, parMinute: 30 },
  ),
  /** 200 where to go, signed in · 422 the key opens nothing here */
  post(
    '/connexion/cle',
    acces.public,
    async (c) => {
      const reponse = c.corps as unknown as AuthenticationResponseJSON;
      const etape = await prendreEtape(c, 'cle', defiDe(reponse));
      if (!etape) throw invalide('La demande a expiré. Recommencez.');
      const id = await verifierCle(c.db, c.contrat.id, {
        site: await siteDe(k, c),
        defi: etape.repere,
        compteId: etape.compteId,
        reponse,
        maintenant: c.maintenant,
      });
      const compte = id ? await getCompteDeConnexion(c.db, c.contrat.id, id) : null;
      if (!compte) throw invalide(REFUS);
      const idToken = typeof etape.charge.idToken === 'string' ? etape.charge.idToken : null;
      const temoins = await temoinsDeSession(c, compte, { moyen: 'cle', forte: true, idToken });
      return json({ vers: retourSur(String(etape.charge.retour)) }, 200, undefined, ...temoins, etape.fin);
    },
    { api: true, parMinute: 30 },
  ),
];
