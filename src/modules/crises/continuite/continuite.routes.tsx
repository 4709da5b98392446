/** State of the services and places of the city, as each is said; what was said before stays. */
import { code } from '../../../core/trace/details.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { agir, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { dernierInstant, heureQuiSurprend } from '../main-courante/entree.rules.ts';
import { phrase, RIEN, su } from '../main-courante/phrase.rules.ts';
import { listCentres } from '../centres/centres.queries.ts';
import { accesCrises } from '../crises.policy.ts';
import { ServicesPage } from './pages/ServicesPage.tsx';
import { addEtat, listEtats, listHistorique } from './continuite.queries.ts';
import { ETATS_DE_SERVICE } from './continuite.rules.ts';
import { etatDeServiceSchema } from './continuite.schema.ts';

export function buildServicesRoutes(o: OutilsDeConduite): Route[] {
  async function pageDesServices(c: Contexte, k: Salle, plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs } = {}): Promise<Reponse> {
    return montrer(k, {
      titre: 'Services',
      ici: 'services',
      erreurs: plus.erreurs ?? [],
      fait: texte(c.requete.fait) === 'dit' ? 'État enregistré, et écrit dans la main courante.' : undefined,
      corps: (
        <ServicesPage
          salle={k}
          soutien={o.soutien}
          etats={await listEtats(c.db, c.contrat.id, k.crise.id)}
          historique={await listHistorique(c.db, c.contrat.id, k.crise.id, 200)}
          centres={(await listCentres(c.db, c.contrat.id, k.crise.id)).filter((x) => x.etat === 'ouvert')}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  return [
    /** 200 · 403 · 404 */
    get('/crises/:crise/services', accesCrises, async (c) => pageDesServices(c, await entrer(c, o)), { sensible: true }),
    /** 303 · 422 · 409 closed · 403 · 404 */
    post(
      '/crises/:crise/services',
      accesCrises,
      async (c) => {
        const k = await agir(c, o);
        const lu = lire(etatDeServiceSchema, c.corps);
        if (!lu.ok) return pageDesServices(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
        const { service, lieu, territoire, etat, depuis, dit_par, note } = lu.valeur;
        const refus = (champ: string, message: string) => pageDesServices(c, k, { champs: champsDe(c), erreurs: [{ champ, message }] });
        const s = o.soutien.services.find((x) => x.code === service);
        if (!s) return refus('service', 'Choisissez un service de la liste.');
        if (!k.cat.territoires.has(territoire)) return refus('territoire', 'Choisissez un territoire de la liste.');
        if (!k.cat.acteurs.has(dit_par)) return refus('dit_par', 'Choisissez une organisation de la liste.');
        const quand = depuis === '' ? c.maintenant : dernierInstant(depuis, c.maintenant);
        if (!quand) return refus('depuis', 'Cette heure n’existe pas : le changement d’heure la saute.');
        if (quand > c.maintenant) return refus('depuis', 'Cette heure n’est pas encore passée.');
        const surprise = depuis === '' ? null : heureQuiSurprend(depuis, quand, c.maintenant, null);
        const relus = relireTextes(c, k, { lieu, note }, { aussi: surprise ? [{ champ: 'depuis', message: surprise }] : [] });
        if (!relus.ok) return pageDesServices(c, k, { champs: champsDe(c), erreurs: relus.etonnements });
        await addEtat(c.db, c.contrat.id, {
          criseId: k.crise.id,
          service,
          lieu,
          territoireId: territoire,
          etat,
          depuis: quand,
          ditPar: dit_par,
          note,
          par: k.qui.par,
          organisationId: k.qui.organisationId,
          le: c.maintenant,
        });
        const ou = phrase`${su(s.libelle)}${lieu ? phrase`, ${relus.relus.lieu}` : RIEN}, ${su(k.cat.territoires.get(territoire)?.nom ?? territoire)}`;
        await consigner(c, k, {
          classe: 'information',
          contenu: phrase`Service ${su(ETATS_DE_SERVICE[etat].libelle.toLowerCase())} : ${ou}${note ? phrase` (${relus.relus.note})` : RIEN}. Dit par ${su(k.cat.nomActeurA(dit_par, territoire))}${dit_par === k.qui.organisationId ? RIEN : phrase`, noté par ${su(k.cat.nomActeur(k.qui.organisationId))}`}.`,
        });
        await c.auditer('crise.service', cheminDe(k.crise.id, '/services'), { service: code(service), etat });
        return redirige(`${cheminDe(k.crise.id, '/services')}?fait=dit`);
      },
      { creation: true },
    ),
  ];
}
