/** Signing in by passkey: JSON for the browser's own dialogue. Every page that offers it has another way beside it. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { acces } from '../../../core/authorize.ts';
import { invalide } from '../../../core/errors.ts';
import { json, post, type Route, texte } from '../../../core/http/http.ts';
import { COOKIE_ETAPE } from '../../../core/http/cookies.ts';
import { type Comptes, siteDe } from '../comptes.contexte.ts';
import { listCles, optionsConnexion, verifierCle } from './cles.ts';
import { createEtape, getCompteDeConnexion, getEtape, prendreEtape } from './connexion.queries.ts';
import { retourSur, temoinsDeSession } from './entree.ts';

const REFUS = 'Cette clé d’accès n’ouvre aucun compte ici. Connectez-vous par mot de passe, puis ajoutez-la depuis votre compte.';

export const buildClesRoutes = (k: Comptes): Route[] => [
  /** 200 the challenge; with a second factor awaited, only the keys of that account */
  post(
    '/connexion/cle/options',
    acces.public,
    async (c) => {
      const attendu = await getEtape(c.db, c.contrat.id, c.brut.request.cookies[COOKIE_ETAPE], 'second_facteur', c.maintenant);
      const cles = attendu?.compteId ? await listCles(c.db, c.contrat.id, attendu.compteId) : null;
      const options = await optionsConnexion(await siteDe(k, c), cles);
      const charge = { defi: options.challenge, retour: attendu?.charge.retour ?? texte(c.corps.retour), idToken: attendu?.charge.idToken ?? null };
      const etape = await createEtape(c.db, c.contrat.id, { genre: 'cle', compteId: attendu?.compteId ?? null, charge }, c.maintenant);
      return json(options, 200, undefined, { nom: 'etape', valeur: etape });
    },
    { api: true, parMinute: 30 },
  ),
  /** 200 where to go, signed in · 422 the key opens nothing here */
  post(
    '/connexion/cle',
    acces.public,
    async (c) => {
      const etape = await prendreEtape(c.db, c.contrat.id, c.brut.request.cookies[COOKIE_ETAPE], 'cle', c.maintenant);
      if (!etape) throw invalide('La demande a expiré. Recommencez.');
      const reponse = c.corps as unknown as AuthenticationResponseJSON;
      const id = await verifierCle(c.db, c.contrat.id, {
        site: await siteDe(k, c),
        defi: String(etape.charge.defi),
        compteId: etape.compteId,
        reponse,
        maintenant: c.maintenant,
      });
      const compte = id ? await getCompteDeConnexion(c.db, c.contrat.id, id) : null;
      if (!compte) throw invalide(REFUS);
      const idToken = typeof etape.charge.idToken === 'string' ? etape.charge.idToken : null;
      const temoins = await temoinsDeSession(c, compte, { moyen: 'cle', forte: true, idToken });
      return json({ vers: retourSur(String(etape.charge.retour)) }, 200, undefined, ...temoins, { nom: 'etape', valeur: null });
    },
    { api: true, parMinute: 30 },
  ),
];
