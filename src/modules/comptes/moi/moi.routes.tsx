/** One's own account: proofs of identity, sessions, API tokens, delegation during an absence. */
import { code, codes } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, liste, page, post, redirige, type Reponse, type Route, type Temoin, texte } from '../../../core/http/http.ts';
import { type Comptes, toutFermer } from '../comptes.contexte.ts';
import { codeSchema, jetonSchema, motDePasseSchema } from '../comptes.schema.ts';
import { prevenir } from '../connexion/avis.ts';
import { setMotDePasse } from '../connexion/connexion.queries.ts';
import { retourSur, temoinsDeSession } from '../connexion/entree.ts';
import { doitAttendre, essaiDe, noterEchec, oublierEchecs } from '../connexion/essais.ts';
import {
  activerTotp,
  adresseTotp,
  affaiblirSansFacteur,
  consommerCode,
  nouveauSecret,
  pasDuCode,
  renouvelerCodes,
  retirerTotp,
} from '../connexion/second-facteur.ts';
import { hacher, verifierMotDePasse } from '../mot-de-passe.ts';
import { exigerConfirmation, exigerPreuvePourCreer } from '../../../core/http/confirmation.ts';
import { createJeton, revoquerJeton } from './jetons.queries.ts';
import { confirmerSession, fermerSession, setRaccourcis } from './moi.queries.ts';
import { buildDelegationRoutes } from './delegation.routes.ts';
import { type Erreurs, moi, pageDuCompte } from './moi.page.tsx';
import { ConfirmerPage, SecondFacteurNecessairePage } from './pages/ConfirmerPage.tsx';
import { CodesPage, JetonPage, SecondFacteurPage } from './pages/SecretsPages.tsx';

