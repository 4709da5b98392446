import { ajouterMois } from '../../echeances/index.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { jourDe } from '../../../core/clock.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { HOUSE } from '../../../modules.ts';
import { purgerSeules, simulerPurges } from './conservation.ts';
import { echeanceDe, ETATS, type EtatDemande, joursRestants, TRANSITIONS, verifierChangement } from './demandes.rules.ts';
import { getRegistre } from './traitements.queries.ts';
import { buildRegistre, direManque } from './traitements.rules.ts';

const DPO: Qui = { comme: 'dpo' };
const JOUR = 86_400_000;
const ilYA = (jours: number) => new Date(Date.now() - jours * JOUR);

const REGLES = HOUSE.conservation;
describe('Le registre des traitements', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());

  test('chaque colonne de chaque table a une catégorie connue, chaque table un traitement et une durée', async () => {
    const { traitements, manques } = await getRegistre(app.db);
    expect(manques.map(direManque)).toEqual([]);
    const { rows } = await sql<{ tables: number; colonnes: number }>`
      select count(distinct table_name)::int as tables, count(*)::int as colonnes
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema in ('public', 'nominatif') and table_type = 'BASE TABLE'`.execute(app.base.owner);
    const tables = traitements.flatMap((t) => t.tables);
    expect(tables.length).toBeGreaterThan(20);
    expect({ tables: tables.length, colonnes: tables.flatMap((t) => t.colonnes).length }).toEqual(rows[0]);
  });

  test('une table ou une colonne que personne n’a décrite est signalée, et la page le dit', async () => {
    const avant = (await getRegistre(app.db)).manques.length;
    const owner = app.base.owner;
    await sql`create table essai_brouillon (contrat_id smallint primary key, nom text, age integer, note text)`.execute(owner);
    await sql`select annoter('essai_brouillon', null, '{"contrat_id": "technique", "age": "inventee", "absente": "identite"}')`.execute(owner);
    await sql`comment on column essai_brouillon.note is 'des mots, pas une annotation'`.execute(owner);
    await sql`alter table comptes add column essai_surnom text`.execute(owner);
    const { manques } = await getRegistre(app.db);
    expect(manques.map(direManque).filter((m) => m.includes('essai_'))).toEqual([
      'comptes.essai_surnom : colonne sans catégorie',
      'essai_brouillon : table sans annotation',
      'essai_brouillon.nom : colonne sans catégorie',
      'essai_brouillon.age : catégorie inconnue ou illisible',
      'essai_brouillon.note : catégorie inconnue ou illisible',
    ]);
    expect((await app.get('/dpo/traitements', DPO)).body).toContain('essai_brouillon.nom');
    await sql`alter table comptes drop column essai_surnom`.execute(owner);
    await sql`drop table essai_brouillon`.execute(owner);
    expect((await getRegistre(app.db)).manques).toHaveLength(avant);
    const seul = [{ table: 't', annotation: '{"traitement":"x","duree":"1 an"}', colonne: null, annotationColonne: null }];
    expect(buildRegistre(seul).manques.map((m) => m.traitement)).toEqual(['x']);
  });

  test('la page et le CSV donnent chaque traitement, sa finalité, sa base légale et ses durées', async () => {
    const { traitements } = await getRegistre(app.db);
    expect(traitements.map((t) => t.code)).toEqual(expect.arrayContaining(['comptes', 'journal', 'registres', 'signalements', 'droits', 'contrat']));
    const pageHtml = (await app.get('/dpo/traitements', DPO)).body;
    const csv = (await app.get('/dpo/traitements.csv', DPO)).body;
    for (const t of traitements) {
      for (const dit of [t.titre, t.finalite, t.baseLegale, ...t.destinataires]) expect([dit, pageHtml.includes(dit)]).toEqual([dit, true]);
      for (const x of t.tables) expect([x.nom, pageHtml.includes(x.duree), csv.includes(`;${x.nom};`)]).toEqual([x.nom, true, true]);
    }
    expect(csv.split('\r\n').length).toBeGreaterThan(traitements.length);
    expect(csv).toContain('mot_de_passe');
  });
});

