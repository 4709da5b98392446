import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { ACTES } from './decisions.actes.ts';
import { decisionsDeFiche, decisionsDesLignes, prochainesDecisions } from './decisions.blocs.tsx';
import { commandes } from './decisions.commandes.ts';
import { sourceDecisions } from './decisions.dus.ts';
import { DROITS } from './decisions.policy.ts';
import { chercherDecisions } from './decisions.recherche.ts';
import { buildDecisionsRoutes } from './decisions.routes.tsx';
import { SERT } from './decisions.sert.ts';
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
  depend: ['contrats', 'echeances', 'comptes'],
  services: ['coffre', 'adresse'],
  brancher: (house) => installerOrigines(house.modules.flatMap((m) => m.origines ?? [])),
  routes: buildDecisionsRoutes,
  droits: DROITS,
  sert: SERT,
  navigation: [{ cle: 'decisions', libelle: 'Décisions', href: '/decisions', menu: { section: 'seances', rang: 30 }, qui: auTravail, touche: 'd' }],
  fiche: [decisionsDeFiche],
  ligne: [decisionsDesLignes],
  suites: prochainesDecisions,
  recherche: [chercherDecisions],
  actes: ACTES,
  commandes,
  echeances: () => [sourceDecisions],
  exemples: {
    chemins: { decisions: 'decision' },
    parametres: { decision: 'decision' },
    corps: {
      'POST /decisions/lot': { decision: '=decision', acte: 'echeance', echeance: '2027-09-01' },
    },
  },
});
