/** Seats of a body: who sits by what function, who stands in, from when to when. Open to whoever keeps the body. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte } from '../../../core/http.ts';
import { chargerInstance } from '../instances.contexte.ts';
import { getMembre, type Membre, retirerDesSeances, saveMembre } from './instance.queries.ts';
import { membreSchema } from './instance.schema.ts';
import { MembrePage } from './pages/MembrePage.tsx';

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

async function pageMembre(c: Contexte, membre: Membre | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const { catalogue, instance } = await chargerPourTenirMembres(c);
  return page({
    titre: membre ? membre.fonction : 'Ajouter un membre',
    largeur: 'travail',
    section: 'instances',
    fil: [
      { libelle: 'Instances', href: '/instances' },
      { libelle: instance.nom, href: `/instances/${instance.id}` },
    ],
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <MembrePage catalogue={catalogue} instance={instance} membre={membre} champs={champs} erreurs={erreurs} />,
  });
}

const champsDe = (c: Contexte): Record<string, string> => Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));

/** Parses the form; an organisation outside of the directory is a fault of its field. */
async function lireMembre(c: Contexte) {
  const { catalogue } = await chargerPourTenirMembres(c);
  const lu = lire(membreSchema, c.corps);
  const organisation = texte(c.corps.organisation);
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  if (organisation && !catalogue.acteurs.has(organisation)) erreurs.push({ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire.' });
  return { valeur: lu.ok && erreurs.length === 0 ? lu.valeur : null, erreurs };
}

export const membresRoutes: Route[] = [
  get('/instances/:id/membres/nouveau', accesMetier, (c) => pageMembre(c, null, { qualite: 'membre', debut: jourDe(c.maintenant) }), { sensible: true }),
  /** 303 to the body; 422 with what was typed; 403; 404. */
  post(
    '/instances/:id/membres/nouveau',
    accesMetier,
    async (c) => {
      const { instance } = await chargerPourTenirMembres(c, true);
      const { valeur, erreurs } = await lireMembre(c);
      if (!valeur) return pageMembre(c, null, champsDe(c), erreurs);
      const id = await saveMembre(c.db, c.contrat.id, instance.id, valeur, null);
      await c.auditer(
        'instance.membre_ajoute',
        `/instances/${instance.id}/membres/${id}`,
        { qualite: valeur.qualite, organisation: valeur.organisation },
        { apres: valeur },
      );
      return redirige(`/instances/${instance.id}#membres`);
    },
    { creation: true },
  ),
  get(
    '/instances/:id/membres/:membre',
    accesMetier,
    async (c) => {
      const { membre: m } = await chargerMembre(c);
      return pageMembre(c, m, {
        qualite: m.qualite,
        fonction: m.fonction,
        organisation: m.organisationId,
        nom: m.nom,
        courriel: m.courriel,
        suppleant_nom: m.suppleantNom,
        suppleant_courriel: m.suppleantCourriel,
        debut: m.debut,
        fin: m.fin ?? '',
      });
    },
    { sensible: true },
  ),
  /** 303; 422; 403; 404. A seat that ends leaves the sessions still to come. */
  post('/instances/:id/membres/:membre', accesMetier, async (c) => {
    const { instance, membre } = await chargerMembre(c, true);
    const { valeur, erreurs } = await lireMembre(c);
    if (!valeur) return pageMembre(c, membre, champsDe(c), erreurs);
    await saveMembre(c.db, c.contrat.id, instance.id, valeur, membre.id);
    const retraits = valeur.fin ? await retirerDesSeances(c.db, c.contrat.id, membre.id, valeur.fin, c.maintenant) : [];
    await c.auditer(
      'instance.membre_modifie',
      `/instances/${instance.id}/membres/${membre.id}`,
      { seances: retraits.length },
      { avant: membre, apres: valeur },
    );
    return redirige(`/instances/${instance.id}#membres`);
  }),
];
