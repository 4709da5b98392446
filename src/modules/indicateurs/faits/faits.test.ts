/** What a proof lists: kept by each write, the same as the registers say, for every formula, place and period. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AXE_1 } from '../../../../tests/mesures/axe1.ts';
import { AXE_2 } from '../../../../tests/mesures/axe2.ts';
import { AXE_3_PUBLICS } from '../../../../tests/mesures/axe3-publics.ts';
import { AXE_3 } from '../../../../tests/mesures/axe3.ts';
import { ecrire, ICI } from '../../../../tests/mesures/essai.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { demonstrationDe } from '../../../../tests/support/demonstration.ts';
import { genererDemoDe } from '../../registres/demo/registres.demo.ts';
import { definitionsDecouvertes } from '../../registres/registres.definitions.ts';
import { estReessayable } from '../../../core/base/database.ts';
import { repertoireDe } from '../../registres/registres.repertoire.ts';
import type { Atome } from '../calcul/atomes.rules.ts';
import { appliquerFaits, type FormulaireDeContrat, getFormulaire, recalculerChiffres, verifierChiffres } from '../formulaires.ts';
import { type Comptage, type FaitCompte, listFaits } from '../preuves.queries.ts';
import { getPreuve } from '../preuve/preuve.ts';
import { listEntiers, listGardes } from './faits.queries.ts';
import { filtreDe } from './filtres.rules.ts';
import { accorderFiltres, oublierFaits, reprendreFaits } from './reprise.ts';

let app: AppDeTest;
let f: FormulaireDeContrat;
beforeAll(async () => {
  app = await ouvrirApp();
  f = await getFormulaire(app.base.owner, app.contratId);
  const b = { contratId: app.contratId, f, rep: repertoireDe(app.catalogue) };
  // One record and its near ones for each computed measure, by the ordinary path: dated states, lines, several `ou`, `sauf`, feeds.
  const cas = [AXE_1, AXE_2, AXE_3, AXE_3_PUBLICS].flatMap((x) => Object.values(x));
  await app.base.owner.transaction().execute(async (tx) => {
    for (const fait of cas.flatMap((c) => [...c.oui, ...c.non])) await ecrire(tx, b, fait);
  });
}, 180_000);
afterAll(() => app?.close());

const juste = async () => expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
const atomes = (): Atome[] => [...f.formules.values()].flatMap((x) => x.atomes);
const comptage = (atome: Atome, periode: string, territoireId: string): Comptage => {
  const source = f.sources.get(atome.source);
  if (!source) throw new Error(atome.source);
  return { source, atome, contratId: app.contratId, periode, aire: app.catalogue.aire(territoireId) };
};
const tout = { limite: 100_000, depuis: 0 };
/** Facts of one day and one record may come in either order. */
const dans = (l: readonly FaitCompte[]) => l.map((x) => JSON.stringify(x)).sort();
const jours = (l: readonly FaitCompte[]) => l.map((x) => `${x.jour} ${x.id}`);

async function comparer(lieux: readonly string[], periodes: readonly string[]): Promise<number> {
  let lus = 0;
  for (const atome of atomes())
    for (const lieu of lieux)
      for (const periode of periodes) {
        const q = comptage(atome, periode, lieu);
        const gardes = await listGardes(app.db, { ...q, ...tout });
        const vrais = await listFaits(app.db, { ...q, ...tout });
        expect([atome.cle, lieu, periode, dans(gardes)]).toEqual([atome.cle, lieu, periode, dans(vrais)]);
        expect(jours(gardes)).toEqual(jours(vrais));
        lus += gardes.length;
      }
  return lus;
}

test('ce que les écritures ont gardé est ce que les registres disent, pour chaque formule', async () => {
  const entiers = await listEntiers(app.db, app.contratId, atomes());
  expect(atomes().filter((a) => !entiers.has(filtreDe(a).cle))).toEqual([]);
  expect(await comparer(['paris', ICI, 'mairie-18'], ['2025', '2025-T2', '2025-06'])).toBeGreaterThan(300);
  await juste();
});