describe('Les règles des demandes', () => {
  test('le délai est d’un mois, au dernier jour des mois plus courts', async () => {
    expect(echeanceDe('2026-03-14', false)).toBe('2026-04-14');
    expect(echeanceDe('2026-01-31', false)).toBe('2026-02-28');
    expect(echeanceDe('2028-01-31', false)).toBe('2028-02-29');
    expect(echeanceDe('2026-12-31', false)).toBe('2027-01-31');
    expect(echeanceDe('2026-11-30', true)).toBe('2027-02-28');
    expect(ajouterMois('2026-05-31', 1)).toBe('2026-06-30');
    expect(joursRestants('2026-03-30', '2026-03-28')).toBe(2);
  });

  test('chaque passage absent de la table est refusé', () => {
    const complet = { motif: 'm', reponse: 'r', repondueLe: '' };
    for (const de of Object.keys(ETATS) as EtatDemande[])
      for (const vers of Object.keys(ETATS) as EtatDemande[]) {
        const permis = TRANSITIONS[de].some((t) => t.vers === vers);
        expect([de, vers, verifierChangement({ etat: de, recueLe: '2026-01-05' }, { vers, ...complet }, '2026-01-20').ok]).toEqual([de, vers, permis]);
      }
  });

  test('on ne prolonge qu’avec un motif et dans le premier mois', () => {
    const prolonger = (motif: string, jour: string) =>
      verifierChangement({ etat: 'en_cours', recueLe: '2026-01-31' }, { vers: 'prolongee', motif, reponse: '', repondueLe: '' }, jour);
    expect(prolonger('trois services à interroger', '2026-02-28')).toEqual({ ok: true });
    expect(prolonger('trois services à interroger', '2026-03-01')).toMatchObject({ ok: false, champ: 'etat' });
    expect(prolonger('', '2026-02-10')).toMatchObject({ ok: false, champ: 'motif' });
  });
});

