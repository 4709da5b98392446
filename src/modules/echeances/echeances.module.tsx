import { installerEcheances } from './genres.ts';
import type { House } from '../../core/module.ts';
import { inTransaction } from '../../core/base/database.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { accorderTout } from './accorder.ts';
import { ACTES } from './echeances.actes.ts';
import { aFaire } from './echeances.blocs.tsx';
import { commandes } from './echeances.commandes.ts';
import { routes } from './echeances.routes.tsx';
import { SERT } from './echeances.sert.ts';
import type { Source } from './echeances.types.ts';

declare module '../../core/module.ts' {
  interface Module {
    /** What it makes people owe. */
    echeances?: (house: House) => readonly Source[];
  }
}

export default defineModule({
  code: 'echeances',
  libelle: 'Échéances',
  plan: 'partenariat',
  depend: ['contrats'],
  routes: () => routes,
  sert: SERT,
  navigation: [{ cle: 'echeances', libelle: 'Échéances', href: '/echeances', menu: { section: 'travail', rang: 20 }, touche: 'e' }],
  journee: [aFaire],
  actes: ACTES,
  commandes,
  /** An older database, and what the days since the last start made owed. */
  brancher: (house) => installerEcheances(house.modules.flatMap((m) => m.echeances?.(house) ?? [])),
  actualiser: async (owner, contratId, { deja }) => {
    if (deja) return null;
    const n = await inTransaction(owner, { contratId }, (tx) => accorderTout(tx, contratId, { maintenant: new Date() }));
    return n > 0 ? pluriel(n, 'échéance mise à jour', 'échéances mises à jour') : null;
  },
  demonstration: {
    achever: async (owner, { contratId }) => {
      await inTransaction(owner, { contratId }, (tx) => accorderTout(tx, contratId, { maintenant: new Date() }));
    },
  },
  exemples: { pages: ['/echeances', '/echeances?etat=soldee'], pagesDeTravail: ['/echeances?qui=moi', '/echeances?etat=en_retard&territoire=tous'] },
});
