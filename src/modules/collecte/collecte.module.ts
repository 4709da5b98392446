import { defineModule } from '../../core/module.ts';
import { suivreLesContributions } from '../indicateurs/index.ts';
import { sourceCampagnes, suivreContributions } from './campagnes/campagnes.dus.ts';
import { buildCampagnesRoutes } from './campagnes/campagnes.routes.tsx';
import { ACTES } from './collecte.actes.ts';
import { DROITS, peutSuivreCampagnes } from './collecte.policy.ts';
import { buildReponseRoutes } from './reponse/reponse.routes.tsx';
import { apiRoutes } from './api/api.routes.ts';
import { API } from './api/openapi.ts';

export default defineModule({
  code: 'collecte',
  libelle: 'Collecte',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'indicateurs'],
  services: ['coffre', 'adresse'],
  routes: (s) => [...buildCampagnesRoutes(s), ...buildReponseRoutes(s), ...apiRoutes],
  api: API,
  droits: DROITS,
  navigation: [{ cle: 'campagnes', libelle: 'Campagnes', href: '/collecte/campagnes', menu: { section: 'chiffres', rang: 20 }, qui: peutSuivreCampagnes }],
  echeances: () => [sourceCampagnes],
  actes: ACTES,
  exemples: {
    chemins: { 'collecte/campagnes': 'campagne' },
    parametres: { acces: 'accesDeCampagne' },
    corps: {
      'POST /api/v1/contributions': { contributions: [{ mesure: '1.8-01', periode: '2025', valeur: 7, source: 'Logiciel d’essai' }] },
      'POST /collecte/campagnes/nouvelle': { titre: 'Bilan 2026', due_le: '2027-12-01', message: '' },
      'POST /collecte/campagnes/:id/repondants': { organisation: 'PP', nom: 'Une personne', courriel: 'une.personne@exemple.fr' },
    },
    refus: { 'POST /api/v1/contributions': 'attendu d’un autre organisme' },
    pagesDeTravail: ['/collecte/campagnes/nouvelle'],
  },
  brancher: () => suivreLesContributions(suivreContributions),
});
