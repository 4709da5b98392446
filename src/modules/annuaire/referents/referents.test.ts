/** What referents are for: reports that a rule gives them, bodies where they sit; and what the contract itself names in the directory. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { gestesSurLesReferents } from '../../../../tests/support/referents.ts';
import { jourDans } from '../../../../tests/support/jours.ts';
import { servedOf } from '../../../core/house.ts';
import { HOUSE } from '../../../modules.ts';
import { jour as jourEcrit } from '../../../ui/typographie.ts';
import { creerReferent } from '../annuaire.fixtures.ts';
import { lireReferents, referentsPour } from '../index.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AU_12E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' };
const RECTORAT: Qui = { comme: 'agent', organisation: 'RECTORAT' };
const MA: Qui = { comme: 'agent', organisation: 'MA', territoire: 'mairie-12' };
const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const PAV: Qui = { comme: 'association', organisation: 'PAV' };
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());
const { lire, signaler, lettres, nommer } = gestesSurLesReferents(() => app);

describe('Les référents', () => {
  test('CONV-33, referent : rôle, lieu, dates, suppléant ; un terme qui finit demande un successeur, qui solde la demande', async () => {
    const FIN = jourDans(32);
    const champs = {
      ...{ role: 'cenomed', organisation: 'DPMP', territoire: 'mairie-18', nom: 'Alix Référente', courriel: 'alix@exemple.fr' },
      ...{ debut: '2026-01-01', fin: FIN, suppleant_nom: 'Sam Suppléant' },
    };
    const cree = await app.post('/annuaire/referents/nouveau', champs, AU_18E);
    const url = String(cree.headers.location);
    expect([cree.statusCode, (await app.get(url, PAV)).body.includes('alix@exemple.fr')]).toEqual([303, true]);
    expect((await app.get(url)).statusCode).toBe(303);
    const dues = sql<{ due: string; soldee: boolean }>`
      select due_le::text as due, soldee_le is not null as soldee from echeances where genre = 'referent' and objet_id = ${url.split('/').pop() ?? ''}`;
    const dette = async () => (await lire(dues))[0];
    expect(await dette()).toEqual({ due: FIN, soldee: false });
    const la = await referentsPour(app.db, app.catalogue, { role: 'cenomed', territoire: '75118', jour: jourDans(0) });
    expect(la.map((r) => [r.nom, r.suppleantNom])).toEqual([['Alix Référente', 'Sam Suppléant']]);
    expect(await referentsPour(app.db, app.catalogue, { role: 'cenomed', territoire: '75112', jour: jourDans(0) })).toEqual([]);
    await app.post('/annuaire/referents/nouveau', { ...champs, nom: 'Un successeur', debut: jourDans(33), fin: '' }, AU_18E);
    expect((await dette())?.soldee).toBe(true);
    expect((await app.post('/annuaire/referents/nouveau', { ...champs, territoire: 'mairie-12' }, { ...AU_18E, organisation: 'VILLE' })).statusCode).toBe(422);
    // Nobody names themselves: reports that others do not read come to a referent, and bodies seat one.
    for (const qui of [
      PAV,
      RECTORAT,
      MA,
      { comme: 'producteur', organisation: 'DPMP' },
      { comme: 'pilote', organisation: 'RECTORAT', fiche: '1.1' },
    ] as const) {
      const siens = { ...champs, role: 'derives-sectaires', organisation: qui.organisation ?? '', courriel: 'moi@exemple.fr' };
      expect([qui.comme, (await app.post('/annuaire/referents/nouveau', siens, qui)).statusCode]).toEqual([qui.comme, 403]);
    }
    // Its organisation corrects how it is reached there, and neither who it is, nor where it is written to, nor a later end.
    const sienne: Qui = { comme: 'agent', organisation: 'DPMP' };
    const corriger = async (plus: Record<string, string>) =>
      app.post(`${url}/corriger`, { ...lireFormulaire((await app.get(`${url}/corriger`, sienne)).body, `${url}/corriger`), ...plus }, sienne);
    const pasASoi = { nom: 'Un autre', courriel: 'moi@exemple.fr', territoire: 'paris', suppleant_courriel: 'moi@exemple.fr', fin: jourDans(90), role: 'teh' };
    for (const [champ, valeur] of Object.entries(pasASoi)) expect([champ, (await corriger({ [champ]: valeur })).statusCode]).toEqual([champ, 422]);
    // What is not theirs is shown to them, and is no field.
    const vu = (await app.get(`${url}/corriger`, sienne)).body;
    for (const champ of ['role', 'organisation', 'territoire', 'nom', 'courriel', 'suppleant_nom', 'suppleant_courriel', 'debut'])
      expect([champ, new RegExp(`name="${champ}[".-]`).test(vu)]).toEqual([champ, false]);
    for (const dit of ['alix@exemple.fr', 'Sam Suppléant', 'demandez-le-lui', 'Vous pouvez l’avancer']) expect([dit, vu.includes(dit)]).toEqual([dit, true]);
    expect((await app.get(`${url}/corriger`, AU_18E)).body).toContain('name="nom"');
    expect((await corriger({ telephone: '01 02 03 04 05', fonction: 'Cheffe de mission' })).statusCode).toBe(303);
    expect(await lire(sql`select nom, courriel, telephone, fonction, debut::text from referents where id = ${url.split('/').pop() ?? ''}::uuid`)).toEqual([
      { nom: 'Alix Référente', courriel: 'alix@exemple.fr', telephone: expect.stringContaining('2'), fonction: 'Cheffe de mission', debut: '2026-01-01' },
    ]);
    // A successor some days later is a successor.
    const autre = await app.post('/annuaire/referents/nouveau', { ...champs, role: 'nuit', territoire: 'mairie-18' }, AU_18E);
    await app.post('/annuaire/referents/nouveau', { ...champs, role: 'nuit', nom: 'Après un congé', debut: jourDans(36), fin: '' }, AU_18E);
    const [du] = await lire(
      sql<{
        soldee: boolean;
      }>`select soldee_le is not null as soldee from echeances where genre = 'referent' and objet_id = ${String(autre.headers.location).split('/').pop() ?? ''}`,
    );
    expect(du?.soldee).toBe(true);
    // The days that nobody covers in between are said, where the term is.
    const trou = `puis personne avant le ${jourEcrit(jourDans(36))}`;
    const dits = [(await app.get(String(autre.headers.location), PAV)).body, (await app.get('/annuaire/referents?role=nuit', PAV)).body];
    expect(dits.map((d) => d.includes(trou))).toEqual([true, true]);
    expect((await app.get(url, PAV)).body).not.toContain('puis personne');
    // Lines of a reserved role are read by its organisation and by who names them alone; the public plane reaches none.
    const reserve = await creerReferent(app.base.owner, app.contratId, { role: 'teh', organisation: 'PARQUET', territoire: 'paris', nom: 'Une magistrate' });
    expect((await app.get(`/annuaire/referents/${reserve}`, PAV)).body).not.toContain('ligne.directe');
    expect((await app.get(`/annuaire/referents/${reserve}`, { comme: 'agent', organisation: 'PARQUET' })).body).toContain('ligne.directe');
    await expect(sql`select nom from referents`.execute(app.bases.public)).rejects.toThrow(/permission denied/);
    await expect(sql`select correspondant_courriel from structures`.execute(app.bases.public)).rejects.toThrow(/permission denied/);
  });

  test('de deux référents d’un même lieu, le premier est celui qui est en fonction depuis le plus longtemps, pas le premier de l’alphabet', async () => {
    await creerReferent(app.base.owner, app.contratId, { role: 'gardiens', territoire: 'mairie-14', nom: 'Abel Récent', debut: '2026-03-01' });
    await creerReferent(app.base.owner, app.contratId, { role: 'gardiens', territoire: 'mairie-14', nom: 'Zoé Ancienne', debut: '2026-01-01' });
    const q = { role: 'gardiens', territoire: 'mairie-14', jour: jourDans(0) };
    expect((await referentsPour(app.db, app.catalogue, q)).map((r) => r.nom)).toEqual(['Zoé Ancienne', 'Abel Récent']);
    const la = await lireReferents(app.db, app.catalogue, [q.role], q.jour);
    expect(la(q.role, q.territoire).map((r) => r.nom)).toEqual(['Zoé Ancienne', 'Abel Récent']);
  });

  test('un an après la fin du terme, le nom et les coordonnées s’effacent ; le lieu et les dates restent, et rien ne les réécrit', async () => {
    const id = await creerReferent(app.base.owner, app.contratId, { role: 'teh', nom: 'Une ancienne', debut: '2020-01-01', fin: '2022-03-31' });
    await sql`update referents set anonymisee_le = now() where id = ${id}::uuid`.execute(app.base.owner);
    await sql`update referents set nom = 'Réécrit', anonymisee_le = null where id = ${id}::uuid`.execute(app.base.owner);
    const [reste] = await lire(sql`select nom, courriel, fonction, maj_par, debut::text, fin::text from referents where id = ${id}::uuid`);
    expect(reste).toEqual({ nom: 'Nom effacé', courriel: '', fonction: '', majPar: '', debut: '2020-01-01', fin: '2022-03-31' });
    const vue = (await app.get(`/annuaire/referents/${id}`, COORDINATION)).body;
    expect([vue.includes('effacé, un an après la fin du terme'), vue.includes('/corriger')]).toEqual([true, false]);
    expect((await app.get(`/annuaire/referents/${id}/corriger`, COORDINATION)).statusCode).toBe(403);
    expect((await app.get(`/annuaire/referents/${id}/corriger`, PAV)).statusCode).toBe(403);
  });

  test('CONV-38, carte-de-couverture : où personne ne tient le rôle, et depuis quand', async () => {
    await creerReferent(app.base.owner, app.contratId, {
      role: 'prostitution',
      organisation: 'PP',
      territoire: 'mairie-12',
      debut: '2024-01-01',
      fin: '2026-02-28',
    });
    await creerReferent(app.base.owner, app.contratId, { role: 'prostitution', organisation: 'PP', territoire: 'mairie-18', nom: 'En fonction' });
    const page = (await app.get('/annuaire/referents?role=prostitution', AU_12E)).body;
    expect(page).toContain('Couverture : 1\u00a0sur\u00a017 territoires');
    expect(page).toContain('Pas de référent depuis le 1er\u00a0mars 2026');
    expect(page).toContain('Aucun référent enregistré');
    // A role of the whole contract is not held by whoever holds it in one district.
    await creerReferent(app.base.owner, app.contratId, { role: 'gardiens', organisation: 'VILLE', territoire: '75118', nom: 'D’une partie' });
    expect((await app.get('/annuaire/referents?role=gardiens', AU_12E)).body).toMatch(/en partie : .*D’une partie.*, pour .*18e/s);
  });
});

describe('Un signalement que sa règle donne aux référents', () => {
  test('CONV-36, referent : il va au référent du lieu, à son suppléant quand il est absent ; sans référent, à qui coordonne, qui lit depuis quand', async () => {
    await app.get('/', AU_12E);
    await app.get('/', COORDINATION);
    await creerReferent(app.base.owner, app.contratId, {
      role: 'derives-sectaires',
      organisation: 'MA',
      territoire: 'mairie-12',
      nom: 'Une ancienne',
      fin: '2026-03-15',
    });
    const trou = await signaler('7511202', RECTORAT);
    expect(trou).toMatchObject({ service: 'DPMP', role: 'derives-sectaires' });
    const dites = await lettres(trou.id);
    expect(dites.length).toBeGreaterThan(0);
    for (const l of dites) expect([l.sujet.startsWith('Sans référent'), l.texte.includes('personne depuis le 16\u00a0mars 2026')]).toEqual([true, true]);
    // It names nothing of what was reported.
    expect(dites.map((l) => l.texte).join()).not.toContain('Cercle essayé');
    expect((await app.get(`/signalements/demandes/${trou.id}`, COORDINATION)).body).toContain('personne depuis le 16\u00a0mars 2026');

    const cree = await app.post(
      '/annuaire/referents/nouveau',
      {
        ...{ role: 'derives-sectaires', organisation: 'MA', territoire: 'mairie-12', nom: 'Alix Référente', courriel: 'alix@exemple.fr', debut: '2026-04-01' },
        ...{ suppleant_nom: 'Sam Suppléant', suppleant_courriel: 'sam@exemple.fr' },
      },
      COORDINATION,
    );
    expect(cree.statusCode).toBe(303);
    const id = String(cree.headers.location).split('/').pop() ?? '';
    const recue = await signaler('7511202', RECTORAT);
    expect(recue).toMatchObject({ service: 'MA', role: 'derives-sectaires' });
    expect(recue.lecteurs).toContain('MA');
    expect((await lettres(recue.id)).map((l) => l.a)).toEqual(['alix@exemple.fr']);
    expect((await app.get(`/signalements/demandes/${recue.id}`, COORDINATION)).body).toContain('Alix Référente');
    // Away: the substitute, until that day.
    expect((await nommer(id, { absent_jusquau: jourDans(9), suppleant_courriel: '' })).statusCode).toBe(422);
    expect((await nommer(id, { absent_jusquau: jourDans(9) })).statusCode).toBe(303);
    expect((await lettres((await signaler('7511202', RECTORAT)).id)).map((l) => l.a)).toEqual(['sam@exemple.fr']);
    // What the referent’s own organisation reports goes up; elsewhere nobody ever was named.
    expect(await signaler('7511202', MA)).toMatchObject({ service: 'DPMP', role: '' });
    expect((await lettres((await signaler('7511801', RECTORAT)).id))[0]?.texte).toContain('personne n’y a encore été désigné');
    // Passed on, it is no more theirs.
    const [v] = await lire(sql<{ version: number }>`select version from demandes where id = ${recue.id}::uuid`);
    const acte = await app.post(
      `/signalements/demandes/${recue.id}/acte`,
      { vers: 'transmis', service: 'DPMP', motif: 'À la cellule', version: String(v?.version) },
      MA,
    );
    expect(acte.statusCode).toBe(303);
    expect(await lire(sql`select service_id as service, role_referent as role from demandes where id = ${recue.id}::uuid`)).toEqual([
      { service: 'DPMP', role: '' },
    ]);
  });

  test('un référent dont l’organisme n’a pas de compte est un trou, qui se dit ; de deux organismes, un seul a la charge, et l’autre lit cela', async () => {
    const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
    const [role, territoire] = ['derives-sectaires', 'mairie-13'];
    const id = await creerReferent(app.base.owner, app.contratId, { role, territoire, organisation: 'RATP', nom: 'Sans compte' });
    const muet = await signaler('7511302', RECTORAT);
    expect(muet).toMatchObject({ service: 'DPMP', role, lecteurs: expect.not.arrayContaining(['RATP']) });
    const dites = await lettres(muet.id);
    expect([dites.length > 0, dites.some((l) => l.a === 'ligne.directe@exemple.fr')]).toEqual([true, false]);
    for (const l of dites)
      expect([l.sujet.startsWith('Sans référent'), l.texte.includes('un référent est nommé (RATP), mais aucun compte ouvert')]).toEqual([true, true]);
    const fiche = async () => (await app.get(`/annuaire/referents/${id}`, COORDINATION)).body.includes('Aucun compte ouvert de son organisme');
    expect(await fiche()).toBe(true);
    await app.get('/', RATP);
    expect(await fiche()).toBe(false);
    await app.get('/', PAV);
    const second = await creerReferent(app.base.owner, app.contratId, { role, territoire, organisation: 'PAV', nom: 'Une seconde', debut: '2026-02-01' });
    await sql`update referents set courriel = 'seconde@exemple.fr' where id = ${second}::uuid`.execute(app.base.owner);
    const recue = await signaler('7511302', RECTORAT);
    expect([recue.service, ...recue.lecteurs.filter((o) => ['RATP', 'PAV'].includes(o)).sort()]).toEqual(['RATP', 'PAV', 'RATP']);
    const textes = new Map((await lettres(recue.id)).map((l) => [l.a, l.texte]));
    expect([...textes.keys()]).toEqual(['ligne.directe@exemple.fr', 'seconde@exemple.fr']);
    expect(textes.get('ligne.directe@exemple.fr')).toContain('pour vous');
    const dit = textes.get('seconde@exemple.fr') ?? '';
    expect([dit.includes('RATP en a la charge'), dit.includes('vous pouvez la lire'), dit.includes('pour vous'), dit.includes('dire où elle en est')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    // Which is true: they read it, and do not act.
    const page = `/signalements/demandes/${recue.id}`;
    const acte = (qui: Qui) => app.post(`${page}/acte`, { vers: 'pris-en-charge', version: '1' }, qui);
    expect([(await app.get(page, PAV)).statusCode, (await acte(PAV)).statusCode, (await acte(RATP)).statusCode]).toEqual([200, 403, 303]);
  });
});

describe('Une instance où siègent les référents d’un rôle', () => {
  test('chacun a son siège, suit ses dates et est convoqué ; un nouveau y arrive, personne n’est nommé deux fois', async () => {
    const premier = await creerReferent(app.base.owner, app.contratId, { role: 'nuit', organisation: 'MA', territoire: 'mairie-11', nom: 'Noa Élue' });
    await creerReferent(app.base.owner, app.contratId, { role: 'nuit', organisation: 'MA', territoire: 'mairie-12', nom: 'Autre mairie' });
    const cree = await app.post(
      '/instances/nouvelle',
      { nom: 'Débits de boissons essayés', type: 'debits-de-boissons', territoire: 'mairie-11', porteur: 'MA', confidentialite: 'partenaires' },
      COORDINATION,
    );
    expect(cree.statusCode).toBe(303);
    const ici = String(cree.headers.location);
    const instance = ici.split('/').pop() ?? '';
    const sieges = () =>
      lire(sql<{ nom: string; fin: string | null }>`
        select nom, fin::text as fin from instance_membres where instance_id = ${instance}::uuid and referent_id is not null order by debut, nom`);
    expect(await sieges()).toEqual([{ nom: 'Noa Élue', fin: null }]);
    const page = (await app.get(ici, COORDINATION)).body;
    expect([page.includes('Noa Élue'), page.includes('ses référents, ci-dessous'), page.includes('Autre mairie')]).toEqual([true, true, false]);
    const seance = await app.post(
      `${ici}/seances/nouvelle`,
      { titre: 'Séance essayée', choix: 'fixe', jour: jourDans(40), heure: '10:00', duree_minutes: '60', lieu: '', visio: '', mot: '', libres: 'Un point' },
      COORDINATION,
    );
    expect(seance.statusCode).toBe(303);
    const attendus = async () =>
      (
        await lire(sql<{ nom: string }>`
        select p.nom from seance_participants p join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id
        where s.instance_id = ${instance}::uuid and p.retire_le is null and p.nom <> '' order by p.nom`)
      ).map((p) => p.nom);
    expect(await attendus()).toEqual(['Noa Élue']);
    // The term ends before the session: whoever takes over is expected in their place.
    expect((await nommer(premier, { fin: jourDans(20) })).statusCode).toBe(303);
    expect(await attendus()).toEqual([]);
    const champs = { role: 'nuit', organisation: 'MA', territoire: 'mairie-11', nom: 'Sacha Successeur', courriel: 'sacha@exemple.fr', debut: jourDans(21) };
    expect((await app.post('/annuaire/referents/nouveau', champs, COORDINATION)).statusCode).toBe(303);
    expect([await attendus(), await sieges()]).toEqual([
      ['Sacha Successeur'],
      [
        { nom: 'Noa Élue', fin: jourDans(20) },
        { nom: 'Sacha Successeur', fin: null },
      ],
    ]);
    // Away, both addresses stay in the seat: who is written to is decided that day, and the seat is theirs again by itself.
    const [sacha] = await lire(
      sql<{ id: string }>`select referent_id as id from instance_membres where instance_id = ${instance}::uuid and nom = 'Sacha Successeur'`,
    );
    const absence = { absent_jusquau: jourDans(9), suppleant_nom: 'Remplaçante', suppleant_courriel: 'remplace@exemple.fr' };
    expect((await nommer(sacha?.id ?? '', absence)).statusCode).toBe(303);
    const tenus = () =>
      lire(sql`select m.courriel, m.suppleant_courriel as suppleant, p.courriel as convoque from instance_membres m
        join seance_participants p on p.contrat_id = m.contrat_id and p.membre_id = m.id where m.referent_id = ${sacha?.id ?? ''}::uuid`);
    expect(await tenus()).toEqual([{ courriel: 'sacha@exemple.fr', suppleant: 'remplace@exemple.fr', convoque: 'sacha@exemple.fr' }]);
    const destinataires = async () => {
      const vue = (
        await app.get(
          `${String(seance.headers.location)
            .split('?')[0]
            ?.replace(/\/preparer$/, '')}/convoquer`,
          COORDINATION,
        )
      ).body;
      return ['sacha@exemple.fr', 'remplace@exemple.fr'].map((a) => vue.includes(a));
    };
    expect(await destinataires()).toEqual([false, true]);
    // As the day after the last day away finds it: nobody wrote anything.
    for (const table of ['instance_membres', 'seance_participants'])
      await sql`update ${sql.table(table)} set absent_jusquau = ${jourDans(-1)}::date where absent_jusquau is not null`.execute(app.base.owner);
    expect([await destinataires(), (await tenus()).length]).toEqual([[true, false], 1]);
    expect((await nommer(sacha?.id ?? '', { absent_jusquau: '', suppleant_nom: '', suppleant_courriel: '' })).statusCode).toBe(303);
    // A seat of the directory is corrected there.
    const [siege] = await lire(sql<{ id: string }>`select id from instance_membres where referent_id = ${premier}::uuid`);
    const url = `${ici}/membres/${siege?.id}`;
    expect((await app.get(url, COORDINATION)).body).toContain(`/annuaire/referents/${premier}`);
    expect((await app.post(url, { nom: 'Réécrit', version: '1', _vu: '{}' }, COORDINATION)).statusCode).toBe(409);
    // What sessions keep of a seat: words, who noted them, what was said of a presence.
    const duSiege = (
      referent: string,
    ) => sql`(select p.id from seance_participants p join instance_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id
      where m.referent_id = ${referent}::uuid)`;
    for (const referent of [premier, sacha?.id ?? '']) {
      const [p] = await lire(sql<{ id: string; seance: string }>`select id, seance_id as seance from seance_participants where id = ${duSiege(referent)}`);
      await sql`update seance_participants set reponse = 'accepte', reponse_le = now(), reponse_voie = 'notee', reponse_par = 'Qui Nota', reponse_mot = 'Un mot',
        suppleant_reponse = 'refuse', suppleant_reponse_le = now(), suppleant_reponse_mot = 'Un autre mot', suppleant_reponse_par = 'Qui Nota'
        where id = ${p?.id ?? ''}::uuid`.execute(app.base.owner);
      await sql`with d as (insert into seance_dates (contrat_id, seance_id, jour, heure) values (${app.contratId}, ${p?.seance ?? ''}::uuid, ${jourDans(40)}::date,
          ${referent === premier ? '10:00' : '11:00'}::time) returning id)
        insert into seance_dates_reponses (contrat_id, date_id, participant_id, voie, par, reponse, quand)
        select ${app.contratId}, d.id, ${p?.id ?? ''}::uuid, 'notee', 'Qui Nota', 'oui', now() from d`.execute(app.base.owner);
      await sql`insert into seance_presence_mots (contrat_id, seance_id, participant_id, rang, acte, presence, represente_par, nom, motif, par, voie, quand)
        values (${app.contratId}, ${p?.seance ?? ''}::uuid, ${p?.id ?? ''}::uuid, 1, 'contestee', 'represente', 'Un Tiers', 'Son Nom', 'Son motif', 'Son Nom', 'titulaire', now())`.execute(
        app.base.owner,
      );
      await sql`with a as (insert into seance_approbations (contrat_id, seance_id, participant_id, empreinte, par, piece, quand, notee_par)
          values (${app.contratId}, ${p?.seance ?? ''}::uuid, ${p?.id ?? ''}::uuid, 'texte-essaye', 'Son Nom', 'Courrier', now(), 'Qui Nota') returning *)
        insert into seance_approbation_reponses (contrat_id, seance_id, participant_id, empreinte, rang, acte, motif, par, quand)
        select contrat_id, seance_id, participant_id, empreinte, 1, 'contestee', 'Sa contestation', par, quand from a`.execute(app.base.owner);
      // Another member of the same session, whom they are said to stand in for, however it is written.
      await sql`with p as (insert into seance_participants (contrat_id, seance_id, qualite, fonction, organisation_id, nom, reponse, represente_par, represente_dit)
          select contrat_id, seance_id, 'membre', ${referent}::text, organisation_id, 'Un Autre', 'refuse', '  Mme ' || upper(nom), nom || ' (mairie)'
          from seance_participants where id = ${p?.id ?? ''}::uuid returning *)
        insert into seance_presence_mots (contrat_id, seance_id, participant_id, rang, acte, presence, represente_par, nom, motif, par, voie, adresse, quand)
        select p.contrat_id, seance_id, p.id, 1, 'contestee', 'represente', represente_dit, p.nom, 'Son autre motif', represente_dit, 'representant',
          (select lower(m.courriel) from instance_membres m where m.referent_id = ${referent}::uuid and m.courriel <> '' limit 1), now()
        from p`.execute(app.base.owner);
      // Who else reads at that address says something of their own.
      await sql`with p as (insert into seance_participants (contrat_id, seance_id, qualite, fonction, organisation_id, nom)
          select contrat_id, seance_id, 'membre', ${`${referent} lecteur`}::text, organisation_id, 'Un Lecteur' from seance_participants
          where id = ${p?.id ?? ''}::uuid returning *)
        insert into seance_presence_mots (contrat_id, seance_id, participant_id, rang, acte, presence, represente_par, nom, motif, par, voie, adresse, quand)
        select p.contrat_id, seance_id, p.id, 1, 'contestee', 'absent', '', p.nom, 'Son motif à lui', p.nom, 'titulaire',
          (select lower(m.courriel) from instance_membres m where m.referent_id = ${referent}::uuid and m.courriel <> '' limit 1), now()
        from p`.execute(app.base.owner);
    }
    const ailleurs = async (referent: string) =>
      (
        await lire(sql<Record<string, string>>`
          select p.nom, p.represente_par as pour, p.represente_dit as dit, d.represente_par as conteste, d.par, d.motif
          from seance_participants p join seance_presence_mots d on d.participant_id = p.id where p.fonction = ${referent}`)
      )[0];
    const garde = async (referent: string) =>
      (
        await lire(sql<Record<string, string>>`
          select p.reponse_mot || p.suppleant_reponse_mot as mots, p.reponse_par || ', ' || p.suppleant_reponse_par as note, r.par as date, d.motif, d.nom, d.par,
            d.represente_par as tiers, a.motif || ', ' || a.par as approbation
          from seance_participants p join seance_dates_reponses r on r.participant_id = p.id join seance_presence_mots d on d.participant_id = p.id
            join seance_approbation_reponses a on a.participant_id = p.id
          where p.id = ${duSiege(referent)}`)
      )[0];
    /** From where they stood in for another. */
    const dOu = async (referent: string) =>
      (
        await lire(
          sql<{
            a: string;
          }>`select d.adresse as a from seance_participants p join seance_presence_mots d on d.participant_id = p.id where p.fonction = ${referent}`,
        )
      ).map((x) => x.a.replace(/\d+/, 'n'));
    expect((await dOu(premier))[0]).toContain('@');
    // Forgotten in the directory, they are in the seats that they held; who sits now is not.
    await sql`update referents set anonymisee_le = now() where id = ${premier}::uuid`.execute(app.base.owner);
    expect(
      await lire(sql`select nom, courriel, suppleant_nom as suppleant, fin::text as fin from instance_membres where instance_id = ${instance}::uuid
        and referent_id is not null order by debut, id`),
    ).toEqual([
      { nom: 'Nom effacé', courriel: '', suppleant: '', fin: jourDans(20) },
      { nom: 'Sacha Successeur', courriel: 'sacha@exemple.fr', suppleant: '', fin: null },
    ]);
    expect([await dOu(premier), (await dOu(sacha?.id ?? '')).map((a) => a.includes('@'))]).toEqual([['effacée n'], [true]]);
    // A word is theirs by its name as well: another's at that address stays.
    expect((await dOu(`${premier} lecteur`)).map((a) => a.includes('@'))).toEqual([true]);
    // In a session that was not held too; of one that was held, the attendance keeps the name, and no address.
    const noms = (referent: string) =>
      lire(sql`select p.nom, p.courriel from seance_participants p join instance_membres m on m.contrat_id = p.contrat_id and m.id = p.membre_id
        where m.referent_id = ${referent}::uuid`);
    expect(await noms(premier)).toEqual([{ nom: 'Nom effacé', courriel: '' }]);
    const efface = { mots: '', note: 'Nom effacé, Nom effacé', date: 'Nom effacé', motif: 'Motif effacé' };
    expect(await garde(premier)).toEqual({ ...efface, nom: 'Nom effacé', par: 'Nom effacé', tiers: '', approbation: 'Motif effacé, Nom effacé' });
    expect(await garde(sacha?.id ?? '')).toMatchObject({ mots: 'Un motUn autre mot', motif: 'Son motif', approbation: 'Sa contestation, Son Nom' });
    const nul = 'Nom effacé';
    expect(await ailleurs(premier)).toEqual({ nom: 'Un Autre', pour: nul, dit: nul, conteste: nul, par: nul, motif: 'Motif effacé' });
    const lui = { nom: 'Un Autre', pour: '  Mme SACHA SUCCESSEUR', dit: 'Sacha Successeur (mairie)', conteste: 'Sacha Successeur (mairie)' };
    expect(await ailleurs(sacha?.id ?? '')).toEqual({ ...lui, par: lui.dit, motif: 'Son autre motif' });
    await sql`update seances set etat = 'relecture' where instance_id = ${instance}::uuid`.execute(app.base.owner);
    await sql`update referents set anonymisee_le = now() where id = ${sacha?.id ?? ''}::uuid`.execute(app.base.owner);
    expect(await noms(sacha?.id ?? '')).toEqual([{ nom: 'Sacha Successeur', courriel: '' }]);
    expect(await garde(sacha?.id ?? '')).toEqual({ ...efface, nom: 'Son Nom', par: 'Son Nom', tiers: 'Un Tiers', approbation: 'Motif effacé, Son Nom' });
    expect(await ailleurs(sacha?.id ?? '')).toEqual({ ...lui, par: lui.dit, motif: 'Motif effacé' });
    // A person, or referents: never both.
    const deux = { qualite: 'membre', fonction: 'Élus', organisation: 'MA', debut: jourDans(0), referents: 'nuit', nom: 'Quelqu’un' };
    expect((await app.post(`${ici}/membres/nouveau`, deux, COORDINATION)).statusCode).toBe(422);
    expect((await app.post(`${ici}/membres/nouveau`, { ...deux, nom: '', referents: 'rien' }, COORDINATION)).statusCode).toBe(422);
  });
});

