/** Managing accounts: one's own organisation for a local manager, all of them for the coordination. */
import { couper } from '../../../core/couper.ts';
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, numeroDePage, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { relancerCourriels } from '../../../core/courrier/envois.queries.ts';
import { listCourriels } from '../../../core/courrier/mail.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { type Comptes, departDe } from '../comptes.contexte.ts';
import { ecrireAvis } from '../connexion/avis.ts';
import { listAdressesReelles } from '../demonstration.queries.ts';
import { coordonneTout, juger, peutGerer, peutOuvrirGestion, peutTenirTechnique, peutToutVoir, peutVoirPropositions } from './gestion.policy.ts';
import { countInvitations, fermerOrganisation, getSiret, listComptes, listComptesOuverts, listInvitations, setSiret } from './gestion.queries.ts';
import { promesseGardee } from './invitations.ts';
import { direMandat } from './mandats.ts';
import { ComptesPage } from './pages/ComptesPage.tsx';
import { CourrielsPage } from './pages/CourrielsPage.tsx';
import { DroitsPage } from './pages/DroitsPage.tsx';
import { FermerOrganisationPage } from './pages/FermerOrganisationPage.tsx';
import { cibleDe, countAConfirmer } from './propositions.ts';

const PAR_PAGE = 50;
const SIRET = /^\d{14}$/;

