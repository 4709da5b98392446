/** Every route of the module that speaks of one body, one session or one decision, tried by people who may not know of it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creerDecision, creerInstance, creerMembre, creerSeance } from './instances.fixtures.ts';
import { ETATS_SEANCE, type EtatSeance } from './instances.rules.ts';
import type { Route } from '../../core/http/http.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from '../../../tests/support/app.ts';

let app: AppDeTest;
let voisin: AppDeTest;
let routes: Route[];
beforeAll(async () => {
  app = await ouvrirApp();
  voisin = await ouvrirApp({ contrat: 'valbourg', base: app.base });
  const toutes = await routesDEssai(false);
  routes = toutes.filter((r) => /^\/(instances\/:id|seances\/:id|decisions\/:id|releves\/:id)/.test(r.chemin));
});
afterAll(async () => {
  await voisin.close();
  await app.close();
});

const un = async (q: ReturnType<typeof sql<{ id: string }>>) => (await q.execute(app.base.owner)).rows[0]?.id ?? '';
/** A restricted body with one of everything, its session in that state. */
async function creer(etat: EtatSeance) {
  const { owner } = app.base;
  const k = app.contratId;
  const instance = await creerInstance(owner, k, { territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'restreinte', nom: `Cellule ${etat}` });
  const membre = await creerMembre(owner, k, instance, { organisation: 'PP', qualite: 'president' });
  const seance = await creerSeance(owner, k, instance, { etat, jour: '2026-12-15', points: ['Point réservé'] });
  const point = await un(sql<{ id: string }>`select id from seance_points where seance_id = ${seance}::uuid`);
  const demande = await un(sql<{ id: string }>`
    insert into instance_demandes (contrat_id, instance_id, titre, auteur, organisation_id) values (${k}, ${instance}::uuid, 'Demande réservée', 'x', 'PP') returning id`);
  const document = await un(sql<{ id: string }>`
    insert into seance_documents (contrat_id, seance_id, titre, nom, type, contenu, octets, depose_par, depose_le)
    values (${k}, ${seance}::uuid, 'Document réservé', 'a.pdf', 'application/pdf', 'x', 1, 'x', now()) returning id`);
  const participant = await un(sql<{ id: string }>`select id from seance_participants where seance_id = ${seance}::uuid`);
  const amendement = await un(sql<{ id: string }>`
    insert into seance_amendements (contrat_id, seance_id, participant_id, auteur, texte, quand)
    values (${k}, ${seance}::uuid, ${participant}::uuid, 'x', 'Amendement réservé', now()) returning id`);
  const vote = await un(sql<{ id: string }>`
    insert into seance_votes (contrat_id, seance_id, point_id, objet, pour, contre, abstention, par, quand)
    values (${k}, ${seance}::uuid, ${point}::uuid, 'Vote réservé', 1, 0, 0, 'x', now()) returning id`);
  const decision =
    (
      await creerDecision(
        owner,
        k,
        {
          instanceId: instance,
          seanceId: seance,
          pointId: point,
          nature: 'decision',
          libelle: 'Décision réservée',
          responsableId: 'RATP',
          responsableNom: '',
          responsableCourriel: '',
          echeance: null,
          fiche: null,
          ligne: null,
          territoireId: 'mairie-18',
        },
        { auteur: 'x', quand: new Date() },
      )
    )?.id ?? '';
  return { instance, membre, seance, point, demande, document, amendement, vote, decision };
}
type Ids = Awaited<ReturnType<typeof creer>>;
const adresse = (r: Route, ids: Ids): string => {
  const [tete = ''] = /^\/\w+/.exec(r.chemin) ?? [];
  const id = { '/instances': ids.instance, '/decisions': ids.decision }[tete] ?? ids.seance;
  return r.chemin.replace(':id', id).replace(/:(\w+)/g, (_, nom: string) => (ids as Record<string, string>)[nom] ?? 'x');
};
const empreinte = async () =>
  (
    await sql<{ e: string }>`
      select md5(string_agg(t, '|' order by t)) as e from (
        select s::text as t from seances s union all select p::text from seance_points p union all select m::text from instance_membres m
        union all select d::text from decisions d union all select i::text from instances i union all select a::text from seance_amendements a
        union all select x::text from seance_participants x union all select v::text from seance_votes v union all select r::text from releves r
        union all select q::text from instance_demandes q) x`.execute(app.base.owner)
  ).rows[0]?.e;

test.each(Object.keys(ETATS_SEANCE) as EtatSeance[])(
  'séance %s d’une instance restreinte : ni partenaire, ni coordonnateur d’ailleurs, ni autre contrat n’en apprennent ni n’en changent rien',
  async (etat) => {
    const ids = await creer(etat);
    expect(routes.length).toBeGreaterThan(50);
    const etrangers = {
      partenaire: await app.temoin({ comme: 'agent', organisation: 'PP' }),
      charge: await app.temoin({ comme: 'producteur', organisation: 'RATP' }),
      ailleurs: await app.temoin({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' }),
      technique: await app.temoin({ comme: 'administrateur' }),
      voisin: await app.temoin({ comme: 'coordination', organisation: 'MAIRIE' }, voisin.contratId),
      personne: '',
    };
    /** What a closed door refuses before anything is read (acces.test), and acts on what has no state, are tried in the first of them. */
    const premier = etat === Object.keys(ETATS_SEANCE)[0];
    const seLit = (r: Route, qui: string) =>
      premier ||
      ((r.acces.genre === 'public' || ['partenaire', 'charge', 'ailleurs'].includes(qui)) &&
        (r.methode === 'GET' || !/^\/(instances|decisions)/.test(r.chemin)));
    const avant = await empreinte();
    for (const r of routes)
      for (const [qui, cookie] of Object.entries(etrangers).filter(([x]) => seLit(r, x))) {
        const reponse = await app.serveur.inject({
          method: r.methode,
          url: adresse(r, ids),
          headers: { ...(cookie ? { cookie } : {}), ...(r.methode === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
          ...(r.methode === 'POST' ? { payload: 'version=1&etat=en_cours&motif=essai&acte=clore&reponse=essai&titre=essai' } : {}),
          remoteAddress: `10.1.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
        });
        const ferme = [401, 403, 404].includes(reponse.statusCode) || (reponse.statusCode === 303 && String(reponse.headers.location).startsWith('/connexion'));
        expect([r.methode, r.chemin, qui, ferme, reponse.statusCode]).toEqual([r.methode, r.chemin, qui, true, reponse.statusCode]);
        for (const mot of ['Cellule ', 'réservé']) expect([r.chemin, qui, reponse.body.includes(mot)]).toEqual([r.chemin, qui, false]);
      }
    expect(await empreinte()).toBe(avant);
  },
);
