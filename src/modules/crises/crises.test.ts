import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { lirePdf } from '../../../tests/support/pdf.ts';
import { creerInstance } from '../instances/instances.fixtures.ts';
import { purgerSeules } from '../comptes/dpo/conservation.ts';
import { CONSERVATION } from './crises.conservation.ts';
import { signerRetex } from './conduite.fixtures.ts';
import { direChaines, direFichier } from './main-courante/verifier.ts';

const SCOP: Qui = { comme: 'operateur', organisation: 'SCOP' };
const PP: Qui = { comme: 'producteur', organisation: 'PP' };
const DSOL: Qui = { comme: 'agent', organisation: 'DSOL' };
const MAIRIE: Qui = { comme: 'agent', organisation: 'MA', territoire: 'mairie-18' };
const COORDONNATEUR: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };

let app: AppDeTest;
let scop: string;
beforeAll(async () => {
  app = await ouvrirApp();
  scop = await app.temoin(SCOP);
});
afterAll(() => app.close());

const lignes = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
async function ouvrir(
  o: Record<string, string> = {},
  nommes: [string, string, string?][] = [
    ['PP', 'pp'],
    ['DSOL', 'dsol'],
    ['MA', 'mairie'],
  ],
): Promise<string> {
  const r = await app.post(
    '/crises/ouvrir',
    { nature: 'exercice', type: 'inondation', titre: 'Crue de la Seine', territoire: 'mairie-18', meme: 'autre', ...o },
    scop,
  );
  const id = /^\/crises\/([0-9a-f-]{36})\/acteurs$/.exec(String(r.headers.location))?.[1] ?? '';
  expect([r.statusCode, id.length]).toEqual([303, 36]);
  for (const [organisation, entite, territoire = 'mairie-18'] of nommes)
    expect((await app.post(`/crises/${id}/acteurs`, { organisation, entite, territoire }, scop)).statusCode).toBe(303);
  return id;
}
/** Closed, its lessons signed, archived. */
async function finir(id: string): Promise<void> {
  await app.post(`/crises/${id}/clore`, { confirme: 'oui' }, scop);
  await signerRetex(app, id);
  expect((await app.post(`/crises/${id}/archiver`, { confirme: 'oui' }, scop)).statusCode).toBe(303);
}
const entrees = (id: string) =>
  lignes(sql<{
    numero: number;
    contenu: string;
    classe: string;
    source: string;
    tardive: boolean;
    renvoi: number | null;
    confirme: string[];
    ecart: number;
    poste: string;
    ordre: number;
  }>`
    select numero::int as numero, contenu, classe, source, tardive, renvoi::int as renvoi, confirme, ecart_ms::int as ecart, poste, ordre::int as ordre
    from main_courante where crise_id = ${id}::uuid order by numero`);
const cle = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const gardee = (n: number, texte: string, plus: object = {}) => ({ texte, cle: cle(n), poste: 'portable-1', ordre: n, quand: Date.now(), ...plus });
const lot = (id: string, e: object[], qui: Qui | string, decalage = 0) =>
  app.post(`/crises/${id}/lot`, { envoye: String(Date.now() + decalage), entrees: JSON.stringify(e) }, qui);

/** As relayed by somebody, in force until tomorrow. */
const relayer = (titre: string, portee: string, exercice: boolean) =>
  sql`
    insert into messages_relayes (contrat_id, genre, titre, texte, empreinte, origine_id, origine_le, territoire_id, portee_id, recopie, exercice, relaye_le, relaye_par,
      organisation_id, expire_le, a_confirmer_avant)
    values (${app.contratId}, 'vigilance', ${titre}, 'Restez chez vous.', encode(sha256(convert_to('Restez chez vous.', 'UTF8')), 'hex'), 'PP', now(), ${portee}, ${portee},
      true, ${exercice}, now(), 'Une personne', 'PP', now() + interval '1 day', case when ${exercice} then null else now() + interval '1 hour' end)`.execute(
    app.base.owner,
  );
test('la salle montre les messages officiels en vigueur là où elle est, ceux d’un exercice dans une salle d’exercice seule', async () => {
  const id = await ouvrir({ titre: 'Crue des messages' });
  for (const [titre, lieu, exercice] of [
    ['Message du dix-huitième', 'mairie-18', true],
    ['Message de tout le contrat', app.catalogue.racine.id, true],
    ['Message du douzième', 'mairie-12', true],
    ['Message sans exercice', 'mairie-18', false],
  ] as const)
    await relayer(titre, lieu, exercice);
  const page = (await app.get(`/crises/${id}`, scop)).body;
  const vus = ['Messages officiels en vigueur', 'Message du dix-huitième', 'Message de tout le contrat', 'Message du douzième', 'Message sans exercice'];
  expect(vus.map((x) => page.includes(x))).toEqual([true, true, true, false, false]);
});

