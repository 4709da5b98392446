import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { completudeRoutes } from './completude/completude.routes.tsx';
import { ACTES as ACTES_DE_COMPLETUDE } from './completude/completude.actes.ts';
import { DROITS as DROITS_DE_COMPLETUDE } from './completude/completude.policy.ts';
import { publiqueRoutes } from './completude/publique.routes.tsx';
import { raisonRoutes } from './completude/raison.routes.tsx';
import { getCatalogue } from '../contrats/index.ts';
import { suivreLesContributions } from '../indicateurs/index.ts';
import { genererCampagnesDemo, lireCampagnesDemo } from './campagnes/campagnes.demo.ts';
import { sourceCampagnes, suivreContributions } from './campagnes/campagnes.dus.ts';
import { buildCampagnesRoutes } from './campagnes/campagnes.routes.tsx';
import { ACTES } from './collecte.actes.ts';
import { DROITS, peutSuivreCampagnes } from './collecte.policy.ts';
import { buildReponseRoutes } from './reponse/reponse.routes.tsx';
import { SERT, VOIES } from './collecte.sert.ts';
import { apiRoutes } from './api/api.routes.ts';
import { API } from './api/openapi.ts';
import { receptionCollecte } from './reception/reception.ts';

export default defineModule({
  code: 'collecte',
  libelle: 'Collecte',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'indicateurs'],
  services: ['coffre', 'adresse', 'domaineEntrant'],
  routes: (s) => [...buildCampagnesRoutes(s), ...buildReponseRoutes(s), ...apiRoutes, ...completudeRoutes, ...publiqueRoutes, ...raisonRoutes],
  api: API,
  sert: SERT,
  voies: VOIES,
  reception: [receptionCollecte],
  verifier: (_, profils) => {
    if (profils) lireCampagnesDemo(profils);
    return [];
  },
  droits: [...DROITS, ...DROITS_DE_COMPLETUDE],
  navigation: [
    { cle: 'completude', libelle: 'Qui doit quoi', href: '/collecte', menu: { section: 'chiffres', rang: 15 }, qui: auTravail },
    { cle: 'campagnes', libelle: 'Campagnes', href: '/collecte/campagnes', menu: { section: 'chiffres', rang: 20 }, qui: peutSuivreCampagnes },
  ],
  echeances: () => [sourceCampagnes],
  actes: { ...ACTES, ...ACTES_DE_COMPLETUDE },
  demonstration: {
    generer: async (tx, d) =>
      pluriel(await genererCampagnesDemo(tx, await getCatalogue(tx, d.contratId), d), 'campagne de collecte fictive', 'campagnes de collecte fictives'),
  },
  exemples: {
    chemins: { 'collecte/campagnes': 'campagne' },
    parametres: { acces: 'accesDeCampagne', acteur: '=PP', dette: 'dette' },
    corps: {
      'POST /collecte/retards/:dette': { motif: 'Le logiciel change en mars : le comptage reprend ensuite.', attendu_le: '', version: '0' },
      'POST /collecte/retards/:dette/retirer': { version: '1' },
      'POST /api/v1/contributions': { contributions: [{ mesure: '1.8-01', periode: '2025', valeur: 7, source: 'Logiciel d’essai' }] },
      'POST /collecte/campagnes/nouvelle': { titre: 'Bilan 2026', due_le: '2027-12-01', message: '' },
      'POST /collecte/campagnes/:id/repondants': { organisation: 'PP', nom: 'Une personne', courriel: 'une.personne@exemple.fr' },
    },
    refus: { 'POST /api/v1/contributions': 'attendu d’un autre organisme' },
    pages: ['/chiffres-attendus/VILLE'],
    pagesDeTravail: [
      '/collecte/campagnes/nouvelle',
      '/collecte?axe=fiche',
      '/collecte?axe=territoire',
      '/collecte?axe=periode&periode=2025',
      '/collecte/liste?etat=en_retard',
    ],
  },
  brancher: () => suivreLesContributions(suivreContributions),
});
