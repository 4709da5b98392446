import { join } from 'node:path';
import type { Role } from '../../core/authorize.ts';
import { inTransaction } from '../../core/base/database.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue, lireDemonstration } from '../contrats/index.ts';
import { accorderTout, envoyerRappels } from '../echeances/index.ts';
import { ACTES } from './comptes.actes.ts';
import { sourcesDesComptes } from './comptes.dus.ts';
import { buildComptesRoutes } from './comptes.routes.ts';
import { vueDuContrat } from './comptes.vue.ts';
import { installerDeparts, type SuitesDUnDepart } from './departs.ts';
import { commandesDemonstration } from './demonstration.commandes.ts';
import { purgerSeules } from './dpo/conservation.ts';
import { CONSERVATION } from './dpo/conservation.regles.ts';
import { genererDroitsDemo, verifierDroitsDemo } from './dpo/dpo.demo.ts';
import { DROITS as DROITS_DPO, peutLireRegistre } from './dpo/dpo.policy.ts';
import { buildDpoRoutes } from './dpo/dpo.routes.tsx';
import { buildExploitationRoutes } from './exploitation/exploitation.routes.tsx';
import { commandesComptes, commandesDroits } from './gestion/comptes.commandes.ts';
import { DROITS, peutOuvrirGestion, peutTenirTechnique } from './gestion/gestion.policy.ts';
import { buildMatrice } from './gestion/matrice.rules.ts';
import { commandesAudit, commandesHorsLigne } from './journal/audit.commandes.ts';
import { brancherConservation, jourDeLAdministrateur, jourDuDelegue } from './journee/journee.blocs.tsx';
import { CLE_AUDIT, scellerLaTete } from './journal/sceaux.ts';
import type { ClientOidc } from './oidc/oidc.client.ts';
import { createCompte, listComptes } from './sessions.queries.ts';

declare module '../../core/module.ts' {
  interface Services {
    /** Null where sign-in by an identity provider is not set up. */
    oidc: ClientOidc | null;
  }
  interface Module {
    /** What it does when an account is closed. */
    departs?: readonly SuitesDUnDepart[];
  }
}

