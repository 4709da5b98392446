/** The mandate that a body has from another. Open to whoever keeps its settings. GET 200; POST 303, 200, 409, 422; 403; 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, type Lecture, lire, page, post, redirige, type Route, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import { CADRE, filDe } from '../instances.cadre.ts';
import { chargerInstance } from '../instances.contexte.ts';
import { peutGererInstance } from '../instances.policy.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { MandatPage } from './pages/MandatPage.tsx';
import * as q from './rattachements.queries.ts';
import { rattachementSchema, nouveauMandatSchema, seChevauchent } from './rattachements.schema.ts';

const parDe = (c: Contexte) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });

async function charger(c: Contexte, verrou = false) {
  const chargee = await chargerInstance(c, c.params.id, verrou);
  if (!peutGererInstance(c.utilisateur, chargee.instance, chargee.catalogue.contient))
    throw interdit('Ce dont une instance dépend est tenu par son coordonnateur ou par la coordination.');
  const vue = vueDeLecture(c.utilisateur, chargee.catalogue, jourDe(c.maintenant));
  return { ...chargee, vue };
}
type Chargee = Awaited<ReturnType<typeof charger>>;

async function chargerMandat(c: Contexte, verrou = false) {
  const chargee = await charger(c, verrou);
  const mandat = await q.getRattachement(c.db, c.contrat.id, chargee.instance.id, c.params.rattachement ?? '', chargee.vue);
  if (!mandat) throw introuvable('Ce mandat');
  return { ...chargee, mandat };
}

/** Known to who writes it; the one recorded stays even when its name may not be told. */
const choixDe = async (c: Contexte, s: Chargee, mandat: q.Rattachement | null) => {
  const connues = s.vue ? await q.listAdressables(c.db, c.contrat.id, s.vue, s.instance.id) : [];
  return mandat && !connues.some((i) => i.id === mandat.parenteId)
    ? [{ id: mandat.parenteId, nom: mandat.autre ?? 'Une instance que vous ne voyez pas', territoireId: '' }, ...connues]
    : connues;
};

async function pageMandat(c: Contexte, mandat: q.Rattachement | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const s = await charger(c);
  return page({
    ...CADRE,
    fil: filDe(s.instance),
    titre: mandat ? 'Changer le mandat' : 'Dire de quelle instance elle dépend',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <MandatPage
        instance={s.instance}
        mandat={mandat}
        enregistre={mandat ? enregistre(mandat) : null}
        choix={await choixDe(c, s, mandat)}
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
}

const enregistre = (m: q.Rattachement): Enregistre => ({
  version: m.version,
  champs: { parente: m.parenteId, mission: m.mission, debut: m.debut, fin: m.fin ?? '' },
  par: m.modifiePar,
  le: m.modifieLe,
});
const formulaireDe = (s: Chargee, m: q.Rattachement, noms: ReadonlyMap<string, string>): FormulairePartage => ({
  objet: `Mandat de ${s.instance.nom}`,
  action: `/instances/${s.instance.id}/rattachements/${m.id}`,
  retour: `/instances/${s.instance.id}`,
  champs: {
    parente: { libelle: 'Dépend de', dire: (v) => noms.get(v) ?? 'une autre instance' },
    mission: { libelle: 'Mission', long: true },
    debut: { libelle: 'Depuis le', dire: (v) => jour(v) },
    fin: { libelle: 'Jusqu’au', dire: (v) => jour(v) },
  },
});

/** One body at a time, known to who writes, and never by a way that comes back. */
async function verifier(c: Contexte, s: Chargee, lu: Lecture<q.MandatAEcrire>, mandat: q.Rattachement | null) {
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  if (!lu.ok) return { valeur: null, erreurs };
  const m = lu.valeur;
  if (!(await choixDe(c, s, mandat)).some((i) => i.id === m.parente)) erreurs.push({ champ: 'parente', message: 'Choisissez l’instance dans la liste.' });
  else if (await q.reviendrait(c.db, c.contrat.id, s.instance.id, m.parente, jourDe(c.maintenant)))
    erreurs.push({ champ: 'parente', message: 'Cette instance dépend déjà, de proche en proche, de celle-ci : l’une ne peut pas dépendre de l’autre.' });
  const { parentes } = await q.listRattachements(c.db, c.contrat.id, s.instance.id, s.vue, jourDe(c.maintenant));
  const autre = parentes.find((x) => x.id !== mandat?.id && seChevauchent(x, m));
  if (autre)
    erreurs.push({
      champ: 'debut',
      message: `Elle dépend déjà de ${autre.autre ?? 'une autre instance'} depuis le ${jour(autre.debut)} : mettez d’abord une fin à ce mandat.`,
    });
  return { valeur: erreurs.length > 0 ? null : m, erreurs };
}

export const rattachementsRoutes: Route[] = [
  get('/instances/:id/rattachements/nouveau', accesMetier, (c) => pageMandat(c, null, { debut: jourDe(c.maintenant) })),
  post(
    '/instances/:id/rattachements/nouveau',
    accesMetier,
    async (c) => {
      const s = await charger(c, true);
      const { valeur, erreurs } = await verifier(c, s, lire(nouveauMandatSchema, c.corps), null);
      if (!valeur) return pageMandat(c, null, champsDe(c), erreurs);
      const id = await q.addRattachement(c.db, c.contrat.id, s.instance.id, valeur, parDe(c));
      await c.auditer('instance.rattachee', `/instances/${s.instance.id}/rattachements/${id}`, {}, { apres: valeur });
      return redirige(`/instances/${s.instance.id}`);
    },
    { creation: true },
  ),
  get('/instances/:id/rattachements/:rattachement', accesMetier, async (c) => {
    const { mandat } = await chargerMandat(c);
    return pageMandat(c, mandat, enTextes(enregistre(mandat).champs));
  }),
  /** 303; 200 both changes kept; 409 both shown; 422 with what was typed; 403; 404. */
  post('/instances/:id/rattachements/:rattachement', accesMetier, async (c) => {
    const s = await chargerMandat(c, true);
    const { instance, mandat } = s;
    const noms = new Map((await choixDe(c, s, mandat)).map((i) => [i.id, i.nom]));
    const formulaire = formulaireDe(s, mandat, noms);
    const dans = { ...CADRE, fil: filDe(instance) };
    const r = rapprocher(c.corps, enregistre(mandat));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
    const champs = enTextes(r.champs);
    const { valeur, erreurs } = await verifier(c, s, lire(rattachementSchema, champs), mandat);
    if (!valeur) return pageMandat(c, mandat, { ...champsDe(c), ...champs }, erreurs);
    await q.updateRattachement(c.db, { contratId: c.contrat.id, instanceId: instance.id, id: mandat.id, version: mandat.version }, valeur, parDe(c));
    await c.auditer('instance.rattachement_modifie', `/instances/${instance.id}/rattachements/${mandat.id}`, {}, { avant: mandat, apres: valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
];
