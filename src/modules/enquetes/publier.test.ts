import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { type Avis, avis, repondreA } from '../../../tests/support/avis.ts';
import { creerVague } from './enquetes.fixtures.ts';

/** What of a closed wave everyone reads, and until when. */
const VILLE: Qui = { comme: 'producteur', organisation: 'VILLE' };
const PP: Qui = { comme: 'producteur', organisation: 'PP' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };

let app: AppDeTest;
const poster = (url: string, champs: Avis, ip?: string) => repondreA(app, url, champs, ip);
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const vague = (plus: Parameters<typeof creerVague>[2] = {}) => creerVague(app.base.owner, app.contratId, plus);
const repondre = (id: string) => `/enquetes/vagues/${id}/repondre`;

beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Publier', () => {
  /** A closed wave of thirty answers, whose figure is in force. */
  async function close(periode: string): Promise<{ page: string; id: string; valeur: string }> {
    const id = await vague({ periode });
    for (let i = 0; i < 30; i++) await poster(repondre(id), avis());
    expect((await app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(303);
    return { page: `/enquetes/vagues/${id}`, id, valeur: await courante(periode) };
  }
  const courante = async (periode: string) =>
    (
      await lire(
        sql<{ id: string }>`select id::text as id from valeurs where mesure_id = '3.3-02' and periode = ${periode} and debiteur = 'VILLE' and courante`,
      )
    )[0]?.id ?? '';
  const valider = async (valeur: string, periode: string) =>
    expect((await app.post('/chiffres/3.3-02/valider', { valeur, periode }, COORDINATION)).statusCode).toBe(303);
  /** A later version of the figure, as a debtor may write it, its link typed by hand. */
  async function ecrire(periode: string, etat: 'valeur' | 'secret', lien = ''): Promise<void> {
    const db = app.base.owner;
    await db.transaction().execute(async (tx) => {
      await sql`update valeurs set courante = false where mesure_id = '3.3-02' and periode = ${periode} and debiteur = 'VILLE' and courante`.execute(tx);
      await sql`
        insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, texte, source, saisi_par, saisi_par_organisation, lien)
        select ${app.contratId}, '3.3-02', ${periode}, 'paris', 'VILLE', coalesce(max(version), 0) + 1, ${etat}, ${etat === 'valeur' ? 'Autre chose' : null}, 'Une source',
          'Une personne', 'VILLE', ${lien === '' ? null : lien}
        from valeurs where mesure_id = '3.3-02' and periode = ${periode} and debiteur = 'VILLE'`.execute(tx);
    });
  }
  const lue = async (page: string, qui?: Qui) => (await app.get(page, qui)).statusCode;

  test('mis sous secret, un chiffre emporte les résultats de sa vague, et la page dit pourquoi', async () => {
    const { page, valeur } = await close('2023');
    await valider(valeur, '2023');
    expect([await lue(page), (await app.get('/enquetes')).body.includes(page)]).toEqual([200, true]);
    await ecrire('2023', 'secret');
    const retiree = await app.get(page);
    expect([retiree.statusCode, retiree.body.includes('couvert par le secret'), retiree.body.includes('100\u00a0%')]).toEqual([410, true, false]);
    expect([await lue(`${page}/resultats.csv`), await lue(page, PP), await lue(`${page}/resultats.csv`, PP), await lue(page, VILLE)]).toEqual([
      404, 410, 404, 200,
    ]);
    expect((await app.get('/enquetes')).body).not.toContain(page);
  });

  test('corrigé, il vaut jusqu’à ce qu’une autre version soit validée à sa place', async () => {
    const { page, valeur } = await close('2024');
    await valider(valeur, '2024');
    await ecrire('2024', 'valeur');
    expect(await lue(page)).toBe(200);
    await valider(await courante('2024'), '2024');
    const retiree = await app.get(page);
    expect([retiree.statusCode, retiree.body.includes('a été remplacé')]).toEqual([410, true]);
    expect([await lue(`${page}/resultats.csv`), await lue(page, PP)]).toEqual([404, 200]);
  });

  test('un lien écrit à la main, même validé, ne publie rien', async () => {
    const id = await vague({ periode: '2026' });
    for (let i = 0; i < 29; i++) await poster(repondre(id), avis());
    expect((await app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, VILLE)).statusCode).toBe(303);
    await ecrire('2026', 'valeur', `http://concorde.exemple/enquetes/vagues/${id}`);
    await valider(await courante('2026'), '2026');
    expect([await lue(`/enquetes/vagues/${id}`), (await app.get('/enquetes')).body.includes(id)]).toEqual([404, false]);
  });

  test('la liste publique se tourne par pages, sans rien de ce qui n’est pas publié', async () => {
    await sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, texte, source, saisi_par, saisi_par_organisation,
        valide_par, valide_le, validee)
      values (${app.contratId}, '3.3-02', '2026', 'paris', 'PP', 1, 'valeur', 'Un résultat', 'Une source', 'Une personne', 'PP', 'Une autre', now(), true)`.execute(
      app.base.owner,
    );
    const modele = await vague({ debiteur: 'PP', periode: '2026', debut: '2019-01-01', fin: '2019-02-01' });
    await sql`
      with nouvelles as (
        insert into enquete_vagues (contrat_id, enquete, definition, periode, territoire_id, debiteur, debut, fin, acces, tirage, creee_par, creee_par_id,
          organisation_id, creee_le, close_par, close_le)
        select v.contrat_id, enquete, definition, periode, territoire_id, debiteur, debut, fin, acces, tirage, creee_par, creee_par_id,
          organisation_id, creee_le, 'Une personne', now()
        from enquete_vagues v, generate_series(1, 45) where v.id = ${modele}::uuid
        returning contrat_id, id)
      insert into enquete_chiffres (contrat_id, vague_id, mesure_id, version)
      select contrat_id, id, '3.3-02', 1 from (select *, row_number() over () as rang from nouvelles) n where rang <= 42`.execute(app.base.owner);
    const liens = async (n: number) => [...(await app.get(`/enquetes?page=${n}`)).body.matchAll(/href="\/enquetes\/vagues\/([\w-]{36})"/g)].map((m) => m[1]);
    const pages = [];
    for (const n of [1, 2, 3, 4, 5]) pages.push(await liens(n));
    expect(pages.slice(0, 2).map((p) => p.length)).toEqual([20, 20]);
    // Past the last page, the last.
    expect(pages[3]).toEqual(pages[4]);
    const vus = new Set(pages.flat());
    const publies = await lire(sql<{ id: string }>`
      select e.id::text as id from enquete_vagues e join enquete_chiffres c on c.vague_id = e.id
      join valeurs v on v.mesure_id = c.mesure_id and v.version = c.version and v.periode = e.periode and v.debiteur = e.debiteur and v.validee
      where not exists (select from valeurs k where k.mesure_id = v.mesure_id and k.periode = v.periode and k.debiteur = v.debiteur and k.courante
        and k.etat = 'secret')`);
    expect([...vus].sort()).toEqual(publies.map((p) => p.id).sort());
    expect(vus.size).toBeGreaterThanOrEqual(42);
  });
});
