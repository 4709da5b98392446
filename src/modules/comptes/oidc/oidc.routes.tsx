/**
 * Signing in through the State's identity provider. `sub` belongs to one (service, provider) pair, so a person is found by it,
 * else by professional address; someone new comes in only by an invitation, and only if the SIRET is the organisation's.
 */
import { acces } from '../../../core/authorize.ts';
import { get, page, redirige, redirigeAilleurs, type Route, texte } from '../../../core/http/http.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { type Comptes, siteDe } from '../comptes.contexte.ts';
import { apresPremierFacteur, retourSur } from '../connexion/entree.ts';
import { commencerEtape, prendreEtape } from '../connexion/etapes.ts';
import { accepterInvitation } from '../gestion/invitations.ts';
import { type AttenteOidc, attenteSchema, type ClientOidc, type IdentiteOidc, RefusOidc } from './oidc.client.ts';
import { getCompteOidc, rattacherOidc } from './oidc.queries.ts';

/** Second factor as the provider tells it (`amr`), or an assurance level that implies one. */
const estForte = (i: IdentiteOidc): boolean => i.amr.includes('mfa') || /eidas[23]|self-asserted-2fa/.test(i.acr ?? '');

/** The provider's token names a person: it waits closed, in the step and in the session, until it goes back to the provider. */
const fermerIdToken = (k: Comptes, clair: string): string => k.coffre.chiffrer(clair).toString('base64url');
const ouvrirIdToken = (k: Comptes, ferme: string): string => k.coffre.dechiffrer(Buffer.from(ferme, 'base64url'));

const refus = (message: string) =>
  page({
    titre: 'Connexion refusée',
    statut: 403,
    corps: (
      <>
        <PageHeader titre="Connexion refusée" chapo={message} />
        <LinkButton href="/connexion">Revenir à la connexion</LinkButton>
      </>
    ),
  });

export function buildOidcRoutes(k: Comptes): Route[] {
  const client = k.oidc;
  if (!client) return [];
  return [
    /** 303 to the provider: a link, not a form, since `form-action 'self'` forbids a form that ends elsewhere */
    get(
      '/connexion/oidc',
      acces.public,
      async (c) => {
        const { url, attente } = await client.commencer();
        const charge = { ...attente, retour: retourSur(texte(c.requete.retour)) };
        return redirigeAilleurs(url, await commencerEtape(c, { genre: 'oidc', compteId: null, repere: attente.state, charge }));
      },
      { parMinute: 20 },
    ),
    /** 303 signed in · 403 why not, and what to do · 303 to the sign-in page when nothing was begun here, home when it has ended well already */
    get(
      '/connexion/oidc/retour',
      acces.public,
      async (c) => {
        const etape = await prendreEtape(c, 'oidc', texte(c.requete.state));
        if (!etape) return redirige(c.utilisateur ? retourSur('') : '/connexion?fait=expiree');
        const identite = await terminer(client, c.url, attenteSchema.parse(etape.charge));
        if (identite instanceof RefusOidc) {
          await c.auditer('session.refusee', '/connexion/oidc', { motif: identite.motif });
          return refus(identite.message);
        }
        const trouve = await getCompteOidc(c.db, c.contrat.id, identite, k.demonstration);
        const compte =
          trouve ??
          (await accepterInvitation(c, (await k.contrat(c)).contient, {
            courriel: identite.courriel,
            siret: identite.siret,
            nom: `${identite.prenom} ${identite.nom}`,
          }));
        if (typeof compte === 'string') {
          await c.auditer('session.refusee', '/connexion/oidc', { motif: 'compte' });
          return refus(compte);
        }
        await rattacherOidc(c.db, c.contrat.id, compte.id, identite);
        const forte = estForte(identite);
        const moyen = { moyen: 'oidc' as const, forte, idToken: fermerIdToken(k, identite.idToken) };
        return apresPremierFacteur(c, compte, moyen, retourSur(String(etape.charge.retour)), etape.fin);
      },
      { parMinute: 20 },
    ),
    /** 200 the way out of the provider too: its session outlives ours */
    get('/connexion/oidc/deconnexion', acces.public, async (c) => {
      const etape = await prendreEtape(c, 'oidc', null);
      if (!etape || typeof etape.charge.idToken !== 'string') return redirige('/connexion?fait=deconnecte');
      const sortie = await client.deconnexion(ouvrirIdToken(k, etape.charge.idToken), etape.repere);
      return page({
        titre: 'Déconnecté',
        corps: (
          <>
            <PageHeader titre="Vous êtes déconnecté de Concorde" chapo="Votre session ProConnect reste ouverte. Sur un poste partagé, fermez-la aussi." />
            <LinkButton href={sortie}>Fermer aussi ma session ProConnect</LinkButton>
            <p className="govuk-body">
              <a className="govuk-link" href="/">
                Revenir à l’accueil de {(await siteDe(k, c)).nom}
              </a>
            </p>
          </>
        ),
      });
    }),
  ];
}

async function terminer(client: ClientOidc, url: URL, attente: AttenteOidc): Promise<IdentiteOidc | RefusOidc> {
  try {
    return await client.terminer(url, attente);
  } catch (e) {
    if (e instanceof RefusOidc) return e;
    throw e;
  }
}
