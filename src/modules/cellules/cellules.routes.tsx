import { join } from 'node:path';
import { get, page, type Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { buildAccelereeRoutes } from './acceleree/acceleree.routes.tsx';
import { buildAccesRoutes } from './acces/acces.routes.tsx';
import { buildCelluleRoutes } from './cellule/cellule.routes.tsx';
import { buildClesRoutes } from './cellule/cles.routes.tsx';
import { buildPrfRoutes } from './cellule/prf.routes.tsx';
import type { Outils } from './cellules.contexte.ts';
import { accesCellules } from './cellules.policy.ts';
import { buildCharteRoutes } from './charte/charte.routes.tsx';
import { buildReglementRoutes } from './charte/reglement.routes.tsx';
import { getCharte } from './charte/charte.ts';
import { createMemoire } from './cles/memoire.ts';
import { openTrousseau, type Trousseau } from './cles/trousseau.ts';
import { buildControleRoutes } from './destruction/controle.routes.tsx';
import { buildDroitsRoutes } from './droits/droits.routes.tsx';
import { buildSeancesRoutes } from './seances/seances.routes.tsx';
import { buildEntrerRoutes } from './situations/entrer.routes.tsx';
import { buildReponseRoutes } from './situations/reponse.routes.tsx';
import { buildSituationRoutes } from './situations/situation.routes.tsx';

/** Each contract's fragments have a folder of their own. */
export const trousseauDe = (dossier: string, contrat: string): Trousseau => openTrousseau(join(dossier, contrat));

export async function buildRoutes(s: Pick<Services, 'coffre' | 'adresse' | 'dossierContrat' | 'trousseau'>): Promise<Route[]> {
  const charte = await getCharte(s.dossierContrat);
  if (!charte) return [get('/cellules', accesCellules, sansCellule)];
  const trousseau = trousseauDe(s.trousseau, s.dossierContrat.split('/').at(-1) ?? '');
  const o: Outils = { charte, memoire: createMemoire(), trousseau, coffre: s.coffre, adresse: s.adresse };
  return [
    ...buildCelluleRoutes(o),
    ...buildClesRoutes(o),
    ...buildPrfRoutes(o),
    ...buildEntrerRoutes(o),
    ...buildSituationRoutes(o),
    ...buildControleRoutes(o),
    ...buildReponseRoutes(o),
    ...buildSeancesRoutes(o),
    ...buildAccesRoutes(o),
    ...buildAccelereeRoutes(o),
    ...buildDroitsRoutes(o),
    ...buildCharteRoutes(o),
    ...buildReglementRoutes(o),
  ];
}

const sansCellule = () =>
  page({
    titre: 'Cellules',
    largeur: 'travail',
    section: 'cellules',
    corps: (
      <>
        <PageHeader titre="Cellules" />
        <EmptyState titre="Ce contrat n’a pas de cellule">Son dossier ne contient pas de charte des cellules.</EmptyState>
      </>
    ),
  });