describe('Les demandes des personnes', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  const aujourdhui = jourDe(new Date(), 'Europe/Paris');
  beforeAll(async () => {
    app = await ouvrirApp();
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });
  const champs = (plus: Record<string, string> = {}) => ({
    recue_le: aujourdhui,
    nature: 'acces',
    demandeur: 'Camille Essai',
    moyen: 'courriel',
    objet: 'Copie de ce que vous avez sur moi',
    ...plus,
  });
  const creer = async (plus: Record<string, string> = {}, a = app): Promise<string> => {
    const r = await a.post('/dpo/demandes/nouvelle', champs(plus), DPO);
    expect(r.statusCode).toBe(303);
    return String(r.headers.location);
  };
  const lire = async (url: string) =>
    (
      await sql<{ etat: string; echeance: string; version: number; recueLe: string; repondueLe: string | null }>`
      select etat, echeance, version, recue_le, repondue_le from demandes_droits where id = ${url.split('/').pop()}::uuid`.execute(app.base.owner)
    ).rows[0];
  const changer = (url: string, plus: Record<string, string>) => app.post(url, { version: '1', motif: '', reponse: '', repondue_le: '', ...plus }, DPO);

  test('sans demande, chaque liste dit pourquoi et quoi faire', async () => {
    expect((await app.get('/dpo', DPO)).body).toContain('Aucune demande en attente');
    expect((await app.get('/dpo/demandes', DPO)).body).toContain('Aucune demande n’attend de réponse');
    expect((await app.get('/dpo/demandes?etat=closes&nature=acces', DPO)).body).toContain('ne correspond à ces filtres');
    expect((await app.get('/dpo/conservation', DPO)).body).toContain('Aucune purge');
  });

  test('une mauvaise saisie revient avec ce qui était écrit', async () => {
    const r = await app.post('/dpo/demandes/nouvelle', champs({ recue_le: '2999-01-01', nature: '', demandeur: '', moyen: 'pigeon' }), DPO);
    expect(r.statusCode).toBe(422);
    for (const dit of ['ne peut pas être à venir', 'Choisissez le droit', 'des initiales', 'comment la demande est arrivée']) expect(r.body).toContain(dit);
    expect(r.body).toContain('Copie de ce que vous avez sur moi');
    expect(r.body).toContain('value="2999-01-01"');
    expect((await app.post('/dpo/demandes/nouvelle', {}, DPO)).statusCode).toBe(422);
    expect((await sql<{ n: number }>`select count(*)::int as n from demandes_droits`.execute(app.base.owner)).rows[0]?.n).toBe(0);
  });

  test('la base calcule la même échéance que les règles', async () => {
    for (const recue of ['2026-01-31', '2024-01-31', '2025-12-31', '2026-02-28', '2026-08-30'].filter((j) => j <= aujourdhui)) {
      const url = await creer({ recue_le: recue });
      expect(await lire(url)).toMatchObject({ recueLe: recue, echeance: echeanceDe(recue, false) });
      await sql`update demandes_droits set etat = 'prolongee', prolongee_le = recue_le where id = ${url.split('/').pop()}::uuid`.execute(app.base.owner);
      expect(await lire(url)).toMatchObject({ echeance: echeanceDe(recue, true) });
    }
    const retard = await app.get('/dpo', DPO);
    expect(retard.body).toContain('En retard de');
    expect(retard.body).toMatch(/ont dépassé leur|a dépassé son/);
    await sql`update demandes_droits set etat = 'repondue', repondue_le = recue_le`.execute(app.base.owner);
  });

  test('reçue, en cours, prolongée, répondue : chaque passage laisse sa version et son entrée au journal, sans nom', async () => {
    const url = await creer();
    expect((await changer(url, { etat: 'en_cours' })).statusCode).toBe(303);
    expect((await changer(url, { etat: 'prolongee', motif: 'Trois services à interroger', version: '2' })).statusCode).toBe(303);
    expect(await lire(url)).toMatchObject({ etat: 'prolongee', version: 3, echeance: echeanceDe(aujourdhui, true) });
    expect((await changer(url, { etat: 'repondue', reponse: 'Copie remise', version: '3' })).statusCode).toBe(303);
    expect(await lire(url)).toMatchObject({ etat: 'repondue', version: 4, repondueLe: aujourdhui, echeance: echeanceDe(aujourdhui, true) });
    const vue = (await app.get(url, DPO)).body;
    for (const dit of ['Camille Essai', 'Copie remise', 'Trois services à interroger', 'Cette demande est close']) expect(vue).toContain(dit);
    const { rows } = await sql<{ version: number; etat: string }>`
      select version, etat from demandes_droits_versions where demande_id = ${url.split('/').pop()}::uuid order by version`.execute(app.base.owner);
    expect(rows).toEqual([
      { version: 1, etat: 'recue' },
      { version: 2, etat: 'en_cours' },
      { version: 3, etat: 'prolongee' },
    ]);
    const { rows: audit } = await sql<{ action: string; details: unknown }>`
      select action, details from audit where objet = ${url} and action like 'demande_droits.%' order by quand`.execute(app.base.owner);
    expect(audit.map((a) => a.action)).toEqual(['demande_droits.creee', ...Array(3).fill('demande_droits.changee')]);
    expect(JSON.stringify(audit)).not.toMatch(/Camille|services/);
  });

  test('un passage interdit, ou sans ce qu’il exige, revient avec ce qui était écrit', async () => {
    const url = await creer();
    const sansMotif = await changer(url, { etat: 'refusee', reponse: 'brouillon gardé' });
    expect([sansMotif.statusCode, sansMotif.body.includes('ce motif est dû'), sansMotif.body.includes('brouillon gardé')]).toEqual([422, true, true]);
    expect((await changer(url, { etat: 'recue' })).statusCode).toBe(422);
    expect((await changer(url, { etat: 'perdue' })).statusCode).toBe(422);
    expect((await changer(url, { etat: 'repondue', reponse: 'r', repondue_le: '2999-01-01' })).statusCode).toBe(422);
    expect((await changer(url, { etat: 'repondue', reponse: 'r', repondue_le: 'hier' })).statusCode).toBe(422);
    expect((await changer(url, { etat: 'refusee', motif: 'Demande manifestement excessive' })).statusCode).toBe(303);
    const close = await changer(url, { etat: 'en_cours', version: '2' });
    expect([close.statusCode, close.body.includes('Cette demande est close')]).toEqual([422, true]);
  });

  test('deux personnes au même instant : la seconde est prévenue et ne perd rien', async () => {
    const url = await creer();
    expect((await changer(url, { etat: 'en_cours' })).statusCode).toBe(303);
    const r = await changer(url, { etat: 'repondue', reponse: 'Ma réponse patiemment écrite' });
    expect(r.statusCode).toBe(409);
    expect(r.body).toContain('pendant que vous écriviez');
    expect(r.body).toContain('Ma réponse patiemment écrite');
    expect(r.body).toContain('name="version" value="2"');
    expect(await lire(url)).toMatchObject({ etat: 'en_cours', version: 2 });
    expect((await changer(url, { etat: 'repondue', reponse: 'Ma réponse', version: '2' })).statusCode).toBe(303);
    const apres = await changer(url, { etat: 'refusee', motif: 'Motif à ne pas perdre', version: '2' });
    expect([apres.statusCode, apres.body.includes('Motif à ne pas perdre')]).toEqual([409, true]);
  });

  test('l’application ne peut ni changer ni ôter une version, ni effacer une demande', async () => {
    for (const acte of [sql`update demandes_droits_versions set etat = 'x'`, sql`delete from demandes_droits_versions`, sql`delete from demandes_droits`])
      await expect(inTransaction(app.db, { contratId: app.contratId }, (tx) => acte.execute(tx))).rejects.toThrow(/permission denied|droit refusé/);
  });

  test('un autre rôle est refusé ; un autre contrat ne voit rien', async () => {
    const url = await creer({ demandeur: 'Dominique Ailleurs' });
    for (const comme of ['coordination', 'administrateur', 'signataire'] as const) {
      for (const chemin of ['/dpo', '/dpo/traitements', '/dpo/traitements.csv', '/dpo/demandes', '/dpo/demandes/nouvelle', url, '/dpo/conservation'])
        expect([comme, chemin, (await app.get(chemin, { comme })).statusCode]).toEqual([comme, chemin, 403]);
      for (const chemin of ['/dpo/demandes/nouvelle', url, '/dpo/conservation/sessions'])
        expect([comme, chemin, (await app.post(chemin, champs(), { comme })).statusCode]).toEqual([comme, chemin, 403]);
    }
    expect((await autre.get(url, DPO)).statusCode).toBe(404);
    expect((await autre.post(url, { etat: 'en_cours', version: '1' }, DPO)).statusCode).toBe(404);
    for (const chemin of ['/dpo', '/dpo/demandes?etat=toutes']) expect((await autre.get(chemin, DPO)).body).not.toContain('Dominique');
    expect((await autre.get('/dpo/demandes?etat=toutes', DPO)).body).toContain('Aucune demande');
    expect((await app.get('/dpo/demandes?nature=acces', DPO)).body).toContain('Dominique Ailleurs');
    expect((await app.get('/dpo/demandes/pas-un-id', DPO)).statusCode).toBe(404);
  });
});

