/** Inviting someone, and answering the invitation. */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http.ts';
import { ajouterCourriel } from '../../../core/mail.ts';
import { type Comptes, siteDe } from '../comptes.contexte.ts';
import { acceptationSchema, invitationSchema } from '../comptes.schema.ts';
import { createLien, getCompteParCourriel, getLien } from '../connexion/connexion.queries.ts';
import { lienMort } from '../connexion/connexion.routes.tsx';
import { ouvrirSession } from '../connexion/entree.ts';
import { InvitationPage } from '../connexion/pages/ConnexionPage.tsx';
import { hacher } from '../mot-de-passe.ts';
import { peutGerer, peutNommerGestionnaire, rolesAccordables } from './gestion.policy.ts';
import { annulerInvitation } from './gestion.queries.ts';
import { ouvrirCompteInvite, type Promesse, promesseDe } from './invitations.ts';
import { champsDe, direMandat as dire, verifierMandat } from './mandats.ts';
import { InviterPage } from './pages/InviterPage.tsx';

export function buildInvitationsRoutes(k: Comptes): Route[] {
  const direMandat = dire(k);
  const inviter = (c: Contexte, erreurs: { champ: string; message: string }[] = []): Reponse => {
    const organisations = k.acteurs.filter((a) => peutGerer(c.utilisateur, a.id));
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
          roles={rolesAccordables(c.utilisateur, organisation)}
          territoires={k.territoires}
          fiches={k.fiches}
          registres={k.registres}
        />
      ),
    });
  };

  return [
    get('/comptes/inviter', acces.connecte, (c) => {
      if (!k.acteurs.some((a) => peutGerer(c.utilisateur, a.id))) throw interdit('Seuls la coordination et les gestionnaires d’une organisation invitent.');
      return inviter(c);
    }),
    /** 303 · 422 with what was typed · 403 another organisation · 409 the address has an account */
    post(
      '/comptes/inviter',
      acces.connecte,
      async (c) => {
        const u = c.utilisateur;
        if (!u || !k.acteurs.some((a) => peutGerer(u, a.id))) throw interdit('Seuls la coordination et les gestionnaires d’une organisation invitent.');
        const lu = lire(invitationSchema, c.corps);
        if (!lu.ok) return inviter(c, lu.erreurs);
        const v = lu.valeur;
        if (!k.acteurs.some((a) => a.id === v.organisation) || !peutGerer(u, v.organisation))
          throw interdit('Vous ne gérez pas les comptes de cette organisation.');
        const erreurs = verifierMandat(k, c.utilisateur, v, v.organisation);
        if (await getCompteParCourriel(c.db, c.contrat.id, v.courriel))
          erreurs.push({ champ: 'courriel', message: 'Cette adresse a déjà un compte : donnez-lui plutôt un mandat.' });
        if (erreurs.length > 0) return inviter(c, erreurs);
        const promesse: Promesse = {
          nom: v.nom,
          fonction: v.fonction,
          organisation: v.organisation,
          mandat: { role: v.role, territoireId: v.territoire, fiche: v.fiche, registre: v.registre, debut: v.debut ?? jourDe(c.maintenant), fin: v.fin },
          accordePar: u.nom,
        };
        const jeton = await createLien(
          c.db,
          c.contrat.id,
          { genre: 'invitation', courriel: v.courriel, compteId: null, charge: { ...promesse }, heures: 7 * 24, par: u.id },
          c.maintenant,
        );
        await ajouterCourriel(c.db, c.contrat.id, {
          a: v.courriel,
          sujet: `Invitation à rejoindre Concorde, ${k.contrat}`,
          texte: `Bonjour ${v.nom},\n\n${u.nom} (${k.nomActeur(u.organisationId)}) vous invite à rejoindre Concorde, où se suit ${k.contrat}, pour ${k.nomActeur(v.organisation)}.\nVotre mandat : ${direMandat({ role: v.role, territoireId: v.territoire, fiche: v.fiche, registre: v.registre })}.\n\nOuvrez ce lien pour créer votre compte ; il sert une fois, pendant sept jours :\n\n${siteDe(k, c).origine}/invitation?jeton=${jeton}\n`,
        });
        await c.auditer('invitation.envoyee', '/comptes/inviter', { organisation: v.organisation, role: v.role });
        c.apres(() => void k.courrier.expedier());
        return redirige(`/comptes?organisation=${encodeURIComponent(v.organisation)}`);
      },
      { creation: true },
    ),
    post('/comptes/invitations/:id/annuler', acces.connecte, async (c) => {
      const u = c.utilisateur;
      if (!u || !(peutNommerGestionnaire(u) || u.gestionnaire)) throw interdit();
      const limite = peutNommerGestionnaire(u) ? null : u.organisationId;
      if (!(await annulerInvitation(c.db, c.contrat.id, c.params.id ?? '', limite, c.maintenant))) throw introuvable('Cette invitation');
      await c.auditer('invitation.annulee', `/comptes/invitations/${c.params.id}`);
      return redirige('/comptes');
    }),
    get('/invitation', acces.public, async (c) => {
      const jeton = texte(c.requete.jeton);
      const lien = await getLien(c.db, c.contrat.id, jeton, 'invitation', c.maintenant);
      if (!lien) throw lienMort();
      return pageInvitation(jeton, lien.courriel, promesseDe(lien), [], promesseDe(lien).nom);
    }),
    post(
      '/invitation',
      acces.public,
      async (c) => {
        const jeton = texte(c.corps.jeton);
        const lien = await getLien(c.db, c.contrat.id, jeton, 'invitation', c.maintenant);
        if (!lien) throw lienMort();
        const lu = lire(acceptationSchema, c.corps);
        if (!lu.ok) return pageInvitation(jeton, lien.courriel, promesseDe(lien), lu.erreurs, texte(c.corps.nom));
        const compte = await ouvrirCompteInvite(c, lien, lu.valeur.nom, await hacher(lu.valeur.mot_de_passe));
        if (!compte) throw lienMort();
        return redirige('/mon-compte', { nom: 'session', valeur: await ouvrirSession(c, compte, { moyen: 'mot_de_passe', forte: false }) });
      },
      { parMinute: 10 },
    ),
  ];

  function pageInvitation(jeton: string, courriel: string, p: Promesse, erreurs: { champ: string; message: string }[], nom: string): Reponse {
    return page({
      titre: 'Invitation',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <InvitationPage
          {...{ jeton, nom, courriel, erreurs, fonction: p.fonction, oidc: k.oidc !== null }}
          organisation={k.nomActeur(p.organisation)}
          mandat={direMandat(p.mandat)}
        />
      ),
    });
  }
}