test('les pages se suivent sans rien perdre ni répéter, à Paris et dans une mairie', async () => {
  const atome = atomes().find((a) => a.cle === '3.3-04a' && a.source === 'audits-preconisations');
  const tous = await Promise.all(atomes().map(async (a) => ({ a, n: (await listFaits(app.db, { ...comptage(a, '2025', 'paris'), ...tout })).length })));
  const gros = tous.sort((x, y) => y.n - x.n)[0]?.a;
  for (const a of [atome, gros])
    for (const lieu of ['paris', 'mairie-18']) {
      if (!a) throw new Error('atome absent');
      const q = comptage(a, '2025', lieu);
      const vrais = await listFaits(app.db, { ...q, ...tout });
      const pages: FaitCompte[] = [];
      for (let depuis = 0; depuis < vrais.length; depuis += 3) pages.push(...(await listGardes(app.db, { ...q, limite: 3, depuis })));
      expect(dans(pages)).toEqual(dans(vrais));
      expect(vrais.length).toBeGreaterThan(3);
    }
});

const preuve = (mesureId: string, territoireId = 'paris') =>
  getPreuve(app.db, app.contratId, f, { mesureId, periode: '2025', territoireId, page: 1, aujourdhui: '2027-03-01', peutLister: () => true });
const RIXES = '1.6-10a';

test('un enregistrement ôté de ce qui est gardé, ou ajouté, se voit à la vérification, et la page de preuve n’en dit pas moins vrai', async () => {
  const atome = f.formules.get(RIXES)?.atomes[0];
  const cle = atome ? filtreDe(atome).cle : '';
  const avant = await preuve(RIXES);
  expect(avant.atomes[0]?.faits?.length).toBeGreaterThan(0);
  const siens = sql`contrat_id = ${app.contratId} and filtre = ${cle}::bigint and jour between '2025-01-01' and '2025-12-31'`;
  const ote = await sql<{
    fait: string;
  }>`delete from faits_comptes where ctid = (select ctid from faits_comptes where ${siens} limit 1) returning fait`.execute(app.base.owner);
  const sans = await verifierChiffres(app.base.owner, app.contratId);
  expect(sans.differences).toMatchObject([{ tenue: 'absente', ventilation: ote.rows[0]?.fait }]);
  expect(sans.differences[0]?.mesure).toContain(RIXES);
  expect((await preuve(RIXES)).atomes[0]?.faits).toEqual(avant.atomes[0]?.faits);
  await sql`
    insert into faits_comptes (contrat_id, filtre, jour, fait, rang, territoire_id)
    select contrat_id, ${cle}::bigint, '2025-12-30', id, 1, territoire_id from activites where registre = 'campagnes' limit 1`.execute(app.base.owner);
  expect((await preuve(RIXES)).atomes[0]?.faits).toEqual(avant.atomes[0]?.faits);
  const avec = await verifierChiffres(app.base.owner, app.contratId);
  expect(avec.differences.map((d) => [d.tenue === 'absente', d.recalculee === 'absente']).sort()).toEqual([
    [false, true],
    [true, false],
  ]);
  await oublierFaits(app.base.owner, app.contratId);
  await reprendreFaits(app.base.owner, f, app.contratId);
  await juste();
});