/** Kept with the minutes, as they are. */
const DU_RELEVE = ['seance_approbations', 'seance_amendements'];
test('l’oubli d’un référent connaît chaque colonne qui nomme ou dit quelqu’un, au siège et dans les séances', async () => {
  const colonnes = await lire(sql<{ de: string; colonne: string }>`
    with recursive siennes as (
      select 'seance_participants'::regclass::oid as oid union select 'instance_membres'::regclass::oid
      union
      select k.conrelid from siennes s join pg_constraint k on k.contype = 'f' and k.confrelid = s.oid)
    select c.relname as de, a.attname as colonne from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and c.oid in (select oid from siennes)
      and col_description(c.oid, a.attnum)::jsonb ->> 'categorie' in ('identite', 'coordonnees', 'contenu')`);
  const [source] = await lire(sql<{ texte: string }>`
    select string_agg(prosrc, ' ') as texte from pg_proc where proname in ('oublier_siege_du_referent', 'oublier_dans_les_seances', 'oublier_adresses_des_seances')`);
  const effacees = [...(source?.texte ?? '').matchAll(/delete from public\.(\w+)/g)].map(([, de]) => `${de}.`);
  const oublie = new Set(
    [...(source?.texte ?? '').matchAll(/update public\.(\w+)[\s\S]*?;/g)].flatMap(([ordre, de]) =>
      [...ordre.matchAll(/(?:set|,)\s+(\w+) = /g)].map((m) => `${de}.${m[1]}`),
    ),
  );
  expect(colonnes.length).toBeGreaterThan(15);
  // Who wrote the seat is no referent: whoever keeps the body. That an approval is confirmed or contested is the minutes', without the words.
  const tus = [...DU_RELEVE.map((t) => `${t}.`), ...effacees, 'instance_membres.modifie_par', 'seance_approbation_reponses.acte'];
  expect(colonnes.map((c) => c.de)).toContain('seance_approbation_reponses');
  expect(colonnes.map((c) => `${c.de}.${c.colonne}`).filter((c) => !oublie.has(c) && !tus.some((t) => c.startsWith(t)))).toEqual([]);
});

