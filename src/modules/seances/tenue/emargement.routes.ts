/** The sheet that people sign. */
import { accesMetier } from '../../../core/authorize.ts';
import { fichier, get, redirige, type Route } from '../../../core/http/http.ts';
import { lireContenu } from '../cloture/contenu.ts';
import { lireLogo } from '../../instances/index.ts';
import { ecrireEmargement } from '../releve/ecrire.ts';
import { chargerPourTenir } from '../seances.contexte.ts';

export const emargementRoutes: Route[] = [
  /** PDF; 303 to the session while it has no date; 403 for other readers; 404. */
  get(
    '/seances/:id/emargement.pdf',
    accesMetier,
    async (c) => {
      const s = await chargerPourTenir(c);
      if (!s.seance.jour) return redirige(`/seances/${s.seance.id}`);
      const contenu = await lireContenu(c.db, c.contrat.id, s.catalogue, s.instance, s.seance, { demonstration: c.demonstration });
      return fichier(await ecrireEmargement(contenu, 'pdf', await lireLogo(c.db, c.contrat.id, contenu.entete?.logo)), {
        nom: `emargement-${s.seance.jour}.pdf`,
        type: 'application/pdf',
      });
    },
    { sensible: true },
  ),
];
