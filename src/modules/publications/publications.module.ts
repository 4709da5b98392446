import { auTravail } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { routes as routesBilan, tacheBilan } from './bilan/bilan.routes.tsx';
import { ACTES } from './publications.actes.ts';
import { commandes } from './publications.commandes.ts';
import { routes as routesSsmsi, taches as tachesSsmsi } from './ssmsi/ssmsi.routes.tsx';
import { routes as routesTravaux } from './travaux/travaux.routes.tsx';
import { SERT } from './publications.sert.ts';

export default defineModule({
  code: 'publications',
  libelle: 'Publications',
  plan: 'partenariat',
  depend: ['contrats', 'comptes', 'documents', 'indicateurs'],
  sert: SERT,
  routes: () => [...routesBilan, ...routesSsmsi, ...routesTravaux],
  navigation: [
    { cle: 'bilan', libelle: 'Bilan', href: '/bilan', entete: 40, menu: { section: 'chiffres', rang: 30 }, qui: auTravail },
    { cle: 'observatoire', libelle: 'Observatoire', href: '/observatoire', menu: { section: 'chiffres', rang: 40 }, qui: auTravail },
  ],
  actes: ACTES,
  taches: [tacheBilan, ...tachesSsmsi],
  commandes,
  exemples: {
    chemins: { travaux: 'travail' },
    surSoi: { 'POST /bilan': 'a document of what is public' },
    pages: ['/bilan/2026/{lieu}'],
  },
});
