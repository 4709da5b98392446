import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { idDe } from '../demandes/identifiants.ts';
import { countParMaille, lireMailles, plier, type Selection } from './chauds.queries.ts';
import { plierLesMois } from './chauds.ts';

/** A town of reports with one planted cluster, read over HTTP: counts kept by the write, places for who works, quartiers for everyone; then an operation. */
const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const CHEMIN = '/signalements/points-chauds';
const PIC = { lon: 2.3505, lat: 48.8505 };
let app: AppDeTest;
let [ici, ailleurs] = ['', ''];

interface Voulue {
  lon: number;
  lat: number;
  jour: string;
  heure?: number | null;
  territoireId?: string;
  categorie?: string;
  lecteurs?: string[] | null;
  adresse?: string;
}
/** Written as the owner, all in one statement: triggers count them. */
async function planter(voulues: readonly Voulue[], a: Db = app.base.owner): Promise<string[]> {
  const lignes = voulues.map((v) => ({
    heure: 22,
    territoireId: ici,
    categorie: 'bruit',
    lecteurs: null,
    adresse: '',
    ...v,
    id: idDe(new Date(`${v.jour}T12:00:00Z`)),
  }));
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, adresse, lon, lat, service_id, lecteurs, etat, etat_le,
      du_le, recu_le, modifie_le)
    select ${app.contratId}, l.id, 'tranquillite-publique', 'web', l.categorie, 'Bruit, tapage', 'vie-nocturne', l.jour, l.heure, l."territoireId", l.adresse, l.lon, l.lat,
      'DPMP', l.lecteurs, 'recu', l.jour + time '12:00', l.jour + 3, l.jour + time '12:00', l.jour + time '12:00'
    from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as l (id uuid, categorie text, jour date, heure smallint, "territoireId" text, adresse text, lon float8, lat float8,
      lecteurs text[])`.execute(a);
  return lignes.map((l) => l.id);
}
const mois = (recul: number): string => {
  const d = new Date();
  return new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - recul, 15)).toISOString().slice(0, 10);
};
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;

let pic: string[] = [];
beforeAll(async () => {
  app = await ouvrirApp();
  [ici = '', ailleurs = ''] = [...app.catalogue.territoires.values()].filter((t) => app.catalogue.enfants(t.id).length === 0).map((t) => t.id);
  // One or two in each of 400 cells that touch, over three months, eight in each of nine around one place; a reserved one is counted nowhere.
  const fond = Array.from({ length: 400 }, (_, i) => ({ lon: 2.3405 + (i % 20) * 0.001, lat: 48.8405 + Math.floor(i / 20) * 0.001, jour: mois(1 + (i % 3)) }));
  await planter([...fond, ...fond.filter((_, i) => i % 4 === 0)]);
  const autour = (i: number) => ({ lon: PIC.lon + ((i % 3) - 1) * 0.001, lat: PIC.lat + ((Math.floor(i / 3) % 3) - 1) * 0.001 });
  pic = await planter(Array.from({ length: 72 }, (_, i) => ({ ...autour(i), jour: mois(1), adresse: '5 rue du Pic' })));
  await planter([
    { ...PIC, jour: mois(1), lecteurs: ['DPMP'] },
    { lon: 2.3406, lat: 48.8406, jour: mois(1), territoireId: ailleurs, categorie: 'degradation', heure: null },
    // In a home, of another kind and time, the last one written there.
    { ...PIC, jour: mois(20), categorie: 'bruit', heure: 3, adresse: '7 rue du Pic, porte gauche' },
  ]);
});
afterAll(() => app.close());

test('les comptes par carré sont ceux des lignes, sans les demandes réservées, et restent après l’effacement du lieu exact', async () => {
  const ecart = () =>
    lire(sql<{ n: number }>`
      with vrai as (
        select date_trunc('month', jour)::date as mois, circuit, categorie, extract(isodow from jour)::int as j, coalesce(heure / 6, 9) as t, maille, count(*)::int as n
        from demandes where lecteurs is null and maille is not null group by 1, 2, 3, 4, 5, 6),
      tenu as (select mois, origine, categorie, jour_semaine::int, tranche, maille, nombre from mailles_comptees where origine not like 'canal:%')
      select count(*)::int as n from ((table vrai except table tenu) union all (table tenu except table vrai)) x`);
  expect((await ecart())[0]?.n).toBe(0);
  const somme = () => lire(sql<{ n: number }>`select (select sum(nombre) from mailles_connues)::int as n, (select sum(nombre) from canaux_comptes)::int as c`);
  const avant = await somme();
  expect(avant).toEqual([{ n: 574, c: 574 }]);
  await sql`update demandes set anonymisee_le = now() where id = ${pic[39]}::uuid`.execute(app.base.owner);
  expect(await somme()).toEqual(avant);
  // Imported ones are counted beside them, by their own channel and without an hour.
  await sql`
    insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lon, lat, lot_id)
    select ${app.contratId}, 'dmr', 'essai-' || i, ${mois(1)}::date, 'bruit', 'Bruit', 'X', 'autre', 'vie-nocturne', ${ici}, 2.3505, 48.8505, '00000000-0000-0000-0000-000000000000'
    from generate_series(1, 3) as i on conflict do nothing`.execute(app.base.owner);
  expect(
    await lire(sql<{ o: string; t: number; n: number }>`select origine as o, tranche as t, nombre as n from mailles_comptees where origine like 'canal:%'`),
  ).toEqual([{ o: 'canal:dmr', t: 9, n: 3 }]);
});

test('un mois fini et additionné dit ce que disent ses comptes, pour chaque question, et ce qui s’y écrit ensuite aussitôt', async () => {
  const [du, au] = [`${mois(3).slice(0, 7)}-01`, `${mois(0).slice(0, 7)}-01`];
  const toutes: Selection[] = [undefined, 'tranquillite-publique', 'canal:dmr'].flatMap((origine) =>
    [undefined, 'bruit'].flatMap((categorie) =>
      [undefined, [1, 2, 3, 4, 5], [6, 7], [2]].flatMap((jours) => [undefined, 3].map((tranche) => ({ du, au, origine, categorie, jours, tranche }))),
    ),
  );
  const questions: Selection[] = [...toutes, { du: au, au }, { du, au, origine: 'rien' }];
  /** Counted from the counts alone, written otherwise. */
  const compter = async (q: Selection) =>
    (
      await lire(sql<{ maille: number; nombre: number }>`
        select maille, sum(nombre)::int as nombre from mailles_comptees
        where mois between ${q.du}::date and ${q.au}::date and coalesce(${q.origine ?? null}, origine) = origine and coalesce(${q.categorie ?? null}, categorie) = categorie
          and jour_semaine = any(coalesce(${q.jours ? [...q.jours] : null}::smallint[], array[1, 2, 3, 4, 5, 6, 7]::smallint[])) and coalesce(${q.tranche ?? null}::smallint, tranche) = tranche
        group by maille having sum(nombre) <> 0 order by maille`)
    ).map((x) => [x.maille, x.nombre]);
  const lus = async (q: Selection, mailles?: number[]) =>
    (await countParMaille(app.db, app.contratId, q, mailles)).map((x) => [x.maille, x.nombre]).sort(([a = 0], [b = 0]) => a - b);
  const verifier = async () => {
    const connues = await lire(
      sql<{ maille: number; total: number }>`select maille, sum(nombre)::int as total from mailles_connues group by maille order by maille`,
    );
    expect(connues.length).toBeGreaterThan(0);
    for (const q of questions) {
      const vrai = await compter(q);
      expect(await lus(q), JSON.stringify(q)).toEqual(vrai);
      const toutes = await lireMailles(app.db, app.contratId, q, undefined);
      const nombres = new Map(vrai.map(([maille = 0, nombre = 0]) => [maille, nombre]));
      const attendues = connues.map((k) => [k.maille, nombres.get(k.maille) ?? 0, Math.max(k.total, nombres.get(k.maille) ?? 0)]);
      expect(toutes.mailles.map((m, i) => [m, toutes.nombres[i], toutes.totaux[i]])).toEqual(attendues);
    }
    const [tout = { du, au }] = questions;
    const [premiere = []] = await compter(tout);
    expect(await lus(tout, [premiere[0] ?? 0, 1])).toEqual([premiere]);
  };
  const plies = async () => (await lire(sql<{ n: number }>`select count(distinct (mois, origine))::int as n from mailles_pliees`))[0]?.n;
  await verifier();
  const plierTout = () => dansLeFuseau('Europe/Paris', () => plierLesMois(app.db, app.contratId, new Date()));
  const faits = await plierTout();
  expect(faits).toBeGreaterThan(3);
  const tous = await plies();
  expect([tous, await plierTout()]).toEqual([faits, 0]);
  // The month that runs is none of them.
  expect(await lire(sql`select 1 from mailles_pliees where mois >= ${au}::date`)).toEqual([]);
  await verifier();
  // One more in a finished month: while it is being written nobody folds that month, which stays folded with what is added beside it.
  const ajouts = async () => (await lire(sql<{ n: number }>`select count(*)::int as n from mailles_ajoutees`))[0]?.n;
  const [tard] = [{ ...PIC, jour: mois(1), heure: 23 }];
  await app.base.owner.connection().execute(async (a) => {
    await sql`begin`.execute(a);
    await planter([tard], a);
    await expect(plier(app.db, { mois: `${mois(1).slice(0, 7)}-01`, origine: 'tranquillite-publique' })).resolves.toBe(false);
    await sql`rollback`.execute(a);
  });
  const [id = ''] = await planter([tard]);
  expect([await plies(), await ajouts()]).toEqual([tous, 1]);
  await verifier();
  expect([await plierTout(), await ajouts()]).toEqual([1, 0]);
  await verifier();
  // Corrected by who handles it: the month it leaves and the one it goes to; then as many as before for what follows.
  const corriger = (jour: string) =>
    sql`update demandes set jour = ${jour}::date, qualifiee_le = clock_timestamp() where id = ${id}::uuid`.execute(app.base.owner);
  await corriger(mois(2));
  expect([await plies(), await ajouts()]).toEqual([tous, 2]);
  await verifier();
  await plierTout();
  await verifier();
  await expect(sql`insert into mailles_pliees select * from mailles_pliees`.execute(app.db)).rejects.toThrow(/permission denied|droit refusé/);
  await sql`delete from demandes where id = ${id}::uuid`.execute(app.base.owner);
});

test('le lieu planté se distingue, se nomme pour qui travaille, et mène aux demandes ouvertes', async () => {
  const r = await app.get(`${CHEMIN}?territoire=tous&origine=tranquillite-publique`, DPMP);
  expect([r.statusCode, r.body.includes('5 rue du Pic'), /<strong[^>]*>\s*très net/.test(r.body)]).toEqual([200, true, true]);
  expect([...r.body.matchAll(/data-plan-lieu=/g)].length).toBe(1);
  // The exact place is of who handles what is reported there, and is one of what is counted.
  expect(r.body).not.toContain('7 rue du Pic');
  for (const qui of [
    { comme: 'elu', organisation: 'VILLE' },
    { comme: 'association', organisation: 'CHARONNE' },
    { comme: 'agent', organisation: 'PP' },
  ] as Qui[])
    for (const chemin of [`${CHEMIN}?territoire=tous`, `${CHEMIN}/fiche?territoire=tous`]) {
      const lue = await app.get(chemin, qui);
      expect([qui.comme, lue.statusCode, lue.body.includes('rue du Pic'), /signalements? \(/.test(lue.body)]).toEqual([qui.comme, 200, false, true]);
    }
  expect(r.body).toContain('On compte ce qui est signalé, non ce qui arrive');
  const lien = /href="(\/signalements\/boite\?[^"]*mailles=[^"]*)"/.exec(r.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const boite = await app.get(lien, DPMP);
  expect([
    boite.statusCode,
    boite.body.includes('5 rue du Pic'),
    (await app.get(`${lien}&vue=carte`, DPMP)).body.includes('data-plan-lieu="2.35050,48.85050"'),
  ]).toEqual([200, true, true]);
  // Nothing at another hour, too little to tell; the other question is answered too.
  expect((await app.get(`${CHEMIN}?territoire=tous&moment=0`, DPMP)).body).toContain('Trop peu pour le dire');
  expect((await app.get(`${CHEMIN}?territoire=tous&reference=signalements&jours=semaine&periode=rien&categorie=rien`, DPMP)).statusCode).toBe(200);
  const contours = await app.get('/signalements/contours.json');
  expect([contours.statusCode, contours.json()]).toEqual([200, { type: 'FeatureCollection', features: [] }]);
});

test('la fiche d’une page et les opérations à côté des signalements', async () => {
  const fiche = await app.get(`${CHEMIN}/fiche?territoire=tous`, DPMP);
  expect([fiche.statusCode, fiche.body.includes('5 rue du Pic'), /en retard/.test(fiche.body), /0\srépondu/.test(fiche.body)]).toEqual([200, true, true, true]);
  const pdf = await app.get(`${CHEMIN}/fiche/pdf?territoire=tous`, DPMP);
  expect([pdf.statusCode, pdf.rawPayload.subarray(0, 5).toString(), [...pdf.rawPayload.toString('latin1').matchAll(/\/Type \/Page\b/g)].length]).toEqual([
    200,
    '%PDF-',
    1,
  ]);
  expect((await app.get(`${CHEMIN}/fiche/exe`, DPMP)).statusCode).toBe(404);
  const moyens = await app.get(`${CHEMIN}/moyens?territoire=tous`, DPMP);
  expect([moyens.statusCode, moyens.body.includes('Zones de tension la nuit')]).toEqual([200, true]);
  for (const x of ['', '/fiche', '/fiche/pdf', '/moyens'])
    expect([(await app.get(`${CHEMIN}${x}`)).statusCode, (await app.get(`${CHEMIN}${x}`, { comme: 'administrateur' })).statusCode]).toEqual([303, 403]);
});

test('chacun lit les nombres par quartier, sans rue ; un petit nombre est masqué et ne se retrouve pas', async () => {
  const [{ t = '' } = {}] = await lire(sql<{ t: string }>`select to_char(${mois(1)}::date, 'YYYY') || '-T' || extract(quarter from ${mois(1)}::date) as t`);
  const pages = [
    await app.get('/signaler/quartiers'),
    await app.get(`/signaler/quartiers?trimestre=${t}`),
    await app.get('/signaler/quartiers?trimestre=2999-T9'),
  ];
  for (const p of pages) expect([p.statusCode, /rue du Pic|48\.8/.test(p.body)]).toEqual([200, false]);
  // One report in a quartier: it is not said that there is one.
  const ligne = (html: string, id: string) =>
    new RegExp(`${app.catalogue.territoires.get(id)?.nom ?? ''}</th>.*?</tr>`, 's').exec(html)?.[0].replaceAll(/<[^>]+>/g, ' ');
  const tousLesTrimestres = await Promise.all(
    [1, 2, 3].map((r) => lire(sql<{ t: string }>`select to_char(${mois(r)}::date, 'YYYY') || '-T' || extract(quarter from ${mois(r)}::date) as t`)),
  );
  for (const x of new Set(tousLesTrimestres.flatMap((l) => l.map((y) => y.t)))) {
    const html = (await app.get(`/signaler/quartiers?trimestre=${x}`)).body;
    expect(/\s[1-4]\s/.test(ligne(html, ailleurs) ?? '')).toBe(false);
  }
});

test('SIGN-08, retour-de-ciblage : une opération faite de demandes cochées, et son compte rendu à tous ceux qui ont signalé', async () => {
  const [a = '', b = ''] = pic;
  const lot = await app.post('/signalements/boite/lot', { demande: [`${a}:1`, `${b}:1`], acte: 'operation' }, DPMP);
  const vers = lot.headers.location ?? '';
  expect([lot.statusCode, vers.startsWith('/signalements/operations/nouvelle?demandes=')]).toEqual([303, true]);
  const page = await app.get(vers, DPMP);
  expect([page.statusCode, page.body.includes('5 rue du Pic')]).toEqual([200, true]);
  const formulaire = lireFormulaire(page.body, '/signalements/operations/nouvelle');
  const options = (cle: string) => app.catalogue.listes.get(cle)?.[0]?.code ?? '';
  const jour = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const champs = { ...formulaire, titre: 'Passages du soir', jour, type: options('types-d-operation'), service: options('services'), cadre: 'ordinaire' };
  const cadre = /name="cadre".*?<option value="([a-z-]+)"/s.exec(page.body)?.[1] ?? '';
  // What the register refuses is said, nothing is lost, nothing is made.
  const refusee = await app.post('/signalements/operations/nouvelle', { ...champs, cadre, type: '' }, DPMP);
  expect([refusee.statusCode, refusee.body.includes('Passages du soir'), (await lire(sql`select 1 from demande_operations`)).length]).toEqual([422, true, 0]);
  for (const qui of [
    { comme: 'agent', organisation: 'RATP' },
    { comme: 'agent', organisation: 'DPMP', territoire: 'mairie-20' },
  ] as const)
    expect((await app.post('/signalements/operations/nouvelle', { ...champs, cadre }, qui)).statusCode).toBe(403);
  // Of today, only who writes it knows: it is asked, and what contradicts its day is refused.
  const aujourdhui = dansLeFuseau('Europe/Paris', () => jourDe(new Date()));
  for (const [plus, mot] of [
    [{ jour: aujourdhui }, 'dites si elle est faite'],
    [{ etape: 'realisee' }, 'Ce jour est à venir'],
    [{ jour: '2026-01-05', etape: 'programmee' }, 'Ce jour est passé'],
  ] as const) {
    const r = await app.post('/signalements/operations/nouvelle', { ...champs, cadre, ...plus }, DPMP);
    expect([mot, r.statusCode, r.body.includes(mot)]).toEqual([mot, 422, true]);
  }
  const faite = await app.post('/signalements/operations/nouvelle', { ...champs, cadre, jour: aujourdhui, etape: 'programmee' }, DPMP);
  const operation = faite.headers.location ?? '';
  expect([faite.statusCode, /^\/signalements\/operations\/[0-9a-f-]{36}$/.test(operation)]).toEqual([303, true]);
  const [enregistrement] = await lire(sql<{ etape: string; territoire: string }>`
    select etape, territoire_id as territoire from activites where id = ${operation.slice(-36)}::uuid`);
  expect(enregistrement).toEqual({ etape: 'programmee', territoire: ici });
  expect((await app.get('/signalements/operations', DPMP)).body).toContain('Passages du soir');
  expect([(await app.get(operation)).statusCode, (await app.get(`/signalements/operations/${a}`, DPMP)).statusCode]).toEqual([303, 404]);
  // Reported once it is done, and not before: each of them hears it, once.
  const compte = `${operation}/compte`;
  expect((await app.post(compte, { message: 'Fait.' }, DPMP)).statusCode).toBe(409);
  await sql`update activites set etape = 'realisee', jour = current_date where id = ${operation.slice(-36)}::uuid`.execute(app.base.owner);
  expect((await app.post(compte, { message: '' }, DPMP)).statusCode).toBe(422);
  expect((await app.post(compte, { message: 'Vu avec Mme Martin.' }, DPMP)).statusCode).toBe(422);
  expect((await app.post(compte, { message: 'Fait.' }, { comme: 'agent', organisation: 'RATP' })).statusCode).toBe(403);
  for (const id of [a, b]) {
    const [v] = await lire(sql<{ version: number; etat: string }>`select version, etat from demandes where id = ${id}::uuid`);
    if (v?.etat === 'recu') await app.post(`/signalements/demandes/${id}/acte`, { version: String(v.version), vers: 'pris-en-charge' }, DPMP);
  }
  // One joined to another since is told by its lead, and the page does not promise otherwise.
  const jointe = pic[2] ?? '';
  await sql`insert into demande_operations (contrat_id, activite_id, demande_id, liee_par, liee_le)
    values (${app.contratId}, ${operation.slice(-36)}::uuid, ${jointe}::uuid, 'Essai', now())`.execute(app.base.owner);
  await sql`update demandes set meneur_id = ${pic[3]}::uuid where id = ${jointe}::uuid`.execute(app.base.owner);
  expect((await app.get(operation, DPMP)).body).toContain('Lu par ceux qui ont fait 2');
  expect((await app.post(compte, { message: 'Trois passages de 22 h à 1 h.' }, DPMP)).headers.location).toBe(`${operation}?rendues=2`);
  expect(await lire(sql<{ etat: string }>`select etat from demandes where id = ${jointe}::uuid`)).not.toEqual([{ etat: 'fait' }]);
  expect(
    await lire(sql<{ m: string }>`select distinct message as m from demande_evenements where demande_id = any(${[a, b]}::uuid[]) and vers = 'fait'`),
  ).toEqual([{ m: 'Trois passages de 22 h à 1 h.' }]);
  expect((await app.get(`${operation}?rendues=2`, DPMP)).body).toContain('Compte rendu donné pour 2');
  expect((await app.post(compte, { message: 'Encore.' }, DPMP)).statusCode).toBe(422);
});
