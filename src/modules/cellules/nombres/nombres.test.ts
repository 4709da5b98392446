/** What leaves a cell, and when; what waits in it, and who is told. Numbers are counted here as its pages count them, and attacked from outside. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { jourDe } from '../../../core/clock.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { getFigures, getFormulaire, verifierChiffres, EN_DIRECT } from '../../indicateurs/index.ts';
import { lireNombresDesCellules } from '../../indicateurs/saisie/comptees.queries.ts';
import { aContribuer, contribuerLesComptes } from '../../indicateurs/saisie/compteurs.ts';
import { compterReunionsDesCellules } from '../../seances/cellules/reunions.ts';
import { avancer, celluleOuverte, entrer, membreDe, ouvrir, type Personne, pointsDe, QUI, seance, siegeDe } from '../cellules.fixtures.ts';
import { getCharte } from '../charte/charte.ts';
import { purger } from '../destruction/destruction.ts';
import { openTrousseau } from '../cles/trousseau.ts';
import { cloreLesPassees } from '../seances/passees.ts';
import { relancer } from '../situations/relances.ts';
import { figerLesNombres } from './figer.ts';

let app: AppDeTest;
let dossier: string;
let k: Awaited<ReturnType<typeof celluleOuverte>>;
let situation: string;
const aujourdhui = () => jourDe(new Date(), 'Europe/Paris');
/** A finished year of the contract, the year under way, the next. */
const AVANT = '2025';
const [ICI, APRES] = [0, 1].map((n) => String(Number(aujourdhui().slice(0, 4)) + n)) as [string, string];
const lire = async <T>(requete: RawBuilder<T>): Promise<T[]> => (await requete.execute(app.base.owner)).rows;
const statut = async (r: Promise<{ statusCode: number }>) => (await r).statusCode;
const enPlus = (jours: number) => new Date(Date.now() + jours * 86_400_000);
const aParis = <T>(faire: () => Promise<T>) => dansLeFuseau('Europe/Paris', faire);
const figer = async (maintenant: Date) => {
  const charte = await getCharte('contrats/paris-2023-2026');
  return charte ? aParis(() => figerLesNombres(app.bases.nominatif, { contratId: app.contratId, charte, maintenant })) : -1;
};
const premierJanvier = (annee: string) => new Date(`${annee}-01-01T03:10:00Z`);
const compteurs = async (cellule: string, quoi: string) =>
  Object.fromEntries(
    (
      await lire(sql<{ mois: string; nombre: number }>`
        select mois, nombre from nominatif.cellule_compteurs where cellule_id = ${basename(cellule)}::uuid and quoi = ${quoi} order by mois`)
    ).map((r) => [r.mois, r.nombre]),
  );
/** Counted there in that month, as its pages would have. */
const poser = (cellule: string, mois: string, nombres: Readonly<Record<string, number>>) =>
  sql`insert into nominatif.cellule_compteurs (contrat_id, cellule_id, mois, quoi, nombre)
    select ${app.contratId}, ${basename(cellule)}::uuid, ${mois}, key, value::int from jsonb_each_text(${JSON.stringify(nombres)}::jsonb)`.execute(
    app.base.owner,
  );
const sorties = async (annee: string, genre: string, lieu = 'mairie-18') => {
  const { rows } = await sql<{ quoi: string; nombre: number | null }>`
    select quoi, nombre from nombres_de_cellules() where annee = ${annee} and genre = ${genre} and territoire_id = ${lieu}`.execute(app.bases.partenariat);
  return Object.fromEntries(rows.map((r) => [r.quoi, r.nombre]));
};

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  app = await ouvrirApp({ services: { trousseau: dossier } });
  k = await celluleOuverte(app, 'cenomed', 'mairie-18');
  situation = await entrer(app, k.cellule, k.a);
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});