test('tant qu’un filtre n’est pas entier, sa preuve lit le registre ; repris par petits lots, il dit la même chose', async () => {
  await genererDemoDe(app.base.owner, app.catalogue, definitionsDecouvertes, {
    annees: [2025],
    graine: 11,
    jusquau: '2025-12-31',
    profils: (await demonstrationDe()).profils,
  });
  // Numbers of one digit, of two and of three, on one day that holds several batches.
  await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${app.contratId}, 'dmr', gen_random_uuid(), 'serie-' || n, '2025-03-03', 'type-' || n % 3, 'divers', 'divers', 'police-municipale', 'vie-nocturne', ${ICI}
    from generate_series(1, 1200) n`.execute(app.base.owner);
  await recalculerChiffres(app.base.owner, app.contratId);
  expect(await listEntiers(app.db, app.contratId, atomes())).toEqual(new Set());
  const [avant, avantIci] = [await preuve(RIXES), await preuve(RIXES, 'mairie-18')];
  expect(avant.atomes[0]?.compte).toBeGreaterThan(30);
  // Stops where it is told to, and goes on from there.
  expect(await reprendreFaits(app.db, f, app.contratId, { max: 200, parLot: 100 })).toBe(false);
  await juste();
  expect(await reprendreFaits(app.db, f, app.contratId, { parLot: 100 })).toBe(true);
  expect((await listEntiers(app.db, app.contratId, atomes())).size).toBeGreaterThan(60);
  await juste();
  expect((await preuve(RIXES)).atomes[0]?.faits).toEqual(avant.atomes[0]?.faits);
  expect((await preuve(RIXES, 'mairie-18')).atomes[0]?.faits).toEqual(avantIci.atomes[0]?.faits);
  expect(await comparer(['paris', 'mairie-18'], ['2025'])).toBeGreaterThan(1000);
});

test('des corrections et des retraits pendant la reprise n’y laissent rien de faux', async () => {
  await oublierFaits(app.base.owner, app.contratId);
  const { rows } = await sql<{ id: string }>`select id from activites where registre = 'formations' and statut = 'publie' order by id limit 60`.execute(
    app.base.owner,
  );
  let fini = false;
  const reprise = reprendreFaits(app.db, f, app.contratId, { parLot: 40 }).finally(() => {
    fini = true;
  });
  let ecritures = 0;
  const corriger = async (i: number) => {
    const id = rows[i % rows.length]?.id ?? '';
    await app.base.owner.transaction().execute(async (tx) => {
      await sql`select 1 from activites where id = ${id}::uuid for update`.execute(tx);
      await appliquerFaits(tx, app.contratId, 'formations', { ids: [id] }, -1);
      await sql`
          update activites set donnees = donnees || jsonb_build_object('theme', (array['rixes', 'seniors', 'stupefiants'])[1 + ${i}::int % 3]),
            statut = case when ${i}::int % 7 = 0 then 'retire' else 'publie' end, version = version + 1
          where id = ${id}::uuid`.execute(tx);
      await appliquerFaits(tx, app.contratId, 'formations', { ids: [id] }, 1);
    });
    ecritures++;
  };
  const ecrireSansCesse = async (depart: number) => {
    for (let i = depart; !fini && i < 400; i += 3)
      // As a request does: undone by PostgreSQL in favour of another, it begins again.
      await corriger(i).catch((e: unknown) => {
        if (!estReessayable(e)) throw e;
      });
  };
  await Promise.all([reprise, ecrireSansCesse(0), ecrireSansCesse(1), ecrireSansCesse(2)]);
  expect(ecritures).toBeGreaterThan(20);
  await juste();
});

test('une formule qui change est reprise, une formule partie ne laisse rien', async () => {
  const sansRixes = { ...f, formules: new Map([...f.formules].filter(([id]) => !id.startsWith('1.6-'))) };
  const cle = filtreDe(f.formules.get(RIXES)?.atomes[0] as Atome).cle;
  const gardes = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from faits_comptes where filtre = ${cle}::bigint`.execute(app.base.owner)).rows[0]?.n ?? 0;
  const avant = await gardes();
  expect(avant).toBeGreaterThan(10);
  expect(await accorderFiltres(app.base.owner, sansRixes, app.contratId)).toBeGreaterThan(0);
  await reprendreFaits(app.base.owner, sansRixes, app.contratId);
  expect(await gardes()).toBe(0);
  expect(await accorderFiltres(app.base.owner, f, app.contratId)).toBeGreaterThan(0);
  expect(await reprendreFaits(app.base.owner, f, app.contratId)).toBe(true);
  expect(await accorderFiltres(app.base.owner, f, app.contratId)).toBe(0);
  expect(await gardes()).toBe(avant);
  await juste();
});