describe('La conservation', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    for (const a of [app, autre]) await semer(a.contratId);
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });

  /** Of each kind: old ones that a rule must take, and recent or unfinished ones that it must leave. */
  async function semer(contratId: number): Promise<void> {
    const o = app.base.owner;
    await app.temoin(DPO, contratId);
    await sql`
      insert into sessions (contrat_id, empreinte, compte_id, expire_le)
      select ${contratId}, sha256(('s' || n)::bytea), (select id from comptes where contrat_id = ${contratId} limit 1),
        case when n <= 3 then ${ilYA(31)}::timestamptz else ${ilYA(29)}::timestamptz end
      from generate_series(1, 5) as n`.execute(o);
    await sql`
      insert into liens (contrat_id, empreinte, genre, courriel, expire_le)
      values (${contratId}, ${Buffer.from(`a${contratId}`)}, 'invitation', 'a@b.fr', ${ilYA(31)}),
        (${contratId}, ${Buffer.from(`b${contratId}`)}, 'invitation', 'b@b.fr', ${ilYA(2)})`.execute(o);
    await sql`
      insert into courriels (contrat_id, destinataire, sujet, texte, etat, cree_le)
      values (${contratId}, 'a@b.fr', 'a', '', 'envoye', ${ilYA(91)}), (${contratId}, 'b@b.fr', 'b', 'b', 'attente', ${ilYA(91)})`.execute(o);
    await sql`
      insert into lots (contrat_id, registre, fichier, empreinte, auteur, etat, cree_le)
      values (${contratId}, 'formations', 'a.csv', 'a', 'Essai', 'prepare', ${ilYA(31)}),
        (${contratId}, 'formations', 'b.csv', 'b', 'Essai', 'publie', ${ilYA(400)}),
        (${contratId}, 'formations', 'c.csv', 'c', 'Essai', 'prepare', ${ilYA(2)})`.execute(o);
    await sql`
      insert into lot_lignes (contrat_id, lot_id, numero, etat)
      select contrat_id, id, 1, 'nouvelle' from lots where contrat_id = ${contratId}`.execute(o);
    await sql`
      insert into import_colonnes (contrat_id, organisation_id, registre, colonnes, fichier, modifie_par, modifie_le, employe_le)
      values (${contratId}, 'DPMP', 'formations', '{}', 'a.csv', 'Essai', ${ilYA(1200)}, ${ilYA(1096)}),
        (${contratId}, 'PP', 'formations', '{}', 'b.csv', 'Essai', ${ilYA(1200)}, ${ilYA(1)})`.execute(o);
    await sql`
      insert into soumissions (contrat_id, compte_id, cle, contenu, route, le)
      values (${contratId}, gen_random_uuid(), 'a', '', 'POST /x', ${ilYA(8)}), (${contratId}, gen_random_uuid(), 'b', '', 'POST /x', ${ilYA(6)})`.execute(o);
    await sql`
      insert into recherche_manques (contrat_id, empreinte, jours, dernier_jour)
      values (${contratId}, 'empreinte-d-un-ancien-mot', array[${ilYA(91)}::date], ${ilYA(91)}::date), (${contratId}, 'empreinte-d-un-mot-recent', array[${ilYA(80)}::date], ${ilYA(80)}::date)`.execute(
      o,
    );
    await sql`
      insert into referents (contrat_id, role, organisation_id, territoire_id, nom, debut, fin, cree_le, maj_le)
      values (${contratId}, 'nuit', 'MA', 'x', 'Terme Ancien', ${ilYA(800)}::date, ${ilYA(367)}::date, now(), now()),
        (${contratId}, 'nuit', 'MA', 'x', 'Terme Récent', ${ilYA(800)}::date, ${ilYA(300)}::date, now(), now()),
        (${contratId}, 'nuit', 'MA', 'x', 'En Fonction', ${ilYA(800)}::date, null, now(), now())`.execute(o);
    await sql`
      with carte as (
        insert into structures (contrat_id, nom, territoire_id, revoir_le, cle_nom, maj_le)
        values (${contratId}, 'Un lieu', 'x', current_date, 'un lieu', now()) returning id)
      insert into structure_acces (contrat_id, structure_id, courriel, nom, cree_le, ferme_le)
      select ${contratId}, carte.id, x.courriel, 'Une correspondante', ${ilYA(800)}, x.ferme_le
      from carte, (values ('ancienne@exemple.fr', ${ilYA(367)}::timestamptz), ('recente@exemple.fr', ${ilYA(300)}::timestamptz), ('ouverte@exemple.fr', null))
        as x (courriel, ferme_le)`.execute(o);
    await sql`
      insert into abonnement_demandes (contrat_id, empreinte, adresse, genre, objet, jour, reseau, demande_le)
      select ${contratId}, repeat('e', 32), '', 'fiche', '1.6', 1, repeat('r', 32), now() - make_interval(days => n) from unnest(array[6, 8]) n`.execute(o);
    await sql`
      insert into travaux (contrat_id, genre, libelle, etat, cree_le, fini_le)
      values (${contratId}, 'bilan', 'a', 'fait', ${ilYA(91)}, ${ilYA(91)}), (${contratId}, 'bilan', 'b', 'echec', ${ilYA(91)}, ${ilYA(91)}),
        (${contratId}, 'bilan', 'c', 'fait', ${ilYA(89)}, ${ilYA(89)}), (${contratId}, 'bilan', 'd', 'attente', ${ilYA(200)}, null)`.execute(o);
    await sql`
      insert into fichiers (contrat_id, nom, type, contenu, cree_le, garde)
      values (${contratId}, 'a.pdf', 'application/pdf', '', ${ilYA(91)}, false), (${contratId}, 'b.pdf', 'application/pdf', '', ${ilYA(1)}, false),
        (${contratId}, 'logo.png', 'image/png', '', ${ilYA(400)}, true)`.execute(o);
    await sql`
      insert into demandes_droits (contrat_id, recue_le, nature, demandeur, moyen, objet, etat, repondue_le, reponse)
      values (${contratId}, ${ilYA(1900)}, 'acces', 'Ancienne Personne', 'courrier', 'Copie', 'recue', null, null),
        (${contratId}, ${ilYA(1900)}, 'acces', 'Personne Oubliable', 'courrier', 'Copie', 'recue', null, null),
        (${contratId}, ${ilYA(30)}, 'acces', 'Personne Récente', 'courrier', 'Copie', 'recue', null, null)`.execute(o);
    await sql`
      update demandes_droits set etat = 'repondue', repondue_le = recue_le + 10, reponse = 'Remise à la personne', version = 2
      where contrat_id = ${contratId} and demandeur <> 'Ancienne Personne'`.execute(o);
  }
  const TABLES = [
    'sessions',
    'lots',
    'lot_lignes',
    'travaux',
    'fichiers',
    'demandes_droits',
    'demandes_droits_versions',
    'purges',
    'liens',
    'courriels',
    'soumissions',
    'import_colonnes',
    'recherche_manques',
    'abonnement_demandes',
  ];
  const compter = async (contratId: number) => {
    const comptes = await Promise.all(
      TABLES.map(async (t) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(t)} where contrat_id = ${contratId}`.execute(app.base.owner);
        return [t, rows[0]?.n ?? 0] as const;
      }),
    );
    return Object.fromEntries(comptes) as Record<string, number>;
  };
  const ATTENDUS = {
    sessions: 3,
    liens: 1,
    courriels: 2,
    'courriels-recus': 0,
    soumissions: 1,
    'imports-jamais-publies': 1,
    'colonnes-des-fichiers': 1,
    'mots-sans-reponse': 1,
    'abonnements-non-confirmes': 1,
    travaux: 3,
    fichiers: 1,
    demandes: 1,
    referents: 1,
    correspondants: 1,
    'adresses-de-suivi': 0,
    'mots-des-demandes': 0,
    'adresses-comptees': 0,
    'mots-des-alertes': 0,
    'fil-des-alertes': 0,
    'prevenus-des-alertes': 0,
    'inscrits-retires': 0,
    'mots-des-tensions': 0,
    'correspondants-des-consignes': 0,
    'contributions-ecartees': 0,
    'documents-diffuses': 0,
    'lecteurs-des-documents': 0,
    'raisons-des-propositions': 0,
    'cap-recus': 0,
    'adresses-des-lieux-suivis': 0,
    'lieux-suivis': 0,
    'avis-de-crise': 0,
    'envois-des-notes': 0,
    'correspondants-de-crise': 0,
    'mains-courantes': 0,
    'signataires-d-actes': 0,
  };
  const simuler = async () => Object.fromEntries((await simulerPurges(app.db, app.contratId, REGLES, new Date())).map((s) => [s.regle.code, s.nombre]));
  const confirme = (code: string, nombre: number) => ({ nombre: String(nombre), acte: 'purger', [`confirmer-${code}`]: 'oui' });

  test('chaque règle dit la durée que le registre annonce pour sa table', async () => {
    const tables = (await getRegistre(app.db)).traitements.flatMap((t) => t.tables);
    expect(REGLES.map((r) => [r.table, tables.find((t) => t.nom === r.table)?.jours])).toEqual(REGLES.map((r) => [r.table, r.jours]));
  });

  test('lire la page ne change rien ; elle dit combien, et depuis quand', async () => {
    await app.get('/dpo/conservation', DPO);
    const avant = await compter(app.contratId);
    const vue = await app.get('/dpo/conservation', DPO);
    expect(vue.body).toMatch(/supprimer définitivement 3.enregistrements/);
    expect(vue.body).toMatch(/anonymiser définitivement 1.enregistrement/);
    // Each signed-in reading opens a session of its own in these tests.
    expect(await compter(app.contratId)).toEqual({ ...avant, sessions: (avant.sessions ?? 0) + 1 });
    expect(await simuler()).toEqual(ATTENDUS);
  });

  test('sans confirmation, avec un autre nombre ou pour une règle inconnue, rien n’est purgé', async () => {
    const avant = await compter(app.contratId);
    const essayer = async (code: string, corps: Record<string, string>) => (await app.post(`/dpo/conservation/${code}`, corps, DPO)).statusCode;
    expect(await essayer('travaux', { nombre: '3', acte: 'purger' })).toBe(422);
    expect(await essayer('travaux', { acte: 'purger', 'confirmer-travaux': 'oui' })).toBe(422);
    expect(await essayer('travaux', confirme('travaux', 4))).toBe(409);
    expect(await essayer('tout', confirme('tout', 3))).toBe(404);
    expect(await compter(app.contratId)).toEqual({ ...avant, sessions: (avant.sessions ?? 0) + 4 });
  });

  test('une simulation consignée ne supprime rien', async () => {
    expect((await app.post('/dpo/conservation/travaux', { nombre: '3', acte: 'simuler' }, DPO)).statusCode).toBe(303);
    expect(await simuler()).toEqual(ATTENDUS);
    expect((await app.get('/dpo/conservation', DPO)).body).toContain('Simulation');
  });

  test('chaque purge ôte exactement ce qui était compté, et le consigne', async () => {
    const avant = await compter(app.contratId);
    const voisin = await compter(autre.contratId);
    for (const r of REGLES) {
      const nombre = (await simuler())[r.code] ?? 0;
      expect([r.code, (await app.post(`/dpo/conservation/${r.code}`, confirme(r.code, nombre), DPO)).statusCode]).toEqual([r.code, 303]);
    }
    expect(await simuler()).toEqual(Object.fromEntries(Object.keys(ATTENDUS).map((c) => [c, 0])));
    expect(await compter(app.contratId)).toEqual({
      ...avant,
      sessions: (avant.sessions ?? 0) - 3 + REGLES.length,
      liens: (avant.liens ?? 0) - 1,
      recherche_manques: (avant.recherche_manques ?? 0) - 1,
      abonnement_demandes: (avant.abonnement_demandes ?? 0) - 1,
      courriels: (avant.courriels ?? 0) - 2,
      soumissions: (avant.soumissions ?? 0) - 1,
      lots: (avant.lots ?? 0) - 1,
      lot_lignes: (avant.lot_lignes ?? 0) - 1,
      import_colonnes: (avant.import_colonnes ?? 0) - 1,
      travaux: (avant.travaux ?? 0) - 3,
      fichiers: (avant.fichiers ?? 0) - 1,
      demandes_droits_versions: (avant.demandes_droits_versions ?? 0) - 1,
      purges: (avant.purges ?? 0) + REGLES.length,
    });
    expect(await compter(autre.contratId)).toEqual(voisin);
    const { rows } = await sql<{ regle: string; nombre: number }>`
      select regle, nombre from purges where contrat_id = ${app.contratId} and not simulation order by id`.execute(app.base.owner);
    expect(Object.fromEntries(rows.map((r) => [r.regle, r.nombre]))).toEqual(ATTENDUS);
    const { rows: audit } = await sql<{ n: number }>`select count(*)::int as n from audit where action = 'purge.faite'`.execute(app.base.owner);
    expect(audit[0]?.n).toBe(REGLES.length);
    expect((await app.get('/dpo/conservation', DPO)).body).toContain('Purge</strong>');
  });

  test('la demande oubliée ne garde que nature, dates et issue', async () => {
    const { rows } = await sql`
      select demandeur, objet, reponse, motif, etat, nature from demandes_droits
      where contrat_id = ${app.contratId} and anonymisee_le is not null`.execute(app.base.owner);
    expect(rows).toEqual([{ demandeur: null, objet: '', reponse: null, motif: null, etat: 'repondue', nature: 'acces' }]);
    const liste = (await app.get('/dpo/demandes?etat=toutes', DPO)).body;
    expect([liste.includes('anonymisé'), liste.includes('Personne Oubliable'), liste.includes('Ancienne Personne')]).toEqual([true, false, true]);
  });

  test('chaque nuit, la plateforme ôte d’elle-même ce qui ne demande aucun jugement, et le consigne', async () => {
    await sql`
      insert into soumissions (contrat_id, compte_id, cle, contenu, route, le)
      values (${app.contratId}, gen_random_uuid(), '\\x01', '\\x02', 'POST /nuit', now() - interval '8 days'),
        (${app.contratId}, gen_random_uuid(), '\\x03', '\\x04', 'POST /nuit', now() - interval '6 days')`.execute(app.base.owner);
    const travaux = (await compter(app.contratId)).travaux;
    expect(await purgerSeules(app.db, app.contratId, REGLES, new Date())).toBe(1);
    expect(await purgerSeules(app.db, app.contratId, REGLES, new Date())).toBe(0);
    expect((await compter(app.contratId)).travaux).toBe(travaux);
    const { rows } = await sql<{
      cle: string;
    }>`select encode(cle, 'hex') as cle from soumissions where contrat_id = ${app.contratId} and route = 'POST /nuit'`.execute(app.base.owner);
    expect(rows.map((r) => r.cle)).toEqual(['03']);
    const { rows: consigne } = await sql<{ regle: string; nombre: number; par: string | null }>`
      select regle, nombre, par from purges where contrat_id = ${app.contratId} order by id desc limit 1`.execute(app.base.owner);
    expect(consigne).toEqual([{ regle: 'soumissions', nombre: 1, par: null }]);
    const { rows: dit } = await sql<{ action: string; objet: string }>`
      select action, objet from audit where contrat_id = ${app.contratId} order by numero desc limit 1`.execute(app.base.owner);
    expect(dit).toEqual([{ action: 'purge.faite', objet: '/dpo/conservation/soumissions' }]);
  });
});