describe('Ce qui attend dans une cellule', () => {
  const informer = (champs: Record<string, string>) => app.post(`${situation}/informer`, { le: '', motif: '', ...champs }, k.a.cookie);

  test('une séance que personne n’a close l’est la nuit : elle s’est tenue, son point ouvert est examiné ; une séance jamais ouverte ne compte pas', async () => {
    const { a, b, cellule } = k;
    await avancer(app, situation, 'recevable', a);
    const url = await seance(app, cellule, a, [a, b], [situation], aujourdhui());
    const [point] = await pointsDe(app, url);
    await app.post(`${url}/points/${point?.id}/ouvrir`, {}, a.cookie);
    await app.post(`${cellule}/seances/convoquer`, { jour: aujourdhui(), heure: '18:00', preside: await siegeDe(app, cellule, b) }, b.cookie);
    await app.get(situation, b.cookie);
    const nuit = (jours: number) => aParis(() => cloreLesPassees(app.bases.nominatif, { contratId: app.contratId, maintenant: enPlus(jours) }));
    // Not on its day, whatever the hour; then once, whoever runs it again.
    expect([await nuit(0), await nuit(1), await nuit(1)]).toEqual([0, 1, 0]);
    expect((await app.get(url, a.cookie)).body).toMatch(/Close[\s\S]*Examiné/);
    expect((await app.get(situation, a.cookie)).body).toContain('Examinée');
    const mois = aujourdhui().slice(0, 7);
    expect([await compteurs(cellule, 'seances'), await compteurs(cellule, 'examinees')]).toEqual([{ [mois]: 1 }, { [mois]: 1 }]);
    await app.audit.vider();
    const dits = await lire(
      sql<{ action: string }>`select action from audit where details ->> 'd_office' = 'true' and action like 'cellule.%' order by action`,
    );
    expect(dits.map((d) => d.action)).toEqual(['cellule.point_clos', 'cellule.seance_close']);
  });

  test('les lectures disent leur séance, se filtrent et se feuillettent', async () => {
    const { cellule, dpo } = k;
    const lectures = async (q: string) => (await app.get(`${cellule}/lectures${q}`, dpo)).body;
    expect(await lectures('?numero=1')).toMatch(/Présent en séance, séance du/);
    expect(await lectures('?numero=99')).toContain('pour ce choix');
    const [siege] = [await siegeDe(app, cellule, k.b)];
    expect(await lectures(`?membre=${siege}`)).not.toContain('Membre désigné');
    await sql`insert into nominatif.situation_lectures (contrat_id, cellule_id, situation_id, numero, membre_id, organisation_id, groupes, le, titre)
      select ${app.contratId}, ${basename(cellule)}::uuid, ${basename(situation)}::uuid, 1, ${siege}::uuid, 'PJJ', '{saisine}', now() - interval '20 days' - n * interval '1 minute', 'secours'
      from generate_series(1, 150) n`.execute(app.base.owner);
    expect(await lectures('')).toContain('page=2');
    const suite = await lectures(`?membre=${siege}&numero=1&page=2`);
    expect(suite).toMatch(/101 à 1\d\d sur/);
    expect(suite).toContain(`membre=${siege}&amp;numero=1&amp;page=1`);
  });

  test('pour un mineur, rien ne se suit tant que les parents ne savent pas, ou qu’un motif en cours ne dit pourquoi', async () => {
    const { a } = k;
    expect((await app.get(situation, a.cookie)).body).toMatch(/Les parents sont à informer avant le/);
    const suivre = () => avancer(app, situation, 'suivie', a);
    const refus = await suivre();
    expect([refus.statusCode, refus.body.includes('notez que les parents sont informés')]).toEqual([422, true]);
    await informer({ qui: 'personne', etat: 'faite', le: aujourdhui() });
    expect(await statut(suivre())).toBe(422);
    await informer({ qui: 'parents', etat: 'differee', motif: 'contact' });
    // A reason whose day is over gives nothing more.
    const decaler = (jours: number) =>
      sql`update nominatif.situation_informations set avant_le = avant_le + ${jours}::int where situation_id = ${basename(situation)}::uuid and avant_le is not null`.execute(
        app.base.owner,
      );
    await decaler(-60);
    expect(await statut(suivre())).toBe(422);
    await decaler(60);
    expect(await statut(suivre())).toBe(303);
  });

  test('le retard de l’information se dit à qui est désigné, puis à tous, puis chaque mois ; il s’arrête quand c’est fait', async () => {
    const dire = (jours: number) =>
      aParis(() => relancer(app.bases.nominatif, { contratId: app.contratId, adresse: 'http://concorde.exemple', maintenant: enPlus(jours) }));
    const a_qui = async () => {
      const rows = await lire(sql<{ destinataire: string }>`select destinataire from courriels where sujet like '%attend%' and texte not like '%/seances/%'`);
      await sql`delete from courriels`.execute(app.base.owner);
      return new Set(rows.map((r) => r.destinataire)).size;
    };
    await a_qui();
    // Put off for fifteen days.
    expect([await dire(15), await a_qui()]).toEqual([0, 0]);
    expect([await dire(16), await dire(17), await a_qui()]).toEqual([1, 0, 1]);
    expect([await dire(24), await a_qui()]).toEqual([1, 4]);
    expect([await dire(40), await dire(54), await dire(55), await a_qui()]).toEqual([0, 1, 0, 4]);
    expect([await dire(84), await a_qui()]).toEqual([1, 4]);
    await informer({ qui: 'parents', etat: 'faite', le: aujourdhui() });
    expect([await dire(120), await a_qui()]).toEqual([0, 0]);
  });

  test('« Ma journée » dit qu’une cellule attend et depuis quand, à qui y peut quelque chose, sans dire laquelle ni de qui', async () => {
    const { a, coordination, dpo, cellule } = k;
    const autre = await entrer(app, cellule, a, { ...QUI, nom: 'Zébulon' });
    const tard = (jours: number) =>
      sql`update nominatif.situations set information_avant = current_date - ${jours}::int where id = ${basename(autre)}::uuid`.execute(app.base.owner);
    const journee = async (cookie: string) => (await app.get('/ma-journee', cookie)).body;
    const dehors = await membreDe(app, 'PARQUET', 'mairie-13');
    const attendus = async () => {
      const dits = [];
      for (const qui of [a.cookie, coordination, dpo, dehors.cookie]) dits.push((await journee(qui)).includes('Une cellule vous attend, depuis le'));
      return dits;
    };
    expect(await attendus()).toEqual([false, false, false, false]);
    await tard(3);
    expect(await attendus()).toEqual([true, false, false, false]);
    await tard(20);
    expect(await attendus()).toEqual([true, true, true, false]);
    expect(await journee(a.cookie)).not.toMatch(/ituation n°|Zébulon|Quatrebarbes/);
    // A day, and nothing else, whoever asks the base as the partners' account; nothing for the public's.
    const { rows } = await sql`select * from cellules_en_attente(${a.id}::uuid, current_date)`.execute(app.bases.partenariat);
    expect(rows.map((r) => Object.keys(r as object))).toEqual([['depuis']]);
    await expect(sql`select * from cellules_en_attente(${a.id}::uuid, current_date)`.execute(app.bases.public)).rejects.toMatchObject({ code: '42501' });
    await app.post(`${autre}/detruire`, { confirme: 'oui' }, a.cookie);
    expect(await attendus()).toEqual([false, false, false, false]);
  });
});

