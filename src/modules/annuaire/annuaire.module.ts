import { defineModule } from '../../core/module.ts';
import { routes } from './annuaire.routes.tsx';

export default defineModule({
  code: 'annuaire',
  libelle: 'Annuaire',
  plan: 'public',
  depend: ['contrats'],
  routes: () => routes,
  navigation: [{ cle: 'acteurs', libelle: 'Acteurs', href: '/acteurs', entete: 60, menu: { section: 'contrat', rang: 40 } }],
  exemples: { pages: ['/acteurs/PP'] },
});