describe('La main courante', () => {
  test('CRISE-06, main-courante : chacun écrit, corrige par une nouvelle entrée, et rien ne se change ; ce qui peut nommer se confirme', async () => {
    const id = await ouvrir();
    const page = `/crises/${id}`;
    const avant = (await entrees(id)).length;
    const r = await app.post(`${page}/entrees`, { texte: '/dec de:Préfecture Quais fermés', canal: 'radio' }, PP);
    expect(r.headers.location).toBe(`${page}#e-${avant + 1}`);
    expect((await entrees(id)).at(-1)).toMatchObject({ numero: avant + 1, contenu: 'Quais fermés', classe: 'decision', source: 'Préfecture' });
    await app.post(`${page}/entrees`, { texte: `corrige:${avant + 1} Quais bas fermés seulement` }, MAIRIE);
    const lue = (await app.get(page, DSOL)).body;
    expect(lue).toContain(`Corrigée par le n° ${avant + 2}`);
    expect(lue).toContain('Exercice : rien de ceci n’est réel');
    expect(lue).toMatch(/Commande<\/span> <strong>Préfet de Police/);
    // A name: asked first, kept as typed, recorded as confirmed.
    const nom = { texte: 'Mme Martin attend au gymnase' };
    const demande = await app.post(`${page}/entrees`, nom, DSOL);
    expect([demande.statusCode, demande.body.includes('Mme Martin attend au gymnase'), (await entrees(id)).length]).toEqual([422, true, avant + 2]);
    const marque = /name="confirme"[^>]*value="([^"]+)"/.exec(demande.body)?.[1] ?? /value="([^"]+)"[^>]*name="confirme"/.exec(demande.body)?.[1] ?? '';
    expect((await app.post(`${page}/entrees`, { ...nom, confirme: marque }, DSOL)).statusCode).toBe(303);
    expect((await entrees(id)).at(-1)?.confirme).toEqual(['nom']);
    // Too long: said, and all of it is still there.
    const long = await app.post(`${page}/entrees`, { texte: 'z'.repeat(50_000) }, DSOL);
    expect([long.statusCode, /8.000 caractères ; la vôtre en compte 50.000/.test(long.body), long.body.includes('z'.repeat(50_000))]).toEqual([
      422,
      true,
      true,
    ]);
    // Neither the application nor the owner changes or removes anything.
    for (const db of [app.db, app.base.owner])
      for (const q of [
        sql`update main_courante set contenu = 'autre' where crise_id = ${id}::uuid`,
        sql`delete from main_courante where crise_id = ${id}::uuid`,
      ])
        await expect(q.execute(db)).rejects.toThrow(/permission denied|ne se change ni ne s’efface/);
    await expect(sql`update crises set exercice = false where id = ${id}::uuid`.execute(app.base.owner)).rejects.toThrow(/ne devient pas/);
    expect(await direChaines(app.base.owner, app.contratId, id)).toMatchObject({ code: 0, json: [{ entrees: avant + 3, fautes: [] }] });
  });

  test('dix postes ensemble, des envois répétés et des coupures : tout y est une fois, sans trou, dans l’ordre de chacun', async () => {
    const id = await ouvrir();
    const avant = (await entrees(id)).length;
    const temoins = [await app.temoin(PP), await app.temoin(DSOL), await app.temoin(MAIRIE)];
    const poste = async (p: number) => {
      for (let i = 0; i < 6; i++) {
        const e = [2 * i, 2 * i + 1].map((n) => gardee(p * 1000 + n, `poste ${p}, entrée ${n}`, { poste: `portable-${p}`, ordre: n }));
        const qui = temoins[p % 3] ?? '';
        // Every other answer is lost on its way: the device sends the same again, and once at the same time.
        const envois = i % 2 === 0 ? [lot(id, e, qui), lot(id, e, qui)] : [lot(id, e, qui)];
        for (const r of await Promise.all(envois)) expect(r.json().faites).toHaveLength(2);
      }
    };
    /** Stopped between the writing and the commit: its numbers go to the next ones. */
    const coupure = async () => {
      const e = {
        ...gardee(99_999, ''),
        contenu: 'coupée',
        arrive_le: new Date(),
        survenu_le: new Date(),
        saisi_le: new Date(),
        ecart_ms: 0,
        source: '',
        canal: 'salle',
      };
      const ligne = [{ ...e, vers: '', classe: 'action', decideur: '', auteur: 'Une personne', organisation_id: 'PP', confirme: [], automatique: false }];
      const tx = app.base.owner.transaction().execute(async (t) => {
        await sql`select * from ecrire_main_courante(${id}::uuid, ${JSON.stringify(ligne)}::jsonb)`.execute(t);
        throw new Error('coupure');
      });
      await expect(tx).rejects.toThrow('coupure');
    };
    await Promise.all([...Array.from({ length: 10 }, (_, p) => poste(p)), coupure(), coupure()]);
    const ecrites = (await entrees(id)).slice(avant);
    expect(ecrites.map((e) => e.numero)).toEqual(Array.from({ length: 120 }, (_, i) => avant + 1 + i));
    for (let p = 0; p < 10; p++)
      expect(ecrites.filter((e) => e.poste === `portable-${p}`).map((e) => e.ordre)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(await direChaines(app.base.owner, app.contratId, id)).toMatchObject({ code: 0 });
  });

  test('un poste hors ligne une heure, son horloge fausse : l’heure dite est gardée, l’écart mesuré et dit ; chaque entrée a son sort', async () => {
    const id = await ouvrir();
    const avance = 12 * 60_000;
    const ilYAUneHeure = Date.now() + avance - 3_600_000;
    const e = [
      gardee(1, 'Deuxième', { ordre: 2, quand: ilYAUneHeure + 60_000 }),
      gardee(2, 'Première', { ordre: 1, quand: ilYAUneHeure }),
      gardee(3, 'Appeler Mme Martin', { ordre: 3 }),
      gardee(4, 'y'.repeat(9000), { ordre: 4 }),
      { texte: 'sans clé' },
    ];
    const dit = (await lot(id, e, DSOL, avance)).json();
    expect(dit.faites.map((f: { cle: string }) => f.cle)).toEqual([cle(2), cle(1)]);
    expect(Math.round(dit.ecart / 60_000)).toBe(12);
    expect(dit.autres).toMatchObject([
      { cle: cle(3), demande: expect.stringContaining('Mme Martin') },
      { cle: cle(4), message: expect.stringContaining('Coupez-la') },
      { cle: '' },
    ]);
    const confirmee = (await lot(id, [{ ...gardee(3, 'Appeler Mme Martin', { ordre: 3 }), confirme: dit.autres[0].confirme }], DSOL)).json();
    expect(confirmee.faites).toHaveLength(1);
    const lue = (await app.get(`/crises/${id}`, PP)).body;
    expect(lue).toContain('horloge du poste en avance de 12\u00a0min');
    const etat = (await app.get(`/crises/${id}/etat?apres=${(await entrees(id)).length - 1}`, PP)).json();
    expect([etat.recharger, (etat.entrees.match(/id="e-/g) ?? []).length]).toEqual([false, 1]);
    const suivi = (await app.get(`/crises/${id}/bilan`, PP)).body;
    expect(suivi).toMatch(/Écrites hors ligne<\/dt><dd[^>]*>2</);
    expect((await lot(id, [gardee(9, 'Intruse')], { comme: 'agent', organisation: 'BAILLEURS' })).statusCode).toBe(403);
    expect((await app.post(`/crises/${id}/lot`, { envoye: '1', entrees: 'pas du json' }, DSOL)).statusCode).toBe(422);
  });

  test('emportée, elle se vérifie sans base et dit partout que c’est un exercice ; falsifiée, elle le dit', async () => {
    const id = await ouvrir({ titre: 'Crue à emporter' });
    await app.post(`/crises/${id}/entrees`, { texte: '=cmd|calc Pont fermé « urgent »', pour: '23h59' }, PP);
    const json = await app.get(`/crises/${id}/main-courante.json`, PP);
    expect(json.headers['content-disposition']).toContain('exercice-main-courante');
    const dossier = mkdtempSync(join(tmpdir(), 'crise-'));
    const ecrire = (nom: string, texte: string) => {
      writeFileSync(join(dossier, nom), texte);
      return join(dossier, nom);
    };
    expect(await direFichier(ecrire('juste.json', json.body))).toMatchObject({ code: 0, texte: expect.stringContaining('tout concorde') });
    expect(await direFichier(ecrire('faux.json', json.body.replace('Pont fermé', 'Pont ouvert')))).toMatchObject({ code: 1 });
    expect(await direFichier(ecrire('brut.json', 'rien'))).toMatchObject({ code: 1 });
    const csv = (await app.get(`/crises/${id}/main-courante.csv`, PP)).body;
    expect([csv.includes('exercice'), csv.includes("'=cmd")]).toEqual([true, true]);
    expect((await app.get(`/crises/${id}/main-courante`, PP)).body).toContain('Exercice : rien de ceci n’est réel');
    const pdf = await lirePdf((await app.get(`/crises/${id}/main-courante.pdf`, PP)).rawPayload);
    expect(JSON.stringify(pdf)).toMatch(/Exercice/);
    expect(JSON.stringify(pdf)).toContain('Pont fermé');
  });
});

test('ce qui est à faire le reste tant que personne ne le dit fait, corrigé ou non ; la liste, la clôture et le bilan en disent le même nombre', async () => {
  const id = await ouvrir({ titre: 'Crue à suivre' });
  const page = `/crises/${id}`;
  const dire = (texte: string) => app.post(`${page}/entrees`, { texte }, PP);
  const dues = async () => /id="b-dues">(.*?)id="b-entrees"/s.exec((await app.get(page, PP)).body)?.[1] ?? '';
  const faites = async () => /À faire, dites faites<\/dt><dd[^>]*>([^<]*)</.exec((await app.get(`${page}/bilan`, PP)).body)?.[1]?.replaceAll('\u00a0', ' ');
  await dire('pour:23h58 Vider le gymnase Jaurès');
  const n = (await entrees(id)).at(-1)?.numero ?? 0;
  await dire(`corrige:${n} Vider le gymnase Jean-Jaurès`);
  expect([(await dues()).includes('Vider le gymnase Jean-Jaurès'), await faites()]).toEqual([true, '0 sur 1']);
  // A correction of the correction says another hour; said done of any of them, it is done; said due again, it is due.
  await dire(`pour:23h59 corrige:${n + 1} Vider aussi la cour`);
  expect([(await dues()).includes('23\u00a0h\u00a059'), await faites()]).toEqual([true, '0 sur 1']);
  await dire(`fait:${n + 1} Vidé`);
  expect([await dues().then((d) => d.includes('Vider')), await faites()]).toEqual([false, '1 sur 1']);
  await dire(`pour:23h57 corrige:${n} La cour reste à vider`);
  expect([(await dues()).includes('La cour reste à vider'), await faites()]).toEqual([true, '0 sur 1']);
  await lot(
    id,
    Array.from({ length: 50 }, (_, i) => gardee(700 + i, `pour:23h5${i % 10} Chose ${i}`, { ordre: i })),
    PP,
  );
  expect(await dues()).toContain('Les 50 premières sur 51');
  expect(await faites()).toBe('0 sur 51');
  await app.post(`${page}/clore`, { confirme: 'oui' }, scop);
  expect((await entrees(id)).at(-1)?.contenu).toBe('Salle close. À faire encore : 51.');
  // An hour that can only be of yesterday is asked, never written without a word.
  const autre = await ouvrir({ titre: 'Crue du soir' });
  const tard = new Date(Date.now() + 2 * 3_600_000);
  const heure = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(tard)
    .replace(':', 'h');
  const combien = (await entrees(autre)).length;
  const demande = await app.post(`/crises/${autre}/entrees`, { texte: `${heure} arrivée prévue du préfet` }, PP);
  expect([demande.statusCode, demande.body.includes('Oui, c’est juste'), (await entrees(autre)).length]).toEqual([422, true, combien]);
  const envoi = (await lot(autre, [gardee(799, `${heure} arrivée prévue du préfet`)], PP)).json();
  expect(envoi).toMatchObject({ faites: [], autres: [{ demande: expect.stringContaining('pas encore passée') }] });
});

describe('Qui entre, qui fait quoi', () => {
  test('seules les organisations nommées entrent, par un mandat qui couvre le lieu ; la salle de commandement tient tout', async () => {
    const id = await ouvrir();
    const statut = async (qui?: Qui) => (await app.get(`/crises/${id}`, qui)).statusCode;
    const cas: [Qui, number][] = [
      [PP, 200],
      [MAIRIE, 200],
      [{ comme: 'coordination', organisation: 'DPMP' }, 200],
      [COORDONNATEUR, 403],
      [{ comme: 'agent', organisation: 'BAILLEURS' }, 403],
      [{ ...MAIRIE, territoire: 'mairie-12' }, 403],
      [{ ...PP, fiche: '1.1' }, 403],
      [{ ...PP, registre: 'formations' }, 403],
      [{ comme: 'dpo', organisation: 'VILLE' }, 403],
      [{ comme: 'administrateur', organisation: 'PP' }, 403],
    ];
    for (const [qui, attendu] of cas) expect([qui, await statut(qui)]).toEqual([qui, attendu]);
    expect([303, 401]).toContain(await statut());
    expect((await app.get('/crises', COORDONNATEUR)).body).not.toContain(`/crises/${id}`);
    expect((await app.get(`/crises/${cle(7)}`, PP)).statusCode).toBe(404);
    // An élu of a named organisation reads, and does not write.
    const elu: Qui = { comme: 'elu', organisation: 'MA', territoire: 'mairie-18' };
    expect([await statut(elu), (await app.post(`/crises/${id}/entrees`, { texte: 'Essai' }, elu)).statusCode]).toEqual([200, 403]);
    // What a device keeps to open without network is the form, and nothing of the room; of who writes alone.
    const vide = await app.get(`/crises/${id}/hors-ligne`, PP);
    expect([vide.statusCode, /Crue de la Seine|Salle ouverte/.test(vide.body), vide.body.includes('id="f-entree"')]).toEqual([200, false, true]);
    for (const qui of [elu, COORDONNATEUR]) expect((await app.get(`/crises/${id}/hors-ligne`, qui)).statusCode).toBe(403);
    expect([(await app.get('/hors-ligne.js', PP)).statusCode, (await app.get('/hors-ligne.js')).statusCode]).toEqual([200, 303]);
    // What one account wrote is not taken under the session of another.
    const temoin = await app.temoin(PP);
    const autre = await app.serveur.inject({
      ...{
        method: 'POST',
        url: `/crises/${id}/lot`,
        payload: new URLSearchParams({ envoye: String(Date.now()), entrees: JSON.stringify([gardee(90, 'D’un autre')]) }).toString(),
      },
      headers: {
        cookie: temoin,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'x-compte': cle(90),
      },
    });
    expect([autre.statusCode, (await entrees(id)).some((e) => e.contenu === 'D’un autre')]).toEqual([401, false]);
    for (const chemin of ['acteurs', 'commandement', 'clore'])
      expect([chemin, (await app.post(`/crises/${id}/${chemin}`, {}, PP)).statusCode]).toEqual([chemin, 403]);
    expect((await app.post('/crises/ouvrir', { nature: 'crise' }, PP)).statusCode).toBe(403);
    // A role is held by whom the contract names under it, and their services.
    const sous = async (organisation: string, entite: string) => {
      const r = await app.post(`/crises/${id}/acteurs`, { organisation, entite, territoire: 'mairie-18' }, SCOP);
      return [r.statusCode, r.body.includes('se tient par')];
    };
    expect([await sous('PAV', 'pp'), await sous('PAV', 'partenaire'), await sous('COMM', 'pp')]).toEqual([
      [422, true],
      [303, false],
      [303, false],
    ]);
    const hors = await app.post('/crises/ouvrir', { nature: 'crise', type: 'incendie', titre: 'Feu', territoire: 'mairie-12' }, COORDONNATEUR);
    expect([hors.statusCode, hors.body.includes('Choisissez un lieu de votre ressort')]).toEqual([422, true]);
  });

  test('CRISE-14, taches-de-crise : chaque rôle pointe les siennes, une fois, horodatées, dans la main courante aussi', async () => {
    const id = await ouvrir();
    const pointer = (tache: string, qui: Qui | string, faite = 'oui') => app.post(`/crises/${id}/taches/${tache}`, { faite }, qui);
    expect((await pointer('dsol/recensement', DSOL)).statusCode).toBe(303);
    expect((await pointer('dsol/recensement', DSOL)).statusCode).toBe(303);
    expect((await pointer('dlh/relogement', DSOL)).statusCode).toBe(403);
    expect((await pointer('dlh/relogement', scop)).statusCode).toBe(303);
    expect((await pointer('dsol/inconnue', DSOL)).statusCode).toBe(404);
    const faites = (await entrees(id)).filter((e) => e.contenu.startsWith('Tâche faite'));
    expect(faites.map((e) => [e.source, e.classe])).toEqual([
      ['DSOL', 'action'],
      ['DLH', 'action'],
    ]);
    const lue = (await app.get(`/crises/${id}/taches`, DSOL)).body;
    expect(lue).toContain('DSOL (votre rôle)');
    expect(lue).toContain(`n° ${faites[0]?.numero}`);
    await pointer('dsol/recensement', DSOL, 'non');
    expect((await entrees(id)).at(-1)?.contenu).toContain('pointée par erreur');
    expect(await lignes(sql`select 1 from audit where action = 'crise.tache' and objet = ${`/crises/${id}/taches`}`)).toHaveLength(3);
  });

  test('CRISE-01, crise : qui commande se voit partout et change par décision ; un seul correspondant, effacé à l’archivage', async () => {
    const id = await ouvrir({ type: 'attentat', nature: 'crise', titre: 'Explosion' }, [['VILLE', 'ville']]);
    const ville: Qui = { comme: 'agent', organisation: 'VILLE' };
    expect((await app.get(`/crises/${id}/taches`, ville)).body).toContain('Correspondant unique de la CIAV désigné');
    await app.post(`/crises/${id}/commandement`, { entite: 'national' }, scop);
    for (const fin of ['', '/taches', '/acteurs', '/bilan', '/main-courante'])
      expect((await app.get(`/crises/${id}${fin}`, ville)).body).toMatch(/Commande<\/span> <strong>Autorités nationales/);
    const nommer = (nom: string) => app.post(`/crises/${id}/correspondant`, { nom, fonction: 'Directrice de permanence', joignable: '01 40 00 00 00' }, ville);
    expect((await nommer('')).statusCode).toBe(422);
    const enFonction = { nom: 'Une Première', fonction: 'Mme Martin, directrice', joignable: '01 40 00 00 00' };
    expect((await app.post(`/crises/${id}/correspondant`, enFonction, ville)).body).toContain('Oui, c’est juste');
    await nommer('Une Première');
    await nommer('Une Seconde');
    const lue = (await app.get(`/crises/${id}/acteurs`, ville)).body;
    expect([lue.includes('Une Seconde'), lue.includes('Une Première')]).toEqual([true, false]);
    // Kept for ten years without the name.
    expect((await entrees(id)).some((e) => /Première|Seconde/.test(e.contenu))).toBe(false);
    expect((await app.post(`/crises/${await ouvrir()}/correspondant`, { nom: 'X' }, scop)).statusCode).toBe(404);
    await finir(id);
    expect(await lignes(sql`select 1 from crise_correspondants where crise_id = ${id}::uuid`)).toEqual([]);
  });

  test('une mairie qui apprend autrement prévient la salle de commandement : le temps court, s’arrête une fois, et ouvre une salle', async () => {
    expect((await app.post('/crises/avis', { objet: 'Fumée', territoire: 'mairie-12', provenance: 'habitant' }, MAIRIE)).statusCode).toBe(422);
    const r = await app.post('/crises/avis', { objet: 'Fumée au métro', territoire: 'mairie-18', provenance: 'habitant', exercice: 'oui' }, MAIRIE);
    const avis = /#a-(.+)$/.exec(String(r.headers.location))?.[1] ?? '';
    expect((await app.get('/crises/avis', scop)).body).toContain('La SCOP n’est pas prévenue depuis');
    expect((await app.get('/crises/avis', { comme: 'agent', organisation: 'BAILLEURS' })).body).not.toContain('Fumée au métro');
    for (const qui of [MAIRIE, scop]) expect((await app.post(`/crises/avis/${avis}/transmis`, {}, qui)).statusCode).toBe(303);
    expect(await lignes(sql`select 1 from audit where action = 'crise.avis-transmis'`)).toHaveLength(1);
    const form = (await app.get(`/crises/ouvrir?avis=${avis}`, scop)).body;
    expect(form).toContain('Fumée au métro');
    const mauvaise = await app.post('/crises/ouvrir', { nature: 'crise', type: 'incendie', titre: 'Fumée', territoire: 'mairie-18', avis }, scop);
    expect([mauvaise.statusCode, mauvaise.body.includes('pendant un exercice')]).toEqual([422, true]);
    const id = await ouvrir({ type: 'incendie', titre: 'Fumée', avis }, []);
    expect((await entrees(id)).map((e) => e.contenu)).toContain('Événement appris par une mairie : Fumée au métro');
    // The control room is written to, without what it is about, and finds it on top of its day; who was named in a room too.
    const lettres = await lignes(sql<{ sujet: string; texte: string }>`select sujet, texte from courriels where objet like ${`/crises/avis?avis=${avis}%`}`);
    expect([lettres.length > 0, lettres.some((l) => /Fumée/.test(l.sujet + l.texte)), lettres[0]?.sujet]).toEqual([
      true,
      false,
      '[EXERCICE] Un événement appris par une mairie',
    ]);
    await app.temoin(PP);
    const nommee = await app.post(`/crises/${id}/acteurs`, { organisation: 'PP', entite: 'pp', territoire: 'mairie-18' }, scop);
    expect(nommee.headers.location).toMatch(/lettres=[1-9]/);
    expect((await app.get(String(nommee.headers.location), scop)).body).toContain('en file');
    const personne = await app.post(`/crises/${id}/acteurs`, { organisation: 'DLH', entite: 'dlh', territoire: 'mairie-18' }, scop);
    expect((await app.get(String(personne.headers.location), scop)).body).toContain('appelez-la');
    // Fifty-one of elsewhere that nobody told do not hide the one of here.
    await sql`
      insert into crise_avis (contrat_id, territoire_id, appris_le, canal, objet, organisation_id, auteur, exercice)
      select ${app.contratId}, 'mairie-12', now() - n * interval '1 hour', 'habitant', 'Bruit au douzième ' || n, 'MA', 'Essai', true
      from generate_series(1, 51) n`.execute(app.base.owner);
    const ici = await app.post('/crises/avis', { objet: 'Fuite au dix-huitième', territoire: 'mairie-18', provenance: 'habitant', exercice: 'oui' }, MAIRIE);
    const siens = (await app.get(String(ici.headers.location), MAIRIE)).body;
    expect([siens.includes('Fuite au dix-huitième'), siens.includes('Bruit au douzième')]).toEqual([true, false]);
    const tous = (await app.get('/crises/avis?page=2', scop)).body;
    expect([tous.includes('Fuite au dix-huitième'), /5[0-9].événements/.test(tous)]).toEqual([true, true]);
    expect((await app.get('/ma-journee', scop)).body).toMatch(/52.événements appris par des mairies/);
  });
});

describe('Après', () => {
  test('close, elle prend encore ce qu’un poste gardait ; archivée, plus rien ; le conseil en reçoit la proposition', async () => {
    const id = await ouvrir({ titre: 'Crue finie' });
    await app.post(`/crises/${id}/entrees`, { texte: 'pour:23h59 Vider le gymnase' }, PP);
    const clore = (champs: Record<string, string>) => app.post(`/crises/${id}/clore`, champs, scop);
    expect((await clore({})).statusCode).toBe(422);
    for (let i = 0; i < 2; i++) expect((await clore({ confirme: 'oui' })).statusCode).toBe(303);
    expect((await entrees(id)).at(-1)?.contenu).toBe('Salle close. À faire encore : 1.');
    const apres = await app.post(`/crises/${id}/entrees`, { texte: 'Trop tard' }, PP);
    expect([apres.statusCode, apres.body.includes('Trop tard')]).toEqual([422, true]);
    expect((await app.post(`/crises/${id}/acteurs`, { organisation: 'DLH', entite: 'dlh' }, scop)).statusCode).toBe(409);
    expect((await app.get(`/crises/${id}/hors-ligne`, DSOL)).statusCode).toBe(409);
    expect((await lot(id, [gardee(50, 'Écrite hors ligne avant la fin')], DSOL)).json().faites).toHaveLength(1);
    expect((await entrees(id)).at(-1)).toMatchObject({ contenu: 'Écrite hors ligne avant la fin', tardive: true });
    const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'MA' });
    const conseil = await app.post(
      `/crises/${id}/conseil`,
      { instance, texte: 'Le gymnase a servi ; il manque des lits.' },
      { comme: 'coordination', organisation: 'DPMP' },
    );
    expect([conseil.statusCode, conseil.headers.location]).toEqual([303, `/crises/${id}/bilan#conseil`]);
    expect(await lignes(sql`select titre, etat from instance_demandes where instance_id = ${instance}::uuid and expose like 'Le gymnase a servi%'`)).toEqual([
      { titre: 'Exercice : Crue finie', etat: 'ouverte' },
    ]);
    await finir(id);
    const refusee = (await lot(id, [gardee(51, 'Restée sur un poste')], DSOL)).json();
    expect([refusee.faites, refusee.autres[0].message.includes('archivée')]).toEqual([[], true]);
    expect(await direChaines(app.base.owner, app.contratId, id)).toMatchObject({ code: 0 });
  });

  test('ouverte par erreur, une salle sort des chiffres, ne doit aucun retour, et garde sa main courante ; passé un jour, elle compte', async () => {
    const compter = async () => (await lignes(sql<{ n: number }>`select count(*)::int as n from faits_crises where nature = 'reelle'`))[0]?.n ?? 0;
    const avant = await compter();
    const id = await ouvrir({ nature: 'crise', titre: 'Ouverte pour voir' });
    expect(await compter()).toBe(avant + 1);
    const dire = (qui: Qui | string, motif = 'Un essai, ouvert pour de vrai', ou = id) => app.post(`/crises/${ou}/erreur`, { motif }, qui);
    expect([(await dire(PP)).statusCode, (await dire({ ...COORDONNATEUR, territoire: 'mairie-12' })).statusCode, (await dire(scop, '')).statusCode]).toEqual([
      403, 403, 422,
    ]);
    expect([await compter(), (await dire(scop)).statusCode, (await dire(scop)).statusCode]).toEqual([avant + 1, 303, 409]);
    expect(await compter()).toBe(avant);
    expect((await entrees(id)).at(-1)?.contenu).toBe('Salle ouverte par erreur, close et non comptée : Un essai, ouvert pour de vrai');
    expect(await lignes(sql`select 1 from echeances where genre = 'retex' and objet_id = ${id} and soldee_le is null`)).toEqual([]);
    expect((await app.get(`/crises/${id}/bilan`, scop)).body).toContain('elle ne compte pas');
    expect((await app.get('/crises', scop)).body).toContain('1 par erreur');
    expect((await app.post(`/crises/${id}/archiver`, { confirme: 'oui' }, scop)).statusCode).toBe(303);
    expect(await direChaines(app.base.owner, app.contratId, id)).toMatchObject({ code: 0 });
  });

  test('les crises survenues se comptent seules ; les exercices à part', async () => {
    const [compte] = await lignes(sql<{ reelles: number; exercices: number }>`
      select count(*) filter (where nature = 'reelle')::int as reelles, count(*) filter (where nature = 'exercice')::int as exercices
      from faits_crises where contrat_id = ${app.contratId}`);
    expect([compte?.reelles, (compte?.exercices ?? 0) > 4]).toEqual([1, true]);
    const mesure = await lignes(sql<{ n: string }>`
      select sum(nombre)::text as n from mesure_cellules where contrat_id = ${app.contratId} and mesure_id = '3.13-01a' and territoire_id = 'mairie-18'`);
    expect(Number(mesure[0]?.n)).toBe(1);
  });

  test('lire une salle laisse une trace, ses pages de côté aussi ; son flot, une par minute et par personne', async () => {
    const id = await ouvrir({ titre: 'Lue et relue' });
    for (const fin of ['/etat?apres=0', '/etat?apres=1', '/taches', '/bilan', '/etat?apres=2']) {
      expect([fin, (await app.get(`/crises/${id}${fin}`, scop)).statusCode]).toEqual([fin, 200]);
      await app.audit.vider();
    }
    const lues = await lignes(sql<{ objet: string; n: number }>`
      select objet, count(*)::int as n from audit where action = 'objet.lu' and objet like ${`/crises/${id}/%`} group by 1 order by 1`);
    expect(lues).toEqual(['bilan', 'etat', 'taches'].map((fin) => ({ objet: `/crises/${id}/${fin}`, n: 1 })));
  });

  test('au bout de dix ans la main courante s’efface, la tête de sa chaîne reste', async () => {
    const id = await ouvrir({ titre: 'Vieille crue' });
    await finir(id);
    const effacer = () => purgerSeules(app.db, app.contratId, CONSERVATION, new Date());
    expect(await effacer()).toBe(0);
    // Not even asked for by the application's own account.
    await expect(sql`update crises set anonymisee_le = now() where id = ${id}::uuid`.execute(app.db)).rejects.toThrow('dix ans');
    await sql`update crises set ouverte_le = ouverte_le - interval '11 years', close_le = close_le - interval '11 years' where id = ${id}::uuid`.execute(
      app.base.owner,
    );
    expect([await effacer(), (await entrees(id)).length]).toEqual([1, 0]);
    expect((await lignes(sql<{ n: number }>`select numero::int as n from main_courante_tetes where crise_id = ${id}::uuid`))[0]?.n).toBeGreaterThan(3);
    expect(await direChaines(app.base.owner, app.contratId, id)).toMatchObject({ code: 0, texte: expect.stringContaining('effacée') });
  });
});