describe('Ce qui sort d’une cellule', () => {
  const figure = async (mesure: string, periode: string, territoireId: string) => {
    const [f, cat] = [await getFormulaire(app.db, app.contratId), await getCatalogue(app.db, app.contratId)];
    const d = {
      mesures: [mesure],
      periodes: [periode],
      territoireId,
      aire: cat.aire(territoireId),
      ensemble: 'recent',
      aujourdhui: aujourdhui(),
      enDirect: EN_DIRECT,
    } as const;
    return (await getFigures(app.db, app.contratId, f, d)).get(periode)?.get(mesure);
  };

  test('un suivi compte dans chaque année où il a lieu, une fois, jusqu’après sa destruction', async () => {
    const { cellule } = k;
    const mois = aujourdhui().slice(0, 7);
    expect(await compteurs(cellule, 'accompagnees')).toEqual({ [mois]: 1 });
    await figer(premierJanvier(APRES));
    await figer(premierJanvier(APRES));
    expect(await compteurs(cellule, 'accompagnees')).toEqual({ [mois]: 1, [`${APRES}-01`]: 1 });
    // The numbers of the year under way were written by that night that is not there yet: as if it had not been.
    await sql`delete from nominatif.cellule_nombres`.execute(app.base.owner);
    // Then nothing passed at night for years; destroyed, it is counted for those in which somebody could read it.
    const trousseau = openTrousseau(join(dossier, 'paris-2023-2026'));
    const [fin] = await lire(
      sql<{ an: number }>`select extract(year from destruction_le - 1)::int as an from nominatif.situations where suivie_le is not null`,
    );
    const o = { contratId: app.contratId, coffre: app.coffre, trousseau, utilisateur: null, maintenant: enPlus(1400) };
    expect(await aParis(() => purger(app.bases.nominatif, o))).toBe(1);
    const suivantes = Array.from({ length: (fin?.an ?? 0) - Number(ICI) }, (_, n) => [`${Number(APRES) + n}-01`, 1]);
    expect(await compteurs(cellule, 'accompagnees')).toEqual(Object.fromEntries([[mois, 1], ...suivantes]));
    expect(await compteurs(cellule, 'suivies')).toEqual({ [mois]: 1 });
  });

  test('les séances tenues dans la cellule sont des réunions, par mois fini ; ailleurs, un silence n’est pas un zéro', async () => {
    const { cellule } = k;
    const compter = () => aParis(() => compterReunionsDesCellules(app.bases.partenariat, app.contratId));
    // The month under way says nothing yet.
    expect(await compter()).toBe(0);
    const [passe] = await lire(sql<{ mois: string }>`select to_char(now() - interval '1 month', 'YYYY-MM') as mois`);
    const annee = passe?.mois.slice(0, 4) ?? '';
    await sql`update nominatif.cellule_compteurs set mois = ${passe?.mois ?? ''} where cellule_id = ${basename(cellule)}::uuid and quoi = 'seances'`.execute(
      app.base.owner,
    );
    expect((await figure('1.3-01', annee, 'mairie-18'))?.etat).not.toBe('zero');
    expect([await compter(), await compter()]).toEqual([1, 0]);
    expect(await figure('1.3-01', annee, 'mairie-18')).toMatchObject({ etat: 'valeur', valeur: 1 });
    // Corrected there, corrected here, and the figures agree with the facts.
    await sql`update nominatif.cellule_compteurs set nombre = 3 where cellule_id = ${basename(cellule)}::uuid and quoi = 'seances'`.execute(app.base.owner);
    expect(await compter()).toBe(2);
    expect(await figure('1.3-01', annee, 'mairie-18')).toMatchObject({ etat: 'valeur', valeur: 3 });
    expect((await figure('1.3-01', annee, 'mairie-13'))?.etat).not.toBe('zero');
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const { rows } = await sql<{ dit: string }>`select string_agg(r::text, ' ') as dit from cellule_reunions r`.execute(app.base.owner);
    expect(rows[0]?.dit).not.toContain(basename(cellule));
  });

  test('1.3-02, 1.3-03, 1.4-07 : l’année finie seule, écrite une fois, entre seule dans les chiffres, par partenaire, secrète où il le faut', async () => {
    const { cellule } = k;
    const sortants = await celluleOuverte(app, 'sortants', 'mairie-18');
    const neuve = await celluleOuverte(app, 'cenomed', 'mairie-19');
    await sql`update nominatif.cellules set creee_le = '2024-06-01' where id <> ${basename(neuve.cellule)}::uuid`.execute(app.base.owner);
    // Read month after month, the year under way would tell one person: it says nothing at all.
    for (const [mois, n] of [
      ['01', 5],
      ['02', 1],
    ] as const) {
      await poser(sortants.cellule, `${ICI}-${mois}`, { accompagnees: n });
      await figer(new Date());
      expect(await sorties(ICI, 'sortants')).toEqual({});
    }
    await sql`delete from nominatif.cellule_nombres`.execute(app.base.owner);
    for (const [c, n] of [
      [cellule, { recues: 16, recevables: 14, examinees: 14, orientations: 9, issues: 8 }],
      [sortants.cellule, { recues: 9, accompagnees: 3 }],
      [neuve.cellule, { examinees: 7 }],
    ] as const)
      await poser(c, `${AVANT}-05`, n);
    for (const [partenaire, n] of Object.entries({ education: 9, justice: 5, hors: 2 }))
      await sql`insert into nominatif.cellule_origines values (${app.contratId}, ${basename(cellule)}::uuid, ${AVANT}, ${partenaire}, ${n})`.execute(
        app.base.owner,
      );
    expect(await figer(new Date())).toBeGreaterThanOrEqual(3);
    // Two families came by themselves: sixteen received would count them. Nine orientations and eight answers are one without.
    expect(await sorties(AVANT, 'cenomed')).toMatchObject({ partenaires: 14, examinees: 14, recevables: 14, recues: null, orientations: 9, issues: null });
    expect(await sorties(AVANT, 'sortants')).toMatchObject({ recues: 9, accompagnees: null, seances: 0 });
    // What came in late changes nothing of what was said: no difference to take.
    const avant = JSON.stringify([await sorties(AVANT, 'cenomed'), await sorties(AVANT, 'sortants')]);
    await poser(sortants.cellule, `${AVANT}-12`, { recues: 1, accompagnees: 4 });
    expect(await figer(new Date())).toBe(0);
    expect(JSON.stringify([await sorties(AVANT, 'cenomed'), await sorties(AVANT, 'sortants')])).toBe(avant);

    const contrat = { id: app.contratId, slug: 'paris-2023-2026' };
    const contribuer = () => aParis(() => contribuerLesComptes(app.bases.partenariat, { contrat, adresse: 'http://concorde.exemple', maintenant: new Date() }));
    const cat = await getCatalogue(app.db, app.contratId);
    // Where somebody gave it already, nothing is proposed in its place.
    const nombres = { cellules: await lireNombresDesCellules(app.bases.partenariat), circuits: [] };
    const donnee = { mesureId: '1.3-03', periode: AVANT, debiteur: 'MA', territoireId: 'mairie-18' };
    const proposees = (courantes: Map<string, typeof donnee>) =>
      aContribuer(cat, nombres, AVANT, { courantes, adresse: 'http://c' }).filter((v) => v.mesureId === '1.3-03' && v.territoireId === 'mairie-18').length;
    expect([proposees(new Map()), proposees(new Map([['x', donnee]]))]).toEqual([1, 0]);
    expect([(await contribuer()) >= 8, await contribuer()]).toEqual([true, 0]);
    const recues = await lire(sql<{ dit: string }>`
      select mesure_id || ' ' || territoire_id || ' ' || coalesce(ventilation ->> 'partenaire', '-') || ' ' || etat || ' ' || coalesce(valeur::int::text, '') as dit
      from valeurs where saisi_par = 'Compteur de la cellule' and periode = ${AVANT} order by 1`);
    expect(recues.map((r) => r.dit.trim())).toEqual([
      ...['autre valeur 0', 'education valeur 9', 'justice valeur 5', 'prevention valeur 0', 'securite valeur 0', 'social valeur 0'].map(
        (x) => `1.3-02 mairie-18 ${x}`,
      ),
      '1.3-03 mairie-18 - valeur 14',
      '1.4-07 mairie-18 - secret',
    ]);
    expect(await figure('1.3-02', AVANT, 'mairie-18')).toMatchObject({ etat: 'valeur', valeur: 14 });
    expect((await figure('1.4-07', AVANT, 'mairie-18'))?.etat).toBe('secret');
    // The form says what the cell told, and that a year in part does not come in by itself.
    const saisie = async (m: string, lieu: string) =>
      (await app.get(`/chiffres/${m}/saisir?periode=${AVANT}&territoire=${lieu}`, k.coordination)).body.replace(/\s+/g, ' ');
    expect(await saisie('1.3-02', 'mairie-18')).toMatch(/Éducation[^<]* : 9/);
    expect(await saisie('1.4-07', 'mairie-18')).toContain('secret : la cellule ne dit pas ce nombre');
    expect(await saisie('1.3-03', 'mairie-19')).toContain('ce nombre n’entre pas seul');
    // Seen by partners on the board, by members alone month after month.
    const tableau = (await app.get('/cellules/tableau', k.coordination)).body;
    for (const mot of [`CENOMED, ${AVANT}`, 'secret', 'en partie']) expect([mot, tableau.includes(mot)]).toEqual([mot, true]);
    expect(tableau).not.toContain(`CENOMED, ${ICI}`);
    const page = async (p: Personne | string) => (await app.get(cellule, typeof p === 'string' ? p : p.cookie)).body;
    expect([(await page(k.a)).includes('Suivies dans l’année'), (await page(k.coordination)).includes('Suivies dans l’année')]).toEqual([true, false]);
    await expect(sql`select nombre from nombres_de_cellules()`.execute(app.bases.public)).rejects.toMatchObject({ code: '42501' });
  });

  test('une origine corrigée change de partenaire dans son année', async () => {
    const { a, cellule } = k;
    await ouvrir(app, cellule, a);
    const neuve = await entrer(app, cellule, a, { ...QUI, nom: 'Corrigée' });
    const parPartenaire = async () =>
      Object.fromEntries(
        (
          await lire(sql<{ partenaire: string; nombre: number }>`
            select partenaire, nombre from nominatif.cellule_origines where cellule_id = ${basename(cellule)}::uuid and annee = ${ICI} and nombre > 0`)
        ).map((r) => [r.partenaire, r.nombre]),
      );
    const avant = await parPartenaire();
    const champs = lireFormulaire((await app.get(`${neuve}/rectifier`, a.cookie)).body, `${neuve}/rectifier`);
    expect(await statut(app.post(`${neuve}/rectifier`, { ...champs, origine: 'parquet' }, a.cookie))).toBe(303);
    expect(await parPartenaire()).toEqual({ ...avant, education: (avant.education ?? 0) - 1, justice: 1 });
  });
});
