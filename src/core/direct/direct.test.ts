import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { type Db, inTransaction, openDatabase } from '../base/database.ts';
import { type Direct, emettre, emettreEcriture, type Evenement, openDirect } from './direct.ts';

const ANNE = { id: '00000000-0000-4000-8000-00000000000a', nom: 'Anne Essai' };
const BRUNO = { id: '00000000-0000-4000-8000-00000000000b', nom: 'Bruno Essai' };
const SALLE = 'seance:1:essai';
const RAPIDE = { battementMs: 40, annonceMs: 60, oubliMs: 300, repriseMs: 50 };

describe('Le direct entre deux processus', () => {
  let base: BaseDeTest;
  let contratId: number;
  let url: string;
  let db: Db;
  const ouverts: Direct[] = [];
  beforeAll(async () => {
    base = await testDatabase();
    const { rows } = await sql<{ id: number }>`select id from contrats order by id limit 1`.execute(base.owner);
    contratId = rows[0]?.id ?? 0;
    url = await base.service(contratId);
    db = openDatabase(url, { role: 'application', contratId, max: 2 });
  });
  afterEach(async () => {
    for (const d of ouverts.splice(0)) await d.close();
  });
  afterAll(async () => {
    await db.destroy();
    await base.close();
  });

  const ouvrir = async (o = RAPIDE) => {
    const d = await openDirect(url, o);
    ouverts.push(d);
    return d;
  };
  const suivre = (d: Direct, personne: typeof ANNE, salle = SALLE) => {
    const recus: Evenement[] = [];
    const a = d.abonner(salle, personne, (e) => recus.push(e));
    return { recus, ...a, genres: () => recus.map((e) => e.genre) };
  };
  const noms = (d: Direct) => d.presents(SALLE).map((p) => p.nom);
  const processusPg = () => sql<{ pid: number }>`select pid from pg_stat_activity where application_name = 'concorde-direct' and datname = current_database()`;

  test('chacun voit les présents de l’autre, et qui écrit sur quoi', async () => {
    const [un, deux] = [await ouvrir(), await ouvrir()];
    const anne = suivre(un, ANNE);
    const bruno = suivre(deux, BRUNO);
    await expect.poll(() => noms(un)).toEqual(['Anne Essai', 'Bruno Essai']);
    await expect.poll(() => noms(deux)).toEqual(['Anne Essai', 'Bruno Essai']);
    // Said through any process, here by the application's pool.
    await emettreEcriture(db, SALLE, { cle: bruno.cle, personneId: BRUNO.id, sur: 'point-1' });
    await expect.poll(() => un.presents(SALLE).find((p) => p.nom === BRUNO.nom)?.sur).toEqual(['point-1']);
    await expect.poll(() => anne.recus.at(-1)).toMatchObject({ genre: 'presents', presents: [{ sur: [] }, { sur: ['point-1'] }] });
    // Nobody speaks for another's connection.
    await emettreEcriture(db, SALLE, { cle: bruno.cle, personneId: ANNE.id, sur: 'point-2' });
    await laisserPasser(150);
    expect(un.presents(SALLE).find((p) => p.nom === BRUNO.nom)?.sur).toEqual(['point-1']);
    bruno.fin();
    await expect.poll(() => noms(un)).toEqual(['Anne Essai']);
  });

  test('deux fenêtres d’une même personne n’en font qu’une', async () => {
    const [un, deux] = [await ouvrir(), await ouvrir()];
    suivre(un, ANNE);
    const autre = suivre(deux, ANNE);
    await expect.poll(() => noms(deux)).toEqual(['Anne Essai']);
    autre.fin();
    await laisserPasser(150);
    expect(noms(un)).toEqual(['Anne Essai']);
  });

  test('un événement part à la validation, jamais d’une transaction annulée, et pas dans une autre salle', async () => {
    const d = await ouvrir();
    const ici = suivre(d, ANNE);
    const ailleurs = suivre(d, BRUNO, 'seance:1:autre');
    const qui = { contratId };
    await inTransaction(db, qui, async (tx) => {
      await emettre(tx, SALLE, { genre: 'annule' });
      throw new Error('non');
    }).catch(() => {});
    await inTransaction(db, qui, (tx) => emettre(tx, SALLE, { genre: 'notes', point: 'p', version: 3 }));
    await expect.poll(() => ici.recus).toContainEqual({ genre: 'notes', point: 'p', version: 3 });
    expect(ici.genres()).not.toContain('annule');
    expect(ailleurs.genres()).not.toContain('notes');
  });

  test('un processus qui s’arrête net est oublié, celui qui ferme part aussitôt', async () => {
    const [un, deux] = [await ouvrir({ ...RAPIDE, annonceMs: 100 }), await ouvrir()];
    suivre(un, ANNE);
    // Its announcements stop, as when a machine is unplugged.
    const muet = await ouvrir({ ...RAPIDE, annonceMs: 3_600_000 });
    suivre(muet, BRUNO);
    await expect.poll(() => noms(un)).toEqual(['Anne Essai', 'Bruno Essai']);
    await expect.poll(() => noms(un)).toEqual(['Anne Essai']);
    // Seen by one who forgets nobody: what goes away has said so.
    const fidele = await ouvrir({ ...RAPIDE, oubliMs: 3_600_000 });
    suivre(fidele, ANNE);
    suivre(deux, { ...BRUNO, nom: 'Chloé Essai', id: BRUNO.id.replace('b', 'c') });
    await expect.poll(() => noms(fidele)).toContain('Chloé Essai');
    await deux.close();
    await expect.poll(() => noms(fidele)).not.toContain('Chloé Essai');
  });

  test('une connexion d’écoute perdue se rétablit, et les pages sont priées de relire', async () => {
    const [un, deux] = [await ouvrir(), await ouvrir()];
    const anne = suivre(un, ANNE);
    suivre(deux, BRUNO);
    await expect.poll(() => noms(un)).toHaveLength(2);
    const { rows } = await processusPg().execute(base.owner);
    expect(rows).toHaveLength(2);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'concorde-direct' and datname = current_database()`.execute(
      base.owner,
    );
    await expect.poll(() => anne.genres()).toContain('recharger');
    await emettre(db, SALLE, { genre: 'points' });
    await expect.poll(() => anne.genres()).toContain('points');
    await expect.poll(() => noms(un)).toEqual(['Anne Essai', 'Bruno Essai']);
  });

  test('le flux parle comme le navigateur l’attend, bat, et se termine à la fermeture', async () => {
    const d = await openDirect(url, RAPIDE);
    const source = d.ouvrirFlux(SALLE, ANNE);
    let lu = '';
    source.on('data', (morceau: Buffer) => (lu += morceau.toString()));
    const fini = new Promise<void>((r) => source.once('end', () => r()));
    await expect.poll(() => lu).toContain('event: battement\ndata: 1\n\n');
    expect(lu).toMatch(/^data: \{"genre":"bonjour","cle":"[0-9a-f-]{36}"\}\n\ndata: \{"genre":"presents"/);
    await d.close();
    await fini;
  });

  test('beaucoup de monde tient dans des messages que PostgreSQL accepte', async () => {
    const [un, deux] = [await ouvrir(), await ouvrir()];
    for (let i = 0; i < 150; i += 1)
      un.abonner(SALLE, { id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, nom: `Personne ${i} ${'é'.repeat(60)}` }, () => {});
    suivre(deux, ANNE);
    await expect.poll(() => deux.presents(SALLE).length).toBe(151);
  });
});
