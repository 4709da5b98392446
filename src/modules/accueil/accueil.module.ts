import { permisDeLire } from '../../core/authorize.ts';
import { defineModule } from '../../core/module.ts';
import { ACTES, DROITS } from './accueil.policy.ts';
import { buildRoutes } from './accueil.routes.tsx';
import { horsLigneRoutes } from './hors-ligne.routes.ts';
import { fichesPilotees, monTerritoire } from './ma-journee.blocs.tsx';
import { buildRechercheRoutes } from './recherche/recherche.routes.tsx';
import { RENDEZVOUS_DES_MOTS } from './recherche/partout.ts';
import { CONSERVATION as CONSERVATION_DES_ABONNEMENTS } from './suivre/abonnes/abonnes.queries.ts';
import { RENDEZVOUS_DES_LETTRES } from './suivre/abonnes/lettres.ts';
import { buildSuivreRoutes } from './suivre/suivre.routes.tsx';
import { buildSynthesesRoutes } from './syntheses/syntheses.routes.tsx';

export default defineModule({
  code: 'accueil',
  libelle: 'Accueil',
  plan: 'partenariat',
  depend: ['contrats', 'indicateurs', 'decisions', 'publications'],
  services: ['house', 'coffre', 'adresse'],
  routes: (s) => [
    ...buildRoutes(s.house),
    ...buildSuivreRoutes(s.house, s),
    ...buildRechercheRoutes(s.house, s.coffre),
    ...buildSynthesesRoutes(s.house),
    ...horsLigneRoutes,
  ],
  droits: DROITS,
  actes: ACTES,
  rendezvous: [RENDEZVOUS_DES_MOTS, RENDEZVOUS_DES_LETTRES],
  conservation: CONSERVATION_DES_ABONNEMENTS,
  navigation: [
    { cle: 'ma-journee', libelle: 'Ma journée', href: '/ma-journee', menu: { section: 'travail', rang: 10 }, touche: 'j' },
    { cle: 'barometre', libelle: 'Baromètre', href: '/barometre', entete: 20, menu: { section: 'chiffres', rang: 20 }, touche: 'g' },
    {
      cle: 'mots-sans-reponse',
      libelle: 'Mots sans réponse',
      href: '/recherche/sans-reponse',
      menu: { section: 'contrat', rang: 60 },
      qui: (u) => permisDeLire(u, ['coordination']),
    },
    {
      cle: 'abonnes',
      libelle: 'Abonnés',
      href: '/suivre/abonnes',
      menu: { section: 'contrat', rang: 70 },
      qui: (u) => permisDeLire(u, ['administrateur', 'coordination']),
    },
    { cle: 'territoires', libelle: 'Territoires', href: '/territoires', entete: 30, menu: { section: 'contrat', rang: 20 } },
  ],
  journee: [fichesPilotees, monTerritoire],
  exemples: {
    chemins: { territoires: 'lieu' },
    parametres: { numero: 'fiche' },
    corps: { 'POST /fiches/:numero/synthese': { annee: '2026', territoire: '=lieu', empreinte: 'essai' } },
    pages: [
      '/axes/3',
      '/?pres={lieu}',
      '/barometre?vue=retard',
      '/fiches/1.6',
      '/suivre?fiche=1.6',
      '/suivre?territoire={lieu}',
      '/fiches/2.2',
      '/territoires/{lieu}',
      '/territoires/{ensemble}',
      '/recherche?q=rixe',
      '/recherche?q=zzzzqqq',
    ],
    pagesDeTravail: ['/suivre/abonnes'],
  },
});
