import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { completudeRoutes } from './completude/completude.routes.tsx';
import { DROITS as DROITS_DE_COMPLETUDE } from './completude/completude.policy.ts';
import { publiqueRoutes } from './completude/publique.routes.tsx';
import { raisonRoutes } from './completude/raison.routes.tsx';

export default defineModule({
  code: 'collecte',
  libelle: 'Collecte',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'indicateurs'],
  routes: () => [...completudeRoutes, ...publiqueRoutes, ...raisonRoutes],
  droits: [...DROITS_DE_COMPLETUDE],
  navigation: [{ cle: 'completude', libelle: 'Qui doit quoi', href: '/collecte', menu: { section: 'chiffres', rang: 15 }, qui: auTravail }],
  actes: { 'retard.raison': 'raison d’un retard publiée', 'retard.raison_retiree': 'raison d’un retard retirée' },
  exemples: {
    parametres: { acteur: '=PP', dette: 'dette' },
    corps: {
      'POST /collecte/retards/:dette': { motif: 'Le logiciel change en mars : le comptage reprend ensuite.', attendu_le: '', version: '0' },
      'POST /collecte/retards/:dette/retirer': { version: '1' },
    },
    pages: ['/chiffres-attendus/VILLE'],
    pagesDeTravail: ['/collecte?axe=fiche', '/collecte?axe=territoire', '/collecte?axe=periode&periode=2025', '/collecte/liste?etat=en_retard'],
  },
});
