import { defineModule } from '../../core/module.ts';
import { ACTES } from './alertes.actes.ts';
import { DROITS } from './alertes.policy.ts';
import { alertesRoutes } from './alertes.routes.tsx';
import { SERT } from './alertes.sert.ts';

export default defineModule({
  code: 'alertes',
  libelle: 'Alertes',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'annuaire'],
  services: ['coffre', 'adresse', 'dossierContrat'],
  routes: (s) => [...alertesRoutes(s)],
  droits: [...DROITS],
  navigation: [],
  actes: { ...ACTES },
  sert: { ...SERT },
  conservation: [],
  rendezvous: [],
});
