import { defineModule } from '../../core/module.ts';
import { commandes } from './contrats.commandes.ts';
import { routes } from './contrats.routes.tsx';

export default defineModule({
  code: 'contrats',
  libelle: 'Contrat',
  plan: 'public',
  depend: [],
  routes: () => routes,
  navigation: [
    { cle: 'contrat', libelle: 'Le contrat', href: '/contrat', entete: 10, menu: { section: 'contrat', rang: 10 } },
    { cle: 'dispositifs', libelle: 'Dispositifs', href: '/dispositifs', menu: { section: 'contrat', rang: 30 } },
  ],
  commandes,
});
