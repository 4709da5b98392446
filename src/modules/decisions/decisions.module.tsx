import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { ciblesDeFiche, ciblesDuChiffre } from './cibles/cibles.blocs.tsx';
import { ciblesRoutes } from './cibles/cibles.routes.tsx';
import { ACTES } from './decisions.actes.ts';
import { decisionsDeFiche, decisionsDesLignes, prochainesDecisions } from './decisions.blocs.tsx';
import { commandes } from './decisions.commandes.ts';
import { sourceDecisions } from './decisions.dus.ts';
import { DROITS } from './decisions.policy.ts';
import { chercherDecisions } from './decisions.recherche.ts';
import { buildDecisionsRoutes } from './decisions.routes.tsx';
import { SERT } from './decisions.sert.ts';
import { suivreUnDepart } from './ecrire.ts';
import { installerOrigines, type Origine } from './origines.ts';

declare module '../../core/module.ts' {
  interface Module {
    /** Kinds of objects of this module that make decisions. */
    origines?: readonly Origine[];
  }
}

export default defineModule({
  code: 'decisions',
  libelle: 'Décisions',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'indicateurs'],
  services: ['coffre', 'adresse'],
  brancher: (house) => installerOrigines(house.modules.flatMap((m) => m.origines ?? [])),
  routes: (s) => [...buildDecisionsRoutes(s), ...ciblesRoutes],
  droits: DROITS,
  sert: SERT,
  navigation: [{ cle: 'decisions', libelle: 'Décisions', href: '/decisions', menu: { section: 'seances', rang: 30 }, qui: auTravail, touche: 'd' }],
  fiche: [ciblesDeFiche, decisionsDeFiche],
  chiffre: [ciblesDuChiffre],
  ligne: [decisionsDesLignes],
  suites: prochainesDecisions,
  recherche: [chercherDecisions],
  actes: ACTES,
  commandes,
  departs: [suivreUnDepart],
  echeances: () => [sourceDecisions],
  exemples: {
    chemins: { decisions: 'decision' },
    parametres: { decision: 'decision' },
    corps: {
      'POST /decisions/cibles/:mesure': { acte: 'fixer', annee: '2026', sens: 'au-moins', valeur: '12', territoire: '=racine', decision: '=decision', vu: '0' },
      'POST /decisions/lot': { decision: '=decision', acte: 'echeance', echeance: '2027-09-01' },
    },
  },
});
