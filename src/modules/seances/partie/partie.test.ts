/** A reserved part of a session, and every door by which someone else could read it: over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import type { Route } from '../../../core/http/http.ts';
import { type AppDeTest, ouvrirApp, type Qui, routesDEssai } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { courriels } from '../../../../tests/support/courriels.ts';

/** Stands nowhere but in the reserved part. */
const MOT = 'Magnolia';
/** A page repeats what is looked for. */
const CHERCHE = 'magnoli';
let app: AppDeTest;
let routes: Route[];
let instance: string;
let seance: string;
let partie: string;
let decision: string;
let document: string;
let siegeNomme: string;

interface Personne {
  cookie: string;
  courriel: string;
}
async function personne(qui: Qui): Promise<Personne> {
  const cookie = await app.temoin(qui);
  const { rows } = await sql<{ courriel: string }>`select courriel from comptes where courriel like 'personne-%' order by cree_le desc limit 1`.execute(
    app.base.owner,
  );
  return { cookie, courriel: rows[0]?.courriel ?? '' };
}
const appeler = (p: Personne | null, url: string, champs?: Record<string, string | string[]>) => {
  const corps = new URLSearchParams();
  for (const [cle, v] of Object.entries(champs ?? {})) for (const x of [v].flat()) corps.append(cle, x);
  return app.serveur.inject({
    method: champs ? 'POST' : 'GET',
    url,
    headers: { ...(p ? { cookie: p.cookie } : {}), ...(champs ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(champs ? { payload: corps.toString() } : {}),
  });
};
const pointDe = async (id: string, titre: string): Promise<string> =>
  (await sql<{ id: string }>`select id from seance_points where seance_id = ${id}::uuid and titre = ${titre}`.execute(app.base.owner)).rows[0]?.id ?? '';
/** Sends it and checks that it was taken. */
async function faire(p: Personne, url: string, champs: Record<string, string | string[]>): Promise<string> {
  const r = await appeler(p, url, champs);
  expect([url, r.statusCode, r.statusCode === 303 ? '' : r.body.replace(/<[^>]*>/g, ' ').slice(-1500)]).toEqual([url, 303, '']);
  return String(r.headers.location);
}

let secretaire: Personne;
let nomme: Personne;
let autre: Personne;
/** Everybody else, by what they are. */
const DEHORS = [
  'un membre qui n’y est pas nommé',
  'le coordonnateur du lieu, qui n’y siège pas',
  'la coordination centrale',
  'un partenaire',
  'le public',
] as const;
let dehors: Record<(typeof DEHORS)[number], Personne | null>;

beforeAll(async () => {
  app = await ouvrirApp();
  routes = await routesDEssai(false);
  const { owner } = app.base;
  const k = app.contratId;
  secretaire = await personne({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' });
  nomme = await personne({ comme: 'agent', organisation: 'PP' });
  autre = await personne({ comme: 'agent', organisation: 'PM' });
  dehors = {
    'un membre qui n’y est pas nommé': autre,
    'le coordonnateur du lieu, qui n’y siège pas': await personne({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' }),
    'la coordination centrale': await personne({ comme: 'coordination', organisation: 'DPMP' }),
    'un partenaire': await personne({ comme: 'agent', organisation: 'RATP' }),
    'le public': null,
  };
  instance = await creerInstance(owner, k, { nom: 'Conseil Bleu', territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'publique', vote: true });
  const siege = (o: Parameters<typeof creerMembre>[3]) => creerMembre(owner, k, instance, o);
  await siege({ qualite: 'secretaire', fonction: 'Secrétariat', organisation: 'DPMP', nom: 'Claire Durand', courriel: secretaire.courriel });
  siegeNomme = await siege({ fonction: 'Commissaire', organisation: 'PP', nom: 'Ali Haddad', courriel: nomme.courriel });
  await siege({ qualite: 'invite', fonction: 'Volet médico-social', organisation: 'PM', nom: 'Bo Rivière', courriel: autre.courriel });
  seance = await creerSeance(owner, k, instance, { titre: 'Séance bleue', jour: '2027-03-12', points: ['Éclairage du square', `Point ${MOT}`] });
  const { rows } = await sql<{ id: string }>`
    insert into seance_documents (contrat_id, seance_id, point_id, titre, nom, type, contenu, octets, depose_par, depose_le)
    values (${k}, ${seance}::uuid, ${await pointDe(seance, `Point ${MOT}`)}::uuid, ${`Note ${MOT}`}, 'a.txt', 'text/plain', ${Buffer.from(MOT)}, 8, 'x', now())
    returning id`.execute(owner);
  document = rows[0]?.id ?? '';
});
afterAll(() => app.close());

const lieux = () => [...routes.filter((r) => r.methode === 'GET' && !r.chemin.includes(':')).map((r) => r.chemin), ...desObjets()];
/** What speaks of the body and of the session that everybody reads, and what filters on the part. */
const desObjets = () => [
  ...['', '/tenir', '/etat', '/clore', '/preparer', '/convoquer', '/annuler', '/convocation.pdf', '/emargement.pdf', `/documents/${document}`].map(
    (x) => `/seances/${seance}${x}`,
  ),
  ...[`/instances/${instance}`, `/instances/${instance}/seances/nouvelle`, `/releves/${seance}`, `/seances/${seance}/releve.html`],
  ...[`/seances/${seance}/compte-rendu.html`, `/releves/${seance}/releve.html`, `/decisions?instance=${instance}`, `/decisions?partie=${partie}`],
  ...[
    `/decisions?q=${CHERCHE}`,
    `/recherche?q=${CHERCHE}`,
    '/calendrier?mois=2027-03',
    '/calendrier?vue=liste&mois=2027-03',
    '/calendrier?qui=moi&mois=2027-03',
  ],
  ...[`/calendrier.ics?instance=${instance}`, '/decisions?qui=mon-organisation', '/echeances?qui=mon-organisation', `/decisions.csv?q=${CHERCHE}`],
];
/** The word, and the part's address, in what this person reads there. */
async function fuites(p: Personne | null, adresses: readonly string[]): Promise<string[]> {
  const trouvees: string[] = [];
  for (const url of adresses) {
    const r = await appeler(p, url);
    // Whoever answers for the sending of mails sees that a letter left, and to whom.
    const situee = url !== '/comptes/courriels' && r.body.includes(partie) && !url.includes(partie);
    if (r.body.includes(MOT) || situee) trouvees.push(`${r.statusCode} ${url}`);
    expect([url, r.statusCode < 500]).toEqual([url, true]);
  }
  return trouvees;
}
async function attendreEtanche() {
  for (const [qui, p] of Object.entries(dehors)) expect([qui, await fuites(p, desObjets())]).toEqual([qui, []]);
}

describe('Une partie réservée', () => {
  test('se demande par qui tient la séance et y siège, confirmée ; le point et son document la rejoignent', async () => {
    for (const [qui, p] of Object.entries(dehors)) {
      const page = await appeler(p, `/seances/${seance}/reserver`);
      expect([qui, [302, 303, 403, 404].includes(page.statusCode)]).toEqual([qui, true]);
    }
    const page = await appeler(secretaire, `/seances/${seance}/reserver`);
    for (const mot of ['Claire Durand', 'Ali Haddad', 'Bo Rivière', `Point ${MOT}`]) expect(page.body).toContain(mot);
    const champs = { sieges: [siegeNomme], points: [await pointDe(seance, `Point ${MOT}`)] };
    const refus = await appeler(secretaire, `/seances/${seance}/reserver`, champs);
    expect([refus.statusCode, refus.body.includes('Cochez la case qui confirme'), refus.body.match(/checked=""/g)?.length]).toEqual([422, true, 2]);
    const vers = await faire(secretaire, `/seances/${seance}/reserver`, { ...champs, confirme: 'oui' });
    partie = /seances\/([0-9a-f-]{36})/.exec(vers)?.[1] ?? '';
    expect((await appeler(secretaire, `/seances/${seance}/reserver`)).statusCode).toBe(409);
    const titres = await sql<{ t: string }>`select titre as t from seance_points where seance_id = ${seance}::uuid order by rang`.execute(app.base.owner);
    expect(titres.rows.map((r) => r.t)).toEqual(['Éclairage du square', 'Point réservé']);
    const lus = await sql<{ nom: string }>`select nom from seance_participants where seance_id = ${partie}::uuid order by nom`.execute(app.base.owner);
    expect(lus.rows.map((r) => r.nom)).toEqual(['Ali Haddad', 'Claire Durand']);
    await faire(secretaire, `/seances/${partie}/points`, { titre: `Suite ${MOT}`, minutes: '10', rapporteur: '', fiche: '', expose: `Exposé ${MOT}` });
  });

  test('ne s’écrit pas sous le point qui tient sa place', async () => {
    const place = await pointDe(seance, 'Point réservé');
    const r = await appeler(secretaire, `/seances/${seance}/points/${place}/modifier`, {
      titre: MOT,
      minutes: '10',
      rapporteur: '',
      fiche: '',
      expose: '',
      version: '1',
    });
    expect([r.statusCode, (await appeler(secretaire, `/seances/${seance}/points/${place}/retirer`, { version: '1' })).statusCode]).toEqual([409, 409]);
    await expect(sql`update seance_points set notes = ${MOT} where id = ${place}::uuid`.execute(app.base.owner)).rejects.toThrow('seance_points_reserve');
  });

  test('se convoque à part : aucune lettre ni aucun lien n’en dit rien, et le membre non nommé n’en reçoit pas', async () => {
    await faire(secretaire, `/seances/${seance}/convoquer`, {});
    await faire(secretaire, `/seances/${partie}/convoquer`, {});
    const [pleine, reservee] = [await courriels(app, `/seances/${seance}`), await courriels(app, `/seances/${partie}`)];
    expect(pleine.map((c) => c.destinataire)).toContain(autre.courriel);
    expect(reservee.map((c) => c.destinataire).sort()).toEqual([nomme.courriel, secretaire.courriel].sort());
    expect(JSON.stringify([pleine, reservee])).not.toContain(MOT);
    expect(pleine[0]?.texte).toContain('Point réservé');
    for (const c of [...pleine, ...reservee]) {
      const lien = /\/invitations\/[0-9a-f-]{36}\/[\w-]+/.exec(c.texte)?.[0] ?? '';
      const page = await appeler(null, lien);
      expect([page.statusCode, page.body.includes(MOT), (await appeler(null, `${lien}/documents/${document}`)).statusCode]).toEqual([200, false, 404]);
    }
  });

  test('se déplace avec sa séance, et ses membres l’apprennent', async () => {
    const cadre = { titre: 'Séance bleue', jour: '2027-03-15', heure: '10:00', duree_minutes: '120', lieu: 'Salle d’essai', acces: '', visio: '', mot: '' };
    const v = async () => (await sql<{ version: number }>`select version from seances where id = ${seance}::uuid`.execute(app.base.owner)).rows[0]?.version;
    await faire(secretaire, `/seances/${seance}/cadre`, { ...cadre, version: String(await v()) });
    const { rows } = await sql<{ jour: string }>`select jour::text as jour from seances where id = ${partie}::uuid`.execute(app.base.owner);
    expect(rows[0]?.jour).toBe('2027-03-15');
    expect((await courriels(app, `/seances/${partie}`)).length).toBe(4);
  });

  test('tenue, décidée et votée, ne se lit que de ses membres, par toutes les portes', async () => {
    for (const id of [seance, partie]) await faire(secretaire, `/seances/${id}/ouvrir`, { confirme: 'oui' });
    await sql`update seance_participants set presence = 'present' where seance_id in (${seance}::uuid, ${partie}::uuid)`.execute(app.base.owner);
    const point = await pointDe(partie, `Point ${MOT}`);
    await faire(secretaire, `/seances/${partie}/points/${point}/notes`, { texte: `Notes ${MOT}`, version: '0' });
    const acte = {
      point,
      nature: 'action',
      libelle: `Décision ${MOT}`,
      responsable: 'PM',
      responsable_nom: '',
      responsable_courriel: '',
      echeance: '2027-04-01',
    };
    await faire(secretaire, `/seances/${partie}/decisions`, { ...acte, engagement: '1.6' });
    await faire(secretaire, `/seances/${partie}/votes`, { point, objet: `Vote ${MOT}`, pour: '1', contre: '0', abstention: '0' });
    const d = await sql<{ id: string; genre: string }>`
      select id, origine_genre as genre from decisions where seance_id = ${partie}::uuid`.execute(app.base.owner);
    expect(d.rows.map((x) => x.genre)).toEqual(['partie']);
    decision = d.rows[0]?.id ?? '';

    const lus = [`/seances/${partie}`, `/seances/${partie}/tenir`, `/seances/${partie}/etat`, `/decisions/${decision}`, `/decisions?q=${MOT}`, '/echeances'];
    for (const p of [nomme, secretaire])
      for (const url of lus.slice(0, p === nomme ? 5 : 6)) {
        const r = await appeler(p, url);
        expect([url, r.statusCode, r.body.includes(MOT)]).toEqual([url, 200, true]);
      }
    // Under what stands for it, neither decision nor vote nor note.
    const place = await pointDe(seance, 'Point réservé');
    const sous = { ...acte, point: place, engagement: '', libelle: 'Sous la place' };
    expect((await appeler(secretaire, `/seances/${seance}/decisions`, sous)).statusCode).toBe(422);
    expect((await appeler(secretaire, `/seances/${seance}/votes`, { point: place, objet: 'Vote', pour: '1', contre: '0', abstention: '0' })).statusCode).toBe(
      422,
    );
    expect((await appeler(secretaire, `/seances/${seance}/points/${place}/notes`, { texte: 'Notes', version: '0' })).statusCode).toBe(422);
    await attendreEtanche();
  });

  test('répond « introuvable » à toute route qui la nomme, elle ou ce qu’elle a décidé, sans que rien ne change', async () => {
    const empreinte = async () =>
      (
        await sql<{ e: string }>`
          select md5(string_agg(t, '|' order by t)) as e from (
            select s::text as t from seances s union all select p::text from seance_points p union all select d::text from decisions d
            union all select v::text from seance_votes v union all select x::text from seance_participants x) u`.execute(app.base.owner)
      ).rows[0]?.e;
    const avant = await empreinte();
    const point = await pointDe(partie, `Point ${MOT}`);
    const siennes = routes.filter((r) => /^\/(seances|decisions|releves)\/:id/.test(r.chemin));
    expect(siennes.length).toBeGreaterThan(50);
    for (const [qui, p] of Object.entries(dehors))
      for (const r of siennes) {
        const url = r.chemin
          .replace(':id', r.chemin.startsWith('/decisions') ? decision : partie)
          .replace(/:(\w+)/g, (_, nom: string) => ({ point, document, decision })[nom] ?? point);
        const reponse = await appeler(p, url, r.methode === 'GET' ? undefined : { version: '1', motif: 'essai', titre: 'x', point });
        expect([
          qui,
          r.chemin,
          p === null ? [302, 303, 401, 403, 404].includes(reponse.statusCode) : reponse.statusCode === 404,
          reponse.body.includes(MOT),
        ]).toEqual([qui, r.chemin, true, false]);
      }
    expect(await empreinte()).toBe(avant);
  });

  test('a son relevé, et la séance le sien, où tous lisent « Point réservé » ; sa réunion ne compte qu’une fois', async () => {
    for (const id of [seance, partie]) {
      await faire(secretaire, `/seances/${id}/lever`, { confirme_heures: 'oui', confirme_brouillons: '9' });
    }
    const pleine = (await appeler(autre, `/seances/${seance}/clore`)).body;
    expect([pleine.includes('Point réservé'), pleine.includes(MOT)]).toEqual([true, false]);
    expect((await appeler(nomme, `/seances/${partie}/clore`)).body).toContain(`Notes ${MOT}`);
    const faits = await sql<{ id: string }>`select id from faits_reunions where id in (${seance}::uuid, ${partie}::uuid)`.execute(app.base.owner);
    expect(faits.rows.map((r) => r.id)).toEqual([seance]);

    for (const id of [seance, partie]) {
      const relecture = `/seances/${id}/relecture`;
      const { body } = await appeler(secretaire, `/seances/${id}/clore`);
      const terme = /name="confirme_relecture" value="([^"]+)"/.exec(body)?.[1] ?? '';
      await faire(secretaire, relecture, { ...lireFormulaire(body, relecture), acte: 'clore', confirme_relecture: terme });
      const heures = /name="confirme_heures" value="([^"]+)"/.exec((await appeler(secretaire, `/seances/${id}/clore`)).body)?.[1] ?? '';
      await faire(secretaire, `/seances/${id}/figer`, { confirme_heures: heures });
    }
    const figes = await sql<{ id: string; mot: boolean; reserve: boolean }>`
      select seance_id as id, contenu::text like ${`%${MOT}%`} as mot, contenu::text like '%Point réservé%' as reserve from releves`.execute(app.base.owner);
    expect(new Map(figes.rows.map((r) => [r.id, [r.mot, r.reserve]]))).toEqual(
      new Map([
        [seance, [false, true]],
        [partie, [true, false]],
      ]),
    );
    for (const genre of ['releve', 'compte-rendu']) {
      expect((await appeler(nomme, `/seances/${partie}/releve.html?genre=${genre}`)).body).toContain(MOT);
      expect((await appeler(autre, `/seances/${seance}/releve.html?genre=${genre}`)).body).not.toContain(MOT);
    }
    await faire(secretaire, `/seances/${seance}/publier`, { relu: 'oui', suspects: '0' });
    expect((await appeler(null, `/releves/${seance}`)).body).toContain('Point réservé');
    expect((await appeler(secretaire, `/seances/${partie}/publier`, { relu: 'oui', suspects: '0' })).statusCode).toBe(409);
  });

  test.each(DEHORS)('%s n’en lit rien, par aucune page de la plateforme', async (qui) => {
    expect(await fuites(dehors[qui], lieux())).toEqual([]);
  });

  test('ne fait naître ni transmission ni problème, et n’est citée par aucun ordre du jour suivant', async () => {
    for (const x of ['remontees', 'problemes']) {
      const r = await appeler(secretaire, `/instances/${instance}/${x}/nouveau?seance=${partie}`);
      // Its own address, printed at its foot, is all that it says of it.
      const dit = r.body.replaceAll(`/instances/${instance}/${x}/nouveau?seance=${partie}`, '');
      expect([x, dit.includes(MOT), dit.includes(partie)]).toEqual([x, false, false]);
    }
    const suivante = (await appeler(secretaire, `/instances/${instance}/seances/nouvelle`)).body;
    expect([suivante.includes(MOT), suivante.includes('Point réservé')]).toEqual([false, false]);
  });

  test('un siège qui finit n’y lit plus rien ; aucun mandat ne l’ouvre', async () => {
    expect((await appeler(nomme, `/seances/${partie}`)).statusCode).toBe(200);
    await sql`update instance_membres set fin = current_date - 1 where id = ${siegeNomme}::uuid`.execute(app.base.owner);
    for (const url of [`/seances/${partie}`, `/decisions/${decision}`]) expect((await appeler(nomme, url)).statusCode).toBe(404);
    expect(await fuites(nomme, desObjets())).toEqual([]);
    await sql`update instance_membres set fin = null where id = ${siegeNomme}::uuid`.execute(app.base.owner);
  });

  test('les lettres qui rappellent ce qu’elle a décidé n’en disent que le numéro', async () => {
    const { rows } = await sql<{ texte: string }>`
      select c::text as texte from courriels c where contrat_id = ${app.contratId} and c::text like ${`%${MOT}%`}`.execute(app.base.owner);
    expect(rows).toEqual([]);
  });
});

test('annulée avec sa séance, elle prévient ses membres ; annulée seule, rien n’en tient plus la place', async () => {
  const nouvelle = async () => {
    const id = await creerSeance(app.base.owner, app.contratId, instance, { titre: 'Séance verte', jour: '2027-06-11', points: ['Un point'] });
    const vers = await faire(secretaire, `/seances/${id}/reserver`, { sieges: [], confirme: 'oui' });
    return [id, /seances\/([0-9a-f-]{36})/.exec(vers)?.[1] ?? ''] as const;
  };
  const [une, sienne] = await nouvelle();
  await faire(secretaire, `/seances/${sienne}/points`, { titre: `Point ${MOT}`, minutes: '10', rapporteur: '', fiche: '', expose: '' });
  await faire(secretaire, `/seances/${sienne}/convoquer`, {});
  await faire(secretaire, `/seances/${une}/annuler`, { motif: 'Grève' });
  expect((await courriels(app, `/seances/${sienne}`)).map((c) => c.methode)).toEqual(['REQUEST', 'CANCEL']);
  const [deux, autrePartie] = await nouvelle();
  await faire(secretaire, `/seances/${autrePartie}/annuler`, { motif: 'Plus rien à réserver' });
  expect(await pointDe(deux, 'Point réservé')).toBe('');
  expect((await appeler(secretaire, `/seances/${deux}/reserver`)).statusCode).toBe(200);
});
