/** What reports give to figures, what is published of them month after month, and what is left aside when too many come at once. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { PALIERS, prendreUnePlace } from '../../core/http/affluence.ts';
import { purgerSeules } from '../comptes/dpo/conservation.ts';
import { EN_DIRECT, getFigures, getFormulaire, verifierChiffres } from '../indicateurs/index.ts';
import { contribuerLesComptes } from '../indicateurs/saisie/compteurs.ts';
import { definitionsDecouvertes } from '../registres/registres.definitions.ts';
import { CONSERVATION } from './signalements.conservation.ts';
import { decalerMois } from './points-chauds/periode.rules.ts';

const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'VILLE' };
const QUARTIER = '7511801';
/** Finished, and of the contract. */
const [AVANT, ANNEE] = ['2024', '2025'];
type Champs = Record<string, string | string[]>;

let app: AppDeTest;
let n = 0;
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const plat = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const figure = async (mesure: string, periode: string) => {
  const f = await getFormulaire(app.base.owner, app.contratId);
  const figures = await getFigures(app.base.owner, app.contratId, f, {
    ...{ mesures: [mesure], periodes: [periode], territoireId: app.catalogue.racine.id, aire: null, aujourdhui: '2026-11-30', enDirect: EN_DIRECT },
  });
  return figures.get(periode)?.get(mesure);
};
const tenus = async () => (await verifierChiffres(app.base.owner, app.contratId)).differences;
const versionDe = async (id: string) => (await lire(sql<{ version: number }>`select version from demandes where id = ${id}::uuid`))[0]?.version ?? 0;
const agir = async (id: string, champs: Record<string, string>, organisation: string) => {
  const r = await app.post(`/signalements/demandes/${id}/acte`, { version: String(await versionDe(id)), ...champs }, { comme: 'agent', organisation });
  expect([r.statusCode, plat(r.body).slice(0, 200)]).toEqual([303, '']);
};
/** Just written, in that circuit. */
const derniere = async (circuit: string) =>
  (
    await lire(
      sql<{ id: string; service: string }>`select id, service_id as service from demandes where circuit = ${circuit} order by recu_le desc, id desc limit 1`,
    )
  )[0] ?? {
    id: '',
    service: '',
  };

beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Les halls', () => {
  const AN = String(new Date().getFullYear());
  let bailleur = '';
  const signaler = async (adresse: string, plus: Champs = {}) => {
    const champs = {
      categorie: 'hall',
      'q.creneau': 'nuit',
      'q.faits': 'bruit',
      'q.surveillance': 'non',
      territoire: QUARTIER,
      adresse,
      texte: '',
      meme: 'non',
      ...plus,
    };
    const r = await app.post('/signalements/saisir/halls-occupes', champs, { comme: 'agent', organisation: bailleur });
    expect([r.statusCode, plat(r.body).includes('C’est envoyé')]).toEqual([200, true]);
    return derniere('halls-occupes');
  };
  const suivre = async (adresse: string, type = 'hall') => {
    const champs = {
      titre: 'Hall suivi',
      jour: `${AN}-01-15`,
      territoire_id: QUARTIER,
      organisation_id: 'DPMP',
      adresse,
      'donnees.type': type,
      'donnees.etat': 'actif',
    };
    const r = await app.post('/registres/sites/nouveau', champs, DPMP);
    expect([r.statusCode, plat(r.body).slice(0, 300)]).toEqual([303, '']);
  };

  test('3.4-10 compte une fois l’adresse que le circuit et le registre disent tous deux, et se prouve par les deux', async () => {
    bailleur = [...app.catalogue.acteurs.values()].find((a) => a.type === 'bailleur')?.id ?? '';
    await suivre('12 rue de l’Essai');
    await suivre('3 place du Marché', 'campement');
    // Only one way has spoken.
    expect(await figure('3.4-10', AN)).toMatchObject({ valeur: 1, contributions: { recues: 1, attendues: 2 } });
    await signaler('12, RUE DE L’ESSAI 75018 Paris');
    const seconde = await signaler('40 bd Ney');
    await signaler('40 Boulevard Ney');
    await signaler('7bis av. de Clichy');
    await signaler('7 bis avenue de Clichy', { categorie: 'abords' });
    expect(await figure('3.4-10', AN)).toMatchObject({ valeur: 3 });
    expect((await figure('3.4-10', AN))?.contributions).toBeUndefined();
    const preuve = plat((await app.get(`/chiffres/3.4-10?periode=${AN}`, COORDINATION)).body);
    for (const mot of ['Sites et points suivis', 'Signalements et demandes reçus', 'une valeur dite des deux côtés compte une fois', 'Hall suivi'])
      expect(preuve).toContain(mot);
    // Reserved to its services: a row says neither where nor which.
    expect([preuve.includes('Demande réservée à ses services'), preuve.includes('boulevard ney')]).toEqual([true, false]);
    expect(await tenus()).toEqual([]);
    // Corrected, it is counted where it is; closed, it was there this year all the same; erased, it still is.
    await agir(seconde.id, { vers: 'transmis', service: 'SCOP', motif: 'De la salle.' }, seconde.service);
    await agir(seconde.id, { vers: 'hors-competence', motif: 'Copropriété privée.', ailleurs: 'plainte' }, 'SCOP');
    await sql`update demandes set anonymisee_le = now() where id = ${seconde.id}::uuid`.execute(app.base.owner);
    expect(await lire(sql<{ adresse: string }>`select adresse from demandes where id = ${seconde.id}::uuid`)).toEqual([{ adresse: '' }]);
    expect(await figure('3.4-10', AN)).toMatchObject({ valeur: 3 });
    expect(await figure('3.4-10', String(Number(AN) + 1))).toMatchObject({ valeur: 3 });
    expect(await tenus()).toEqual([]);
    // Nothing but such circuits keeps which place it was.
    expect(await lire(sql<{ n: number }>`select count(*)::int as n from demandes where lieu_cle is not null and circuit <> 'halls-occupes'`)).toEqual([
      { n: 0 },
    ]);
    // Records of every register that counts places have their number as they are written.
    const [declencheur] = await lire(sql<{ dit: string }>`select pg_get_triggerdef(oid) as dit from pg_trigger where tgname = 'activites_adresse_comptee'`);
    for (const d of definitionsDecouvertes.filter((x) => x.compteLieux)) expect(declencheur?.dit).toContain(`'${d.code}'`);
  });

  test('une adresse est la même avec ou sans code postal, celle d’une autre commune non ; effacée, plus rien ne la relie à son lieu', async () => {
    const cle = async (adresse: string, lieu = QUARTIER) =>
      (await lire(sql<{ cle: string }>`select cle_d_adresse(${app.contratId}::smallint, ${lieu}, ${adresse}) as cle`))[0]?.cle;
    const ici = await cle('12 rue de la Paix');
    for (const autrement of [
      '12, rue de la Paix, 75002 Paris',
      '75018 PARIS, 12 RUE DE LA PAIX',
      '12 rue de la Paix 75002',
      '12 rue de la Paix, Paris 2e',
      '12  RUE de la paix',
    ])
      expect([autrement, await cle(autrement)]).toEqual([autrement, ici]);
    expect(await cle('12 rue de la Paix, 93500 Pantin')).toBe(await cle('12 rue de la Paix 93500 PANTIN CEDEX'));
    expect(new Set([ici, await cle('12 rue de la Paix, 93500 Pantin'), await cle('12 rue de la Paix 92110 Clichy'), await cle('14 rue de la Paix')]).size).toBe(
      4,
    );
    expect([await cle(''), (await cle('75018 Paris')) === ici]).toEqual([null, false]);
    // A contract of several towns: an address that does not say its own is of the town it is placed in.
    const { owner } = app.base;
    await sql`insert into territoires (contrat_id, id, type, nom, parent_id, ordre) values (${app.contratId}, 'pantin', 'commune', 'Pantin', ${app.catalogue.racine.id}, 900)`.execute(
      owner,
    );
    expect([await cle('12 rue de la Paix', 'pantin'), (await cle('12 rue de la Paix', 'pantin')) === ici]).toEqual([
      await cle('12 rue de la Paix, 93500 Pantin'),
      false,
    ]);
    await sql`delete from territoires where id = 'pantin'`.execute(owner);

    const regle = CONSERVATION.filter((r) => r.code === 'adresses-comptees');
    const purger = () => purgerSeules(app.db, app.contratId, regle, new Date());
    // What ties erased reports to where they were, by trying every address of the town.
    const reliees = () =>
      lire(sql<{ adresse: string; n: number }>`
        select x.adresse, count(*)::int as n from (values ('40 boulevard Ney'), ('7 bis avenue de Clichy'), ('12 rue de l’Essai')) as x (adresse)
        join adresses_comptees a on a.cle = cle_d_adresse(${app.contratId}::smallint, ${QUARTIER}, x.adresse)
        join demandes d on d.lieu_cle = a.jeton group by 1 order by 1`);
    const vieillir = () => sql`update adresses_comptees set dite_le = now() - interval '367 days'`.execute(owner);
    expect(await reliees()).toEqual([
      { adresse: '12 rue de l’Essai', n: 1 },
      { adresse: '40 boulevard Ney', n: 2 },
      { adresse: '7 bis avenue de Clichy', n: 2 },
    ]);
    // One of the two still says it.
    await vieillir();
    expect(await purger()).toBe(0);
    await sql`update demandes set anonymisee_le = now() where circuit = 'halls-occupes' and adresse ilike '%Ney%' or adresse ilike '%Essai%'`.execute(owner);
    // The year is not over.
    expect(await purger()).toBe(0);
    await vieillir();
    expect(await purger()).toBe(1);
    // A site that is followed there says its own address.
    expect(await reliees()).toEqual([
      { adresse: '12 rue de l’Essai', n: 1 },
      { adresse: '7 bis avenue de Clichy', n: 2 },
    ]);
    const restes = await lire(sql<{ lieux: number; n: number }>`
      select count(distinct lieu_cle)::int as lieux, count(*)::int as n from demandes where circuit = 'halls-occupes' and anonymisee_le is not null`);
    expect([restes, (await figure('3.4-10', AN))?.valeur, await tenus()]).toEqual([[{ lieux: 2, n: 3 }], 3, []]);
  });
});

