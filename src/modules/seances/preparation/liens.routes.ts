/** Records of registers that a session deals with: linked and unlinked by whoever keeps it. POST 303; 403; 404; 409 given up. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit } from '../../../core/errors.ts';
import { type Contexte, post, type Route } from '../../../core/http/http.ts';
import { delier, lier } from '../../instances/index.ts';
import { chargerPourTenir } from '../seances.contexte.ts';

async function surLa(c: Contexte) {
  const { seance } = await chargerPourTenir(c, true);
  if (seance.etat === 'annulee') throw conflit('Cette séance n’aura pas lieu : rien ne s’y lie plus.');
  return { porteur: 'seance', id: seance.id, chemin: `/seances/${seance.id}` } as const;
}
export const liensRoutes: Route[] = [
  post('/seances/:id/liens', accesMetier, async (c) => lier(c, await surLa(c)), { creation: true }),
  post('/seances/:id/liens/:lienDeSeance/retirer', accesMetier, async (c) => delier(c, await surLa(c))),
];
