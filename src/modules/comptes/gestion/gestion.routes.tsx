/** Managing accounts: one's own organisation for a local manager, all of them for the coordination. */
import { lireEnsemble } from '../../../core/database.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http.ts';
import { listCourriels, relancerCourriels } from '../../../core/mail.ts';
import { rapprocher } from '../../../core/versions.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import type { Comptes } from '../comptes.contexte.ts';
import { mandatSchema } from '../comptes.schema.ts';
import { exigerConfirmation } from '../moi/confirmation.ts';
import { peutLireRegistre } from '../dpo/dpo.policy.ts';
import {
  peutChangerDroits,
  peutGerer,
  peutNommerGestionnaire,
  peutOuvrirGestion,
  peutSuivreCourriels,
  peutToutVoir,
  rolesAccordables,
} from './gestion.policy.ts';
import {
  addMandat,
  type CompteGere,
  fermerCompte,
  fermerOrganisation,
  finirMandat,
  getCompteGere,
  getSiret,
  listComptes,
  listInvitations,
  setGestionnaire,
  setSiret,
} from './gestion.queries.ts';
import type { Promesse } from './invitations.ts';
import { champsDe, direMandat as dire, verifierMandat } from './mandats.ts';
import { ComptePage } from './pages/ComptePage.tsx';
import { ComptesPage } from './pages/ComptesPage.tsx';
import { DroitsPage } from './pages/DroitsPage.tsx';
import { CourrielsPage } from './pages/CourrielsPage.tsx';

const PAR_PAGE = 50;
const SIRET = /^\d{14}$/;

