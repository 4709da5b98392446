/** One's own account: proofs of identity, sessions, API tokens, delegation during an absence. */
import { lireEnsemble } from '../../../core/database.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http.ts';
import type { Comptes } from '../comptes.contexte.ts';
import { codeSchema, delegationSchema, jetonSchema, motDePasseSchema } from '../comptes.schema.ts';
import { prevenir } from '../connexion/avis.ts';
import { listCles } from '../connexion/cles.ts';
import { getCompteDeConnexion, setMotDePasse } from '../connexion/connexion.queries.ts';
import { retourSur, temoinsDeSession } from '../connexion/entree.ts';
import { doitAttendre, essaiDe, noterEchec, oublierEchecs } from '../connexion/essais.ts';
import { activerTotp, adresseTotp, consommerCode, countCodes, nouveauSecret, pasDuCode, renouvelerCodes, retirerTotp } from '../connexion/second-facteur.ts';
import { juger } from '../gestion/gestion.policy.ts';
import { addMandat, getCompteGere } from '../gestion/gestion.queries.ts';
import { cibleDe, proposer } from '../gestion/propositions.ts';
import { hacher, verifierMotDePasse } from '../mot-de-passe.ts';
import { exigerConfirmation } from './confirmation.ts';
import { confirmerSession, createJeton, fermerSessions, listCollegues, listJetons, listMandatsADeleguer, listSessions, revoquerJeton } from './moi.queries.ts';
import { ConfirmerPage } from './pages/ConfirmerPage.tsx';
import { MonComptePage } from './pages/MonComptePage.tsx';
import { CodesPage, JetonPage, SecondFacteurPage } from './pages/SecretsPages.tsx';

type Erreurs = { champ: string; message: string }[];

