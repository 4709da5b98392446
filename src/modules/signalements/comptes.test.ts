/** What reports give to figures, what is published of them month after month, and what is left aside when too many come at once. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { PALIERS, prendreUnePlace } from '../../core/http/affluence.ts';
import { purgerSeules } from '../comptes/dpo/conservation.ts';
import { EN_DIRECT, getFigures, getFormulaire, verifierChiffres } from '../indicateurs/index.ts';
import { contribuerLesComptes } from '../indicateurs/saisie/compteurs.ts';
import { arreterAu, codeDe } from './signalements.fixtures.ts';
import { definitionsDecouvertes } from '../registres/registres.definitions.ts';
import { CONSERVATION } from './signalements.conservation.ts';

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
  const signaler = async (adresse: string, plus: Champs = {}, de = bailleur) => {
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
    const r = await app.post('/signalements/saisir/halls-occupes', champs, { comme: 'agent', organisation: de });
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
    // Of a year that has not begun, what is there today says nothing.
    expect(await figure('3.4-10', '2099')).toMatchObject({ etat: 'attendu', valeur: null });
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

describe('Ce qui est joint, et ce qui est séparé', () => {
  const bailleurs = () =>
    [...app.catalogue.acteurs.values()]
      .filter((a) => a.type === 'bailleur')
      .slice(0, 3)
      .map((a) => a.id);
  const signaler = async (adresse: string, de: string) => {
    const champs = {
      categorie: 'abords',
      'q.creneau': 'nuit',
      'q.faits': 'bruit',
      'q.surveillance': 'non',
      territoire: QUARTIER,
      adresse,
      texte: '',
      meme: 'non',
    };
    expect((await app.post('/signalements/saisir/halls-occupes', champs, { comme: 'agent', organisation: de })).statusCode).toBe(200);
    return (await derniere('halls-occupes')).id;
  };
  const lecteursDe = async (id: string) => (await lire(sql<{ x: string[] }>`select lecteurs as x from demandes where id = ${id}::uuid`))[0]?.x.sort();
  const lit = async (id: string, organisation: string) => (await app.get(`/signalements/demandes/${id}`, { comme: 'agent', organisation })).statusCode === 200;
  /** How many wait in the circuit, as they are kept, and as rows say. */
  const attendent = async () =>
    (
      await lire(sql<{ gardes: number; lignes: number }>`
        select (select sum(nombre)::int from demande_comptes where circuit = 'halls-occupes') as gardes,
          (select count(*)::int from demandes where circuit = 'halls-occupes' and meneur_id is null) as lignes`)
    )[0];

  test('une jointe n’attend qu’avec celle qui la mène ; séparées, chacune n’est plus lue que par ses lecteurs d’avant et ses services', async () => {
    const [un = '', deux = '', trois = ''] = bailleurs();
    const [a, b, d] = [
      await signaler('1 rue des Lecteurs', un),
      await signaler('1 bis rue des Lecteurs', deux),
      await signaler('1 ter rue des Lecteurs', trois),
    ];
    const seules = await attendent();
    expect([await lecteursDe(a), await lecteursDe(b)]).toEqual([['DPMP', 'DT', un].sort(), ['DPMP', 'DT', deux].sort()]);
    for (const x of [b, d]) expect((await app.post(`/signalements/demandes/${x}/joindre`, { meneur: a }, DPMP)).statusCode).toBe(303);
    const attente = await attendent();
    expect(attente).toEqual({ gardes: (seules?.gardes ?? 0) - 2, lignes: (seules?.lignes ?? 0) - 2 });
    expect([await lit(a, deux), await lit(b, un)]).toEqual([true, true]);
    // Answers to questions are of who handles it and of who asked: the other landlord reads neither.
    const de = async (id: string, organisation: string) => (await app.get(`/signalements/demandes/${id}`, { comme: 'agent', organisation })).body;
    expect([
      (await de(b, un)).includes('À quel moment ?'),
      (await de(b, deux)).includes('À quel moment ?'),
      (await de(b, un)).includes('réponses, aux questions'),
    ]).toEqual([false, true, true]);
    await agir(a, { vers: 'transmis', service: 'COMM', motif: 'De la police nationale.' }, 'DT');
    expect([await lit(b, 'COMM'), await lit(d, 'COMM')]).toEqual([true, true]);
    // Who separates it gives it back, and reads it no more.
    const separee = await app.post(`/signalements/demandes/${b}/disjoindre`, {}, { comme: 'agent', organisation: 'COMM' });
    expect([separee.statusCode, separee.headers.location]).toEqual([303, `/signalements/demandes/${a}`]);
    expect([await lecteursDe(b), await lecteursDe(a)]).toEqual([['DPMP', 'DT', deux].sort(), ['COMM', 'DPMP', 'DT', un, trois].sort()]);
    expect([await lit(a, deux), await lit(b, un), await lit(b, 'COMM'), await lit(a, trois), await lit(d, un)]).toEqual([false, false, false, true, true]);
    const fin = await attendent();
    expect(fin?.gardes).toBe(fin?.lignes);
  });

  test('3.8-01b : une intervention que son auteur dit ne pas avoir suffi n’est plus traitée, pas plus qu’une réponse contestée ; refaite, elle l’est', async () => {
    const AN = String(new Date().getFullYear());
    const r = await app.post('/signaler/urgence-sociale', {
      ...{ categorie: 'petit-campement', danger: 'non', territoire: QUARTIER, adresse: '3 quai du Compte', texte: '', courriel: '' },
    });
    const code = codeDe(r.body);
    const { id } = await derniere('urgence-sociale');
    const traites = async () => {
      expect(await tenus()).toEqual([]);
      return (await figure('3.8-01b', AN))?.valeur ?? 0;
    };
    const dire = async (acte: string, mots = '') => expect((await app.post(`/suivi/${code}`, { acte, mots })).statusCode).toBe(303);
    await agir(id, { vers: 'pris-en-charge' }, 'MUS');
    const lus = [await traites()];
    await agir(id, { vers: 'fait', message: 'Une équipe est passée.' }, 'MUS');
    lus.push(await traites());
    await dire('non-resolu', 'Ils sont toujours là.');
    lus.push(await traites());
    await agir(id, { vers: 'fait', message: 'Une autre est passée.' }, 'MUS');
    lus.push(await traites());
    await dire('resolu');
    lus.push(await traites());
    await dire('non-resolu', 'Ils sont revenus.');
    lus.push(await traites());
    await agir(id, { vers: 'repondu', message: 'Une place leur est proposée.' }, 'MUS');
    lus.push(await traites());
    await dire('conteste', 'Personne n’est venu.');
    lus.push(await traites());
    expect(lus).toEqual([0, 1, 0, 1, 1, 0, 1, 0]);
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
    // Enough that what was not taken in charge is no small number: the two are read side by side.
    await saisir(ANNEE, 4, [['transmis', 'DSOL']]);
    // Taken in charge by another, it is not an evaluation that the cell opened.
    await saisir(ANNEE, 1, [
      ['transmis', 'PARQUET'],
      ['pris-en-charge', 'PARQUET'],
    ]);
    // Told twice, it is one evaluation: joined after it was opened by mistake, it counts with its lead alone.
    await saisir(ANNEE, 1, [['pris-en-charge', 'CRIP']]);
    await sql`update demandes set meneur_id = (select id from demandes where circuit = ${CIRCUIT} order by id limit 1)
      where id = (select demande_id from demande_evenements where vers = 'pris-en-charge' and service_id = 'CRIP' order by demande_id desc limit 1)`.execute(
      app.base.owner,
    );
    expect([await contribuer(), await contribuer()]).toEqual([3, 0]);
    const donnees = await lire(sql<{ dit: string }>`
      select concat_ws(' ', mesure_id, periode, debiteur, etat, valeur::int, saisi_par_organisation, validee) as dit from valeurs where saisi_par = 'Compteur du circuit' order by 1`);
    expect(donnees.map((x) => x.dit)).toEqual([
      `2.4-03a ${ANNEE} CRIP valeur 9 CRIP f`,
      `2.4-03b ${ANNEE} CRIP valeur 15 CRIP f`,
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

test('un mois fini s’arrête une fois, pour le contrat et chaque mairie ; une contestation ensuite n’y change rien, et le trimestre ne la rend pas', async () => {
  const arreter = (jour: string) => arreterAu(app.base.owner, app.catalogue, new Date(`${jour}T00:20:00Z`));
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, etat, etat_le, recu_le, repondu_le, conteste_le, modifie_le)
    select ${app.contratId}, (lpad(to_hex((extract(epoch from le) * 1000)::bigint), 12, '0') || substr(md5(l || i::text || le), 1, 20))::uuid, 'tranquillite-publique', 'web', 'bruit',
      'Bruit', 'vie-nocturne', le::date, l, 'DT', 'recu', le, le, case when i > 5 then le + interval '3 hours' end,
      case when i > combien - contestes then le + interval '1 day' end, le
    from (values ('2023-05-10'), ('2023-06-10')) as m (mois),
      (values ('7510101', 12, 6), ('7511801', 21, 7), ('7511901', 3, 0), ('7512001', 17, 8)) as x (l, combien, contestes), generate_series(1, combien) as i
    cross join lateral (select mois::timestamptz + i * interval '1 hour' as le) as t`.execute(app.base.owner);
  const nomDe = (id: string) => app.catalogue.ascendants(id).at(-2)?.nom ?? '?';
  const lirePage = async (q: string) => {
    const r = await app.get(`/signaler/bilan${q}`);
    expect(r.statusCode).toBe(200);
    return r.body;
  };
  /** Its cells, one after the other, without the sentence that a phone shows in their place. */
  const rangee = (html: string, nom: string) =>
    plat((new RegExp(`${nom}[^<]*(?:</a>)?</th>.*?</tr>`, 's').exec(html)?.[0] ?? '').replace(/<td[^>]*c-table__phrase.*?<\/td>/s, ''))
      .trim()
      .replaceAll(/ (?=\d|masqué|–)/g, '|');
  expect(plat(await lirePage(''))).toContain('Rien encore');
  // The year’s months before are told with it, as what they are: nothing was received.
  expect(await arreter('2023-06-01')).toBe(2);
  const avant = await lirePage('?mois=2023-05');
  expect(plat(avant)).toContain('53 signalements reçus');
  expect(plat(avant)).toContain('Arrêté le 1er juin 2023');
  expect(['7511801', '7511901', '7512001'].map((q) => rangee(avant, nomDe(q)))).toEqual([
    expect.stringMatching(/\|21\|16 \(76.%\)\|3 h\|0\|0\|7$/),
    // Three are hidden, and with them those that would give them back.
    expect.stringMatching(/\|masqué\|0\|–\|0\|0\|0$/),
    expect.stringMatching(/\|masqué\|12\|–\|0\|0\|8$/),
  ]);
  expect(avant).not.toContain('Par circuit');
  // Somebody contests, another place is corrected: the same page, another day.
  await sql`update demandes set conteste_le = now() where id in (select id from demandes where circuit = 'tranquillite-publique' and territoire_id = '7511801'
    and conteste_le is null and recu_le < '2023-06-01' limit 1)`.execute(app.base.owner);
  expect(await arreter('2023-06-02')).toBe(0);
  const tout = (html: string) => /<main.*<\/main>/s.exec(html)?.[0] ?? '';
  const tableaux = (html: string) => /<table.*<\/table>/s.exec(html)?.[0] ?? '';
  expect([tout(avant).includes('53'), tout(await lirePage('?mois=2023-05')) === tout(avant)]).toEqual([true, true]);
  // Nor when the next one comes: only what leads to it.
  expect(await arreter('2023-07-01')).toBe(1);
  expect(tableaux(await lirePage('?mois=2023-05'))).toBe(tableaux(avant));
  for (const q of ['', '?mois=2999-01', '?mois=rien', '?mois=2023-T2', '?trimestre=2023-05', '?trimestre=2023-T2'])
    expect([q, plat(await lirePage(q)).includes('Arrêté le 1er juillet 2023')]).toEqual([q, true]);
  const deMairie = await lirePage(`?mois=2023-06&territoire=${app.catalogue.ascendants('7511801').at(-2)?.id}`);
  expect([deMairie.includes('Mois par mois'), deMairie.includes('Par lieu'), deMairie.includes('Quartier par quartier')]).toEqual([true, false, false]);
  // Told a month after its end: one contest more is nowhere in it, ten answers more are, two are not.
  await sql`update demandes set repondu_le = recu_le + interval '3 hours' where repondu_le is null and territoire_id in ('7511801', '7510101')
    and circuit = 'tranquillite-publique' and recu_le < '2023-07-01'`.execute(app.base.owner);
  await sql`update demandes set repondu_le = recu_le + interval '3 hours' where id in (select id from demandes where repondu_le is null and territoire_id = '7512001'
    and recu_le < '2023-07-01' limit 2)`.execute(app.base.owner);
  expect(await arreter('2023-08-01')).toBe(2);
  const trimestre = await lirePage('?trimestre=2023-T2');
  expect(plat(trimestre)).toContain('Arrêté le 1er août 2023');
  expect(['7511801', '7511901', '7512001'].map((q) => rangee(trimestre, nomDe(q)))).toEqual([
    expect.stringMatching(/\|42\|42 \(100.%\)\|3 h\|0\|0\|14$/),
    expect.stringMatching(/\|masqué\|0\|–\|0\|0\|0$/),
    expect.stringMatching(/\|masqué\|24\|–\|0\|0\|16$/),
  ]);
  expect(trimestre).toContain('Par circuit');
  const quartiers = await lirePage(`?trimestre=2023-T2&territoire=${app.catalogue.ascendants('7511801').at(-2)?.id}`);
  expect(rangee(quartiers, app.catalogue.territoires.get('7511801')?.nom ?? '?')).toMatch(/\|42\|42/);
  expect(await arreter('2023-08-01')).toBe(0);
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
