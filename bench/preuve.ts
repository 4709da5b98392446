/**
 * The proof of a measure whose records are one in ten thousand: what its page reads of them (how many, the first fifty), and all that it
 * reads, against fifty rows of a bare table with the index made for that very question. At two scales: it must not grow.
 */
import { type RawBuilder, sql } from 'kysely';
import { getNombreCompte } from '../src/modules/indicateurs/chiffres.queries.ts';
import { listGardes } from '../src/modules/indicateurs/faits/faits.queries.ts';
import { getPreuve } from '../src/modules/indicateurs/index.ts';
import { type Contexte, mediane, tourATour } from './contexte.ts';

/** Trainings on night life. */
const RARE = '3.6-04a';
const PERIODE = '2025';

export async function mesurerPreuve(c: Contexte): Promise<void> {
  const e = await c.etabli(c.echelle);
  const { db, owner, contratId, formulaire: f } = e;
  const suffixe = c.echelle === 'F' ? '' : `-${c.echelle}`;
  const atome = f.formules.get(RARE)?.atomes[0];
  const source = f.sources.get('formations');
  if (!atome || !source) throw new Error(`${RARE} n’est plus au contrat.`);
  await sql`drop table if exists banc_preuve`.execute(owner);
  await sql`
    create table banc_preuve as select id, jour, titre, territoire_id, organisation_id, donnees ->> 'theme' as theme from activites
    where contrat_id = ${contratId} and registre = 'formations'`.execute(owner);
  await sql`create index on banc_preuve (theme, jour desc, id desc)`.execute(owner);
  await sql`vacuum analyze banc_preuve`.execute(owner);
  const nue: RawBuilder<unknown> = sql`
    select id, jour, titre, territoire_id, organisation_id from banc_preuve
    where theme = 'vie-nocturne' and jour >= '2025-01-01' and jour < '2026-01-01' order by jour desc, id desc limit 50`;
  const territoireId = f.catalogue.racine.id;
  const q = { source, atome, contratId, periode: PERIODE, aire: null };
  const lieu = [...f.catalogue.territoires.values()].find((t) => t.type === 'mairie')?.id ?? territoireId;
  const lire = (aire: readonly string[] | null) =>
    Promise.all([getNombreCompte(db, contratId, atome, PERIODE, aire), listGardes(db, { ...q, aire, limite: 50, depuis: 0 })]);
  const page = (t: string) =>
    getPreuve(db, contratId, f, { mesureId: RARE, periode: PERIODE, territoireId: t, page: 1, aujourdhui: '2026-11-25', peutLister: () => true });
  const [lues, nues] = [(await lire(null))[1], (await nue.execute(owner)).rows];
  const manque = nues.filter((n) => !lues.some((l) => l.id === (n as { id: string }).id));
  if (manque.length > 0) throw new Error(`${manque.length} enregistrements manquent à la preuve de ${RARE}.`);
  const [ours = [], ici = [], entiere = [], nu = []] = await tourATour(60, [
    () => lire(null),
    () => lire(f.catalogue.aire(lieu)),
    () => page(territoireId),
    () => nue.execute(owner),
  ]);
  c.noter(`preuve-rare${suffixe}-lignes`, nues.length, 'lignes');
  c.noter(`preuve-rare${suffixe}-p50`, mediane(ours), 'ms');
  c.noter(`preuve-rare${suffixe}`, mediane(ours) / mediane(nu), 'ratio');
  c.noter(`preuve-rare-mairie${suffixe}`, mediane(ici) / mediane(nu), 'ratio');
  c.noter(`preuve-rare-page${suffixe}-p50`, mediane(entiere), 'ms');
  c.noter(`preuve-rare-page${suffixe}`, mediane(entiere) / mediane(nu), 'ratio');
  const { rows } = await sql<{ octets: number; lignes: number }>`
    select pg_total_relation_size('faits_comptes')::float8 as octets, (select count(*)::float8 from faits_comptes) as lignes`.execute(owner);
  c.noter(`preuve-octets-par-ligne${suffixe}`, (rows[0]?.octets ?? 0) / Math.max(1, rows[0]?.lignes ?? 1), 'octets');
  c.noter(`preuve-lignes-gardees${suffixe}`, rows[0]?.lignes ?? 0, 'lignes');
  await sql`drop table banc_preuve`.execute(owner);
}
