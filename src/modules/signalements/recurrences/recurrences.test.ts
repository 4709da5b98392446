import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { recalculerChiffres } from '../../indicateurs/formulaires.ts';
import { verifierChiffres } from '../../indicateurs/index.ts';
import { creerDecision, creerInstance } from '../../instances/instances.fixtures.ts';
import { getDemande } from '../demandes/demandes.queries.ts';
import { getRecurrenceProche } from './recurrences.queries.ts';
import { codeDe, creerRecurrence, listLiensDeConfirmation } from '../signalements.fixtures.ts';

/** Three reports at one address become a place that is followed: it comes back, a council decides, those who reported are told what changed. */
const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const AILLEURS: Qui = { comme: 'agent', organisation: 'DPMP', territoire: 'mairie-12' };
const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
const [LON, LAT] = [2.3475, 48.8925];
let app: AppDeTest;
let n = 0;
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
async function signaler(plus: Record<string, string> = {}): Promise<{ code: string; id: string }> {
  const champs = {
    categorie: 'bruit',
    danger: 'non',
    'q.source': 'rue',
    adresse: '5 rue qui Revient',
    territoire: '7511801',
    heure: '0',
    texte: '',
    courriel: '',
  };
  const r = await app.serveur.inject({
    method: 'POST',
    url: '/signaler/tranquillite-publique',
    remoteAddress: `10.9.0.${++n}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...champs, ...plus }).toString(),
  });
  expect(r.statusCode, r.body.slice(0, 2000)).toBe(200);
  const code = codeDe(r.body);
  const [d] = await lire(sql<{ id: string }>`
    select demande_id as id from demande_suiveurs where empreinte = sha256(convert_to('suivi' || chr(10) || ${code}, 'UTF8'))`);
  return { code, id: d?.id ?? '' };
}
const suivi = (code: string, champs: Record<string, string>) => app.post(`/suivi/${code}/lieu`, champs);
const lettres = async () => (await lire(sql<{ sujet: string }>`select sujet from courriels where sujet like 'Un lieu%' order by sujet`)).map((x) => x.sujet);

beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Un lieu qui revient', () => {
  test('se suit, se clôt, se rouvre, et dit l’effet d’une décision à ceux qui ont signalé', async () => {
    const point = { point: `${LAT}, ${LON}` };
    const trois = [await signaler(point), await signaler(point), await signaler(point)];
    const page = (await app.get(`/signalements/demandes/${trois[0]?.id}`, DPMP)).body;
    const [, nouvelle = ''] = /href="(\/signalements\/recurrences\/nouvelle\?demandes=[^"]+)"/.exec(page) ?? [];
    expect(nouvelle.split('.')).toHaveLength(3);
    expect((await app.get(nouvelle, DPMP)).body).toMatch(/3.demandes du même objet/);
    const demandes = nouvelle.split('=')[1] ?? '';
    // Two are not a place that comes back; the service of elsewhere follows none.
    expect((await app.post('/signalements/recurrences/nouvelle', { demandes: demandes.split('.').slice(1).join('.') }, DPMP)).statusCode).toBe(422);
    expect((await app.post('/signalements/recurrences/nouvelle', { demandes }, AILLEURS)).statusCode).toBe(403);
    expect((await app.post('/signalements/recurrences/nouvelle', { demandes }, RATP)).statusCode).toBe(403);
    const chemin = String((await app.post('/signalements/recurrences/nouvelle', { demandes }, DPMP)).headers.location);
    expect(chemin).toMatch(/^\/signalements\/recurrences\/[0-9a-f-]{36}$/);
    expect((await app.post('/signalements/recurrences/nouvelle', { demandes }, DPMP)).body).toContain('Déjà d’un lieu suivi');

    // A fourth one near it joins; another kind, or one elsewhere, does not.
    const quatrieme = await signaler({ point: `${LAT + 0.0002}, ${LON}`, adresse: '', courriel: 'voisine@exemple.fr' });
    await signaler({ ...point, categorie: 'stationnement' });
    await signaler({ point: `${LAT + 0.003}, ${LON}`, adresse: '9 rue Voisine' });
    const id = chemin.split('/').pop() ?? '';
    expect(await lire(sql<{ n: number }>`select count(*)::int as n from recurrence_demandes where recurrence_id = ${id}::uuid`)).toEqual([{ n: 4 }]);
    expect((await app.get('/signalements/recurrences', DPMP)).body).toContain(chemin);

    // Who reported follows the place, by the address that they left or by another.
    expect((await app.get(`/suivi/${quatrieme.code}`)).body).toMatch(/même objet : 4\./);
    expect((await suivi(trois[1]?.code ?? '', { acte: 'suivre', courriel: 'pas une adresse' })).statusCode).toBe(422);
    expect((await suivi(trois[1]?.code ?? '', { acte: 'suivre', courriel: 'riverain@exemple.fr' })).statusCode).toBe(303);
    // Each confirms the address by the link of the only letter sent to it.
    for (const lien of await listLiensDeConfirmation(app.db, app.contratId, app.coffre)) expect((await app.post(lien, {})).statusCode).toBe(303);
    expect((await suivi(quatrieme.code, { acte: 'suivre' })).headers.location).toBe(`/suivi/${quatrieme.code}?fait=suit`);
    expect((await app.get(`/suivi/${quatrieme.code}?fait=suit`)).body).toContain('Ne plus suivre ce lieu');
    expect((await suivi('2222-2222-2222', { acte: 'suivre' })).statusCode).toBe(404);
    expect((await app.get(chemin, DPMP)).body).not.toContain('riverain@');
    // The street is of who handles it.
    for (const url of [chemin, '/signalements/recurrences?territoire=tous'])
      expect([(await app.get(url, DPMP)).body.includes('rue qui Revient'), (await app.get(url, RATP)).body.includes('rue qui Revient')]).toEqual([true, false]);

    // Closed, then reported again: followed again, and they are told.
    expect((await app.post(`${chemin}/clore`, { message: 'M. Jean Dupont est parti.' }, DPMP)).statusCode).toBe(422);
    expect((await app.post(`${chemin}/clore`, { message: 'Plus rien depuis un mois.' }, AILLEURS)).statusCode).toBe(403);
    expect((await app.post(`${chemin}/clore`, { message: 'Plus rien depuis un mois.' }, DPMP)).statusCode).toBe(303);
    expect((await app.post(`${chemin}/clore`, { message: 'Plus rien depuis un mois.' }, DPMP)).statusCode).toBe(409);
    expect((await app.get(`/suivi/${trois[1]?.code}`)).body).toContain('Plus rien depuis un mois.');
    const effacer = () => lire(sql<{ n: number }>`select count(effacer_le)::int as n from recurrence_suiveurs where recurrence_id = ${id}::uuid`);
    expect(await effacer()).toEqual([{ n: 2 }]);
    await signaler(point);
    expect(await effacer()).toEqual([{ n: 0 }]);
    expect((await app.get(chemin, DPMP)).body).toContain('De nouveau signalé');
    expect(await lettres()).toEqual(['Un lieu que vous suivez', 'Un lieu que vous suivez', ...Array(2).fill('Un lieu que vous suivez est de nouveau signalé')]);

    // A council decides; its effect is told once, when it is done.
    const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Groupe du quartier' });
    const { id: decision } = (await creerDecision(
      app.base.owner,
      app.contratId,
      {
        ...{ instanceId: instance, seanceId: null, pointId: null, nature: 'action', libelle: 'Déplacer le banc', responsableId: 'DPMP', responsableNom: '' },
        ...{ responsableCourriel: '', echeance: null, fiche: '3.14', ligne: null, territoireId: 'mairie-18' },
      },
      { auteur: 'x', quand: new Date() },
    )) ?? { id: '' };
    expect((await app.get(chemin, DPMP)).body).toContain('Groupe du quartier : Déplacer le banc');
    expect((await app.post(`${chemin}/decision`, { decision: id }, DPMP)).statusCode).toBe(422);
    expect((await app.post(`${chemin}/decision`, { decision }, DPMP)).statusCode).toBe(303);
    expect((await app.post(`${chemin}/decision`, { decision }, DPMP)).statusCode).toBe(409);
    const effet = { decision, effet: 'Le banc est déplacé : le bruit a cessé le soir.' };
    expect((await app.post(`${chemin}/effet`, effet, DPMP)).statusCode).toBe(409);
    await sql`update decisions set etat = 'fait', preuve = 'Vu', close_le = current_date where id = ${decision}::uuid`.execute(app.base.owner);
    expect((await app.post(`${chemin}/effet`, { decision, effet: '' }, DPMP)).statusCode).toBe(422);
    expect((await app.post(`${chemin}/effet`, effet, AILLEURS)).statusCode).toBe(403);
    expect((await app.post(`${chemin}/effet`, effet, DPMP)).statusCode).toBe(303);
    expect((await app.post(`${chemin}/effet`, effet, DPMP)).statusCode).toBe(409);
    for (const x of [...trois, quatrieme]) expect((await app.get(`/suivi/${x.code}`)).body).toContain('le bruit a cessé');
    // One letter each: to the neighbour about her report, to the other about the place.
    const [compte] = await lire(
      sql<{
        n: number;
      }>`select count(*)::int as n from courriels where cree_le > now() - interval '1 minute' and sujet in ('Un lieu que vous suivez', 'Des nouvelles de votre demande')`,
    );
    expect(compte?.n).toBe(4);
  });

  test('ce qui est réservé à des services n’existe pas pour les autres', async () => {
    const reserve = await creerRecurrence(app.base.owner, app.contratId, { lecteurs: ['COMM'], serviceId: 'COMM', texte: '1 rue Tue' });
    const chemin = `/signalements/recurrences/${reserve}`;
    expect([(await app.get(chemin, RATP)).statusCode, (await app.post(`${chemin}/clore`, { message: 'x' }, RATP)).statusCode]).toEqual([404, 404]);
    expect((await app.get('/signalements/recurrences?territoire=tous&etat=toutes', RATP)).body).not.toContain('1 rue Tue');
    expect((await app.get(chemin, { comme: 'agent', organisation: 'COMM' })).body).toContain('1 rue Tue');
    const anonyme = await app.get(chemin);
    expect([303, 401, 302]).toContain(anonyme.statusCode);
  });
});

describe('Ce qui est joint', () => {
  test('le mot d’un second mécontent est lu de qui traite ; une demande et celles qui la suivent se tiennent ensemble, dans un seul ordre', async () => {
    const agir = async (id: string, champs: Record<string, string>) => {
      const [v] = await lire(sql<{ version: number }>`select version from demandes where id = ${id}::uuid`);
      return app.post(`/signalements/demandes/${id}/acte`, { version: String(v?.version), ...champs }, DPMP);
    };
    const [j1, meneur, j2] = [
      await signaler({ adresse: '1 rue d’Ici' }),
      await signaler({ adresse: '3 rue d’Ici' }),
      await signaler({ adresse: '5 rue d’Ici' }),
    ];
    for (const j of [j1, j2]) expect((await app.post(`/signalements/demandes/${j.id}/joindre`, { meneur: meneur.id }, DPMP)).statusCode).toBe(303);
    for (const acte of [
      { vers: 'pris-en-charge', message: '' },
      { vers: 'fait', message: 'Un équipage est passé.' },
    ])
      expect((await agir(meneur.id, acte)).statusCode).toBe(303);
    for (const [j, mots] of [
      [j1, 'Le bruit reprend.'],
      [j2, 'La grille est ouverte.'],
    ] as const)
      expect((await app.post(`/suivi/${j.code}`, { acte: 'non-resolu', mots })).statusCode).toBe(303);
    expect(await lire(sql`select etat from demandes where id = ${meneur.id}::uuid`)).toEqual([{ etat: 'non-resolu' }]);
    const [second] = await lire(sql<{ numero: string }>`select numero::text as numero from demandes where id = ${j2.id}::uuid`);
    const page = (await app.get(`/signalements/demandes/${meneur.id}`, DPMP)).body;
    expect(page).toContain(`De qui a fait la demande n° ${second?.numero}, jointe. Non résolu. La grille est ouverte.`);
    expect(page).toContain('Le bruit reprend.');
    // Who else could take these meanwhile: nobody; and not one before those that come first.
    const libre = async (id: string): Promise<boolean> => (await lire(sql`select 1 from demandes where id = ${id}::uuid for update skip locked`)).length === 1;
    const tenir = (id: string, pendant: (tx: Db) => Promise<void>) =>
      inTransaction(app.db, { contratId: app.contratId }, async (tx) => {
        await getDemande(tx, app.contratId, id, true);
        await pendant(tx);
      });
    await tenir(meneur.id, async () => expect([await libre(j1.id), await libre(meneur.id), await libre(j2.id)]).toEqual([false, false, false]));
    await tenir(j2.id, async () => expect([await libre(j1.id), await libre(meneur.id), await libre(j2.id)]).toEqual([true, false, false]));
    const actes: ReturnType<typeof agir>[] = [];
    await tenir(j1.id, async () => {
      actes.push(agir(meneur.id, { vers: 'pris-en-charge' }));
      await expect.poll(() => lire(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toHaveLength(1);
      expect(await libre(j2.id)).toBe(true);
    });
    expect((await actes[0])?.statusCode).toBe(303);
  });
});

describe('Des signalements qui arrivent ensemble', () => {
  const envoyer = (plus: Record<string, string> = {}) =>
    app.serveur.inject({
      method: 'POST',
      url: '/signaler/tranquillite-publique',
      remoteAddress: `10.8.0.${++n}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        ...{ categorie: 'bruit', danger: 'non', 'q.source': 'rue', territoire: '7511801', heure: '0', texte: '', courriel: '', adresse: `${n} rue Commune` },
        ...plus,
      }).toString(),
    });
  const compter = async (q: ReturnType<typeof sql<{ n: number }>>) => (await lire(q))[0]?.n;
  const tenues = sql<{ n: number }>`select count(*)::int as n from demandes where adresse like '%rue Commune'`;

  test('ont chacun leur ligne, leur code, leur échéance et leur trace, et les comptes sont justes', async () => {
    // Reports of the other scenarios were written by hand.
    await recalculerChiffres(app.base.owner, app.contratId);
    const avant = await compter(sql`select count(*)::int as n from audit where action = 'demande.recue'`);
    // One that is refused takes nothing from the others.
    const reponses = await Promise.all([
      ...Array.from({ length: 12 }, () => envoyer()),
      envoyer({ courriel: 'voisin@exemple.fr' }),
      envoyer({ categorie: 'inconnue' }),
    ]);
    expect(reponses.map((r) => r.statusCode)).toEqual([...Array.from({ length: 13 }, () => 200), 422]);
    expect(await compter(tenues)).toBe(13);
    // A form sent twice at once is received once, with one code.
    const double = { _cle: 'cle-d-un-double-envoi', adresse: '0 rue Commune' };
    const doubles = await Promise.all([envoyer(double), envoyer(double), envoyer({ _cle: 'cle-d-un-autre-envoi' })]);
    expect(doubles.map((r) => r.statusCode)).toEqual([200, 200, 200]);
    const codes = [...reponses.slice(0, 13), ...doubles].map((r) => codeDe(r.body));
    expect([new Set(codes).size, codes[13]]).toEqual([15, codes[14]]);
    const deChacune = sql<{ n: number }>`
      select count(*)::int as n from demandes d
      where d.adresse like '%rue Commune' and (select count(*) from demande_evenements e where e.demande_id = d.id and e.rang = 1 and e.acte = 'recu') = 1
        and (select count(*) from demande_suiveurs s where s.demande_id = d.id) = 1
        and (select count(*) from echeances x where x.objet_id = d.id::text and x.genre = 'demande' and x.due_le = d.du_le) = 1
        and (select count(*) from audit a where a.objet = '/signalements/demandes/' || d.id and a.action = 'demande.recue') = 1`;
    expect(await compter(deChacune)).toBe(15);
    expect(await compter(sql`select count(*)::int as n from audit where action = 'demande.recue'`)).toBe((avant ?? 0) + 15);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('au même lieu suivi, chacun le rejoint ; ce qu’une base refuse à l’un n’ôte rien aux autres', async () => {
    const id = await creerRecurrence(app.base.owner, app.contratId, { territoireId: '7511801' });
    await sql`update recurrences set adresse = '1 allée Commune' where id = ${id}::uuid`.execute(app.base.owner);
    await recalculerChiffres(app.base.owner, app.contratId);
    const ici = await Promise.all(Array.from({ length: 6 }, () => envoyer({ adresse: '1 allée Commune' })));
    expect(ici.map((r) => r.statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(
      await compter(sql`select count(*)::int as n from recurrence_demandes x join demandes d on d.id = x.demande_id where d.adresse = '1 allée Commune'`),
    ).toBe(6);
    await sql`create function refuser_un() returns trigger language plpgsql as $$ begin
      if new.adresse = '13 rue Commune bis' then raise exception 'refusé' using errcode = '23514'; end if; return new; end $$`.execute(app.base.owner);
    await sql`create trigger refuser_un before insert on demandes for each row execute function refuser_un()`.execute(app.base.owner);
    const avec = await Promise.all(
      ['11 rue Commune bis', '12 rue Commune bis', '13 rue Commune bis', '14 rue Commune bis'].map((adresse) => envoyer({ adresse })),
    );
    await sql`drop trigger refuser_un on demandes`.execute(app.base.owner);
    expect(avec.map((r) => r.statusCode)).toEqual([200, 200, 500, 200]);
    expect(await compter(sql`select count(*)::int as n from demandes where adresse like '%rue Commune bis'`)).toBe(3);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('ceux qui signalent ensemble près de lieux suivis différents rejoignent chacun le plus proche du sien', async () => {
    const suivre = async (adresse: string, lon: number | null) => {
      const id = await creerRecurrence(app.base.owner, app.contratId, { territoireId: '7511801' });
      await sql`update recurrences set adresse = ${adresse}, lon = ${lon}, lat = ${lon === null ? null : LAT} where id = ${id}::uuid`.execute(app.base.owner);
      return id;
    };
    const [loin, pres, sansPoint] = [await suivre('', LON + 0.0102), await suivre('', LON + 0.01), await suivre('9 rue du Même Moment', null)];
    const question = { circuit: 'tranquillite-publique', categorie: 'bruit', territoireId: '7511801', adresse: '', lon: LON + 0.01, lat: LAT };
    const questions = [
      question,
      { ...question, lon: LON + 0.0103 },
      { ...question, lon: LON + 0.03, adresse: '9 RUE DU MEME MOMENT' },
      { ...question, lon: null, lat: null, adresse: '9 rue du même moment' },
      { ...question, lon: LON + 0.02 },
      { ...question, categorie: 'degradation' },
    ];
    const lus = await Promise.all(questions.map((q) => getRecurrenceProche(app.base.owner, app.contratId, q, 50)));
    expect(lus.map((r) => r?.id ?? null)).toEqual([pres, loin, sansPoint, sansPoint, null, null]);
  });

  test('ce qui entoure la page n’est de personne : qui a un compte a le sien, qui n’en a pas celui de tous', async () => {
    const page = async (qui?: Qui) => (await app.post('/signaler/tranquillite-publique/etapes', { etape: 'quoi', categorie: 'bruit' }, qui)).body;
    const [sans, avec, encore, autre] = [await page(), await page(DPMP), await page(), await page({ comme: 'agent', organisation: 'RATP' })];
    expect(encore.replaceAll(/value="[^"]*"/g, '')).toBe(sans.replaceAll(/value="[^"]*"/g, ''));
    expect([sans, avec, encore, autre].map((html) => [/href="\/connexion/.test(html), /action="\/deconnexion"/.test(html)])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, true],
    ]);
  });
});