export function buildGestionRoutes(k: Comptes): Route[] {
  /** Who would leave with the organisation, and whom the reader may not close alone. */
  async function departs(c: Contexte) {
    if (!coordonneTout(c.utilisateur)) throw interdit('Seule la coordination centrale ferme une organisation.');
    const contrat = await k.contrat(c);
    const id = c.params.organisation ?? '';
    if (!contrat.acteurs.some((a) => a.id === id)) throw introuvable('Cette organisation');
    const comptes = await listComptesOuverts(c.db, c.contrat.id, id);
    const retenus = comptes.flatMap((compte) => {
      const jugement = juger(c.utilisateur, { genre: 'fermer', cible: cibleDe(compte, jourDe(c.maintenant)) }, contrat.contient);
      if (jugement.issue === 'seul') return [];
      return [{ compte, pourquoi: jugement.issue === 'non' ? jugement.pourquoi : 'Ce compte se ferme à deux, depuis sa page.' }];
    });
    return { id, nom: contrat.nomActeur(id), comptes, retenus, vers: `/comptes?organisation=${encodeURIComponent(id)}` };
  }
  return [
    /** 200 · 403 for those who manage nobody */
    get(
      '/comptes',
      acces.connecte,
      async (c) => {
        if (!peutOuvrirGestion(c.utilisateur)) throw interdit('Seuls la coordination et les gestionnaires d’une organisation voient les comptes.');
        const contrat = await k.contrat(c);
        const tout = peutToutVoir(c.utilisateur);
        const organisationId = tout ? texte(c.requete.organisation) || null : (c.utilisateur?.organisationId ?? '');
        const q = couper(texte(c.requete.q), 100);
        const fermes = texte(c.requete.fermes) === '1';
        const n = numeroDePage(c);
        const rang = numeroDePage(c, 'invitations');
        const [lus, enTout, invitations, siret] = await lireEnsemble(c.db, [
          () => listComptes(c.db, c.contrat.id, { organisationId, q, fermes }, { limite: PAR_PAGE, depuis: (n - 1) * PAR_PAGE }),
          () => countInvitations(c.db, c.contrat.id, organisationId, c.maintenant),
          () => listInvitations(c.db, c.contrat.id, organisationId, c.maintenant, { limite: PAR_PAGE, depuis: (rang - 1) * PAR_PAGE }),
          () => (organisationId ? getSiret(c.db, c.contrat.id, organisationId) : null),
        ]);
        return page({
          titre: 'Comptes',
          largeur: 'travail',
          section: 'comptes',
          corps: (
            <ComptesPage
              {...lus}
              page={n}
              parPage={PAR_PAGE}
              filtres={{ organisation: organisationId ?? '', q, fermes }}
              organisations={tout ? contrat.acteurs : []}
              invitations={{ lignes: invitations.map((i) => ({ ...i, promesse: promesseGardee(i.charge) })), page: rang, total: enTout }}
              siret={siret}
              aujourdhui={jourDe(c.maintenant)}
              nomActeur={contrat.nomActeur}
              direMandat={direMandat(k, contrat)}
              peutInviter={peutGerer(c.utilisateur, organisationId ?? '')}
              peutNoterSiret={organisationId !== null && peutTenirTechnique(c.utilisateur)}
              peutFermer={organisationId !== null && coordonneTout(c.utilisateur)}
              courriels={peutTenirTechnique(c.utilisateur)}
              propositions={peutVoirPropositions(c.utilisateur) ? await countAConfirmer(c, contrat.contient) : null}
            />
          ),
        });
      },
      { sensible: true },
    ),
    get('/comptes/courriels', acces.role('administrateur', 'coordination'), async (c) => {
      if (!peutTenirTechnique(c.utilisateur)) throw interdit();
      return page({
        titre: 'Courriels en attente',
        largeur: 'travail',
        section: 'comptes',
        fil: [{ libelle: 'Comptes', href: '/comptes' }],
        corps: (
          <CourrielsPage courriels={await listCourriels(c.db, c.contrat.id, ['attente', 'echec'], 100)} lisibles={false} demonstration={k.demonstration} />
        ),
      });
    }),
    post('/comptes/courriels', acces.role('administrateur', 'coordination'), async (c) => {
      if (!peutTenirTechnique(c.utilisateur)) throw interdit();
      const n = await relancerCourriels(c.db, c.contrat.id);
      await c.auditer('courriels.relances', '/comptes/courriels', { nombre: n });
      return redirige('/comptes/courriels');
    }),
    ...(k.demonstration
      ? [
          get('/demonstration/courriels', acces.public, async (c) => {
            const tous = await listCourriels(c.db, c.contrat.id, ['retenu', 'attente'], 200, k.coffre);
            const reelles = await listAdressesReelles(c.db, c.contrat.id, [...new Set(tous.map((x) => x.destinataire))]);
            return page({
              titre: 'Courriels de la démonstration',
              corps: <CourrielsPage courriels={tous.filter((x) => !reelles.has(x.destinataire)).slice(0, 50)} lisibles demonstration />,
            });
          }),
        ]
      : []),
    get('/comptes/droits', acces.connecte, (c) => {
      if (!peutOuvrirGestion(c.utilisateur)) throw interdit('Seuls la coordination, le délégué et les gestionnaires voient cette page.');
      return page({
        titre: 'Droits',
        largeur: 'travail',
        section: 'comptes',
        fil: [{ libelle: 'Comptes', href: '/comptes' }],
        corps: <DroitsPage matrice={k.matrice} />,
      });
    }),
    /** 200 who leaves, and who must be closed before by two people · 403 · 404 */
    get('/comptes/organisations/:organisation/fermer', acces.connecte, async (c) => {
      const d = await departs(c);
      return page({
        titre: `Fermer les comptes : ${d.nom}`,
        largeur: 'travail',
        section: 'comptes',
        fil: [{ libelle: 'Comptes', href: '/comptes' }],
        corps: <FermerOrganisationPage {...d} />,
      });
    }),
    /** 303 · 403 · 404 · 409 an account there is not one's to close */
    post('/comptes/organisations/:organisation/fermer', acces.connecte, async (c) => {
      const { id, retenus, vers } = await departs(c);
      if (retenus.length > 0)
        throw conflit(`Fermez d’abord, à deux, les comptes que vous ne pouvez pas fermer seul : ${retenus.map((r) => r.compte.nom).join(', ')}.`);
      const confirmation = exigerConfirmation(c, vers);
      if (confirmation) return confirmation;
      const partis = await fermerOrganisation(c.db, c.contrat.id, id, departDe(k, c));
      await c.auditer('organisation.fermee', `/comptes/organisations/${id}`, { comptes: partis.length });
      for (const x of partis) await ecrireAvis(c, x, 'Votre organisation quitte le contrat : votre compte vient d’être fermé.', x.finis);
      return redirige(vers);
    }),
    /** The SIRET by which people of this organisation are known to the identity provider. */
    post('/comptes/organisations/:organisation', acces.role('coordination', 'administrateur'), async (c) => {
      if (!peutTenirTechnique(c.utilisateur)) throw interdit();
      const organisation = c.params.organisation ?? '';
      const contrat = await k.contrat(c);
      if (!contrat.acteurs.some((a) => a.id === organisation)) throw introuvable('Cette organisation');
      const vers = `/comptes?organisation=${encodeURIComponent(organisation)}`;
      const confirmation = exigerConfirmation(c, vers);
      if (confirmation) return confirmation;
      const r = rapprocher(c.corps, await getSiret(c.db, c.contrat.id, organisation, true));
      const dans = { largeur: 'travail', section: 'comptes', fil: [{ libelle: 'Comptes', href: '/comptes' }] } as const;
      const formulaire = { objet: contrat.nomActeur(organisation), action: c.url.pathname, retour: vers, champs: { siret: { libelle: 'SIRET' } } };
      if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
      const siret = texte(r.champs.siret).replace(/\s/g, '');
      if (!SIRET.test(siret)) throw conflit('Un SIRET a quatorze chiffres. Revenez à la page précédente et corrigez-le.');
      await setSiret(c.db, c.contrat.id, organisation, siret, { nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
      await c.auditer('organisation.siret', `/comptes/organisations/${organisation}`, { siret: code(siret) });
      return redirige(vers);
    }),
  ];
}