describe('Ce que le contrat nomme', () => {
  const etatDe = async (id: string): Promise<string> => /govuk-tag[^>]*>([^<]+)</.exec((await app.get(`/dispositifs/${id}`)).body)?.[1] ?? '';
  test('est dans l’annuaire dès que le contrat est chargé, à compléter ; un dispositif n’est servi que par une fiche en ligne qui le porte', async () => {
    const trouvees = (await app.get('/aide/trouver?besoin=traite')).body;
    for (const nom of ['Brigade de protection des mineurs', 'Hors-la-Rue', 'Associations agréées']) expect([nom, trouvees.includes(nom)]).toEqual([nom, true]);
    expect(trouvees).toContain('adresse, horaires et téléphone à compléter');
    const [k] = await lire(sql<{ id: string; version: number }>`select id, version from structures where cle_contrat = 'associations-agreees'`);
    const carte = (await app.get(`/aide/lieux/${k?.id}`)).body;
    expect([carte.includes('Nommé par le contrat, 2.3-R3'), carte.includes('personne n’a encore confirmé')]).toEqual([true, true]);
    expect((await app.get('/dispositifs/ORIENT-19')).body).toContain(`/aide/lieux/${k?.id}`);
    const servi = await etatDe('ORIENT-19');
    expect((await app.post(`/annuaire/structures/${k?.id}/retirer`, { acte: 'retirer' }, COORDINATION)).statusCode).toBe(303);
    expect(await etatDe('ORIENT-19')).not.toBe(servi);
    const { portees } = await servedOf(HOUSE, app.base.owner, app.contratId);
    expect([portees.get('ressource')?.has('ORIENT-19'), portees.get('ressource')?.has('ORIENT-18')]).toEqual([false, true]);
    expect((await app.post(`/annuaire/structures/${k?.id}/retirer`, { acte: 'remettre' }, COORDINATION)).statusCode).toBe(303);
    expect(await etatDe('ORIENT-19')).toBe(servi);
  });
});
