/** Passkeys of one's own account: adding one, removing one, and proving who one is with one. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { acces } from '../../../core/authorize.ts';
import { interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, json, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { type Comptes, siteDe, toutFermer } from '../comptes.contexte.ts';
import { prevenir } from '../connexion/avis.ts';
import { defiDe, deleteCle, inscrireCle, listCles, optionsConnexion, optionsInscription, verifierCle } from '../connexion/cles.ts';
import { commencerEtape, prendreEtape } from '../connexion/etapes.ts';
import { retourSur } from '../connexion/entree.ts';
import { affaiblirSansFacteur } from '../connexion/second-facteur.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { confirmerSession } from './moi.queries.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';

const avecSession = (c: Contexte) => {
  if (!c.utilisateur?.session) throw interdit('Ces pages demandent une session.');
  return { u: c.utilisateur, session: c.utilisateur.session };
};
/** For JSON: a proof that is too old is a refusal with the address to go to, not a redirection. */
const exigerFraiche = (c: Contexte) => {
  if (exigerConfirmation(c, '/mon-compte')) throw interdit('Confirmez d’abord votre identité : ouvrez /confirmer?retour=/mon-compte.');
};
const EXPIREE = 'La demande a expiré. Recommencez.';

export const buildMesClesRoutes = (k: Comptes): Route[] => [
  post(
    '/mon-compte/cles/options',
    acces.connecte,
    async (c) => {
      const { u } = avecSession(c);
      exigerFraiche(c);
      const options = await optionsInscription(await siteDe(k, c), u, await listCles(c.db, c.contrat.id, u.id));
      const temoin = await commencerEtape(c, { genre: 'inscription_cle', compteId: u.id, repere: options.challenge, charge: {} });
      return json(options, 200, undefined, temoin);
    },
    { api: true, parMinute: 30 },
  ),
  post(
    '/mon-compte/cles',
    acces.connecte,
    async (c) => {
      const { u, session } = avecSession(c);
      exigerFraiche(c);
      const reponse = c.corps.reponse as RegistrationResponseJSON;
      const etape = await prendreEtape(c, 'inscription_cle', defiDe(reponse));
      if (!etape || etape.compteId !== u.id) throw invalide(EXPIREE);
      const nom = texte(c.corps.nom) || 'clé d’accès';
      const long = fautesDeTaille('nom', 'Le nom de la clé', nom, 100);
      if (long[0]) throw invalide(long[0].message, long);
      const inscrite = await inscrireCle(c.db, c.contrat.id, { site: await siteDe(k, c), defi: etape.repere, compteId: u.id, nom, reponse });
      if (!inscrite) throw invalide('Cette clé n’a pas pu être ajoutée : elle l’est peut-être déjà, ou l’appareil n’a pas vérifié qui vous êtes.');
      const temoin = await confirmerSession(c.db, c.contrat.id, session.id, true, c.maintenant);
      await c.auditer('second_facteur.pose', `/comptes/${u.id}`, { genre: 'cle' });
      await prevenir(c, u.id, 'Une clé d’accès vient d’être ajoutée à votre compte.', await toutFermer(k, c, u.id, session.id));
      return json({ vers: '/mon-compte' }, 200, undefined, temoin, etape.fin);
    },
    { api: true, parMinute: 30 },
  ),
  post('/mon-compte/cles/retirer', acces.connecte, async (c) => {
    const { u, session } = avecSession(c);
    const confirmation = exigerConfirmation(c, '/mon-compte');
    if (confirmation) return confirmation;
    if (!(await deleteCle(c.db, c.contrat.id, u.id, texte(c.corps.cle)))) throw introuvable('Cette clé');
    await c.auditer('second_facteur.retire', `/comptes/${u.id}`, { genre: 'cle' });
    await affaiblirSansFacteur(c.db, c.contrat.id, u.id);
    await prevenir(c, u.id, 'Une clé d’accès vient d’être retirée de votre compte.', await toutFermer(k, c, u.id, session.id));
    return redirige('/mon-compte#cles');
  }),
  post(
    '/confirmer/cle/options',
    acces.connecte,
    async (c) => {
      const { u } = avecSession(c);
      const options = await optionsConnexion(await siteDe(k, c), await listCles(c.db, c.contrat.id, u.id));
      const charge = { retour: texte(c.corps.retour) };
      const temoin = await commencerEtape(c, { genre: 'cle', compteId: u.id, repere: options.challenge, charge });
      return json(options, 200, undefined, temoin);
    },
    { api: true, parMinute: 30 },
  ),
  post(
    '/confirmer/cle',
    acces.connecte,
    async (c) => {
      const { u, session } = avecSession(c);
      const reponse = c.corps as unknown as AuthenticationResponseJSON;
      const etape = await prendreEtape(c, 'cle', defiDe(reponse));
      if (!etape || etape.compteId !== u.id) throw invalide(EXPIREE);
      const id = await verifierCle(c.db, c.contrat.id, {
        site: await siteDe(k, c),
        defi: etape.repere,
        compteId: u.id,
        reponse,
        maintenant: c.maintenant,
      });
      if (id !== u.id) throw invalide('Cette clé n’est pas la vôtre.');
      const temoin = await confirmerSession(c.db, c.contrat.id, session.id, true, c.maintenant);
      return json({ vers: retourSur(String(etape.charge.retour)) }, 200, undefined, temoin, etape.fin);
    },
    { api: true, parMinute: 30 },
  ),
];
