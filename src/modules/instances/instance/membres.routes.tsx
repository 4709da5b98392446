/** Seats of a body: who sits by what function, who stands in, from when to when. Open to whoever keeps the body. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, type Lecture, lire, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { rolesDe } from '../../annuaire/index.ts';
import { refuserAdressesFermees } from '../../comptes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { chargerInstance } from '../instances.contexte.ts';
import { asseoirLesReferents } from '../instances.referents.ts';
import type { Instance } from '../instances.types.ts';
import { reunions } from '../reunions.ts';
import { formulaireDuMembre, membreEnregistre } from './instance.formulaires.ts';
import { addMembre, getMembre, type Membre, updateMembre } from './instance.queries.ts';
import { membreModifieSchema, nouveauMembreSchema, type SaisieMembre } from './instance.schema.ts';
import { MembrePage } from './pages/MembrePage.tsx';
import { CADRE, filDe } from '../instances.cadre.ts';
import { suivreInstance } from '../suivre.ts';

async function chargerPourTenirMembres(c: Contexte, verrou = false) {
  const chargee = await chargerInstance(c, c.params.id, verrou);
  if (!chargee.tient) throw interdit('Les membres d’une instance sont tenus par son secrétariat, son coordonnateur ou la coordination.');
  return chargee;
}

async function chargerMembre(c: Contexte, verrou = false) {
  const chargee = await chargerPourTenirMembres(c, verrou);
  const membre = await getMembre(c.db, c.contrat.id, chargee.instance.id, c.params.membre ?? '');
  if (!membre) throw introuvable('Ce membre');
  return { ...chargee, membre };
}

const cadreDe = (instance: Instance) => ({ ...CADRE, fil: filDe(instance) });
async function pageMembre(c: Contexte, membre: Membre | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const { catalogue, instance } = await chargerPourTenirMembres(c);
  return page({
    ...cadreDe(instance),
    titre: membre ? membre.fonction : 'Ajouter un membre',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <MembrePage
        catalogue={catalogue}
        instance={instance}
        membre={membre}
        champs={champs}
        erreurs={erreurs}
        retour={retourDe(c.corps.retour ?? c.requete.retour, '')}
      />
    ),
  });
}

/** An organisation or a role outside of the directory is a fault of its field; so is an address where nobody reads, but the one that was there. */
async function dansLAnnuaire(c: Contexte, lu: Lecture<SaisieMembre>, organisation: string, catalogue: Catalogue, avant: Membre | null = null) {
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  if (lu.ok && lu.valeur.referents !== '' && !rolesDe(catalogue).some((r) => r.code === lu.valeur.referents))
    erreurs.push({ champ: 'referents', message: 'Choisissez un rôle de la liste.' });
  if (organisation && !catalogue.acteurs.has(organisation)) erreurs.push({ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire.' });
  if (lu.ok) {
    const { courriel, suppleant_courriel } = lu.valeur;
    const deja: Record<string, string> = avant ? { courriel: avant.courriel, suppleant_courriel: avant.suppleantCourriel } : {};
    erreurs.push(...(await refuserAdressesFermees(c.db, c.contrat.id, { courriel, suppleant_courriel }, deja)));
  }
  return { valeur: lu.ok && erreurs.length === 0 ? lu.valeur : null, erreurs };
}
/** Where the person came from to fill the seat; only a page of this platform about sessions or bodies. */
const retourDe = (brut: Contexte['corps'][string], sinon: string): string => {
  const t = texte(brut);
  return /^\/(seances|instances)\/[0-9a-f-]{36}(\/[a-z]+)?$/.test(t) ? t : sinon;
};
const parDe = (c: Contexte) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });

/** Sessions to come expect those who sit now, and what the body makes owed follows. */
async function asseoir(c: Contexte, instanceId: string): Promise<void> {
  await asseoirLesReferents(c.db, c.contrat.id, instanceId, jourDe(c.maintenant));
  await reunions().asseoir(c, instanceId);
  await suivreInstance(c, instanceId);
}

export const membresRoutes: Route[] = [
  get('/instances/:id/membres/nouveau', accesMetier, (c) => pageMembre(c, null, { qualite: 'membre', debut: jourDe(c.maintenant) }), { sensible: true }),
  /** 303 to the body; 422 with what was typed; 403; 404. */
  post(
    '/instances/:id/membres/nouveau',
    accesMetier,
    async (c) => {
      const { instance, catalogue } = await chargerPourTenirMembres(c, true);
      const { valeur, erreurs } = await dansLAnnuaire(c, lire(nouveauMembreSchema, c.corps), texte(c.corps.organisation), catalogue);
      if (!valeur) return pageMembre(c, null, champsDe(c), erreurs);
      const id = await addMembre(c.db, c.contrat.id, instance.id, valeur, parDe(c));
      await asseoir(c, instance.id);
      await c.auditer(
        'instance.membre_ajoute',
        `/instances/${instance.id}/membres/${id}`,
        { qualite: valeur.qualite, organisation: code(valeur.organisation) },
        { apres: valeur },
      );
      return redirige(retourDe(c.corps.retour, `/instances/${instance.id}#membres`));
    },
    { creation: true },
  ),
  get(
    '/instances/:id/membres/:membre',
    accesMetier,
    async (c) => {
      const { membre: m } = await chargerMembre(c);
      return pageMembre(c, m, enTextes(membreEnregistre(m).champs));
    },
    { sensible: true },
  ),
  /** 303; 200 both changes kept; 409 both shown; 422; 403; 404. A seat that ends leaves the sessions still to come. */
  post('/instances/:id/membres/:membre', accesMetier, async (c) => {
    const { instance, membre, catalogue } = await chargerMembre(c, true);
    const formulaire = formulaireDuMembre(instance, membre, catalogue);
    if (membre.referentId) throw conflit('Ce siège suit l’annuaire : corrigez le référent, et le siège change avec lui.');
    const r = rapprocher(c.corps, membreEnregistre(membre));
    const masques = { retour: retourDe(c.corps.retour, '') };
    if (r.genre === 'heurt') return page(conflictPage(cadreDe(instance), { formulaire, r, masques }));
    const champs = enTextes(r.champs);
    const { valeur, erreurs } = await dansLAnnuaire(c, lire(membreModifieSchema, champs), champs.organisation ?? '', catalogue, membre);
    if (!valeur) return pageMembre(c, membre, { ...champsDe(c), ...champs }, erreurs);
    await updateMembre(c.db, { contratId: c.contrat.id, instanceId: instance.id, id: membre.id, version: membre.version }, valeur, parDe(c));
    const retraits = valeur.fin ? await reunions().quitter(c.db, c.contrat.id, membre.id, valeur.fin, c.maintenant) : [];
    await asseoir(c, instance.id);
    await c.auditer(
      'instance.membre_modifie',
      `/instances/${instance.id}/membres/${membre.id}`,
      { seances: retraits.length },
      { avant: membre, apres: valeur },
    );
    const retour = retourDe(c.corps.retour, formulaire.retour);
    return r.venus.length > 0 ? page(mergedPage(cadreDe(instance), formulaire, r, retour)) : redirige(retour);
  }),
];
