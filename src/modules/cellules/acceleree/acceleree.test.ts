/** The accelerated way that a grave alert opens, and cells that name nobody: through the pages of both planes. */
import { plusJours } from '../../../core/jours.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { jourDe } from '../../../core/clock.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import { celluleOuverte, entrer, examiner, ouvrir, pointsDe, QUI, siegeDe } from '../cellules.fixtures.ts';
import { relancer } from '../situations/relances.ts';

const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const DIT = 'Un groupe revient près du canal';

let app: AppDeTest;
let dossier: string;
let decalage = 0;
const maintenant = () => new Date(Date.now() + decalage);
const aujourdhui = () => jourDe(maintenant(), 'Europe/Paris');
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  app = await ouvrirApp({ services: { trousseau: dossier }, horloge: maintenant });
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});
const statut = async (r: Promise<{ statusCode: number }>) => (await r).statusCode;
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
async function alerter(plus: Record<string, string> = {}, qui = AU_18E): Promise<string> {
  // Those that are open there are others.
  const ouvertes = await lire(sql<{ id: string }>`select id from alertes where etat in ('a-valider', 'diffusee')`);
  const champs = { palier: 'grave', genre: 'rixe', territoire: '7511801', lieu: 'Place Hébert', faits: DIT };
  const r = await app.post('/alertes/nouvelle', { ...champs, meme: 'autre', vues: ouvertes.map((a) => a.id).join(' '), ...plus }, qui);
  expect(r.statusCode).toBe(303);
  return String(r.headers.location).split('/').pop() ?? '';
}

