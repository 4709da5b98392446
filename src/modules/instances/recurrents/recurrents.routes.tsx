/** Items that come back, set by whoever speaks for the body. GET 200; POST 303, 200 both changes kept, 409 both shown, 422; 403; 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { CADRE, filDe } from '../instances.cadre.ts';
import { cadreDe, chargerInstance } from '../instances.contexte.ts';
import { peutParlerPour } from '../instances.policy.ts';
import type { Instance } from '../instances.types.ts';
import { RecurrentPage } from './pages/RecurrentPage.tsx';
import { addRecurrent, listRecurrents, type Recurrent, updateRecurrent } from './recurrents.queries.ts';
import { nouveauRecurrentSchema, recurrentSchema } from './recurrents.schema.ts';

const parDe = (c: Contexte) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });

async function charger(c: Contexte, verrou = false): Promise<Instance> {
  const { instance, catalogue } = await chargerInstance(c, c.params.id, verrou);
  if (instance.confidentialite === 'nommee' || !peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient))
    throw interdit('Les points qui reviennent sont fixés par la présidence et par ceux qui tiennent l’instance.');
  return instance;
}
async function chargerPoint(c: Contexte, verrou = false): Promise<{ instance: Instance; recurrent: Recurrent }> {
  const instance = await charger(c, verrou);
  const recurrent = (await listRecurrents(c.db, c.contrat.id, instance.id)).find((r) => r.id === c.params.recurrent);
  if (!recurrent) throw introuvable('Ce point');
  return { instance, recurrent };
}

const enregistre = (r: Recurrent): Enregistre => ({
  version: r.version,
  champs: {
    titre: r.titre,
    expose: r.expose,
    minutes: String(r.minutes),
    rapporteur: r.rapporteur,
    tous_les: String(r.tousLes),
    arrete: r.arrete ? 'oui' : '',
  },
  par: r.modifiePar,
  le: r.modifieLe,
});
const formulaireDe = (i: Instance, r: Recurrent): FormulairePartage => ({
  objet: `« ${r.titre} », ${i.nom}`,
  action: `/instances/${i.id}/recurrents/${r.id}`,
  retour: `/instances/${i.id}#recurrents`,
  champs: {
    titre: { libelle: 'Titre du point' },
    expose: { libelle: 'Ce qu’il faut savoir', long: true },
    minutes: { libelle: 'Durée du point', dire: (v) => `${v} minutes` },
    rapporteur: { libelle: 'Rapporteur' },
    tous_les: { libelle: 'Revient toutes les', dire: (v) => `${v} séances` },
    arrete: { libelle: 'Ne revient plus', dire: (v) => (v === 'oui' ? 'oui' : 'non') },
  },
});
const pageRecurrent = (instance: Instance, recurrent: Recurrent | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) =>
  page({
    ...CADRE,
    fil: filDe(instance),
    titre: recurrent ? recurrent.titre : 'Ajouter un point qui revient',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <RecurrentPage instance={instance} recurrent={recurrent} enregistre={recurrent ? enregistre(recurrent) : null} champs={champs} erreurs={erreurs} />,
  });

export const recurrentsRoutes: Route[] = [
  get('/instances/:id/recurrents/nouveau', accesMetier, async (c) => pageRecurrent(await charger(c), null, { minutes: '10', tous_les: '1' })),
  post(
    '/instances/:id/recurrents/nouveau',
    accesMetier,
    async (c) => {
      const instance = await charger(c);
      const lu = lire(nouveauRecurrentSchema, c.corps);
      if (!lu.ok) return pageRecurrent(instance, null, champsDe(c), lu.erreurs);
      const id = await addRecurrent(c.db, c.contrat.id, instance.id, lu.valeur, parDe(c));
      await c.auditer('instance.recurrent', `/instances/${instance.id}/recurrents/${id}`, {}, { apres: lu.valeur });
      return redirige(`/instances/${instance.id}#recurrents`);
    },
    { creation: true },
  ),
  get('/instances/:id/recurrents/:recurrent', accesMetier, async (c) => {
    const { instance, recurrent } = await chargerPoint(c);
    return pageRecurrent(instance, recurrent, enTextes(enregistre(recurrent).champs));
  }),
  post('/instances/:id/recurrents/:recurrent', accesMetier, async (c) => {
    const { instance, recurrent } = await chargerPoint(c, true);
    const formulaire = formulaireDe(instance, recurrent);
    const dans = { ...CADRE, fil: filDe(instance) };
    const r = rapprocher(c.corps, enregistre(recurrent));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
    const lu = lire(recurrentSchema, r.champs);
    if (!lu.ok) return pageRecurrent(instance, recurrent, { ...champsDe(c), ...enTextes(r.champs) }, lu.erreurs);
    await updateRecurrent(c.db, { contratId: c.contrat.id, instanceId: instance.id, id: recurrent.id, version: recurrent.version }, lu.valeur, parDe(c));
    await c.auditer('instance.recurrent', `/instances/${instance.id}/recurrents/${recurrent.id}`, {}, { avant: recurrent, apres: lu.valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
];
