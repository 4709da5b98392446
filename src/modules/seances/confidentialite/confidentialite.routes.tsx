/** Opening or closing the past, one session at a time. GET 200, 403, 404; POST 303, 422 with what was typed, 403, 404, 409 both shown. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { CADRE, chargerInstance, estPlusOuverte, filDe, type Instance, OUVERTURE, peutGererInstance } from '../../instances/index.ts';
import { chargerPourTenir } from '../seances.contexte.ts';
import { confidentialiteEnregistree, formulaireDeConfidentialite } from './confidentialite.formulaire.ts';
import { getContenance, setConfidentialiteSeance } from './confidentialite.queries.ts';
import { confidentialiteSchema } from './confidentialite.schema.ts';
import { SeanceConfidentialitePage } from './pages/ConfidentialitePages.tsx';
import { suivreSeance } from '../suivre.ts';

/** The session, and its body as it is set today. */
async function charger(c: Contexte, verrou = false) {
  const { seance, catalogue } = await chargerPourTenir(c, verrou);
  if (seance.partieDe !== null) throw conflit('Une partie réservée reste lue des seuls membres qu’elle nomme.');
  const { instance } = await chargerInstance(c, seance.instanceId);
  if (!peutGererInstance(c.utilisateur, instance, catalogue.contient))
    throw interdit('Qui peut lire une séance se décide par le coordonnateur de l’instance ou la coordination.');
  return { seance, instance };
}

const cadreDe = (instance: Instance) => ({ ...CADRE, fil: filDe(instance) });
async function pageConfidentialite(c: Contexte, champs: Record<string, string> = {}, erreurs: readonly ErreurDeChamp[] = []) {
  const { seance, instance } = await charger(c);
  return page({
    ...cadreDe(instance),
    titre: 'Qui peut lire cette séance',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <SeanceConfidentialitePage
        seance={seance}
        instance={instance}
        contenance={await getContenance(c.db, c.contrat.id, seance.id)}
        // Never more open than its body; a named-only body keeps nothing to read.
        choix={OUVERTURE.filter((x) => x === seance.confidentialite || (x !== 'nommee' && !estPlusOuverte(x, instance.confidentialite)))}
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
}

export const confidentialiteRoutes: Route[] = [
  get('/seances/:id/confidentialite', accesMetier, (c) => pageConfidentialite(c), { sensible: true }),
  post('/seances/:id/confidentialite', accesMetier, async (c) => {
    const { seance, instance } = await charger(c, true);
    const champs = Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));
    const r = rapprocher(c.corps, confidentialiteEnregistree(seance));
    if (r.genre === 'heurt')
      return page(
        conflictPage(cadreDe(instance), {
          formulaire: formulaireDeConfidentialite(seance),
          r,
          masques: { motif: champs.motif ?? '', confirme: champs.confirme ?? '' },
        }),
      );
    const lu = lire(confidentialiteSchema, { ...c.corps, ...r.champs });
    if (!lu.ok) return pageConfidentialite(c, champs, lu.erreurs);
    const { confidentialite: vers, motif } = lu.valeur;
    // Another person did the same, or one chose to leave it as they set it.
    const fait = vers === seance.confidentialite && (texte(c.corps.version) !== r.actuel.version || c.corps['choix.confidentialite'] !== undefined);
    if (fait) return redirige(`/instances/${instance.id}#seances`);
    const refus =
      vers === seance.confidentialite
        ? 'C’est déjà ainsi : choisissez autre chose, ou ne changez rien.'
        : estPlusOuverte(vers, instance.confidentialite) || vers === 'nommee'
          ? 'Une séance n’est jamais plus ouverte que son instance : ouvrez d’abord l’instance.'
          : null;
    if (refus) return pageConfidentialite(c, champs, [{ champ: 'confidentialite', message: refus }]);
    await setConfidentialiteSeance(c.db, c.contrat.id, seance.id, vers, motif, { nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
    await suivreSeance(c, seance);
    await c.auditer('seance.confidentialite', `/seances/${seance.id}`, { de: seance.confidentialite, vers }, { apres: { motif } });
    return redirige(`/instances/${instance.id}#seances`);
  }),
];
