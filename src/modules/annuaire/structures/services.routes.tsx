/** What a card offers, written by who keeps it. GET 200, 403, 404; POST 303, 200 both changes kept, 409 both shown, 422, 403, 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route } from '../../../core/http/http.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { type Champs, ServiceFormPage } from './pages/StructureFormPage.tsx';
import { addService, updateService } from './services.ts';
import { getService, type ServiceTenu, type StructureTenue } from './structures.queries.ts';
import { chargerTenue, DANS, FIL } from './structures.routes.tsx';
import { serviceSchema } from './structures.schema.ts';
import { enregistreService, formulaireService, SERVICE_VIDE } from './structures.vue.ts';

const champsDe = (c: Contexte): Champs =>
  Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, Array.isArray(v) ? v.map(String) : String(v ?? '')]));
const auteurDe = (c: Contexte) => ({ par: c.utilisateur?.nom ?? '', quand: c.maintenant });
const filDe = (s: StructureTenue) => [...FIL, { libelle: s.nom, href: `/annuaire/structures/${s.id}` }];

function formulaire(s: StructureTenue, service: ServiceTenu | null, champs: Champs, erreurs: readonly ErreurDeChamp[] = []): Reponse {
  const base = `/annuaire/structures/${s.id}`;
  return page({
    ...DANS,
    fil: filDe(s),
    titre: service ? `Corriger ${service.nom}` : 'Ajouter un service',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <ServiceFormPage
        titre={service ? 'Corriger le service' : 'Ajouter un service'}
        lieu={s.nom}
        action={`${base}/services/${service?.id ?? 'nouveau'}`}
        retour={base}
        enregistre={service ? enregistreService(service) : null}
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
}
async function charger(c: Contexte, verrou = false) {
  const { s } = await chargerTenue(c, verrou);
  const service = await getService(c.db, c.contrat.id, s.id, c.params.service ?? '', verrou);
  if (!service) throw introuvable('Ce service');
  return { s, service };
}

export const servicesRoutes: Route[] = [
  get('/annuaire/structures/:structure/services/nouveau', accesMetier, async (c) => formulaire((await chargerTenue(c)).s, null, {})),
  post(
    '/annuaire/structures/:structure/services/nouveau',
    accesMetier,
    async (c) => {
      const { s } = await chargerTenue(c, true);
      const lu = lire(serviceSchema, { ...SERVICE_VIDE, ...champsDe(c) });
      if (!lu.ok) return formulaire(s, null, champsDe(c), lu.erreurs);
      const id = await addService(c.db, c.contrat.id, s, lu.valeur, auteurDe(c));
      await c.auditer('structure.service', `/annuaire/structures/${s.id}/services/${id}`, {}, { apres: lu.valeur });
      return redirige(`/annuaire/structures/${s.id}`);
    },
    { creation: true },
  ),
  get('/annuaire/structures/:structure/services/:service', accesMetier, async (c) => {
    const { s, service } = await charger(c);
    return formulaire(s, service, enregistreService(service).champs);
  }),
  post('/annuaire/structures/:structure/services/:service', accesMetier, async (c) => {
    const { s, service } = await charger(c, true);
    const f = formulaireService(service);
    const dans = { ...DANS, fil: filDe(s) };
    const r = rapprocher(c.corps, enregistreService(service));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire: f, r }));
    const lu = lire(serviceSchema, r.champs);
    if (!lu.ok) return formulaire(s, service, { ...champsDe(c), ...r.champs }, lu.erreurs);
    await updateService(c.db, c.contrat.id, service, lu.valeur, auteurDe(c));
    await c.auditer('structure.service', f.action, {}, { avant: service, apres: lu.valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, f, r, f.retour)) : redirige(f.retour);
  }),
];
