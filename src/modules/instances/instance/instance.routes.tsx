/** Bodies: list, kinds of the contract, one body with its seats and sessions. GET 200, 404 unknown or hidden; POST 303, 422, 403, 404, 409. */
import { contientMots } from '../../../core/mots.ts';
import { acces, accesMetier, auTravail } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { type Catalogue, choisirLieu, getCatalogue, type TypeInstance } from '../../contrats/index.ts';
import { cadreDe, chargerInstance, lecteurDe } from '../instances.contexte.ts';
import { estSienne, peutDemander, peutGererInstance, peutProposerCreation, peutVoirInstance } from '../instances.policy.ts';
import type { Instance } from '../instances.types.ts';
import { listInstances } from '../instances.queries.ts';
import { type Cadence, cadenceDe, estPlusOuverte } from '../instances.rules.ts';
import { closeDemande, createDemande, getDemande } from './demandes.queries.ts';
import { closeInstance, countParType, createInstance, type NouvelleInstance, setMotifDOuverture, updateInstance } from './instance.queries.ts';
import { formulaireDesReglages, reglagesEnregistres } from './instance.formulaires.ts';
import { creationDe, siegesDe, territoiresPrevus } from './types.rules.ts';
import { creationSchema, demandeSchema, motifSchema, reglagesSchema, reponseSchema } from './instance.schema.ts';
import { reunions } from '../reunions.ts';
import { HORS_MANDAT, pageCreation, pageInstance, pageOuvrir, pageReglages } from './instance.pages.tsx';
import { membresRoutes } from './membres.routes.tsx';
import { InstancesPage } from './pages/InstancesPage.tsx';
import { TypePage, TypesPage } from './pages/TypesPage.tsx';
import { CADRE, FIL } from '../instances.cadre.ts';
import { suivreInstance } from '../suivre.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { countDecisionsOuvertes } from '../../decisions/index.ts';

const PAR_PAGE = 50;
const TYPES = { libelle: 'Types d’instances', href: '/instances/types' };

function typeDe(catalogue: Catalogue, id: string): TypeInstance {
  const t = catalogue.typesInstance.get(id);
  if (!t) throw introuvable('Ce type d’instance');
  return t;
}