describe('L’enfance en danger', () => {
  const CIRCUIT = 'enfance-en-danger';
  /** As the circuit writes it, some years ago. */
  const saisir = async (an: string, combien: number, vers: readonly [etat: string, service: string][] = []) => {
    for (let i = 0; i < combien; i++) {
      const le = new Date(`${an}-03-0${1 + (i % 9)}T10:00:0${i % 10}.${100 + i}Z`);
      await sql`
        with d as (
          insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, lecteurs, etat, etat_le, recu_le, modifie_le)
          values (${app.contratId}, (lpad(to_hex(${le.getTime()}::bigint), 12, '0') || substr(md5(${`${++n}`}), 1, 20))::uuid, ${CIRCUIT}, 'partenaire', 'danger', 'Danger', 'autre',
            ${le}::date, ${QUARTIER}, 'CRIP', '{CRIP,UASA}', 'recu', ${le}, ${le}, ${le}) returning id
        )
        insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers, service_id)
        select ${app.contratId}, d.id, e.rang, ${le}::timestamptz + e.rang * interval '1 day', case e.rang when 1 then 'recu' else 'etat' end, e.vers, e.service
        from d, jsonb_to_recordset(${JSON.stringify([['recu', 'CRIP'], ...vers].map(([etat, service], r) => ({ rang: r + 1, vers: etat, service })))}::jsonb)
          as e (rang int, vers text, service text)`.execute(app.base.owner);
    }
  };
  const contribuer = () =>
    dansLeFuseau('Europe/Paris', () =>
      contribuerLesComptes(app.bases.partenariat, {
        ...{ contrat: { id: app.contratId, slug: 'paris-2023-2026' }, adresse: 'http://concorde.exemple', maintenant: new Date('2026-11-30T03:00:00Z') },
      }),
    );

  test('l’année finie, les étapes du circuit deviennent la contribution de qui le pilote, à valider par un autre ; moins de cinq se tait', async () => {
    await saisir(AVANT, 2);
    await saisir(ANNEE, 6, [['pris-en-charge', 'CRIP']]);
    await saisir(ANNEE, 3, [
      ['pris-en-charge', 'CRIP'],
      ['transmis', 'PARQUET'],
      ['transmis', 'PARQUET'],
    ]);
    await saisir(ANNEE, 1, [['transmis', 'DSOL']]);
    // Taken in charge by another, it is not an evaluation that the cell opened.
    await saisir(ANNEE, 1, [
      ['transmis', 'PARQUET'],
      ['pris-en-charge', 'PARQUET'],
    ]);
    expect([await contribuer(), await contribuer()]).toEqual([3, 0]);
    const donnees = await lire(sql<{ dit: string }>`
      select concat_ws(' ', mesure_id, periode, debiteur, etat, valeur::int, saisi_par_organisation, validee) as dit from valeurs where saisi_par = 'Compteur du circuit' order by 1`);
    expect(donnees.map((x) => x.dit)).toEqual([
      `2.4-03a ${ANNEE} CRIP valeur 9 CRIP f`,
      `2.4-03b ${ANNEE} CRIP valeur 11 CRIP f`,
      `2.4-04 ${ANNEE} CRIP secret CRIP f`,
    ]);
    // The form says what was counted, and that a first year is not whole.
    const saisie = async (m: string, an: string) => plat((await app.get(`/chiffres/${m}/saisir?periode=${an}&debiteur=CRIP`, COORDINATION)).body);
    expect(await saisie('2.4-03a', ANNEE)).toMatch(/circuit a compté pour 2025 .* : 9/);
    expect(await saisie('2.4-03b', AVANT)).toContain('secret : moins de cinq, ce nombre ne sort pas (en partie : le circuit a commencé cette année-là');
    expect(await saisie('2.4-04', ANNEE)).toContain('moins de cinq');
    expect(plat((await app.get(`/chiffres/2.4-03a?periode=${ANNEE}`)).body)).toContain('Ce que son circuit a compté, l’année finie, à valider');
    // Nobody typed it: it says so, and whoever it is told of is asked.
    expect(plat((await app.get(`/chiffres/2.4-03a?periode=${ANNEE}`, COORDINATION)).body)).toContain(', compté par le circuit');
    expect(
      await lire(sql`select sujet from echeances where genre = 'chiffre-a-confirmer' and organisation_id = 'CRIP' and soldee_le is null order by 1`),
    ).toEqual([{ sujet: '2.4-03a' }, { sujet: '2.4-03b' }, { sujet: '2.4-04' }]);
    await expect(sql`select * from nombres_de_circuits('{enfance-en-danger}', 2026)`.execute(app.bases.public)).rejects.toMatchObject({ code: '42501' });
  });
});

