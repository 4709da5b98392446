/** Centres of a crisis: opened, closed, who works there, how many were received. */
import { motDe } from '../../../ui/types.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { entitesDuCentre, peutOuvrirUnCentre } from '../conduite.policy.ts';
import { agir, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { accesCrises } from '../crises.policy.ts';
import { surCrise } from '../crises.source.ts';
import { phrase, su } from '../main-courante/phrase.rules.ts';
import { listTaches } from '../roles/taches.queries.ts';
import { SCRIPTS_DU_PLAN } from '../../../ui/maps/Plan.tsx';
import { contoursSous } from '../../contrats/index.ts';
import { court } from '../soutien.schema.ts';
import { addCentre, getCentre, listCentres, listComptes, setEtatDeCentre } from './centres.queries.ts';
import { centreSchema, etatDeCentreSchema } from './centres.schema.ts';
import { additionner, ensemble } from './comptage.rules.ts';
import { direCentre } from './fermer.ts';
import { CentrePage } from './pages/CentrePage.tsx';
import { CentresPage } from './pages/CentresPage.tsx';

const FAITS: Readonly<Record<string, string>> = { ouvert: 'Le centre est ouvert.', ferme: 'Le centre est fermé.' };

export function buildCentresRoutes(o: OutilsDeConduite): Route[] {
  const ailleurs = o.soutien.personnes.filter((p) => p.ailleurs).map((p) => p.code);
  const genreDe = (code: string) => o.soutien.centres.find((g) => g.code === code);
  const ouvre = (c: Contexte, k: Salle) => k.ecrit && !k.fini && peutOuvrirUnCentre(c.utilisateur, k.salle, o.soutien, k.cat.contient);
  async function pageDesCentres(c: Contexte, k: Salle, plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs } = {}): Promise<Reponse> {
    const centres = await listCentres(c.db, c.contrat.id, k.crise.id);
    const comptes = await listComptes(c.db, c.contrat.id, k.crise.id);
    const bilanDe = (id: string) =>
      additionner(
        comptes.filter((x) => x.centreId === id),
        ailleurs,
      );
    const bilans = new Map(centres.map((x) => [x.id, bilanDe(x.id)]));
    const situes = centres.some((x) => x.lon !== null);
    return montrer(k, {
      titre: 'Centres',
      ici: 'centres',
      scripts: situes ? SCRIPTS_DU_PLAN : [],
      erreurs: plus.erreurs ?? [],
      corps: (
        <CentresPage
          salle={k}
          soutien={o.soutien}
          ouvre={ouvre(c, k)}
          centres={centres.map((centre) => ({ centre, bilan: bilans.get(centre.id) ?? bilanDe(centre.id) }))}
          contours={situes ? await contoursSous(c, k.cat, k.crise.territoireId) : new Map()}
          tuiles={o.tuiles}
          tout={ensemble([...bilans.values()])}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  return [
    /** 200 the list, and everywhere together · 403 · 404 */
    get('/crises/:crise/centres', accesCrises, async (c) => pageDesCentres(c, await entrer(c, o)), { sensible: true }),
    /** 303 planned · 422 · 409 closed · 403 · 404 */
    post(
      '/crises/:crise/centres',
      accesCrises,
      async (c) => {
        const k = await agir(c, o);
        if (!ouvre(c, k)) throw interdit('Un centre est ouvert par la mairie ou la Ville, nommées dans la crise, ou par qui la conduit.');
        const lu = lire(centreSchema, c.corps);
        if (!lu.ok) return pageDesCentres(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
        const { genre, nom, adresse, territoire, capacite, dans, point } = lu.valeur;
        const refus = (champ: string, message: string) => pageDesCentres(c, k, { champs: champsDe(c), erreurs: [{ champ, message }] });
        const g = genreDe(genre);
        if (!g) return refus('genre', 'Choisissez un genre de la liste.');
        if (!k.cat.territoires.has(territoire)) return refus('territoire', 'Choisissez un territoire de la liste.');
        if (dans) {
          const parent = await getCentre(c.db, c.contrat.id, k.crise.id, dans);
          if (parent?.genre !== g.dans)
            return refus('dans', g.dans ? 'Ce centre ne peut être que dans un C.A.RE. de cette crise.' : 'Ce genre de centre n’est dans aucun autre.');
        }
        const relus = relireTextes(c, k, { nom, adresse });
        if (!relus.ok) return pageDesCentres(c, k, { champs: champsDe(c), erreurs: relus.etonnements });
        const id = await addCentre(c.db, c.contrat.id, {
          criseId: k.crise.id,
          genre,
          parentId: dans,
          nom,
          adresse,
          territoireId: territoire,
          lon: point?.lon ?? null,
          lat: point?.lat ?? null,
          capacite,
          creePar: k.qui.par,
          creeLe: c.maintenant,
        });
        await consigner(c, k, {
          classe: 'decision',
          contenu: phrase`${su(court(g))} prévu : ${relus.relus.nom}, ${relus.relus.adresse} (${capacite} places).`,
        });
        await c.auditer('crise.centre', cheminDe(k.crise.id, `/centres/${id}`), { genre: code(genre), etat: 'prevu' });
        return redirige(cheminDe(k.crise.id, `/centres/${id}`));
      },
      { creation: true },
    ),
    /** 200 one of them: counts, tasks, desks · 403 · 404 */
    get(
      '/crises/:crise/centres/:centre',
      accesCrises,
      async (c) => {
        const k = await entrer(c, o);
        const centre = await getCentre(c.db, c.contrat.id, k.crise.id, c.params.centre ?? '');
        if (!centre) throw introuvable('Ce centre');
        const comptes = await listComptes(c.db, c.contrat.id, k.crise.id);
        const entites = entitesDuCentre(k.entites, o.soutien);
        return montrer(k, {
          titre: centre.nom,
          ici: 'centres',
          fait: motDe(FAITS, texte(c.requete.fait)) ?? undefined,
          corps: (
            <CentrePage
              salle={k}
              soutien={o.soutien}
              centre={centre}
              genre={genreDe(centre.genre)}
              ouvre={ouvre(c, k)}
              bilan={additionner(
                comptes.filter((x) => x.centreId === centre.id),
                ailleurs,
              )}
              entites={entites}
              taches={await listTaches(c.db, c.contrat.id, k.crise.id)}
            />
          ),
        });
      },
      { sensible: true },
    ),
    /** 303 · 409 someone did it meanwhile · 403 · 404 */
    post('/crises/:crise/centres/:centre/etat', accesCrises, async (c) => {
      const k = await agir(c, o);
      if (!ouvre(c, k)) throw interdit('Un centre est ouvert et fermé par la mairie ou la Ville, nommées dans la crise, ou par qui la conduit.');
      const centre = await getCentre(c.db, c.contrat.id, k.crise.id, c.params.centre ?? '', 'verrou');
      if (!centre) throw introuvable('Ce centre');
      const lu = lire(etatDeCentreSchema, c.corps);
      if (!lu.ok || lu.valeur.de !== centre.etat || lu.valeur.vers === centre.etat)
        throw conflit(
          `Ce centre est ${centre.etat === 'ouvert' ? 'ouvert' : centre.etat === 'ferme' ? 'fermé' : 'prévu'} : quelqu’un vient peut-être de le dire. Rien n’a été changé.`,
        );
      const { vers } = lu.valeur;
      await surCrise(c, k.crise.id, () => setEtatDeCentre(c.db, c.contrat.id, centre.id, vers, c.maintenant));
      await consigner(c, k, { classe: 'decision', contenu: direCentre(k, o.soutien, centre, vers) });
      await c.auditer('crise.centre', cheminDe(k.crise.id, `/centres/${centre.id}`), { etat: vers });
      return redirige(`${cheminDe(k.crise.id, `/centres/${centre.id}`)}?fait=${vers}`);
    }),
  ];
}