export function buildMoiRoutes(k: Comptes): Route[] {
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
    get('/mon-compte', acces.connecte, (c) => pageDuCompte(k, c)),
    get('/confirmer', acces.connecte, (c) => confirmer(c)),
    get('/confirmer/second-facteur', acces.connecte, async (c) => {
      const { compte } = await moi(c);
      const retour = retourSur(texte(c.requete.retour));
      return page({
        titre: 'Un second facteur est nécessaire',
        corps: <SecondFacteurNecessairePage retour={retour} pose={compte.totp !== null || compte.cles > 0} />,
      });
    }),
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
          !demo &&
          !attend &&
          !parCode &&
          compte.totp === null &&
          compte.cles === 0 &&
          (await verifierMotDePasse(compte.motDePasse, texte(c.corps.mot_de_passe)));
        if (!demo && !parCode && !parMotDePasse) {
          if (!attend) await noterEchec(k, c, essai);
          await c.auditer('confirmation.refusee', `/comptes/${u.id}`);
          const champ = compte.totp || compte.cles > 0 ? 'code' : 'mot_de_passe';
          return confirmer(c, [{ champ, message: 'Ce n’est pas le bon. Après plusieurs essais manqués, il faut attendre un peu.' }]);
        }
        await oublierEchecs(c, u.id);
        return redirige(retourSur(texte(c.corps.retour)), await confirmerSession(c.db, c.contrat.id, session.id, parCode !== null, c.maintenant));
      },
      { parMinute: 10 },
    ),
    post('/mon-compte/mot-de-passe', acces.connecte, async (c) => {
      const { u } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      const lu = lire(motDePasseSchema, c.corps);
      if (!lu.ok) return pageDuCompte(k, c, lu.erreurs);
      await setMotDePasse(c.db, c.contrat.id, u.id, await hacher(lu.valeur.mot_de_passe));
      await c.auditer('mot_de_passe.change', `/comptes/${u.id}`, { par: 'compte' });
      await prevenir(c, u.id, 'Le mot de passe de votre compte vient d’être changé.', await toutFermer(k, c, u.id));
      // Every session was closed with the old password; this one is opened anew under another token.
      return redirige('/mon-compte', ...(await temoinsDeSession(c, u, { moyen: 'mot_de_passe', forte: u.forte })));
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
        const temoin = await confirmerSession(c.db, c.contrat.id, session.id, true, c.maintenant);
        await c.auditer('second_facteur.pose', `/comptes/${u.id}`, { genre: 'totp' });
        const finis = await toutFermer(k, c, u.id, session.id);
        await prevenir(c, u.id, 'Une application d’authentification vient d’être posée sur votre compte.', finis);
        return montrerCodes(await renouvelerCodes(c.db, c.contrat.id, u.id), temoin);
      },
      { parMinute: 10 },
    ),
    post('/mon-compte/second-facteur/retirer', acces.connecte, async (c) => {
      const { u, session } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      if (!(await retirerTotp(c.db, c.contrat.id, u.id))) return redirige('/mon-compte');
      await affaiblirSansFacteur(c.db, c.contrat.id, u.id);
      await c.auditer('second_facteur.retire', `/comptes/${u.id}`, { genre: 'totp' });
      const finis = await toutFermer(k, c, u.id, session.id);
      await prevenir(c, u.id, 'L’application d’authentification de votre compte vient d’être retirée.', finis);
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
    /** 303: the keys work, or no longer, on every page from the next one */
    post('/mon-compte/raccourcis', acces.connecte, async (c) => {
      const { u } = await moi(c);
      const oui = texte(c.corps.oui) === '1';
      await setRaccourcis(c.db, c.contrat.id, u.id, oui);
      await c.auditer('raccourcis.changes', `/comptes/${u.id}`, { oui });
      return redirige('/mon-compte#clavier');
    }),
    /** One session by its id, or (`tout`) everything that acts in the person's name elsewhere: 303 · 404 */
    post('/mon-compte/sessions', acces.connecte, async (c) => {
      const { u, session } = await moi(c);
      const id = texte(c.corps.session);
      if (texte(c.corps.tout) !== '1') {
        if (id === session.id || !(await fermerSession(c.db, c.contrat.id, u.id, id))) throw introuvable('Cette session');
        await c.auditer('session.revoquee', `/comptes/${u.id}`);
      } else {
        const finis = await toutFermer(k, c, u.id, session.id);
        await c.auditer('acces.fermes', `/comptes/${u.id}`);
        if (finis.length > 0) await prevenir(c, u.id, 'Vous venez de fermer, depuis votre compte, tout ce qui agissait ailleurs en votre nom.', finis);
      }
      return redirige('/mon-compte#sessions');
    }),
    /** 200 the token, shown once · 303 to a fresh proof, or to the second factor that a role asks for · 422 */
    post(
      '/mon-compte/jetons',
      acces.connecte,
      async (c) => {
        const { u } = await moi(c);
        // What was typed comes back with the person.
        const saisi = new URLSearchParams(['nom', 'jours', 'portees'].flatMap((n) => liste(c.corps[n]).map((v) => [n, v])));
        const preuve = exigerPreuvePourCreer(c, `/mon-compte?${saisi}#jetons`);
        if (preuve) return preuve;
        const lu = lire(jetonSchema, c.corps);
        if (!lu.ok) return pageDuCompte(k, c, lu.erreurs);
        const cree = await createJeton(c.db, c.contrat.id, u, lu.valeur, c.maintenant);
        if (!cree) return pageDuCompte(k, c, [{ champ: 'nom', message: 'Aucun de vos mandats n’est en vigueur : un jeton n’ouvrirait rien.' }]);
        await c.auditer('jeton.cree', `/comptes/${u.id}`, {
          portees: lu.valeur.portees,
          jusquau: code(cree.expireLe.toISOString()),
          forte: u.forte,
          mandats: codes(cree.mandats.map((m) => m.id)),
        });
        return page({ titre: 'Jeton créé', largeur: 'travail', section: 'mon-compte', corps: <JetonPage jeton={cree.jeton} nom={lu.valeur.nom} /> });
      },
      { creation: true },
    ),
    post('/mon-compte/jetons/:id/revoquer', acces.connecte, async (c) => {
      const { u } = await moi(c);
      if (!(await revoquerJeton(c.db, c.contrat.id, u.id, c.params.id ?? '', c.maintenant))) throw introuvable('Ce jeton');
      await c.auditer('jeton.revoque', `/comptes/${u.id}`, { jeton: code(c.params.id) });
      return redirige('/mon-compte#jetons');
    }),
    ...buildDelegationRoutes(k),
  ];
}

const montrerCodes = (codes: readonly string[], ...temoins: Temoin[]): Reponse =>
  page({
    temoins,
    titre: 'Codes de secours',
    largeur: 'travail',
    section: 'mon-compte',
    fil: [{ libelle: 'Mon compte', href: '/mon-compte' }],
    corps: <CodesPage codes={codes} />,
  });