test('3.6-12 dit ce qu’il laisse de côté, et montre à ceux qui travaillent les opérations à côté des signalements', async () => {
  const page = async (qui?: Qui) => plat((await app.get('/chiffres/3.6-12?periode=2025', qui)).body);
  const [publique, travail] = [await page(), await page(DPMP)];
  for (const p of [publique, travail]) expect(p).toContain('Ni les signalements ni les opérations n’entrent dans ce nombre');
  expect([publique.includes('Opérations et signalements, à côté'), travail.includes('Opérations et signalements, à côté')]).toEqual([false, true]);
  const moyens = await app.get('/signalements/points-chauds/moyens?territoire=tous', DPMP);
  expect(plat(moyens.body)).toContain('toutes les opérations réalisées du registre, quel que soit leur objet');
  // What it leads to is there.
  const lien = /href="(\/[^"]*3\.6-12)"/.exec(moyens.body)?.[1] ?? '';
  expect((await app.get(lien, DPMP)).statusCode).toBe(200);
});

test('un mois fini se lit pour le contrat et chaque mairie ; ses quartiers et ses circuits, par trimestre seulement', async () => {
  const mois = decalerMois(`${new Date().toISOString().slice(0, 7)}-01`, -1);
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, etat, etat_le, recu_le, modifie_le)
    select ${app.contratId}, (lpad(to_hex((extract(epoch from le) * 1000)::bigint), 12, '0') || substr(md5(l || i::text), 1, 20))::uuid, 'tranquillite-publique', 'web', 'bruit',
      'Bruit', 'vie-nocturne', le::date, l, 'DT', 'recu', le, le, le
    from (values ('7511801', 21), ('7511901', 3), ('7512001', 17)) as x (l, combien), generate_series(1, combien) as i
    cross join lateral (select ${mois}::date + interval '10 days' + i * interval '1 hour' as le) as t`.execute(app.base.owner);
  const lieu = (id: string) => app.catalogue.ascendants(id).at(-2);
  const [dixHuit, dixNeuf] = [lieu('7511801'), lieu('7511901')];
  const lirePage = async (q: string) => {
    const r = await app.get(`/signaler/bilan${q}`);
    expect(r.statusCode).toBe(200);
    return r.body;
  };
  const rangee = (html: string, nom: string) => plat(new RegExp(`${nom}[^<]*(?:</a>)?</th>.*?</tr>`, 's').exec(html)?.[0] ?? '');
  const html = await lirePage('');
  expect(plat(html)).toContain('41 signalements reçus');
  // Three are hidden, and with them those that would give them back.
  expect(rangee(html, dixNeuf?.nom ?? '?')).toContain('masqué');
  expect(html).not.toContain('Par circuit');
  const deMairie = await lirePage(`?mois=${mois.slice(0, 7)}&territoire=${dixHuit?.id}`);
  expect([deMairie.includes('Mois par mois'), deMairie.includes('Par lieu')]).toEqual([true, false]);
  expect(plat(deMairie)).toContain('Quartier par quartier, par trimestre entier');
  // A month that still runs, or is no month, is the last that is over.
  for (const q of ['?mois=2999-01', '?mois=rien', `?mois=${new Date().toISOString().slice(0, 7)}`])
    expect(plat(await lirePage(q))).toContain('41 signalements reçus');
  for (const q of ['?trimestre=2026-T1', `?trimestre=2026-T1&territoire=${dixHuit?.id}`]) expect(plat(await lirePage(q))).toContain('1er trimestre 2026');
});

describe('Quand trop de signalements arrivent à la fois', () => {
  const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const FORME = { categorie: 'bruit', danger: 'non', 'q.source': 'rue', territoire: QUARTIER, heure: '', texte: '' };
  const envoyer = async (plus: Record<string, string>) => {
    const corps = new FormData();
    for (const [nom, v] of Object.entries({ ...FORME, adresse: `${++n} rue de la Foule`, ...plus })) corps.append(nom, v);
    corps.append('photo', new Blob([PHOTO], { type: 'image/png' }), 'vue.png');
    const r = new Response(corps);
    return app.serveur.inject({
      ...{ method: 'POST', url: '/signaler/tranquillite-publique', remoteAddress: `10.9.${n >> 8}.${n & 255}`, payload: Buffer.from(await r.arrayBuffer()) },
      headers: { 'content-type': r.headers.get('content-type') ?? '' },
    });
  };
  const OPERATEUR: Qui = { comme: 'operateur', organisation: 'DPMP' };
  /** What is done for one more, in order: is the photograph taken, are near ones looked for, does the letter leave at once, is it received. */
  async function voir() {
    const adresse = `${n + 1} rue de la Foule`;
    const r = await envoyer({ courriel: `foule-${n}@exemple.fr` });
    const [lettre] = await lire(
      sql<{ attend: boolean }>`select prochain_le > now() + interval '1 minute' as attend from courriels order by cree_le desc, prochain_le desc limit 1`,
    );
    const [recue] = await lire(sql<{ n: number }>`select count(*)::int as n from demandes where adresse = ${adresse}`);
    const saisir = await app.get('/signalements/saisir/tranquillite-publique?categorie=bruit', OPERATEUR);
    return {
      photo: r.statusCode === 200 && !plat(r.body).includes('Trop de photos arrivent'),
      proches: !saisir.body.includes('ce qui est déjà signalé n’est pas cherché'),
      lettre: r.statusCode === 200 && lettre?.attend === false,
      recu: [r.statusCode, r.headers['retry-after'] ?? '', recue?.n ?? 0],
    };
  }

  test('les photos d’abord, puis la recherche des proches, puis les lettres, et enfin 503 : rien d’acquitté n’est perdu, tout revient', async () => {
    const libres: (() => void)[] = [];
    const jusqua = (combien: number) => {
      while (libres.length < combien) libres.push(prendreUnePlace());
    };
    try {
      expect(await voir()).toEqual({ photo: true, proches: true, lettre: true, recu: [200, '', 1] });
      jusqua(PALIERS.photos);
      expect(await voir()).toEqual({ photo: false, proches: true, lettre: true, recu: [200, '', 1] });
      jusqua(PALIERS.proches);
      expect(await voir()).toEqual({ photo: false, proches: false, lettre: true, recu: [200, '', 1] });
      jusqua(PALIERS.lettres);
      expect(await voir()).toEqual({ photo: false, proches: false, lettre: false, recu: [200, '', 1] });
      jusqua(PALIERS.refus);
      expect(await voir()).toEqual({ photo: false, proches: false, lettre: false, recu: [503, '5', 0] });
      // What was typed is given back, to be sent again.
      const refuse = await envoyer({ texte: 'Cris chaque soir.' });
      expect([plat(refuse.body).includes('le vôtre n’est pas enregistré'), refuse.body.includes('Cris chaque soir.')]).toEqual([true, true]);
      // A form that is refused for another reason gives its place back.
      for (const rendre of libres.splice(0, 2)) rendre();
      for (let i = 0; i < 4; i++) expect((await envoyer({ categorie: 'rien' })).statusCode).toBe(422);
    } finally {
      for (const rendre of libres) rendre();
    }
    expect(await voir()).toEqual({ photo: true, proches: true, lettre: true, recu: [200, '', 1] });
  });
});
