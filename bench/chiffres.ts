/** Figures over ten million facts, the records behind one, and the recomputation of all: each against its bare statement. */
import { sql } from 'kysely';
import { dimensionsUtiles, vueDeFaits } from '../src/modules/indicateurs/calcul/compilation.ts';
import { LARGEMENT } from '../src/modules/indicateurs/calcul/recalcul.queries.ts';
import { getComparaisons, getFigures, getPreuve, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { chronometrer, type Contexte, COORDINATRICE, type Etabli, lirePage, mediane, quantile, tourATour } from './contexte.ts';
import { recalculerChiffres } from '../src/modules/indicateurs/formulaires.ts';

/** Ten complete months: the comparison reads the two years by their shorter side. */
const AUJOURDHUI = '2026-11-25';

async function comparerFigures(c: Contexte, e: Etabli, suffixe: string): Promise<void> {
  const { db, contratId, formulaire: f } = e;
  const racine = f.catalogue.racine.id;
  const commun = { mesures: [...f.mesures.keys()], territoireId: racine, aire: null, aujourdhui: AUJOURDHUI };
  const atomes = [...f.formules.values()].flatMap((x) => x.atomes.map((a) => a.cle));
  const [figures = [], comparaisons = [], nu = []] = await tourATour(60, [
    () => getFigures(db, contratId, f, { ...commun, periodes: ['2026', '2025'] }),
    () => getComparaisons(db, contratId, f, { ...commun, periode: '2026' }),
    // No more than what any reading of the cells must sum.
    () =>
      sql`select annee, mesure_id, sum(nombre), sum(somme), sum(sans_valeur)
      from mesure_annees where contrat_id = ${contratId} and annee in (2024, 2025, 2026) and mesure_id = any(${atomes}::text[]) group by 1, 2`.execute(db),
  ]);
  for (const [nom, durees] of [
    ['figures', figures],
    ['comparaisons', comparaisons],
  ] as const) {
    c.noter(`${nom}-${suffixe}-p50`, mediane(durees), 'ms');
    c.noter(`${nom}-${suffixe}-p95`, quantile(durees, 0.95), 'ms');
    c.noter(`${nom}-${suffixe}-vs-sql`, mediane(durees) / mediane(nu), 'ratio');
  }
}

/** A frequent proof, first page and count, against the bare statement on the same table. The rare one is another theme's. */
async function comparerPreuve(c: Contexte, e: Etabli, suffixe: string): Promise<void> {
  const { db, contratId, formulaire: f } = e;
  const demande = { mesureId: '1.6-10b', periode: '2026', territoireId: f.catalogue.racine.id, page: 1, aujourdhui: AUJOURDHUI, peutLister: () => true };
  const [ours = [], nu = []] = await tourATour(40, [
    () => getPreuve(db, contratId, f, demande),
    () =>
      sql`select id, jour, titre, territoire_id from activites
      where contrat_id = ${contratId} and registre = 'formations' and statut = 'publie' and jour >= '2026-01-01' and jour < '2027-01-01'
        and donnees ->> 'theme' = 'rixes' and donnees ->> 'employeur' = 'dpmp'
      order by jour desc, id limit 50`.execute(db),
  ]);
  c.noter(`preuve-donnees-${suffixe}-p50`, mediane(ours), 'ms');
  c.noter(`preuve-donnees-${suffixe}-p95`, quantile(ours, 0.95), 'ms');
  c.noter(`preuve-donnees-${suffixe}-vs-sql`, mediane(ours) / mediane(nu), 'ratio');
}

/**
 * The scan that no recomputation can do without: records by month, place and each dimension that formulas filter or break down by, their
 * quantities added, with as much memory. And the least that can be asked, a count by month and place, told beside.
 */
async function comparerRecalcul(c: Contexte, e: Etabli, suffixe: string): Promise<void> {
  const { sources, formules, flux } = e.formulaire;
  const parcourir = (complet: boolean) => async () => {
    for (const s of sources.values()) {
      const atomes = [...formules.values()].flatMap((x) => x.atomes).filter((a) => a.source === s.nom);
      const dims = complet ? [...new Set([...dimensionsUtiles(atomes), ...(flux.get(s.nom) ?? [])])] : [];
      const quantites = complet ? [...new Set(atomes.flatMap((a) => (a.mode === 'somme' && a.colonne ? [a.colonne] : [])))] : [];
      const groupes = [sql`date_trunc('month', jour)`, sql`territoire_id`, ...dims.map((d) => sql.ref(d))];
      await e.owner.transaction().execute(async (tx) => {
        await LARGEMENT.execute(tx);
        await sql`
          select ${sql.join([...groupes, sql`count(*)`, ...quantites.map((q) => sql`sum(${sql.ref(q)})`)])}
          from ${vueDeFaits(s, s.vue, dims)} where contrat_id = ${e.contratId} group by ${sql.join(groupes)}`.execute(tx);
      });
    }
  };
  const [ours = [], nu = [], compte = []] = await tourATour(3, [() => recalculerChiffres(e.owner, e.contratId), parcourir(true), parcourir(false)], 1);
  c.noter(`recalcul-${suffixe}`, mediane(ours), 'ms');
  c.noter('recalcul', mediane(ours) / mediane(nu), 'ratio');
  c.noter('recalcul-sur-comptage', mediane(ours) / mediane(compte), 'ratio');
  const [verification = 0] = await chronometrer(1, async () => {
    const { differences } = await verifierChiffres(e.owner, e.contratId);
    if (differences.length > 0) throw new Error(`Après le recalcul, ${differences.length} différences.`);
  });
  c.noter(`verifier-${suffixe}`, verification, 'ms');
}

export async function mesurerChiffres(c: Contexte): Promise<void> {
  const e = await c.etabli('F');
  const suffixe = c.rapide ? '600k' : '10M';
  await comparerFigures(c, e, suffixe);
  await comparerPreuve(c, e, suffixe);
  const temoin = await e.temoin(COORDINATRICE);
  for (const [nom, chemin] of [
    ['barometre', '/barometre?annee=2026'],
    ['preuve', '/chiffres/1.6-10b?periode=2026'],
  ] as const) {
    const [durees = []] = await tourATour(60, [() => lirePage(e.adresse + chemin, temoin)]);
    c.noter(`${nom}-${suffixe}-p50`, mediane(durees), 'ms');
    c.noter(`${nom}-${suffixe}-p95`, quantile(durees, 0.95), 'ms');
  }
  // Last: what proofs list is read from the registers after it.
  await comparerRecalcul(c, e, suffixe);
  await sql`vacuum analyze mesure_annees, mesure_cellules`.execute(e.owner);
}
