/** Inviting someone, and answering the invitation. */
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { de } from '../../../ui/typographie.ts';
import { type Comptes, siteDe, type VueContrat } from '../comptes.contexte.ts';
import { acceptationSchema, invitationSchema } from '../comptes.schema.ts';
import { createLien, getCompteParCourriel, getLien } from '../connexion/connexion.queries.ts';
import { lienMort } from '../connexion/connexion.routes.tsx';
import { temoinsDeSession } from '../connexion/entree.ts';
import { InvitationPage } from '../connexion/pages/ConnexionPage.tsx';
import { hacher } from '../mot-de-passe.ts';
import { type Acte, juger, peutGerer, rolesAccordables } from './gestion.policy.ts';
import { annulerInvitation, getInvitation } from './gestion.queries.ts';
import { estValable, ouvrirCompteInvite, type Promesse, promesseDe, promesseGardee } from './invitations.ts';
import { direMandat, verifierMandat } from './mandats.ts';
import { InviterPage } from './pages/InviterPage.tsx';

type Erreurs = { champ: string; message: string }[];

export function buildInvitationsRoutes(k: Comptes): Route[] {
  const inviter = (c: Contexte, contrat: VueContrat, erreurs: Erreurs = []): Reponse => {
    const organisations = contrat.acteurs.filter((a) => peutGerer(c.utilisateur, a.id));
    const organisation = texte(c.corps.organisation) || texte(c.requete.organisation) || (c.utilisateur?.organisationId ?? '');
    return page({
      titre: 'Inviter une personne',
      largeur: 'travail',
      section: 'comptes',
      statut: erreurs.length > 0 ? 422 : 200,
      fil: [{ libelle: 'Comptes', href: '/comptes' }],
      corps: (
        <InviterPage
          champs={{ ...champsDe(c), organisation }}
          erreurs={erreurs}
          organisations={organisations}
          roles={rolesAccordables(c.utilisateur, organisation, null)}
          territoires={contrat.territoires}
          fiches={contrat.fiches}
          registres={k.registres}
        />
      ),
    });
  };

  return [
    get('/comptes/inviter', acces.connecte, async (c) => {
      const contrat = await k.contrat(c);
      if (!contrat.acteurs.some((a) => peutGerer(c.utilisateur, a.id)))
        throw interdit('Seuls la coordination et les gestionnaires d’une organisation invitent.');
      return inviter(c, contrat);
    }),
    /** 303 · 422 with what was typed · 403 another organisation · 409 the address has an account */
    post(
      '/comptes/inviter',
      acces.connecte,
      async (c) => {
        const u = c.utilisateur;
        const contrat = await k.contrat(c);
        if (!u || !contrat.acteurs.some((a) => peutGerer(u, a.id))) throw interdit('Seuls la coordination et les gestionnaires d’une organisation invitent.');
        const lu = lire(invitationSchema, c.corps);
        if (!lu.ok) return inviter(c, contrat, lu.erreurs);
        const v = lu.valeur;
        if (!contrat.acteurs.some((a) => a.id === v.organisation) || !peutGerer(u, v.organisation))
          throw interdit('Vous ne gérez pas les comptes de cette organisation.');
        const mandat = v.role ? { role: v.role, territoireId: v.territoire, fiche: v.fiche, registre: v.registre, fin: v.fin } : null;
        const erreurs = verifierMandat(k, contrat, v, jourDe(c.maintenant));
        const jugement = juger(u, { genre: 'inviter', organisationId: v.organisation, mandat }, contrat.contient);
        if (jugement.issue === 'non') erreurs.push({ champ: 'role', message: jugement.pourquoi });
        if (await getCompteParCourriel(c.db, c.contrat.id, v.courriel))
          erreurs.push({ champ: 'courriel', message: 'Cette adresse a déjà un compte : donnez-lui plutôt un mandat.' });
        if (erreurs.length > 0) return inviter(c, contrat, erreurs);
        const promesse: Promesse = {
          nom: v.nom,
          fonction: v.fonction,
          organisation: v.organisation,
          mandat: mandat && { ...mandat, debut: v.debut ?? jourDe(c.maintenant), fin: v.fin },
          accordePar: u.nom,
        };
        const jeton = await createLien(
          c.db,
          c.contrat.id,
          { genre: 'invitation', courriel: v.courriel, compteId: null, charge: { ...promesse }, heures: 7 * 24, par: u },
          c.maintenant,
        );
        await ajouterCourriel(
          c.db,
          c.contrat.id,
          {
            a: v.courriel,
            sujet: `Invitation à rejoindre Concorde, ${contrat.titre}`,
            texte: `Bonjour ${v.nom},\n\n${u.nom} (${contrat.nomActeur(u.organisationId)}) vous invite à rejoindre Concorde, où se suit le « ${contrat.titre} », au nom ${de(contrat.nomActeur(v.organisation))}.\n${mandat ? `Votre mandat : ${direMandat(k, contrat)(mandat)}.` : 'Votre compte s’ouvre sans mandat : il pourra vous en être donné un ensuite.'}\n\nOuvrez ce lien pour créer votre compte ; il sert une fois, pendant sept jours :\n\n${(await siteDe(k, c)).origine}/invitation?jeton=${jeton}\n`,
          },
          k.coffre,
        );
        await c.auditer('invitation.envoyee', '/comptes/inviter', { organisation: code(v.organisation), role: v.role });
        return redirige(`/comptes?organisation=${encodeURIComponent(v.organisation)}`);
      },
      { creation: true },
    ),
    post('/comptes/invitations/:id/annuler', acces.connecte, async (c) => {
      const invitation = await getInvitation(c.db, c.contrat.id, c.params.id ?? '', c.maintenant);
      const promesse = invitation && promesseGardee(invitation.charge);
      if (!promesse || !peutGerer(c.utilisateur, promesse.organisation)) throw introuvable('Cette invitation');
      // Whoever could send it may take it back.
      const acte: Acte = { genre: 'inviter', organisationId: promesse.organisation, mandat: promesse.mandat };
      const jugement = juger(c.utilisateur, acte, (await k.contrat(c)).contient);
      if (jugement.issue === 'non') throw interdit(jugement.pourquoi);
      if (!(await annulerInvitation(c.db, c.contrat.id, invitation.id, c.maintenant))) throw introuvable('Cette invitation');
      await c.auditer('invitation.annulee', `/comptes/invitations/${c.params.id}`);
      return redirige('/comptes');
    }),
    get(
      '/invitation',
      acces.public,
      async (c) => {
        const jeton = texte(c.requete.jeton);
        const lien = await getLien(c.db, c.contrat.id, jeton, 'invitation', c.maintenant);
        if (!lien || !(await estValable(c, lien, (await k.contrat(c)).contient))) throw lienMort();
        return pageInvitation(c, jeton, lien.courriel, promesseDe(lien), [], promesseDe(lien).nom);
      },
      { secrete: true, parMinute: 30 },
    ),
    post(
      '/invitation',
      acces.public,
      async (c) => {
        const jeton = texte(c.corps.jeton);
        const lien = await getLien(c.db, c.contrat.id, jeton, 'invitation', c.maintenant);
        if (!lien || !(await estValable(c, lien, (await k.contrat(c)).contient))) throw lienMort();
        const lu = lire(acceptationSchema, c.corps);
        if (!lu.ok) return pageInvitation(c, jeton, lien.courriel, promesseDe(lien), lu.erreurs, texte(c.corps.nom));
        const compte = await ouvrirCompteInvite(c, lien, lu.valeur.nom, await hacher(lu.valeur.mot_de_passe));
        if (!compte) throw lienMort();
        return redirige('/mon-compte', ...(await temoinsDeSession(c, compte, { moyen: 'mot_de_passe', forte: false })));
      },
      { parMinute: 10 },
    ),
  ];

  async function pageInvitation(c: Contexte, jeton: string, courriel: string, p: Promesse, erreurs: Erreurs, nom: string): Promise<Reponse> {
    const contrat = await k.contrat(c);
    return page({
      titre: 'Invitation',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <InvitationPage
          {...{ jeton, nom, courriel, erreurs, fonction: p.fonction, oidc: k.oidc !== null }}
          organisation={contrat.nomActeur(p.organisation)}
          mandat={p.mandat && direMandat(k, contrat)(p.mandat)}
        />
      ),
    });
  }
}
