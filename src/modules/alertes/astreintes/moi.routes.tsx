/** One's own duties, seen and changed by the link of a letter, without an account. GET 200, 404, 410; POST 303, 422, 409, 404, 410. */
import { JOUR_MS } from '../../../core/jours.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Outillage } from '../alertes.contexte.ts';
import { MesAstreintesPage } from '../pages/InscritPages.tsx';
import * as q from './astreintes.queries.ts';
import { ajouterCreneau, estSonLien, retirerCreneau } from './creneaux.ts';

const CHEMIN = '/alertes/moi/:membreId/:cachetDuMembre';

export function buildMoiRoutes(k: Outillage): Route[] {
  async function charger(c: Contexte, verrou = false): Promise<q.Inscrit> {
    const i = await q.getInscrit(c.db, c.contrat.id, c.params.membreId ?? '', verrou);
    if (!i || i.retireLe || !estSonLien(k.coffre, i, c.params.cachetDuMembre ?? '')) throw introuvable('Cette page');
    return i;
  }
  const ici = (c: Contexte) => `/alertes/moi/${c.params.membreId}/${c.params.cachetDuMembre}`;
  async function montrer(c: Contexte, i: q.Inscrit, champs: Record<string, string> = {}, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    const [creneaux, groupe] = [
      await q.listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: new Date(c.maintenant.getTime() + 366 * JOUR_MS) }, i.id),
      await q.listInscrits(c.db, c.contrat.id, { territoires: [i.territoire], fonction: i.fonction }),
    ];
    return page({
      titre: 'Mes créneaux d’astreinte',
      sobre: true,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <MesAstreintesPage
          catalogue={await getCatalogue(c.db, c.contrat.id)}
          reglement={k.reglement}
          inscrit={i}
          creneaux={creneaux}
          suppleants={groupe.filter((x) => x.id !== i.id)}
          champs={champs}
          erreurs={erreurs}
          fait={texte(c.requete.fait)}
          base={ici(c)}
          aujourdhui={jourDe(c.maintenant)}
        />
      ),
    });
  }
  return [
    get(CHEMIN, acces.public, async (c) => montrer(c, await charger(c)), { parMinute: 60, secrete: true }),
    post(
      CHEMIN,
      acces.public,
      async (c) => {
        const i = await charger(c, true);
        const retire = texte(c.corps.retirer);
        if (retire) {
          if (!(await retirerCreneau(c, i, retire, i.nom))) throw conflit('Ce créneau est passé, ou déjà retiré.');
          return redirige(`${ici(c)}?fait=retire`);
        }
        const erreurs = await ajouterCreneau(c, i, champsDe(c), i.nom);
        return erreurs.length > 0 ? montrer(c, i, champsDe(c), erreurs) : redirige(`${ici(c)}?fait=creneau`);
      },
      { parMinute: 30, secrete: true },
    ),
  ];
}