describe('Le recours accéléré', () => {
  let k: Awaited<ReturnType<typeof celluleOuverte>>;
  let alerte: string;
  const ouvrirVoie = async (id: string, qui: string, plus: Record<string, string> = {}) =>
    app.post(`${k.cellule}/acceleree/${id}/ouvrir`, { jour: aujourdhui(), heure: '18:00', preside: await siegeDe(app, k.cellule, k.b), ...plus }, qui);
  const entrerAccelere = async (voie: string, qui = QUI) => {
    const cherche = await app.post(`${k.cellule}/chercher`, { ...qui, _cle: crypto.randomUUID() }, k.a.cookie);
    const champs = lireFormulaire(cherche.body, `${k.cellule}/entrer`);
    return app.post(`${k.cellule}/entrer`, { ...champs, voie, origine: 'police-nationale', difficulte: 'fratrie' }, k.a.cookie);
  };
  beforeAll(async () => {
    k = await celluleOuverte(app, 'cenomed', 'mairie-18');
    alerte = await alerter();
  });

  test('ALERTE-02, procedure-d-urgence : une alerte grave ouvre le recours d’une cellule, et n’apprend que le moment', async () => {
    const { cellule, coordination, dpo, a } = k;
    const [autre, exercice, moindre] = [
      await alerter({ territoire: '7511201' }, { ...AU_18E, territoire: 'mairie-12' }),
      await alerter({ exercice: 'oui' }),
      await alerter({ palier: 'rixe' }),
    ];
    const page = (await app.get(`${cellule}/acceleree`, coordination)).body;
    expect(page).toContain(`acceleree/${alerte}/ouvrir`);
    for (const non of [autre, exercice, moindre]) expect(page).not.toContain(non);
    // No word of the alert, nor its exact place.
    expect(page).not.toMatch(/canal|Hébert/);
    // Neither a member, nor the data protection officer, nor somebody else; no alert that is not one.
    for (const qui of [a.cookie, dpo]) expect(await statut(ouvrirVoie(alerte, qui))).toBe(403);
    for (const non of [autre, exercice, moindre]) expect(await statut(ouvrirVoie(non, coordination))).toBe(404);
    expect(await statut(app.get(`${cellule}/acceleree`, await app.temoin({ comme: 'membre_cellule', organisation: 'PJJ', territoire: 'mairie-12' })))).toBe(
      404,
    );
    expect((await app.get(`${cellule}/acceleree`)).headers.location).toContain('/connexion');
    const loin = await ouvrirVoie(alerte, coordination, { jour: plusJours(aujourdhui(), 9), heure: '25:00' });
    expect([loin.statusCode, loin.body.includes('dans les 3 jours'), loin.body.includes('25:00')]).toEqual([422, true, true]);
    expect((await app.get(`/alertes/${alerte}`, AU_18E)).body).not.toContain('Recours accéléré ouvert');
    expect([await statut(ouvrirVoie(alerte, coordination)), await statut(ouvrirVoie(alerte, coordination))]).toEqual([303, 409]);
    const dite = (await app.get(`/alertes/${alerte}`, AU_18E)).body;
    expect(dite).toContain('Recours accéléré ouvert dans une cellule');
    for (const non of ['CENOMED, ', cellule.split('/').pop() ?? '', 'situation n°']) expect(dite).not.toContain(non);
    const [point] = await lire(sql<{ par: string; note: string; n: number }>`
      select fait_par as par, note, (select count(*)::int from alerte_points where cellule_le is not null) as n
      from alerte_points where alerte_id = ${alerte}::uuid and cellule_le is not null`);
    expect(point).toEqual({ par: '', note: '', n: 1 });
    // Who sits there was told, in words that say nothing.
    const lettres = await lire(sql<{ texte: string }>`select texte from courriels where texte like ${`%${cellule.split('/').pop()}/seances/%`}`);
    expect([lettres.length, lettres.some((l) => /accéléré|alerte|rixe/i.test(l.texte))]).toEqual([2, false]);
    // Partners' account neither reads what opened, nor says that something did.
    const nominatif = app.bases.nominatif;
    for (const requete of [
      sql`select * from nominatif.cellule_urgences`,
      sql`select * from alertes_pour_cellules(now())`,
      sql`select dire_cellule_ouverte(${alerte}::uuid, now())`,
    ])
      await expect(requete.execute(app.db)).rejects.toThrow(/permission denied|droit|refus/i);
    for (const requete of [sql`select faits from alertes`, sql`select * from alerte_points`])
      await expect(requete.execute(nominatif)).rejects.toThrow(/permission denied|droit|refus/i);
  });

  test('CELL-16, procedure-d-urgence : ce qui entre par là est recevable aussitôt, inscrit à la séance, examiné vite, et son retard se dit', async () => {
    const { cellule, a, b } = k;
    const [voie] = await lire(sql<{ id: string; seance: string }>`
      select u.id, s.id as seance from nominatif.cellule_urgences u join nominatif.cellule_seances s on s.urgence_id = u.id where u.alerte_id = ${alerte}::uuid`);
    expect((await entrerAccelere(crypto.randomUUID())).statusCode).toBe(422);
    const situation = String((await entrerAccelere(voie?.id ?? '')).headers.location);
    const lue = (await app.get(situation, a.cookie)).body;
    for (const dit of ['Recours accéléré, alerte du', 'Grave ou mortelle', 'Recevable', 'À examiner avant le'])
      expect([dit, lue.includes(dit)]).toEqual([dit, true]);
    expect(lue).not.toMatch(/canal|Hébert/);
    // Which alert it comes from is in its box: a copy of the base does not tie it to one.
    const [ligne] = await lire(sql<{ dit: string; avant: string }>`
      select row_to_json(s)::text as dit, examen_avant::text as avant from nominatif.situations s where id = ${situation.split('/').pop()}::uuid`);
    expect([ligne?.dit.includes(alerte), ligne?.avant]).toEqual([false, plusJours(aujourdhui(), 5)]);
    const url = `${cellule}/seances/${voie?.seance}`;
    expect((await pointsDe(app, url)).map((p) => p.situationId)).toEqual([situation.split('/').pop()]);
    // Corrected, it keeps the way by which it came.
    const champs = lireFormulaire((await app.get(`${situation}/rectifier`, a.cookie)).body, `${situation}/rectifier`);
    await app.post(`${situation}/rectifier`, { ...champs, difficulte: 'rixe' }, a.cookie);
    expect((await app.get(situation, a.cookie)).body).toMatch(/Entourage d’une rixe[\s\S]*Recours accéléré, alerte du/);
    // The rules of reading are the same: not before two institutions are in the room.
    const [point] = await pointsDe(app, url);
    await app.post(`${url}/ouvrir`, {}, b.cookie);
    await app.post(`${url}/present`, {}, b.cookie);
    expect([await statut(app.post(`${url}/points/${point?.id}/ouvrir`, {}, b.cookie)), await statut(app.get(situation, b.cookie))]).toEqual([409, 404]);
    // Late: everyone is told, once.
    const dire = () =>
      dansLeFuseau('Europe/Paris', () => relancer(app.bases.nominatif, { contratId: app.contratId, adresse: 'https://essai', maintenant: maintenant() }));
    const avant = decalage;
    decalage += 6 * 86_400_000;
    expect([await dire(), await dire()]).toEqual([1, 0]);
    decalage = avant;
    await app.post(`${url}/present`, {}, a.cookie);
    await app.post(`${url}/points/${point?.id}/ouvrir`, {}, b.cookie);
    const mur = (await app.get(`${url}/projeter`, b.cookie)).body;
    expect(mur).not.toMatch(/Quatrebarbes|canal/);
    await app.post(`${url}/points/${point?.id}/clore`, {}, b.cookie);
    expect((await app.get(situation, a.cookie)).body).not.toContain('À examiner avant');
    // What is decided is awaited sooner than the ordinary way says.
    expect((await app.post(`${situation}/orienter`, { orientation: 'travailleur-social' }, a.cookie)).statusCode).toBe(200);
    const ordinaire = await entrer(app, cellule, a, { ...QUI, nom: 'Autre' });
    await examiner(app, cellule, ordinaire, a, [a, b], aujourdhui());
    await app.post(`${ordinaire}/orienter`, { orientation: 'travailleur-social' }, a.cookie);
    const clocks = await lire(sql<{ accuse: number; issue: number }>`
      select accuse_avant - faite_le as accuse, issue_avant - faite_le as issue from nominatif.situation_orientations order by accuse_avant`);
    expect(clocks).toEqual([
      { accuse: 3, issue: 30 },
      { accuse: 14, issue: 60 },
    ]);
    // The way ends by itself.
    await sql`update nominatif.cellule_urgences set jusqu_au = current_date - 1`.execute(app.base.owner);
    const tard = await entrerAccelere(voie?.id ?? '', { ...QUI, nom: 'Tardif' });
    expect([tard.statusCode, tard.body.includes('n’est plus ouvert')]).toEqual([422, true]);
  });
});

