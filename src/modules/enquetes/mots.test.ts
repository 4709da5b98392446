import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { creerInvitation, creerVague } from './enquetes.fixtures.ts';

/** Written words: read by whom, how many, and tied to nothing. */
const VILLE: Qui = { comme: 'producteur', organisation: 'VILLE' };
let app: AppDeTest;
let n = 0;
const envoyer = (url: string, champs: Record<string, string>) =>
  app.serveur.inject({
    method: 'POST',
    url,
    remoteAddress: `10.1.${++n >> 8}.${n & 255}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(champs).toString(),
  });
const avis = (idee?: string) => ({ 'q.secteur': 'ouest', 'q.jour': 'plutot', 'q.nuit': 'plutot', ...(idee ? { 'q.idee': idee } : {}) });
const owner = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const clore = (id: string) => app.post(`/enquetes/vagues/${id}/clore`, { confirme: 'oui' }, VILLE);

beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Les réponses écrites', () => {
  test('se lisent à partir du seuil de leur propre question, page par page, jusqu’à la dernière', async () => {
    const id = await creerVague(app.base.owner, app.contratId);
    for (let i = 0; i < 30; i++) expect((await envoyer(`/enquetes/vagues/${id}/repondre`, avis(i < 29 ? `Un banc ${i}` : undefined))).statusCode).toBe(303);
    const assez = await creerVague(app.base.owner, app.contratId, { periode: '2024' });
    for (let i = 0; i < 30; i++) await envoyer(`/enquetes/vagues/${assez}/repondre`, avis(`Un arbre ${String(i).padStart(3, '0')}`));
    // As if many more had answered.
    await sql`insert into enquete_textes (contrat_id, vague_id, question, texte)
      select ${app.contratId}, ${assez}::uuid, 'idee', 'Un arbre ' || to_char(i, 'FM000') from generate_series(30, 209) i`.execute(app.base.owner);
    await sql`update enquete_comptes set nombre = 210 where vague_id = ${assez}::uuid and question = 'idee' and valeur = '_repondu'`.execute(app.base.owner);
    for (const v of [id, assez]) expect((await clore(v)).statusCode).toBe(303);
    const tue = (await app.get(`/enquetes/vagues/${id}/conduire`, VILLE)).body;
    expect([tue.includes('Un banc'), tue.includes('on ne les lit pas')]).toEqual([false, true]);
    const page = async (k: number) => (await app.get(`/enquetes/vagues/${assez}/conduire?page=${k}`, VILLE)).body.match(/Un arbre \d{3}/g) ?? [];
    expect([(await page(1)).length, (await page(2)).length, (await page(2)).at(-1)]).toEqual([200, 10, 'Un arbre 209']);
  });

  test('ne se rapprochent d’aucune invitation par le rôle de service ; la clôture réécrit l’ordre et la transaction', async () => {
    const id = await creerVague(app.base.owner, app.contratId, { acces: 'invitation', tirage: 'aleatoire', periode: '2023' });
    for (let i = 0; i < 6; i++) {
      const jeton = await creerInvitation(app.base.owner, app.contratId, id);
      expect((await envoyer(`/enquetes/invitation/${jeton}`, avis(`Mot ${9 - i}`))).statusCode).toBe(303);
    }
    for (const t of ['enquete_textes', 'enquete_invitations', 'enquete_comptes'])
      for (const colonne of ['xmin', 'ctid', 'xmax', 'cmin'])
        await expect(sql`select ${sql.ref(colonne)} from ${sql.table(t)}`.execute(app.db), `${t}.${colonne}`).rejects.toThrow(/permission denied/);
    const lus = async () => (await sql`select texte from enquete_textes where vague_id = ${id}::uuid`.execute(app.db)).rows.length;
    expect(await lus()).toBe(0);
    const rangs = () =>
      owner(sql<{ mots: string[]; tx: number; droits: boolean; servies: number }>`
        select (select array_agg(texte order by ctid) from enquete_textes where vague_id = ${id}::uuid) as mots,
          (select count(distinct x)::int from (select xmin::text as x from enquete_textes where vague_id = ${id}::uuid
            union all select xmin::text from enquete_invitations where vague_id = ${id}::uuid) t) as tx,
          (select array_agg(empreinte order by ctid) = array_agg(empreinte order by empreinte) from enquete_invitations where vague_id = ${id}::uuid) as droits,
          (select count(*)::int from enquete_invitations where vague_id = ${id}::uuid and utilisee) as servies`);
    // Before, their owner could: each text has the transaction of its invitation.
    expect((await rangs())[0]).toMatchObject({ mots: ['Mot 9', 'Mot 8', 'Mot 7', 'Mot 6', 'Mot 5', 'Mot 4'], tx: 6 });
    expect((await clore(id)).statusCode).toBe(303);
    expect((await rangs())[0]).toEqual({ mots: ['Mot 4', 'Mot 5', 'Mot 6', 'Mot 7', 'Mot 8', 'Mot 9'], tx: 1, droits: true, servies: 6 });
    expect(await lus()).toBe(6);
  });
});