export const instanceRoutes: Route[] = [
  get('/instances', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const { contient } = catalogue;
    const f = { type: texte(c.requete.type), territoire: texte(c.requete.territoire), etat: texte(c.requete.etat), q: texte(c.requete.q) };
    const lieu = choisirLieu(c.utilisateur, f.territoire, catalogue);
    const aujourdhui = jourDe(c.maintenant);
    const lues = await listInstances(c.db, c.contrat.id, lecteurDe(c), vueDeLecture(c.utilisateur, catalogue, aujourdhui), {
      type: f.type || undefined,
      territoires: lieu.territoires,
    });
    const permises = lues.filter((i) => peutVoirInstance(c.utilisateur, cadreDe(i), contient));
    const visibles = permises
      .map((i) => ({ ...i, cadence: cadenceDe({ ...i, mois: i.cadenceMois }, aujourdhui) }))
      .filter((i) => (f.etat === 'a-reunir' ? estAReunir(i.cadence) : f.etat === 'miennes' ? i.sieges.length > 0 : true))
      .filter((i) => contientMots(i.nom, f.q))
      // One's own first: those where one sits, those of one's territory.
      .sort((a, b) => Number(estSienne(c.utilisateur, b, contient)) - Number(estSienne(c.utilisateur, a, contient)));
    const u = c.utilisateur;
    const metier = auTravail(u);
    return page({
      ...CADRE,
      titre: 'Instances',
      largeur: c.utilisateur ? 'travail' : 'public',
      corps: (
        <InstancesPage
          catalogue={catalogue}
          instances={visibles.slice((numeroDePage(c) - 1) * PAR_PAGE, numeroDePage(c) * PAR_PAGE)}
          nombre={visibles.length}
          numero={numeroDePage(c)}
          parPage={PAR_PAGE}
          filtres={{ ...f, territoire: lieu.champ }}
          lieu={lieu}
          metier={metier}
          decisions={u && metier ? await countDecisionsOuvertes(c.db, c.contrat.id, { u, catalogue, aujourdhui }, 'instance') : new Map()}
          gere={peutProposerCreation(c.utilisateur)}
        />
      ),
    });
  }),

  get('/instances/types', accesMetier, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const visibles = (await listInstances(c.db, c.contrat.id, lecteurDe(c), vueDeLecture(c.utilisateur, catalogue, jourDe(c.maintenant)))).filter((i) =>
      peutVoirInstance(c.utilisateur, cadreDe(i), catalogue.contient),
    );
    return page({
      ...CADRE,
      titre: 'Types d’instances',
      fil: [FIL],
      corps: <TypesPage catalogue={catalogue} creees={lieuxParType(visibles)} />,
    });
  }),
  get('/instances/types/:type', accesMetier, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const type = typeDe(catalogue, c.params.type ?? '');
    const { contient } = catalogue;
    const vue = vueDeLecture(c.utilisateur, catalogue, jourDe(c.maintenant));
    const instances = (await listInstances(c.db, c.contrat.id, lecteurDe(c), vue, { type: type.id })).filter((i) =>
      peutVoirInstance(c.utilisateur, cadreDe(i), contient),
    );
    const prevus = territoiresPrevus(catalogue, type);
    const ressort = (territoireId: string) => ({ territoireId, fiches: type.fiches });
    // Whoever may create one in a place sees those that are there.
    const creees = new Set(lieuxParType(instances).get(type.id) ?? []);
    const manquants = prevus.filter((t) => !creees.has(t.id) && peutGererInstance(c.utilisateur, ressort(t.id), contient));
    return page({
      ...CADRE,
      titre: type.nom,
      fil: [FIL, TYPES],
      corps: <TypePage catalogue={catalogue} type={type} instances={instances} prevus={prevus.length} manquants={manquants} />,
    });
  }),
  /** One act for every territory of the kind that has none yet: 303 to the list; 403 where the person may create none. */
  post(
    '/instances/types/:type',
    accesMetier,
    async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const type = typeDe(catalogue, c.params.type ?? '');
      const creees = new Set((await countParType(c.db, c.contrat.id)).get(type.id) ?? []);
      const u = c.utilisateur;
      const siennes = territoiresPrevus(catalogue, type).filter((t) => peutGererInstance(u, { territoireId: t.id, fiches: type.fiches }, catalogue.contient));
      if (!u || siennes.length === 0) throw interdit(HORS_MANDAT);
      const cibles = siennes.filter((t) => !creees.has(t.id));
      if (cibles.length === 0) return redirige(`/instances?type=${type.id}&territoire=tous`);
      const par = { compteId: u.id, quand: c.maintenant, aujourdhui: jourDe(c.maintenant) };
      const ids: string[] = [];
      for (const t of cibles) {
        const id = await createInstance(c.db, c.contrat.id, creationDe(catalogue, type, t), siegesDe(type), par);
        if (id) ids.push(id);
      }
      for (const id of ids) await suivreInstance(c, id);
      await c.auditer('instance.creee', `/instances/types/${type.id}`, { nombre: ids.length });
      return redirige(ids.length === 1 ? `/instances/${ids[0]}` : `/instances?type=${type.id}&territoire=tous`);
    },
    { creation: true },
  ),

  get('/instances/nouvelle', acces.role('coordination', 'coordonnateur'), async (c) => pageCreation(c, { type: texte(c.requete.type) }, [])),
  post(
    '/instances/nouvelle',
    acces.role('coordination', 'coordonnateur'),
    async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const lu = lire(creationSchema, c.corps);
      const erreurs = lu.ok ? [] : [...lu.erreurs];
      const territoire = texte(c.corps.territoire);
      const porteur = texte(c.corps.porteur);
      if (territoire && !catalogue.territoires.has(territoire)) erreurs.push({ champ: 'territoire', message: 'Ce territoire n’est pas dans le contrat.' });
      if (porteur && !catalogue.acteurs.has(porteur)) erreurs.push({ champ: 'porteur', message: 'Cette organisation n’est pas dans l’annuaire.' });
      if (!lu.ok || erreurs.length > 0) return pageCreation(c, champsDe(c), erreurs);
      const u = c.utilisateur;
      const type = catalogue.typesInstance.get(lu.valeur.type);
      const fiches = type?.fiches.filter((n) => catalogue.fiches.has(n)) ?? [];
      if (!u || !peutGererInstance(u, { territoireId: territoire, fiches }, catalogue.contient)) throw interdit(HORS_MANDAT);
      const instance: NouvelleInstance = {
        ...lu.valeur,
        type: type?.id ?? null,
        territoireId: territoire,
        porteurId: porteur,
        fiches,
      };
      const par = { compteId: u.id, quand: c.maintenant, aujourdhui: jourDe(c.maintenant) };
      const id = await createInstance(c.db, c.contrat.id, instance, type ? siegesDe(type) : [], par);
      if (!id) return pageCreation(c, champsDe(c), [{ champ: 'nom', message: 'Une instance de ce type et de ce nom existe déjà ici.' }]);
      await suivreInstance(c, id);
      await c.auditer('instance.creee', `/instances/${id}`, {}, { apres: instance });
      return redirige(`/instances/${id}`);
    },
    { creation: true },
  ),

  get('/instances/:id', acces.public, (c) => pageInstance(c)),
  get('/instances/:id/reglages', accesMetier, async (c) => {
    const { instance } = await chargerPourGerer(c);
    return pageReglages(c, enTextes(reglagesEnregistres(instance).champs));
  }),
  /** 303; 200 both changes kept; 409 both shown; 422 with what was typed; 403; 404. */
  post('/instances/:id/reglages', accesMetier, async (c) => {
    const { instance } = await chargerPourGerer(c, true);
    const formulaire = formulaireDesReglages(instance);
    const dans = { ...CADRE, fil: [FIL, { libelle: instance.nom, href: `/instances/${instance.id}` }] };
    const r = rapprocher(c.corps, reglagesEnregistres(instance));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r, masques: { motif: texte(c.corps.motif), confirme: texte(c.corps.confirme) } }));
    const champs = { ...champsDe(c), ...enTextes(r.champs) };
    const lu = lire(reglagesSchema, r.champs);
    if (!lu.ok) return pageReglages(c, champs, lu.erreurs);
    const [de, vers] = [instance.confidentialite, lu.valeur.confidentialite];
    const motif = lire(motifSchema, c.corps.motif);
    if (estPlusOuverte(vers, de) && (texte(c.corps.confirme) !== 'oui' || !motif.ok))
      return pageOuvrir(c, instance, vers, champs, texte(c.corps.confirme) !== 'oui' || motif.ok ? [] : motif.erreurs.map((e) => ({ ...e, champ: 'motif' })));
    const par = { nom: c.utilisateur?.nom ?? '', quand: c.maintenant };
    await updateInstance(c.db, { contratId: c.contrat.id, id: instance.id, version: instance.version }, lu.valeur, par);
    if (estPlusOuverte(de, vers)) await reunions().resserrer(c.db, c.contrat.id, instance.id, vers);
    await suivreInstance(c, instance.id);
    await c.auditer('instance.modifiee', `/instances/${instance.id}`, {}, { avant: instance, apres: lu.valeur });
    const dit = estPlusOuverte(vers, de) && motif.ok ? motif.valeur : '';
    if (dit !== '') await setMotifDOuverture(c.db, c.contrat.id, instance.id, dit);
    if (de !== vers) await c.auditer('instance.confidentialite', `/instances/${instance.id}`, { de, vers }, { apres: { motif: dit } });
    return r.venus.length > 0 ? page(mergedPage(dans, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
  post('/instances/:id/clore', accesMetier, async (c) => {
    const { instance } = await chargerPourGerer(c, true);
    if (instance.closeLe === null) {
      await closeInstance(c.db, c.contrat.id, instance.id, jourDe(c.maintenant));
      await suivreInstance(c, instance.id);
      await c.auditer('instance.close', `/instances/${instance.id}`);
    }
    return redirige(`/instances/${instance.id}`);
  }),
  ...membresRoutes,

  post(
    '/instances/:id/demandes',
    accesMetier,
    async (c) => {
      const { instance, catalogue } = await chargerInstance(c);
      const u = c.utilisateur;
      if (!u || !peutDemander(u, cadreDe(instance), catalogue.contient))
        throw interdit('Seuls les membres de l’instance proposent des points à son ordre du jour.');
      const lu = lire(demandeSchema, c.corps);
      if (!lu.ok) return pageInstance(c, { erreurs: lu.erreurs, champs: champsDe(c) });
      await createDemande(c.db, c.contrat.id, instance.id, lu.valeur, u);
      await c.auditer('instance.demande', `/instances/${instance.id}`);
      return redirige(`/instances/${instance.id}#demandes`);
    },
    { creation: true },
  ),
  post('/instances/:id/demandes/:demande/ecarter', accesMetier, async (c) => {
    const { instance, tient } = await chargerInstance(c);
    if (!tient) throw interdit();
    const lu = lire(reponseSchema, c.corps);
    if (!lu.ok) return pageInstance(c, { erreurs: lu.erreurs, champs: { ...champsDe(c), demande: c.params.demande ?? '' } });
    if (!(await closeDemande(c.db, c.contrat.id, instance.id, c.params.demande ?? '', 'ecartee', lu.valeur.reponse))) {
      const deja = await getDemande(c.db, c.contrat.id, instance.id, c.params.demande ?? '');
      if (!deja) throw introuvable('Cette demande');
      const suite = deja.etat === 'inscrite' ? 'inscrite à un ordre du jour' : `écartée avec cette réponse : « ${deja.reponse} »`;
      throw conflit(`Cette demande vient d’être ${suite}. La vôtre n’est pas enregistrée : « ${lu.valeur.reponse} ».`);
    }
    await c.auditer('instance.demande_ecartee', `/instances/${instance.id}`);
    return redirige(`/instances/${instance.id}#demandes`);
  }),
];

/** Where the bodies of each kind are. */
function lieuxParType(instances: readonly Instance[]): Map<string, string[]> {
  const lieux = new Map<string, string[]>();
  for (const i of instances) if (i.type) lieux.set(i.type, [...new Set([...(lieux.get(i.type) ?? []), i.territoireId])]);
  return lieux;
}

const estAReunir = (k: Cadence): boolean => k.etat === 'due' || k.etat === 'jamais' || k.etat === 'bientot';

async function chargerPourGerer(c: Contexte, verrou = false) {
  const chargee = await chargerInstance(c, c.params.id, verrou);
  if (!peutGererInstance(c.utilisateur, chargee.instance, chargee.catalogue.contient))
    throw interdit('Les réglages d’une instance sont tenus par son coordonnateur ou par la coordination.');
  return chargee;
}