export function buildMoiRoutes(k: Comptes): Route[] {
  /** The account and the session at hand; an API token has no page of its own. */
  async function moi(c: Contexte) {
    const u = c.utilisateur;
    if (!u?.session) throw interdit('Ces pages demandent une session.');
    const compte = await getCompteDeConnexion(c.db, c.contrat.id, u.id);
    if (!compte) throw interdit();
    return { u, compte, session: u.session };
  }
  async function pageDuCompte(c: Contexte, erreurs: Erreurs = []): Promise<Reponse> {
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
          nomTerritoire={contrat.nomTerritoire}
          champs={Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]))}
        />
      ),
    });
  }
  /** The secret travels closed under the platform's key, tied to the account, until a code proves that the telephone holds it. */
  const pageTotp = async (c: Contexte, ferme: string | null, erreurs: Erreurs = []): Promise<Reponse> => {
    const { u } = await moi(c);
    const secret = (ferme && ouvrirSecret(u.id, ferme)) || nouveauSecret();
    return page({
      titre: 'Application d’authentification',
      largeur: 'travail',
      section: 'mon-compte',
      statut: erreurs.length > 0 ? 422 : 200,
      fil: [{ libelle: 'Mon compte', href: '/mon-compte' }],
      corps: (
        <SecondFacteurPage
          secret={secret}
          adresse={adresseTotp(secret, u.courriel, `Concorde ${(await k.contrat(c)).titre}`)}
          ferme={k.coffre.chiffrer(`${u.id}|${secret}`).toString('base64url')}
          erreurs={erreurs}
        />
      ),
    });
  };
  function ouvrirSecret(compteId: string, ferme: string): string | null {
    try {
      const [id, secret] = k.coffre.dechiffrer(Buffer.from(ferme, 'base64url')).split('|');
      return id === compteId ? (secret ?? null) : null;
    } catch {
      return null;
    }
  }
  const confirmer = async (c: Contexte, erreurs: Erreurs = []): Promise<Reponse> => {
    const { compte } = await moi(c);
    return page({
      titre: 'Confirmer votre identité',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <ConfirmerPage
          retour={retourSur(texte(c.requete.retour) || texte(c.corps.retour))}
          totp={compte.totp !== null}
          cles={compte.cles > 0}
          motDePasse={compte.motDePasse !== null}
          demonstration={compte.demonstration}
          erreurs={erreurs}
        />
      ),
    });
  };

  return [
    get('/mon-compte', acces.connecte, (c) => pageDuCompte(c)),
    get('/confirmer', acces.connecte, (c) => confirmer(c)),
    /** 303 back to the act · 422 wrong proof */
    post(
      '/confirmer',
      acces.connecte,
      async (c) => {
        const { u, compte, session } = await moi(c);
        const code = texte(c.corps.code);
        const essai = await essaiDe(c, compte.id);
        const attend = await doitAttendre(c, essai);
        // A fictive person has no secret to show: the button stands for it.
        const demo = compte.demonstration && k.demonstration;
        const parCode = !demo && !attend && code !== '' ? await consommerCode(c.db, c.contrat.id, compte, code, k.coffre, c.maintenant) : null;
        const parMotDePasse =
          !demo && !attend && !parCode && compte.totp === null && (await verifierMotDePasse(compte.motDePasse, texte(c.corps.mot_de_passe)));
        if (!demo && !parCode && !parMotDePasse) {
          if (!attend) await noterEchec(k, c, essai);
          await c.auditer('confirmation.refusee', `/comptes/${u.id}`);
          const champ = compte.totp ? 'code' : 'mot_de_passe';
          return confirmer(c, [{ champ, message: 'Ce n’est pas le bon. Après plusieurs essais manqués, il faut attendre un peu.' }]);
        }
        await oublierEchecs(c, u.id);
        await confirmerSession(c.db, c.contrat.id, session.id, parCode !== null, c.maintenant);
        return redirige(retourSur(texte(c.corps.retour)));
      },
      { parMinute: 10 },
    ),
    post('/mon-compte/mot-de-passe', acces.connecte, async (c) => {
      const { u } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      const lu = lire(motDePasseSchema, c.corps);
      if (!lu.ok) return pageDuCompte(c, lu.erreurs);
      await setMotDePasse(c.db, c.contrat.id, u.id, await hacher(lu.valeur.mot_de_passe));
      await c.auditer('mot_de_passe.change', `/comptes/${u.id}`, { par: 'compte' });
      await prevenir(k, c, u.id, 'Le mot de passe de votre compte vient d’être changé.');
      // Every session was closed with the old password; this one is opened anew under another token.
      return redirige('/mon-compte', ...(await temoinsDeSession(c, u, { moyen: 'mot_de_passe', forte: u.session?.forte ?? false })));
    }),
    get('/mon-compte/second-facteur', acces.connecte, (c) => exigerConfirmation(c, '/mon-compte/second-facteur') ?? pageTotp(c, null)),
    /** 200 the recovery codes, shown once · 422 the code does not hold */
    post(
      '/mon-compte/second-facteur',
      acces.connecte,
      async (c) => {
        const { u, session } = await moi(c);
        const confirmation = exigerConfirmation(c, '/mon-compte/second-facteur');
        if (confirmation) return confirmation;
        const ferme = texte(c.corps.ferme);
        const secret = ouvrirSecret(u.id, ferme);
        const lu = lire(codeSchema, c.corps);
        if (!lu.ok) return pageTotp(c, ferme, lu.erreurs);
        const pas = secret ? pasDuCode(secret, lu.valeur.code, c.maintenant) : null;
        if (!secret || pas === null)
          return pageTotp(c, ferme, [
            { champ: 'code', message: 'Ce code n’est pas celui de cette clé. Vérifiez l’heure de votre téléphone et écrivez le code affiché.' },
          ]);
        await activerTotp(c.db, c.contrat.id, u.id, k.coffre.chiffrer(secret), pas, c.maintenant);
        await confirmerSession(c.db, c.contrat.id, session.id, true, c.maintenant);
        await c.auditer('second_facteur.pose', `/comptes/${u.id}`, { genre: 'totp' });
        await prevenir(k, c, u.id, 'Une application d’authentification vient d’être posée sur votre compte.');
        return montrerCodes(await renouvelerCodes(c.db, c.contrat.id, u.id));
      },
      { parMinute: 10 },
    ),
    post('/mon-compte/second-facteur/retirer', acces.connecte, async (c) => {
      const { u } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      if (!(await retirerTotp(c.db, c.contrat.id, u.id))) return redirige('/mon-compte');
      await c.auditer('second_facteur.retire', `/comptes/${u.id}`, { genre: 'totp' });
      await prevenir(k, c, u.id, 'L’application d’authentification de votre compte vient d’être retirée.');
      return redirige('/mon-compte');
    }),
    post('/mon-compte/codes', acces.connecte, async (c) => {
      const { u, compte } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      if (compte.totp === null && compte.cles === 0) throw interdit('Les codes de secours accompagnent un second facteur : posez-en un d’abord.');
      await c.auditer('codes.renouveles', `/comptes/${u.id}`);
      return montrerCodes(await renouvelerCodes(c.db, c.contrat.id, u.id));
    }),
    post('/mon-compte/sessions', acces.connecte, async (c) => {
      const { u, session } = await moi(c);
      const id = texte(c.corps.session) || null;
      if ((await fermerSessions(c.db, c.contrat.id, u.id, id, session.id)) === 0 && id) throw introuvable('Cette session');
      await c.auditer('session.revoquee', `/comptes/${u.id}`, { toutes: id === null });
      return redirige('/mon-compte#sessions');
    }),
    post(
      '/mon-compte/jetons',
      acces.connecte,
      async (c) => {
        const { u } = await moi(c);
        const confirmation = exigerConfirmation(c, '/mon-compte');
        if (confirmation) return confirmation;
        const lu = lire(jetonSchema, c.corps);
        if (!lu.ok) return pageDuCompte(c, lu.erreurs);
        const jeton = await createJeton(c.db, c.contrat.id, u.id, lu.valeur, c.maintenant);
        await c.auditer('jeton.cree', `/comptes/${u.id}`, { portees: lu.valeur.portees, jours: lu.valeur.jours });
        return page({ titre: 'Jeton créé', largeur: 'travail', section: 'mon-compte', corps: <JetonPage jeton={jeton} nom={lu.valeur.nom} /> });
      },
      { creation: true },
    ),
    post('/mon-compte/jetons/:id/revoquer', acces.connecte, async (c) => {
      const { u } = await moi(c);
      if (!(await revoquerJeton(c.db, c.contrat.id, u.id, c.params.id ?? '', c.maintenant))) throw introuvable('Ce jeton');
      await c.auditer('jeton.revoque', `/comptes/${u.id}`, { jeton: c.params.id });
      return redirige('/mon-compte#jetons');
    }),
    /** 303 · 422 · a mandate is delegated within the organisation, never beyond its own end; a sensitive one is proposed */
    post(
      '/mon-compte/delegations',
      acces.connecte,
      async (c) => {
        const { u } = await moi(c);
        const confirmation = exigerConfirmation(c, '/mon-compte');
        if (confirmation) return confirmation;
        const lu = lire(delegationSchema, c.corps);
        if (!lu.ok) return pageDuCompte(c, lu.erreurs);
        const v = lu.valeur;
        const mandat = (await listMandatsADeleguer(c.db, c.contrat.id, u.id, jourDe(c.maintenant))).find((m) => m.id === v.mandat);
        const vers = (await listCollegues(c.db, c.contrat.id, u)).find((x) => x.id === v.compte);
        const erreurs: Erreurs = [
          ...(mandat ? [] : [{ champ: 'mandat', message: 'Choisissez un de vos mandats en vigueur.' }]),
          ...(vers ? [] : [{ champ: 'compte', message: 'Choisissez une personne de votre organisation.' }]),
          ...(v.debut < jourDe(c.maintenant) ? [{ champ: 'debut', message: 'La délégation commence aujourd’hui au plus tôt.' }] : []),
          ...(mandat?.fin && v.fin > mandat.fin ? [{ champ: 'fin', message: 'Votre mandat finit avant cette date.' }] : []),
        ];
        const compte = vers ? await getCompteGere(c.db, c.contrat.id, vers.id) : null;
        if (!mandat || !compte || erreurs.length > 0) return pageDuCompte(c, erreurs);
        const acte = { genre: 'deleguer', cible: cibleDe(compte, jourDe(c.maintenant)), mandat } as const;
        const jugement = juger(u, acte, (await k.contrat(c)).contient);
        if (jugement.issue === 'non') return pageDuCompte(c, [{ champ: 'compte', message: jugement.pourquoi }]);
        if (jugement.issue === 'a-deux') {
          const { role, territoireId, fiche, registre } = mandat;
          const charge = { role, territoireId, fiche, registre, debut: v.debut, fin: v.fin };
          await proposer(k, c, { acte, compte, mandatId: mandat.id, charge, motif: 'Délégation pendant une absence.' });
          return redirige('/comptes/propositions');
        }
        await addMandat(c.db, c.contrat.id, compte.id, { ...mandat, debut: v.debut, fin: v.fin, accordePar: u.nom, delegueDe: mandat.id });
        await c.auditer('mandat.delegue', `/comptes/${compte.id}`, { mandat: mandat.id, debut: v.debut, fin: v.fin });
        return redirige('/mon-compte#delegation');
      },
      { creation: true },
    ),
  ];
}

const montrerCodes = (codes: readonly string[]): Reponse =>
  page({
    titre: 'Codes de secours',
    largeur: 'travail',
    section: 'mon-compte',
    fil: [{ libelle: 'Mon compte', href: '/mon-compte' }],
    corps: <CodesPage codes={codes} />,
  });