export function buildGestionRoutes(k: Comptes): Route[] {
  const direMandat = dire(k);
  async function charger(c: Contexte): Promise<CompteGere> {
    const compte = await getCompteGere(c.db, c.contrat.id, c.params.id ?? '');
    // Someone who may not see the organisation learns nothing of its accounts, not even that they exist.
    if (!compte || !(peutToutVoir(c.utilisateur) || peutGerer(c.utilisateur, compte.organisationId))) throw introuvable('Ce compte');
    return compte;
  }
  async function pageDuCompte(c: Contexte, compte: CompteGere, erreurs: { champ: string; message: string }[] = []): Promise<Reponse> {
    return page({
      titre: compte.nom,
      largeur: 'travail',
      section: 'comptes',
      statut: erreurs.length > 0 ? 422 : 200,
      fil: [{ libelle: 'Comptes', href: '/comptes' }],
      corps: (
        <ComptePage
          compte={compte}
          organisation={k.nomActeur(compte.organisationId)}
          aujourdhui={jourDe(c.maintenant)}
          direMandat={direMandat}
          erreurs={erreurs}
          champs={champsDe(c)}
          roles={peutChangerDroits(c.utilisateur, compte) ? rolesAccordables(c.utilisateur, compte.organisationId) : []}
          peutFermer={peutChangerDroits(c.utilisateur, compte)}
          peutNommer={peutNommerGestionnaire(c.utilisateur) && peutChangerDroits(c.utilisateur, compte)}
          journal={peutLireRegistre(c.utilisateur)}
          territoires={k.territoires}
          fiches={k.fiches}
          registres={k.registres}
        />
      ),
    });
  }
  return [
    /** 200 · 403 for those who manage nobody */
    get(
      '/comptes',
      acces.connecte,
      async (c) => {
        if (!peutOuvrirGestion(c.utilisateur)) throw interdit('Seuls la coordination et les gestionnaires d’une organisation voient les comptes.');
        const tout = peutToutVoir(c.utilisateur);
        const organisationId = tout ? texte(c.requete.organisation) || null : (c.utilisateur?.organisationId ?? '');
        const q = texte(c.requete.q).slice(0, 100);
        const fermes = texte(c.requete.fermes) === '1';
        const n = numeroDePage(c);
        const [lus, invitations, siret] = await lireEnsemble(c.db, [
          () => listComptes(c.db, c.contrat.id, { organisationId, q, fermes }, { limite: PAR_PAGE, depuis: (n - 1) * PAR_PAGE }),
          () => listInvitations(c.db, c.contrat.id, organisationId, c.maintenant),
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
              organisations={tout ? k.acteurs : []}
              invitations={invitations.map((i) => ({ ...i, promesse: i.charge as unknown as Promesse }))}
              siret={siret}
              aujourdhui={jourDe(c.maintenant)}
              nomActeur={k.nomActeur}
              direMandat={direMandat}
              peutInviter={organisationId ? peutGerer(c.utilisateur, organisationId) : peutNommerGestionnaire(c.utilisateur)}
              peutFermer={organisationId !== null && peutNommerGestionnaire(c.utilisateur)}
            />
          ),
        });
      },
      { sensible: true },
    ),
    get('/comptes/courriels', acces.role('administrateur', 'coordination'), async (c) => {
      if (!peutSuivreCourriels(c.utilisateur)) throw interdit();
      return page({
        titre: 'Courriels en attente',
        largeur: 'travail',
        section: 'comptes',
        fil: [{ libelle: 'Comptes', href: '/comptes' }],
        corps: <CourrielsPage courriels={await listCourriels(c.db, c.contrat.id, ['attente', 'echec'], 100)} lisibles={false} />,
      });
    }),
    post('/comptes/courriels', acces.role('administrateur', 'coordination'), async (c) => {
      if (!peutSuivreCourriels(c.utilisateur)) throw interdit();
      const n = await relancerCourriels(c.db, c.contrat.id);
      await c.auditer('courriels.relances', '/comptes/courriels', { nombre: n });
      c.apres(() => void k.courrier.expedier());
      return redirige('/comptes/courriels');
    }),
    ...(k.demonstration
      ? [
          get('/demonstration/courriels', acces.public, async (c) =>
            page({
              titre: 'Courriels de la démonstration',
              corps: <CourrielsPage courriels={await listCourriels(c.db, c.contrat.id, ['retenu', 'attente'], 50)} lisibles />,
            }),
          ),
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
    get('/comptes/:id', acces.connecte, async (c) => pageDuCompte(c, await charger(c)), { sensible: true }),
    /** 303 · 422 · 403 one's own account, a role one may not give, or an account that is closed · 404 */
    post(
      '/comptes/:id/mandats',
      acces.connecte,
      async (c) => {
        const compte = await charger(c);
        const u = c.utilisateur;
        if (!u || !peutChangerDroits(u, compte)) throw interdit('Vous ne pouvez pas changer les droits de ce compte.');
        if (compte.fermeLe) throw conflit('Ce compte est fermé.');
        const confirmation = exigerConfirmation(c, `/comptes/${compte.id}`);
        if (confirmation) return confirmation;
        const lu = lire(mandatSchema, c.corps);
        const erreurs = lu.ok ? verifierMandat(k, c.utilisateur, lu.valeur, compte.organisationId) : lu.erreurs;
        if (!lu.ok || erreurs.length > 0) return pageDuCompte(c, compte, erreurs);
        const m = {
          role: lu.valeur.role,
          territoireId: lu.valeur.territoire,
          fiche: lu.valeur.fiche,
          registre: lu.valeur.registre,
          debut: lu.valeur.debut ?? jourDe(c.maintenant),
          fin: lu.valeur.fin,
        };
        await addMandat(c.db, c.contrat.id, compte.id, { ...m, accordePar: u.nom, delegueDe: null });
        await c.auditer('mandat.accorde', `/comptes/${compte.id}`, m);
        return redirige(`/comptes/${compte.id}`);
      },
      { creation: true },
    ),
    post('/comptes/:id/mandats/:mandat/fin', acces.connecte, async (c) => {
      const compte = await charger(c);
      const u = c.utilisateur;
      if (!u || !peutChangerDroits(u, compte)) throw interdit('Vous ne pouvez pas changer les droits de ce compte.');
      if (!(await finirMandat(c.db, c.contrat.id, compte.id, c.params.mandat ?? '', jourDe(c.maintenant), u.nom))) throw introuvable('Ce mandat');
      await c.auditer('mandat.termine', `/comptes/${compte.id}`, { mandat: c.params.mandat });
      return redirige(`/comptes/${compte.id}`);
    }),
    post('/comptes/:id/gestionnaire', acces.connecte, async (c) => {
      const compte = await charger(c);
      if (!peutNommerGestionnaire(c.utilisateur) || !peutChangerDroits(c.utilisateur, compte)) throw interdit();
      const confirmation = exigerConfirmation(c, `/comptes/${compte.id}`);
      if (confirmation) return confirmation;
      const oui = texte(c.corps.oui) === '1';
      await setGestionnaire(c.db, c.contrat.id, compte.id, oui);
      await c.auditer('compte.gestionnaire', `/comptes/${compte.id}`, { oui });
      return redirige(`/comptes/${compte.id}`);
    }),
    post('/comptes/:id/fermer', acces.connecte, async (c) => {
      const compte = await charger(c);
      const u = c.utilisateur;
      if (!u || !peutChangerDroits(u, compte)) throw interdit('Vous ne pouvez pas fermer ce compte.');
      const confirmation = exigerConfirmation(c, `/comptes/${compte.id}`);
      if (confirmation) return confirmation;
      await fermerCompte(c.db, c.contrat.id, compte.id, jourDe(c.maintenant), u.nom, c.maintenant);
      await c.auditer('compte.ferme', `/comptes/${compte.id}`);
      return redirige(`/comptes/${compte.id}`);
    }),
    post('/comptes/organisations/:organisation', acces.role('coordination', 'administrateur'), async (c) => {
      if (!peutNommerGestionnaire(c.utilisateur)) throw interdit();
      const organisation = c.params.organisation ?? '';
      if (!k.acteurs.some((a) => a.id === organisation)) throw introuvable('Cette organisation');
      const vers = `/comptes?organisation=${encodeURIComponent(organisation)}`;
      const confirmation = exigerConfirmation(c, vers);
      if (confirmation) return confirmation;
      if (texte(c.corps.fermer) !== '1') {
        const r = rapprocher(c.corps, await getSiret(c.db, c.contrat.id, organisation, true));
        const dans = { largeur: 'travail', section: 'comptes', fil: [{ libelle: 'Comptes', href: '/comptes' }] } as const;
        const formulaire = { objet: k.nomActeur(organisation), action: c.url.pathname, retour: vers, champs: { siret: { libelle: 'SIRET' } } };
        if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
        const siret = texte(r.champs.siret).replace(/\s/g, '');
        if (!SIRET.test(siret)) throw conflit('Un SIRET a quatorze chiffres. Revenez à la page précédente et corrigez-le.');
        await setSiret(c.db, c.contrat.id, organisation, siret, { nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
        await c.auditer('organisation.siret', `/comptes/organisations/${organisation}`, { siret });
      } else if (c.utilisateur?.organisationId !== organisation) {
        const nombre = await fermerOrganisation(c.db, c.contrat.id, organisation, jourDe(c.maintenant), c.utilisateur?.nom ?? '', c.maintenant);
        await c.auditer('organisation.fermee', `/comptes/organisations/${organisation}`, { comptes: nombre });
      }
      return redirige(vers);
    }),
  ];
}
