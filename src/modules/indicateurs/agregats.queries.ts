/** Aggregates of atoms over periods and a place, from the cells: two statements whatever is asked, written once and prepared. */
import { type RawBuilder, sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../core/base/database.ts';
import { requete } from '../../core/base/requete.ts';
import { estStock, type Mode } from './calcul/atomes.rules.ts';
import { AGREGAT_VIDE, type Agregat } from './chiffres.rules.ts';
import { anneeDe, estAnnee, periode } from './periode.rules.ts';

/** `null` means the whole contract; otherwise the ids of the area and of everything below it. */
export type Aire = readonly string[] | null;

/** Atoms that are read over the same periods. */
export interface AtomesLus {
  atomes: ReadonlyMap<string, Mode>;
  periodes: readonly string[];
}
/** One atom over one period. */
interface Lu {
  periode: string;
  nom: string;
}
/** Months of cells that are added to what is read of an atom over a period, or taken from it. */
interface Mois extends Lu {
  debut: string;
  fin: string;
  signe: 1 | -1;
}
type DUnAtome = Pick<Ligne<'mesureCellules'>, 'mesureId'>;
type AgregatLu = DUnAtome & Pick<Lu, 'periode'> & Omit<Agregat, 'ouverts' | 'fermes'>;

const cle = (p: string, atome: string) => `${p}|${atome}`;

/** By `periode|atome`, over the given area. Atoms without any cell are absent; those of a year may come for another that is asked of others. */
export async function getAgregats(db: Db, contratId: number, demandes: readonly AtomesLus[], aire: Aire): Promise<Map<string, Agregat>> {
  const [lus, stocks] = await lireEnsemble(db, [() => lireAgregats(db, contratId, demandes, aire), () => lireStocks(db, contratId, demandes, aire)]);
  const resultat = new Map(lus.map(({ periode: p, mesureId, ...a }) => [cle(p, mesureId), { ...AGREGAT_VIDE, ...a }]));
  for (const { periode: p, mesureId, ...s } of stocks) resultat.set(cle(p, mesureId), { ...(resultat.get(cle(p, mesureId)) ?? AGREGAT_VIDE), ...s });
  return resultat;
}

/** What is asked of the atoms of some modes, each once. */
function voulus(demandes: readonly AtomesLus[], admis: (mode: Mode) => boolean): Lu[] {
  const lus = new Map<string, Lu>();
  for (const { atomes, periodes } of demandes)
    for (const [nom, mode] of atomes) if (admis(mode)) for (const p of periodes) lus.set(cle(p, nom), { periode: p, nom });
  return [...lus.values()];
}
const uniques = (x: readonly string[]): string[] => [...new Set(x)];

/** Counting distinct values needs a sort of every row: only the atoms that ask for it pay. */
async function lireAgregats(db: Db, contratId: number, demandes: readonly AtomesLus[], aire: Aire): Promise<AgregatLu[]> {
  const additifs = voulus(demandes, (m) => m !== 'distinct');
  const distincts = voulus(demandes, (m) => m === 'distinct');
  if (additifs.length + distincts.length === 0) return [];
  const ans = (lus: readonly Lu[]) => lus.filter((x) => estAnnee(x.periode));
  const parties = (lus: readonly Lu[]) => lus.filter((x) => !estAnnee(x.periode));
  const longs = parties(additifs).filter((x) => periode(x.periode).mois > 6);
  const mois = parties(additifs).flatMap(moisDe);
  const moisDistincts = parties(distincts).map((x) => ({ ...x, ...periode(x.periode) }));
  return (aire === null ? agregatsPartout : agregatsIci)(db, {
    contratId,
    lieux: aire ?? [],
    annees: uniques(ans(additifs).map((x) => x.periode)),
    noms: uniques(ans(additifs).map((x) => x.nom)),
    anneesDistinctes: uniques(ans(distincts).map((x) => x.periode)),
    nomsDistincts: uniques(ans(distincts).map((x) => x.nom)),
    longs: longs.map((x) => x.periode),
    longsNoms: longs.map((x) => x.nom),
    longsAnnees: longs.map((x) => anneeDe(x.periode)),
    mois: mois.map((x) => x.periode),
    moisNoms: mois.map((x) => x.nom),
    moisDebuts: mois.map((x) => x.debut),
    moisFins: mois.map((x) => x.fin),
    moisSignes: mois.map((x) => x.signe),
    parties: moisDistincts.map((x) => x.periode),
    partiesNoms: moisDistincts.map((x) => x.nom),
    partiesDebuts: moisDistincts.map((x) => x.debut),
    partiesFins: moisDistincts.map((x) => x.fin),
  });
}

/** What adds up is read by its shorter side: January to October is the year without its last two months. */
function moisDe(x: Lu): Mois[] {
  const { debut, fin, mois } = periode(x.periode);
  if (mois <= 6) return [{ ...x, debut, fin, signe: 1 }];
  const an = periode(String(anneeDe(x.periode)));
  const reste: Mois[] = [
    { ...x, debut: an.debut, fin: debut, signe: -1 },
    { ...x, debut: fin, fin: an.fin, signe: -1 },
  ];
  return reste.filter((r) => r.debut < r.fin);
}

interface Demandes {
  contratId: number;
  lieux: readonly string[];
  annees: readonly string[];
  noms: readonly string[];
  anneesDistinctes: readonly string[];
  nomsDistincts: readonly string[];
  longs: readonly string[];
  longsNoms: readonly string[];
  longsAnnees: readonly number[];
  mois: readonly string[];
  moisNoms: readonly string[];
  moisDebuts: readonly string[];
  moisFins: readonly string[];
  moisSignes: readonly number[];
  parties: readonly string[];
  partiesNoms: readonly string[];
  partiesDebuts: readonly string[];
  partiesFins: readonly string[];
}
const sommes = sql`sum(nombre)::float8 as nombre, sum(somme)::float8 as somme, sum(sans_valeur)::float8 as "sansValeur"`;
const distinctes = sql`count(distinct ventilation -> '_d')::float8`;

/** Whole years, of what adds up then of what is distinct; then parts of years. */
const agregatsSql = (ici: boolean) =>
  requete<AgregatLu, Demandes>((v) => {
    const siens = sql`contrat_id = ${v.contratId}::smallint${ici ? sql` and territoire_id = any(${v.lieux}::text[])` : sql``}`;
    const annees = (quand: RawBuilder<unknown>, noms: RawBuilder<unknown>, compte: RawBuilder<unknown>) => sql`
      select annee::text as periode, mesure_id as "mesureId", ${sommes}, ${compte} as distincts
      from mesure_annees where ${siens} and annee = any(${quand}::smallint[]) and mesure_id = any(${noms}::text[])
      group by annee, mesure_id`;
    return sql`
      ${annees(v.annees, v.noms, sql`0::float8`)}
      union all ${annees(v.anneesDistinctes, v.nomsDistincts, distinctes)}
      union all
      select periode, mesure_id, ${sommes}, 0::float8 as distincts
      from (
        select k.periode, mesure_id, nombre, somme, sans_valeur
        from unnest(${v.longs}::text[], ${v.longsNoms}::text[], ${v.longsAnnees}::smallint[]) as k (periode, nom, an)
        join mesure_annees on ${siens} and mesure_id = k.nom and annee = k.an
        union all
        select k.periode, mesure_id, k.signe * nombre, k.signe * somme, k.signe * sans_valeur
        from unnest(${v.mois}::text[], ${v.moisNoms}::text[], ${v.moisDebuts}::date[], ${v.moisFins}::date[], ${v.moisSignes}::integer[])
          as k (periode, nom, debut, fin, signe)
        join mesure_cellules on ${siens} and mesure_id = k.nom and mois >= k.debut and mois < k.fin
      ) as x
      group by periode, mesure_id
      union all
      select k.periode, mesure_id, ${sommes}, ${distinctes} as distincts
      from unnest(${v.parties}::text[], ${v.partiesNoms}::text[], ${v.partiesDebuts}::date[], ${v.partiesFins}::date[]) as k (periode, nom, debut, fin)
      join mesure_cellules on ${siens} and mesure_id = k.nom and mois >= k.debut and mois < k.fin
      group by k.periode, mesure_id`;
  });
const agregatsPartout = agregatsSql(false);
const agregatsIci = agregatsSql(true);

type Presents = Pick<Agregat, 'ouverts' | 'fermes' | 'distincts'>;
interface StockLu extends DUnAtome {
  ouverts: number[];
  fermes: number[];
  distincts: number[];
}
/** Each cell is read once, and counted in each of the periods. Who left and came back within one opened twice and is there once (`calcul/compilation.ts`). */
async function lireStocks(db: Db, contratId: number, demandes: readonly AtomesLus[], aire: Aire): Promise<(DUnAtome & Pick<Lu, 'periode'> & Presents)[]> {
  const lus = voulus(demandes, estStock);
  if (lus.length === 0) return [];
  const periodes = uniques(lus.map((x) => x.periode));
  const colonnes = periodes.map((p, i) => {
    const { debut, fin } = periode(p);
    return sql`
      coalesce(sum(nombre) filter (where m = 'e' and mois < ${fin}::date), 0)
        - coalesce(sum(nombre) filter (where m = 'r' and mois < ${fin}::date and g::date >= ${debut}::date), 0) as ${sql.id(`o${i}`)},
      coalesce(sum(nombre) filter (where m = 's' and mois < ${debut}::date), 0) as ${sql.id(`f${i}`)}`;
  });
  const tableau = (de: (o: RawBuilder<unknown>, f: RawBuilder<unknown>) => RawBuilder<unknown>) =>
    sql`array[${sql.join(periodes.map((_, i) => de(sql.id(`o${i}`), sql.id(`f${i}`))))}]::float8[]`;
  const ici = aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`;
  const { rows } = await sql<StockLu>`
    select mesure_id as "mesureId", ${tableau((o) => sql`sum(${o})`)} as ouverts, ${tableau((_, f) => sql`sum(${f})`)} as fermes,
      ${tableau((o, f) => sql`count(*) filter (where ${o} > ${f})`)} as distincts
    from (
      select mesure_id, d, ${sql.join(colonnes)}
      from (
        select mesure_id, mois, nombre, ventilation ->> '_d' as d, ventilation ->> '_m' as m, ventilation ->> '_g' as g
        from mesure_cellules
        where contrat_id = ${contratId} and mesure_id = any(${uniques(lus.map((x) => x.nom))}::text[])${ici}
      ) as c
      group by mesure_id, d
    ) as x
    group by mesure_id`.execute(db);
  return rows.flatMap((r) =>
    periodes.map((p, i) => ({ periode: p, mesureId: r.mesureId, ouverts: r.ouverts[i] ?? 0, fermes: r.fermes[i] ?? 0, distincts: r.distincts[i] ?? 0 })),
  );
}
