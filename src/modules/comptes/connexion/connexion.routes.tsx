/** Signing in and out: password, second factor, new password, fictive people of the demonstration. */
import { randomBytes } from 'node:crypto';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { ErreurConcorde, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { COOKIE_SESSION } from '../../../core/http/cookies.ts';
import { motDe } from '../../../ui/types.ts';
import { type Comptes, siteDe, toutFermer } from '../comptes.contexte.ts';
import { codeSchema, connexionSchema, motDePasseSchema, oubliSchema, personaSchema } from '../comptes.schema.ts';
import { hacher, verifierMotDePasse } from '../mot-de-passe.ts';
import { deleteSession, getIdToken, listPersonas } from '../sessions.queries.ts';
import { prevenir } from './avis.ts';
import { consommerLien, countLiensOuverts, createLien, getCompteDeConnexion, getCompteParCourriel, getLien, setMotDePasse } from './connexion.queries.ts';
import { apresPremierFacteur, ouvrirSession, retourSur, temoinsDeSession } from './entree.ts';
import { commencerEtape, getEtape, prendreEtape, sansEtape } from './etapes.ts';
import { doitAttendre, essaiDe, noterEchec, retenirAppareil } from './essais.ts';
import { ConnexionPage, NouveauMotDePassePage, OubliPage, SecondFacteurPage } from './pages/ConnexionPage.tsx';
import { DemonstrationPage } from './pages/DemonstrationPage.tsx';
import { consommerCode } from './second-facteur.ts';

const REFUS =
  'L’adresse ou le mot de passe ne correspondent pas. Vérifiez-les, ou demandez un lien par « mot de passe oublié ». Après plusieurs essais manqués, il faut attendre un peu, ou entrer par ce lien ou une clé d’accès.';
const FAITS: Record<string, string> = {
  'mot-de-passe': 'Votre nouveau mot de passe est enregistré. Connectez-vous.',
  lien: 'Si cette adresse a un compte, un lien vient de lui être envoyé. Il sert une fois, pendant une heure.',
  deconnecte: 'Vous êtes déconnecté.',
  expiree: 'Cette connexion a expiré, ou n’a pas été commencée dans ce navigateur. Recommencez ici.',
};
/** Which of the sign-ins begun in this browser; null: the last one. */
const repereDe = (c: Contexte): string | null => texte(c.corps.etape) || texte(c.requete.etape) || null;
/** Nothing waits here any more: it ended well in another tab, or took too long. */
const perdue = (c: Contexte): Reponse => redirige(c.utilisateur ? retourSur('') : '/connexion?fait=expiree');
type Erreurs = { champ: string; message: string }[];
/** Links to a new password at a time; the first one that serves ends them all. */
const LIENS_MAX = 5;

export function buildConnexionRoutes(k: Comptes): Route[] {
  const connexion = (c: Contexte, courriel: string, retour: string, erreurs: Erreurs = [], statut = 200): Reponse =>
    page({
      titre: 'Se connecter',
      statut,
      corps: (
        <ConnexionPage {...{ courriel, retour, erreurs, demonstration: k.demonstration, oidc: k.oidc !== null, fait: motDe(FAITS, texte(c.requete.fait)) }} />
      ),
    });

  async function secondFacteur(c: Contexte, erreurs: Erreurs = []): Promise<Reponse> {
    const etape = await getEtape(c, 'second_facteur', repereDe(c));
    const compte = etape?.compteId ? await getCompteDeConnexion(c.db, c.contrat.id, etape.compteId) : null;
    if (!etape || !compte) return perdue(c);
    return page({
      titre: 'Second facteur',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <SecondFacteurPage
          {...{ erreurs, cles: compte.cles > 0, totp: compte.totp !== null, retour: retourSur(String(etape.charge.retour)), etape: etape.repere }}
        />
      ),
    });
  }

  const routes: Route[] = [
    get('/connexion', acces.public, (c) => {
      const retour = retourSur(texte(c.requete.retour));
      return c.utilisateur ? redirige(retour) : connexion(c, '', retour);
    }),
    /** 303 signed in, or on to the second factor · 422 wrong address or password (never says which) · 429 after ten tries in a minute from an address, or from a known browser */
    post(
      '/connexion',
      acces.public,
      async (c) => {
        const lu = lire(connexionSchema, c.corps);
        if (!lu.ok) return connexion(c, texte(c.corps.courriel), retourSur(texte(c.corps.retour)), lu.erreurs, 422);
        const retour = retourSur(lu.valeur.retour);
        const compte = await getCompteParCourriel(c.db, c.contrat.id, lu.valeur.courriel);
        const essai = await essaiDe(c, compte?.id ?? null);
        const attend = await doitAttendre(c, essai);
        // Verified in every case, so that the time taken says nothing of the account.
        const bon = await verifierMotDePasse(compte?.motDePasse ?? null, lu.valeur.mot_de_passe);
        if (!compte || !bon || attend) {
          const bloque = attend || (await noterEchec(k, c, essai));
          await c.auditer('session.refusee', compte ? `/comptes/${compte.id}` : '/connexion', { bloque });
          return connexion(c, lu.valeur.courriel, retour, [{ champ: 'courriel', message: REFUS }], 422);
        }
        return apresPremierFacteur(c, compte, { moyen: 'mot_de_passe', forte: false }, retour);
      },
      { parMinute: 10, parNavigateur: true },
    ),
    get('/connexion/second-facteur', acces.public, (c) => secondFacteur(c)),
    /** 303 signed in · 422 wrong or used code · 303 back to the beginning after five */
    post(
      '/connexion/second-facteur',
      acces.public,
      async (c) => {
        const etape = await getEtape(c, 'second_facteur', repereDe(c));
        const compte = etape?.compteId ? await getCompteDeConnexion(c.db, c.contrat.id, etape.compteId) : null;
        const essai = compte && (await essaiDe(c, compte.id));
        if (!etape || !compte || !essai) return perdue(c);
        if (await doitAttendre(c, essai)) return redirige('/connexion', sansEtape(c, etape));
        const lu = lire(codeSchema, c.corps);
        if (!lu.ok) return secondFacteur(c, lu.erreurs);
        const moyen = await consommerCode(c.db, c.contrat.id, compte, lu.valeur.code, k.coffre, c.maintenant);
        if (!moyen) {
          const bloque = await noterEchec(k, c, essai);
          await c.auditer('session.refusee', `/comptes/${compte.id}`, { etape: 'second-facteur', bloque });
          if (bloque) return redirige('/connexion', sansEtape(c, etape));
          return secondFacteur(c, [{ champ: 'code', message: 'Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et recommencez.' }]);
        }
        await prendreEtape(c, 'second_facteur', etape.repere);
        const idToken = typeof etape.charge.idToken === 'string' ? etape.charge.idToken : null;
        const temoins = await temoinsDeSession(c, compte, { moyen, forte: true, idToken });
        return redirige(retourSur(String(etape.charge.retour)), ...temoins, sansEtape(c, etape));
      },
      { parMinute: 10, parNavigateur: true },
    ),
    post('/deconnexion', acces.connecte, async (c) => {
      const jeton = c.brut.request.cookies[COOKIE_SESSION];
      const idToken = jeton ? await getIdToken(c.db, c.contrat.id, jeton) : null;
      if (jeton) await deleteSession(c.db, c.contrat.id, jeton);
      await c.auditer('session.fermee', `/comptes/${c.utilisateur?.id}`);
      const fin = { nom: 'session' as const, valeur: null };
      if (!idToken || !k.oidc) return redirige('/', fin);
      const repere = randomBytes(32).toString('base64url');
      return redirige('/connexion/oidc/deconnexion', fin, await commencerEtape(c, { genre: 'oidc', compteId: null, repere, charge: { idToken } }));
    }),

    get('/connexion/oubli', acces.public, () => page({ titre: 'Mot de passe oublié', corps: <OubliPage courriel="" erreurs={[]} /> })),
    /** 303 always the same, whether the address has an account or not */
    post(
      '/connexion/oubli',
      acces.public,
      async (c) => {
        const lu = lire(oubliSchema, c.corps);
        if (!lu.ok) return page({ titre: 'Mot de passe oublié', statut: 422, corps: <OubliPage courriel={texte(c.corps.courriel)} erreurs={lu.erreurs} /> });
        const compte = await getCompteParCourriel(c.db, c.contrat.id, lu.valeur.courriel);
        // Beyond that, those who hold the mailbox have enough of them there, and whoever asks in their name fills it no more.
        if (compte && !compte.demonstration && (await countLiensOuverts(c.db, c.contrat.id, compte.id, c.maintenant)) < LIENS_MAX) {
          const jeton = await createLien(
            c.db,
            c.contrat.id,
            { genre: 'mot_de_passe', courriel: compte.courriel, compteId: compte.id, charge: {}, heures: 1, par: null },
            c.maintenant,
          );
          await ajouterCourriel(
            c.db,
            c.contrat.id,
            {
              a: compte.courriel,
              sujet: 'Choisir un nouveau mot de passe',
              texte: `Bonjour ${compte.nom},\n\nUn nouveau mot de passe a été demandé pour votre compte. Pour le choisir, ouvrez ce lien ; il sert une fois, pendant une heure :\n\n${(await siteDe(k, c)).origine}/connexion/lien?jeton=${jeton}\n\nSi vous n’avez rien demandé, ne faites rien : votre mot de passe ne change pas.\n`,
            },
            k.coffre,
          );
          await c.auditer('mot_de_passe.demande', `/comptes/${compte.id}`);
        }
        return redirige('/connexion?fait=lien');
      },
      { parMinute: 5 },
    ),
    get(
      '/connexion/lien',
      acces.public,
      async (c) => {
        const jeton = texte(c.requete.jeton);
        if (!(await getLien(c.db, c.contrat.id, jeton, 'mot_de_passe', c.maintenant))) throw lienMort();
        return page({ titre: 'Choisir un mot de passe', corps: <NouveauMotDePassePage jeton={jeton} erreurs={[]} /> });
      },
      { secrete: true, parMinute: 30 },
    ),
    post(
      '/connexion/lien',
      acces.public,
      async (c) => {
        const jeton = texte(c.corps.jeton);
        const lien = await getLien(c.db, c.contrat.id, jeton, 'mot_de_passe', c.maintenant);
        if (!lien?.compteId) throw lienMort();
        const lu = lire(motDePasseSchema, c.corps);
        if (!lu.ok) return page({ titre: 'Choisir un mot de passe', statut: 422, corps: <NouveauMotDePassePage jeton={jeton} erreurs={lu.erreurs} /> });
        if (!(await consommerLien(c.db, c.contrat.id, lien.id, c.maintenant))) throw lienMort();
        await setMotDePasse(c.db, c.contrat.id, lien.compteId, await hacher(lu.valeur.mot_de_passe));
        await c.auditer('mot_de_passe.change', `/comptes/${lien.compteId}`, { par: 'lien' });
        const finis = await toutFermer(k, c, lien.compteId);
        await prevenir(c, lien.compteId, 'Le mot de passe de votre compte vient d’être changé, par le lien envoyé à cette adresse.', finis);
        // Whoever reads the mailbox is known here from now on, whatever others try meanwhile.
        return redirige('/connexion?fait=mot-de-passe', { nom: 'session', valeur: null }, await retenirAppareil(c, lien.compteId));
      },
      { parMinute: 10 },
    ),
  ];
  return k.demonstration ? [...routes, ...demonstration(k)] : routes;
}

