/** URL table of the registers, by use case. Static paths win over `:id`. */
import type { Route } from '../../core/http/http.ts';
import { apiRoutes } from './api/api.routes.ts';
import { etapesRoutes } from './etapes/etapes.routes.tsx';
import { extensionsRoutes } from './extensions/extensions.routes.tsx';
import { importRoutes } from './import/import.routes.tsx';
import { listeRoutes } from './liste/liste.routes.tsx';
import { repriseRoutes } from './import/reprise.routes.tsx';
import type { Registres } from './registres.contexte.ts';
import { lieuxRoutes } from './lieux/lieux.routes.tsx';
import { occupationRoutes } from './occupation/occupation.routes.tsx';
import { compteRoutes } from './preuves/compte.routes.tsx';
import { preuvesRoutes } from './preuves/preuves.routes.tsx';
import { vitrineRoutes } from './vitrine/vitrine.routes.tsx';
import { saisieRoutes } from './saisie/saisie.routes.tsx';

/** Routes of a set of registers: those discovered, or others in tests. */
export const createRoutes = (r: Registres): Route[] => [
  ...listeRoutes(r),
  ...importRoutes(r),
  ...repriseRoutes(r),
  ...extensionsRoutes(r),
  ...compteRoutes(r),
  ...saisieRoutes(r),
  ...etapesRoutes(r),
  ...occupationRoutes(r),
  ...preuvesRoutes(r),
  ...lieuxRoutes(r),
  ...vitrineRoutes(r),
  ...apiRoutes(r),
];