test('CELL-11, cellule-cloisonnee : une cellule des familles à la rue ne demande aucun nom, et n’en prend aucun', async () => {
  const k = await celluleOuverte(app, 'familles', 'mairie-19');
  const charte = (await app.get(`${k.cellule}/charte`, k.a.cookie)).body;
  expect(charte).not.toMatch(/Identité \(article|Mois de naissance/);
  expect(await statut(app.get(`${k.cellule}/acceleree`, k.coordination))).toBe(404);
  const page = (await app.get(`${k.cellule}/chercher`, k.a.cookie)).body;
  expect(page).not.toMatch(/name="(nom|prenom|naissance)"/);
  expect(page).toContain('Maraude');
  const champs = lireFormulaire(page, `${k.cellule}/entrer`);
  const r = await app.post(`${k.cellule}/entrer`, { ...champs, ...QUI, identite: 'oui', origine: 'maraude', difficulte: 'hebergement' }, k.a.cookie);
  const situation = String(r.headers.location);
  const [garde] = await lire(sql<{ groupes: string; empreinte: Buffer | null }>`
    select s.empreinte, (select string_agg(c.groupe, ',') from nominatif.situation_contenus c where c.situation_id = s.id) as groupes
    from nominatif.situations s where s.id = ${situation.split('/').pop()}::uuid`);
  expect([r.statusCode, garde]).toEqual([303, { groupes: 'saisine', empreinte: null }]);
  expect((await app.get(situation, k.a.cookie)).body).not.toMatch(/>Identité<|jugée nécessaire/);
  // Corrected, neither.
  const corrige = lireFormulaire((await app.get(`${situation}/rectifier`, k.a.cookie)).body, `${situation}/rectifier`);
  await app.post(`${situation}/rectifier`, { ...corrige, ...QUI, identite: 'oui' }, k.a.cookie);
  expect(
    (
      await lire(
        sql<{
          n: number;
        }>`select count(*)::int as n from nominatif.situation_contenus where groupe = 'identite' and situation_id = ${situation.split('/').pop()}::uuid`,
      )
    )[0]?.n,
  ).toBe(0);
  // What they are handed says what is kept, and by whom each thing is read: no identity, which nobody keeps.
  const notice = await mots(await app.get(`${situation}/notice/docx`, k.a.cookie));
  expect(notice).toContain('Saisine : Origine, Difficulté.');
  expect(notice).toMatch(/Vue projetée : [^.]+\. Lit : saisine et apports des institutions\./);
  expect(notice).not.toMatch(/Identité :|Prénom|Mois de naissance/);
  expect(await mots(await app.get(`${situation}/rapport/docx`, k.a.cookie))).not.toMatch(/Identité/);
  // Closed to the others as any cell.
  expect(await statut(app.get(situation, k.b.cookie))).toBe(404);
  await examiner(app, k.cellule, situation, k.a, [k.a, k.b], aujourdhui());
  expect((await app.get(situation, k.a.cookie)).body).toContain('Hébergement d’urgence');
  await ouvrir(app, k.cellule, k.b);
});

/** The words of a DOCX. */
async function mots(r: { rawPayload: Buffer }): Promise<string> {
  const xml = (await (await JSZip.loadAsync(r.rawPayload)).file('word/document.xml')?.async('string')) ?? '';
  return xml
    .replaceAll('</w:p>', ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
}