export const lienMort = () =>
  new ErreurConcorde(
    'introuvable',
    'Il a déjà servi, a expiré ou a été annulé. Demandez-en un autre depuis la page de connexion, ou à la personne qui vous a invité.',
    [],
    false,
    'Ce lien ne sert plus',
  );

const demonstration = (k: Comptes): Route[] => [
  get('/demonstration', acces.public, async (c) => {
    const contrat = await k.contrat(c);
    const personas = await listPersonas(c.db, c.contrat.id, jourDe(c.maintenant));
    const vues = personas.map((utilisateur) => ({
      utilisateur,
      organisation: contrat.nomActeur(utilisateur.organisationId),
      presentation: k.presentation(utilisateur.courriel),
      perimetre: [...new Set(utilisateur.mandats.flatMap((m) => (m.territoireId ? [contrat.nomTerritoire(m.territoireId)] : [])))].join(', '),
    }));
    return page({ titre: 'Personnes fictives', corps: <DemonstrationPage personas={vues} retour={retourSur(texte(c.requete.retour))} /> });
  }),
  post('/demonstration', acces.public, async (c) => {
    const lu = lire(personaSchema, c.corps);
    const personas = await listPersonas(c.db, c.contrat.id, jourDe(c.maintenant));
    const persona = lu.ok ? personas.find((p) => p.id === lu.valeur.compte) : undefined;
    if (!lu.ok || !persona) throw introuvable('Cette personne fictive');
    const jeton = await ouvrirSession(c, persona, { moyen: 'demonstration', forte: true });
    return redirige(retourSur(lu.valeur.retour), { nom: 'session', valeur: jeton });
  }),
];
