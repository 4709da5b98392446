import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { routes as routesBilan, tacheBilan } from './bilan/bilan.routes.tsx';
import { ACTES } from './publications.actes.ts';
import { routes as routesTextes } from './bilan/textes/textes.routes.tsx';
import { genererTextesDemo, lireTextesDemo } from './bilan/textes/textes.demo.ts';
import { getCatalogue } from '../contrats/index.ts';
import { reprendreLesDonnees, routes as routesDonnees } from './donnees/donnees.routes.tsx';
import { etatDeMonTerritoire, etatDuTerritoire, routes as routesEtat } from './etat/etat.routes.tsx';
import { DROITS } from './publications.policy.ts';
import { commandes } from './publications.commandes.ts';
import { routes as routesSsmsi, taches as tachesSsmsi } from './ssmsi/ssmsi.routes.tsx';
import { routes as routesTravaux } from './travaux/travaux.routes.tsx';
import { SERT } from './publications.sert.ts';

export default defineModule({
  code: 'publications',
  libelle: 'Publications',
  plan: 'partenariat',
  depend: ['contrats', 'echeances', 'comptes', 'documents', 'indicateurs', 'decisions', 'instances'],
  droits: DROITS,
  sert: SERT,
  services: ['adresse'],
  routes: (s) => [...routesBilan, ...routesTextes, ...routesEtat, ...routesDonnees(s.adresse), ...routesSsmsi, ...routesTravaux],
  navigation: [
    { cle: 'bilan', libelle: 'Bilan', href: '/bilan', entete: 40, menu: { section: 'chiffres', rang: 30 } },
    { cle: 'observatoire', libelle: 'Observatoire', href: '/observatoire', menu: { section: 'chiffres', rang: 40 }, qui: auTravail },
  ],
  journee: [etatDeMonTerritoire],
  fiche: [reprendreLesDonnees],
  territoire: [etatDuTerritoire],
  actes: ACTES,
  taches: [tacheBilan, ...tachesSsmsi],
  commandes,
  verifier: (_, profils) => {
    if (profils) lireTextesDemo(profils);
    return [];
  },
  demonstration: {
    generer: async (tx, d) => `${await genererTextesDemo(tx, await getCatalogue(tx, d.contratId), d)} textes de bilan fictifs`,
  },
  exemples: {
    chemins: { travaux: 'travail' },
    surSoi: { 'POST /bilan': 'a document of what is public' },
    // A part that neither a mandate for one fiche nor another mairie may write.
    corps: { 'POST /bilan/:annee/:territoire/rediger': { essentiel: 'Une année d’essai' } },
    parametres: { annee: '=2026', territoire: 'lieu', partie: '=essentiel', format: '=csv' },
    pages: ['/bilan/2026/{lieu}', '/bilan/2026/{lieu}/fiches/1.6', '/bilan/2026/{lieu}/annexes'],
    pagesDeTravail: ['/etat/{lieu}', '/bilan/2026/{lieu}/rediger', '/bilan/2026/{lieu}/textes/essentiel'],
  },
});
