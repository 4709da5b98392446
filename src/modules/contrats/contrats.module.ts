import { defineModule, type Emplacement } from '../../core/module.ts';
import { commandes } from './contrats.commandes.ts';
import { buildRoutes } from './contrats.routes.tsx';
import { CONSERVATION } from './recherche/manques.queries.ts';
import { SERT } from './contrats.sert.ts';

declare module '../../core/module.ts' {
  interface Module {
    /** Blocks of the page of a system. */
    dispositif?: readonly Emplacement<{ systeme: string }>[];
  }
}

export default defineModule({
  code: 'contrats',
  libelle: 'Contrat',
  plan: 'public',
  depend: [],
  services: ['house'],
  routes: ({ house }) => buildRoutes(house),
  navigation: [
    { cle: 'contrat', libelle: 'Le contrat', href: '/contrat', entete: 10, menu: { section: 'contrat', rang: 10 } },
    { cle: 'dispositifs', libelle: 'Dispositifs', href: '/dispositifs', menu: { section: 'contrat', rang: 30 } },
  ],
  conservation: CONSERVATION,
  sert: SERT,
  commandes,
  exemples: { pages: ['/dispositifs/GOUV-03', '/dispositifs/OPE-01', '/dispositifs/CELL-15', '/dispositifs?etat=partiel&archetype=OPE'] },
});