export default defineModule({
  code: 'comptes',
  libelle: 'Comptes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances'],
  services: ['coffre', 'courrier', 'oidc', 'direct', 'adresse', 'demonstration', 'dossierContrat', 'exploitation', 'house'],
  routes: async (s) => {
    const demo = s.demonstration ? await lireDemonstration(s.dossierContrat) : null;
    const { house } = s;
    return [
      ...buildComptesRoutes({
        coffre: s.coffre,
        oidc: s.oidc,
        adresse: s.adresse,
        demonstration: demo !== null,
        presentation: (courriel) => demo?.personas.find((x) => x.courriel === courriel)?.presentation ?? '',
        ailleurs: house.titres,
        contrat: async (c) => vueDuContrat(await getCatalogue(c.db, c.contrat.id)),
        matrice: buildMatrice(house.droits),
        registres: house.registres,
        actes: house.actes,
        conservation: house.conservation,
      }),
      ...buildDpoRoutes(house),
      ...buildExploitationRoutes(s.exploitation),
    ];
  },
  droits: [...DROITS, ...DROITS_DPO],
  journee: [jourDuDelegue, jourDeLAdministrateur],
  brancher: (house) => {
    brancherConservation(house.conservation);
    installerDeparts(house);
  },
  navigation: [
    { cle: 'mon-compte', libelle: 'Mon compte', href: '/mon-compte', menu: { section: 'acces', rang: 10 } },
    { cle: 'comptes', libelle: 'Comptes', href: '/comptes', menu: { section: 'acces', rang: 20 }, qui: peutOuvrirGestion },
    { cle: 'exploitation', libelle: 'Exploitation', href: '/exploitation', menu: { section: 'acces', rang: 30 }, qui: peutTenirTechnique },
    { cle: 'dpo', libelle: 'Délégué', href: '/dpo', menu: { section: 'protection', rang: 10 }, qui: peutLireRegistre },
    { cle: 'journal', libelle: 'Journal d’audit', href: '/journal', menu: { section: 'protection', rang: 20 }, qui: peutLireRegistre },
  ],
  echeances: (house) => sourcesDesComptes(house.conservation),
  actes: ACTES,
  sensibles: { objets: ['/comptes/:id', '/dpo/demandes/:id'] },
  conservation: CONSERVATION,
  rendezvous: [
    {
      code: 'sceau',
      libelle: 'Sceau du journal d’audit',
      quand: '7 * * * *',
      executer: async ({ db, contrat, config, maintenant }) => {
        const s = await scellerLaTete(db, contrat, join(config.dossier, CLE_AUDIT), maintenant);
        return s ? `scellé jusqu’à l’entrée ${s.numero}` : 'rien de nouveau';
      },
    },
    {
      // Here, above the list itself, because only accounts know who may be written to.
      code: 'echeances',
      libelle: 'Échéances et rappels',
      quand: '17 * * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const n = await inTransaction(db, { contratId: contrat.id }, (tx) => accorderTout(tx, contrat.id, { maintenant }));
        const { lettres } = await envoyerRappels(db, { contratId: contrat.id, maintenant, coffre, adresse: config.adresse, comptes: listComptes });
        return `${n > 0 ? pluriel(n, 'échéance mise à jour', 'échéances mises à jour') : 'liste à jour'}, ${pluriel(lettres, 'lettre')}`;
      },
    },
    {
      code: 'menage',
      libelle: 'Ménage de ce qui a fait son temps',
      quand: '41 2 * * *',
      executer: async ({ db, contrat, house, maintenant }) => {
        const n = await purgerSeules(db, contrat.id, house.conservation, maintenant);
        return n > 0 ? `${pluriel(n, 'ligne ôtée', 'lignes ôtées')} : sessions finies, liens expirés, clés de formulaires` : 'rien à ôter';
      },
    },
  ],
  commandes: { ...commandesComptes, ...commandesAudit, ...commandesDemonstration },
  commandesHorsLigne: { ...commandesHorsLigne, ...commandesDroits },
  verifier: (_contrat, profils) => (profils ? verifierDroitsDemo(profils) : []),
  demonstration: {
    generer: async (tx, d) => {
      const { contrat } = await getCatalogue(tx, d.contratId);
      let delegue = '';
      for (const [ordre, p] of d.personas.entries()) {
        const compteId = await createCompte(tx, d.contratId, {
          courriel: p.courriel,
          nom: p.nom,
          fonction: p.fonction,
          organisationId: p.organisation,
          motDePasse: null,
          demonstration: true,
          ordre,
          mandats: p.mandats.map((m) => ({ role: m.role as Role, territoireId: m.territoire ?? null, fiche: m.fiche ?? null })),
          accordePar: 'démonstration',
          debut: contrat.debut,
        });
        if (p.mandats.map(({ role }) => role).includes('dpo')) delegue = compteId ?? '';
      }
      const personnes = pluriel(d.personas.length, 'personne fictive', 'personnes fictives');
      if (delegue === '') return personnes;
      const droits = await genererDroitsDemo(tx, { ...d, fuseau: contrat.fuseau, compteId: delegue });
      return `${personnes}, ${pluriel(droits, 'demande de droits fictive', 'demandes de droits fictives')}`;
    },
  },
  exemples: {
    chemins: { comptes: 'compte', 'comptes/invitations': 'lien', 'comptes/propositions': 'proposition', dpo: 'droits', 'mon-compte': 'jeton' },
    parametres: { mandat: 'mandat', jeton: 'jeton', organisation: 'organisation', regle: '=sessions' },
    corps: {
      'POST /comptes/inviter': { courriel: 'nouvelle@exemple.fr', nom: 'Nouvelle', fonction: 'Essai', organisation: '=organisation', role: 'agent' },
      'POST /comptes/:id/mandats': { role: 'agent' },
    },
    surSoi: {
      'POST /deconnexion': 'ends one’s own session',
      'POST /confirmer': 'one’s own identity',
      'POST /confirmer/cle': 'one’s own identity',
      'POST /confirmer/cle/options': 'one’s own identity',
      'POST /mon-compte/mot-de-passe': 'one’s own account',
      'POST /mon-compte/second-facteur': 'one’s own account',
      'POST /mon-compte/second-facteur/retirer': 'one’s own account',
      'POST /mon-compte/codes': 'one’s own account',
      'POST /mon-compte/raccourcis': 'one’s own account',
      'POST /mon-compte/sessions': 'one’s own account',
      'POST /mon-compte/jetons': 'one’s own account',
      'POST /mon-compte/delegations': 'one’s own mandate',
      'POST /mon-compte/cles': 'one’s own account',
      'POST /mon-compte/cles/options': 'one’s own account',
      'POST /mon-compte/cles/retirer': 'one’s own account',
    },
  },
});
