/** The debt board over 100,000 open entries: first page, one organisation, counts; against the bare read of the same index. */
import { sql } from 'kysely';
import { getCatalogue } from '../src/modules/contrats/index.ts';
import { countEcheances, type FiltresEcheances, listEcheances, requeteDesEcheances } from '../src/modules/echeances/echeances.queries.ts';
import { chronometrer, type Contexte, mediane } from './contexte.ts';

const ENTREES = 100_000;
const duree = async (fn: () => Promise<unknown>): Promise<number> => mediane(await chronometrer(15, fn));

export async function mesurerEcheances(c: Contexte): Promise<void> {
  const { p, db } = await c.etabli('A');
  const { noter } = c;
  const catalogue = await getCatalogue(db, p.contratId);
  const organisations = [...catalogue.acteurs.keys()].slice(0, 100);
  await sql`
    insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, territoire_id, ouverte_le, due_le)
    select ${p.contratId}, 'chiffre', 'indicateurs', 'banc', 'banc-' || n, 'Chiffre ' || n, '/chiffres/banc', (${organisations}::text[])[1 + n % 100],
      ${catalogue.racine.id}, date '2026-01-01', date '2025-01-01' + n % 900
    from generate_series(1, ${ENTREES}) n`.execute(p.owner);
  await sql`analyze echeances`.execute(p.owner);
  const l = { u: null, contratId: p.contratId, catalogue, aujourdhui: '2026-06-01', maintenant: new Date('2026-06-01') };
  const cas: [string, FiltresEcheances][] = [
    ['echeances-100k', {}],
    ['echeances-100k-organisation', { organisation: organisations[7] }],
    ['echeances-100k-retard', { etat: 'en_retard' }],
  ];
  for (const [nom, f] of cas) {
    noter(nom, await duree(() => listEcheances(db, l, f, null, 51)), 'ms');
    const { sql: texte, parameters } = (await requeteDesEcheances(db, l, f, null, 51)).compile(db);
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': { Plan: object }[] }>({
      ...(await requeteDesEcheances(db, l, f, null, 51)).compile(db),
      sql: `explain (format json) ${texte}`,
      parameters,
    });
    noter(`${nom}-index`, /Seq Scan/.test(JSON.stringify(rows)) ? 0 : 1, 'oui');
  }
  noter('echeances-100k-nombres', await duree(() => countEcheances(db, l, {})), 'ms');
  await sql`delete from echeances where contrat_id = ${p.contratId} and sujet = 'banc'`.execute(p.owner);
}
