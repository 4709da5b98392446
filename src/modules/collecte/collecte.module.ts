import { defineModule } from '../../core/module.ts';
import { apiRoutes } from './api/api.routes.ts';
import { API } from './api/openapi.ts';

export default defineModule({
  code: 'collecte',
  libelle: 'Collecte',
  plan: 'partenariat',
  depend: ['contrats', 'indicateurs'],
  routes: () => apiRoutes,
  api: API,
  exemples: {
    corps: { 'POST /api/v1/contributions': { contributions: [{ mesure: '1.8-01', periode: '2025', valeur: 7, source: 'Logiciel d’essai' }] } },
    refus: { 'POST /api/v1/contributions': 'attendu d’un autre organisme' },
  },
});
