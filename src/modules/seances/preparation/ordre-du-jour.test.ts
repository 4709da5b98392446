/** What an agenda offers, and what one finds there. Over HTTP against a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { AU_18E } from '../../../../tests/support/scenes.ts';
import { creerInstance, creerSeance } from '../../instances/instances.fixtures.ts';
import { lireLibres } from './preparation.contexte.ts';

const ID = /([0-9a-f-]{36})/;
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const instance = (nom: string) => creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom, fiches: ['1.6', '3.3'] });
const nouvelle = async (id: string) => (await app.get(`/instances/${id}/seances/nouvelle`, AU_18E)).body;
/** Keys offered on a page, in order. */
const clesDe = (page: string): string[] =>
  [...page.matchAll(/<input[^>]*name="points"[^>]*>/g)].map((m) => /value="([^"]+)"/.exec(m[0])?.[1] ?? '').map((cle) => cle.replaceAll('&amp;', '&'));
const creer = (id: string, champs: Record<string, string | string[]>) =>
  app.post(`/instances/${id}/seances/nouvelle`, { titre: 'Séance', choix: 'fixe', jour: '2027-01-14', heure: '10:00', duree_minutes: '60', ...champs }, AU_18E);
const points = async (seance: string) =>
  (
    await sql<{ titre: string; minutes: number; rapporteur: string; cle: string }>`
      select titre, minutes, rapporteur, cle from seance_points where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid order by rang`.execute(
      app.base.owner,
    )
  ).rows;

describe('L’ordre du jour proposé', () => {
  test('cinq points au plus, aucun coché, ce qui a été reporté d’abord ; repris, il garde sa durée et son rapporteur et ne se propose plus', async () => {
    const id = await instance('Conseil aux reports');
    const tenue = await creerSeance(app.base.owner, app.contratId, id, { jour: '2026-10-05', etat: 'figee', points: ['Halls occupés', 'Traité'] });
    await sql`
      update seance_points set etat = case when titre = 'Traité' then 'traite' else 'reporte' end, minutes = 35, rapporteur = 'M. Diallo'
      where contrat_id = ${app.contratId} and seance_id = ${tenue}::uuid`.execute(app.base.owner);
    const page = await nouvelle(id);
    const cles = clesDe(page);
    expect(cles.length).toBeGreaterThan(1);
    expect(cles.length).toBeLessThanOrEqual(5);
    expect(page).not.toMatch(/<input[^>]*name="points"[^>]*checked/);
    expect(cles[0]).toMatch(/^report:/);
    expect(cles.filter((cle) => cle.startsWith('report:'))).toHaveLength(1);
    expect(page).toContain('Reporté de la séance du');
    const reprise = await creer(id, { points: [cles[0] ?? ''] });
    const seance = ID.exec(String(reprise.headers.location))?.[1] ?? '';
    expect(await points(seance)).toEqual([{ titre: 'Halls occupés', minutes: 35, rapporteur: 'M. Diallo', cle: cles[0] }]);
    expect((await app.get(`/seances/${seance}/preparer`, AU_18E)).body).toContain('Reporté de la séance du');
    expect(clesDe(await nouvelle(id)).filter((cle) => cle.startsWith('report:'))).toEqual([]);
    // Given up, that session took nothing up.
    await sql`update seances set etat = 'annulee' where id = ${seance}::uuid`.execute(app.base.owner);
    expect(clesDe(await nouvelle(id)).filter((cle) => cle.startsWith('report:'))).toHaveLength(1);
  });

  test('chaque point coché prend la durée et le rapporteur qu’on lui donne ; une durée fausse se dit sans rien perdre', async () => {
    const id = await instance('Conseil aux durées');
    const [cle = ''] = clesDe(await nouvelle(id));
    const faux = await creer(id, { points: [cle], [`minutes:${cle}`]: 'vingt', [`rapporteur:${cle}`]: 'Mme Faure' });
    expect([faux.statusCode, faux.body.includes('une durée en minutes'), faux.body.includes('Mme Faure')]).toEqual([422, true, true]);
    expect(faux.body).toMatch(/<input[^>]*name="points"[^>]*checked/);
    const juste = await creer(id, { points: [cle], [`minutes:${cle}`]: '20', [`rapporteur:${cle}`]: 'Mme Faure' });
    expect(await points(ID.exec(String(juste.headers.location))?.[1] ?? '')).toMatchObject([{ minutes: 20, rapporteur: 'Mme Faure' }]);
  });

  test('les intitulés se lisent à voix haute : aucun n’est le libellé brut d’un chiffre, et ce qui reste se cherche', async () => {
    const id = await instance('Conseil qui cherche');
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: '2027-01-14', points: ['Un point'] });
    const lire = async (q: string) =>
      (await app.get(`/seances/${seance}/preparer?q=${encodeURIComponent(q)}`, AU_18E)).body.split('id="propositions"')[1] ?? '';
    const tous = await lire('');
    const titres = [...tous.matchAll(/<strong>([^<]+)<\/strong>/g)].map((m) => m[1] ?? '');
    expect(titres.length).toBeGreaterThan(1);
    expect(titres.length).toBeLessThanOrEqual(10);
    const libelles = new Set([...app.catalogue.mesures.values()].flatMap((m) => [m.libelle, m.court]));
    expect(titres.filter((t) => libelles.has(t))).toEqual([]);
    const trouves = [...(await lire('prevention SITUATIONNELLE')).matchAll(/<strong>([^<]+)<\/strong>/g)].map((m) => m[1] ?? '');
    expect(trouves.length).toBeGreaterThan(0);
    for (const t of trouves) expect(t.toLowerCase()).toContain('situationnelle');
    expect(await lire('zzzz')).toContain('Rien d’ouvert ne porte ces mots');
  });

  test.each([
    ['Éclairage', 'Éclairage', 10, ''],
    ['Éclairage du square ; 15', 'Éclairage du square', 15, ''],
    ['Rixes ; 20 min ; M. Roy ; Mme Ba', 'Rixes', 20, 'M. Roy ; Mme Ba'],
    ['Rues Léon ; Myrha', 'Rues Léon ; Myrha', 10, ''],
    ['Bilan ; 900', 'Bilan ; 900', 10, ''],
  ])('« %s » se lit comme un point', (ecrit, titre, minutes, rapporteur) => {
    expect(lireLibres(ecrit)).toMatchObject([{ titre, minutes, rapporteur }]);
  });
});
