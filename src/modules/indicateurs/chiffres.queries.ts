/** Figures read from cells and collected values, never from records. One call answers for many: a barometer is three index range reads. */
import { rangDeMois } from '../../core/jours.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { requete } from '../../core/base/requete.ts';
import type { Aire } from './agregats.queries.ts';
import { AGREGAT_VIDE, type Agregat, type ValeurCollectee, type ValeurLue } from './chiffres.rules.ts';
import { periode } from './periode.rules.ts';
import type { Ensemble } from './saisie/totaux.rules.ts';
import { silencieux } from './saisie/silence.queries.ts';
import { direTenues } from './tenues.rules.ts';

const dansAire = (aire: Aire) => (aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`);

/** Which of these feeds (a register, or one channel or service of it: `tenues` of an atom) were kept over the whole contract, and when: see `direTenues`. */
export async function getSourcesTenues(db: Db, contratId: number, sources: readonly string[], periodes: readonly string[]): Promise<Set<string>> {
  if (sources.length === 0 || periodes.length === 0) return new Set();
  // The cells of a register have neither territory nor breakdown: one for each month.
  const lus = await moisTenus(db, { contratId, registres: sources.map((s) => `_registre/${s}`) });
  return direTenues(new Map(lus.map((r) => [r.source, r.mois])), periodes);
}
const moisTenus = requete<{ source: string; mois: string[] }, { contratId: number; registres: readonly string[] }>(
  (v) => sql`
    select substr(mesure_id, length('_registre/') + 1) as source, array_to_json(array_agg(mois order by mois)) as mois
    from mesure_cellules
    where contrat_id = ${v.contratId}::smallint and mesure_id = any(${v.registres}::text[])
      and territoire_id = '' and ventilation = '{}' and nombre > 0
    group by mesure_id`,
);

const colonnesValeur = sql`
  id, mesure_id as "mesureId", periode, territoire_id as "territoireId", debiteur, ventilation, version, etat, valeur::float8 as valeur,
  texte, source, commentaire, saisi_par as "saisiPar", saisi_par_id as "saisiParId", prepare_par as "preparePar", saisi_par_organisation as "saisiParOrganisation",
  saisi_le as "saisiLe", valide_par as "validePar", valide_le as "valideLe", valide_organisation as "valideOrganisation", pour_autrui as "pourAutrui",
  confirme_le as "confirmeLe", confirme_organisation as "confirmeOrganisation", courante, validee, contestee_par as "contesteePar", parole,
  array(select jsonb_build_object('organisationId', k.organisation_id, 'parId', k.par_id, 'le', k.le, 'motif', k.motif, 'retireeLe', k.retiree_le)
    from valeur_contestations k where k.contrat_id = valeurs.contrat_id and k.valeur_id = valeurs.id order by k.le, k.id) as contestations,
  lien, fichier_id as "fichierId", fichier_nom as "fichierNom", document_le as "documentLe", document_auteur as "documentAuteur"`;

/** Last validated values of the years of the given periods, for the given territories, all breakdowns. */
export async function listValeurs(
  db: Db,
  contratId: number,
  mesures: readonly string[],
  annees: readonly string[],
  territoires: readonly string[],
): Promise<ValeurCollectee[]> {
  if (mesures.length === 0) return [];
  const { rows } = await sql<ValeurCollectee>`
    select ${colonnesValeur}
    from valeurs
    where contrat_id = ${contratId}
      and validee
      and mesure_id = any(${[...mesures]}::text[])
      and left(periode, 4) = any(${[...annees]}::text[])
      and territoire_id = any(${[...territoires]}::text[])`.execute(db);
  return rows;
}

/** What collected figures are: totals kept with the contributions, for one territory. Who is missing is told where something is. */
export async function listTotauxCollectes(
  db: Db,
  contratId: number,
  mesures: readonly string[],
  o: { annees: readonly string[]; territoireId: string; ensemble: Ensemble },
): Promise<ValeurLue[]> {
  if (mesures.length === 0) return [];
  return totaux(db, { contratId, mesures, ...o });
}
const totaux = requete<ValeurLue, { contratId: number; mesures: readonly string[]; annees: readonly string[]; territoireId: string; ensemble: Ensemble }>(
  (v) => sql`
    select mesure_id as "mesureId", periode, etat, valeur::float8 as valeur, texte, recues, attendues, partiel, provisoire, attend,
      case when etat = 'manquant'
        then array(select distinct x ->> 'debiteur' from jsonb_array_elements(coalesce(${silencieux} -> 'manquent', '[]')) as x order by 1)
        else '{}' end as manquent
    from valeur_totaux t
    where contrat_id = ${v.contratId}::smallint
      and ensemble = ${v.ensemble}
      and territoire_id = ${v.territoireId}
      and mesure_id = any(${v.mesures}::text[])
      and left(periode, 4) = any(${v.annees}::text[])
      and ventilation = ''`,
);

/** Every version ever entered for one measure in a year, in these places, the newest first. */
export async function listVersions(
  db: Db,
  contratId: number,
  v: { mesureId: string; periode: string; territoires: readonly string[] },
): Promise<ValeurCollectee[]> {
  const { rows } = await sql<ValeurCollectee>`
    select ${colonnesValeur}
    from valeurs
    where contrat_id = ${contratId}
      and mesure_id = ${v.mesureId}
      and left(periode, 4) = ${v.periode.slice(0, 4)}
      and territoire_id = any(${[...v.territoires]}::text[])
    order by periode, territoire_id, debiteur, ventilation, version desc`.execute(db);
  return rows;
}

/** Every version of one measure within this period and these places, and what is secret now anywhere in the year: it closes what holds it. */
export async function listVersionsEtSecrets(
  db: Db,
  contratId: number,
  v: { mesureId: string; periode: string; territoires: readonly string[] | null },
): Promise<ValeurCollectee[]> {
  const la = v.territoires === null ? sql`` : sql` and territoire_id = any(${[...v.territoires]}::text[])`;
  const { debut, fin } = periode(v.periode);
  const { rows } = await sql<ValeurCollectee>`
    select ${colonnesValeur}
    from valeurs
    where contrat_id = ${contratId}
      and mesure_id = ${v.mesureId}
      and left(periode, 4) = ${v.periode.slice(0, 4)}
      and ((mois_de_periode(periode) <@ int4range(${rangDeMois(debut)}::integer, ${rangDeMois(fin)}::integer)${la}) or (courante and etat = 'secret'))
    order by periode, territoire_id, debiteur, ventilation, version desc`.execute(db);
  return rows;
}

/** The same for several measures and years, all of the contract and whatever their number: what is secret anywhere is seen. */
export async function listVersionsDesAns(db: Db, contratId: number, ans: readonly { mesureId: string; periode: string }[]): Promise<ValeurCollectee[]> {
  const cles = [...new Set(ans.map((a) => `${a.mesureId}|${a.periode.slice(0, 4)}`))];
  const { rows } = await sql<ValeurCollectee>`
    select ${colonnesValeur}
    from valeurs
    where contrat_id = ${contratId} and mesure_id = any(${ans.map((a) => a.mesureId)}::text[])
      and mesure_id || '|' || left(periode, 4) = any(${cles}::text[])
    order by mesure_id, periode, territoire_id, debiteur, ventilation, version desc`.execute(db);
  return rows;
}

interface Repartition {
  cle: string;
  agregat: Agregat;
}
async function repartir(db: Db, contratId: number, atome: string, p: string, aire: Aire, par: RawBuilder<unknown>): Promise<Repartition[]> {
  const { debut, fin } = periode(p);
  const { rows } = await sql<{ cle: string | null } & Omit<Agregat, 'ouverts' | 'fermes'>>`
    select ${par} as cle, sum(nombre)::float8 as nombre, sum(somme)::float8 as somme,
      sum(sans_valeur)::float8 as "sansValeur", count(distinct ventilation -> '_d')::float8 as distincts
    from mesure_cellules
    where contrat_id = ${contratId} and mesure_id = ${atome} and mois >= ${debut}::date and mois < ${fin}::date
      and coalesce(ventilation ->> '_m', 'e') = 'e'${dansAire(aire)}
    group by 1
    order by 1`.execute(db);
  return rows.map(({ cle: c, ...a }) => ({ cle: c ?? '', agregat: { ...AGREGAT_VIDE, ...a } }));
}

/** One atom over one period by finest territory, by month, or by one of its breakdowns. */
export const getParTerritoire = (db: Db, contratId: number, atome: string, p: string) => repartir(db, contratId, atome, p, null, sql`territoire_id`);
/** How many records one atom counts, from its cells: for every mode but a stock. */
export async function getNombreCompte(db: Db, contratId: number, atome: { cle: string; rang: number | null }, p: string, aire: Aire): Promise<number> {
  const { debut, fin } = periode(p);
  const lire = aire === null ? nombrePartout : nombreIci;
  const [lu] = await lire(db, { contratId, cle: atome.cle, rang: atome.rang === null ? null : String(atome.rang), debut, fin, lieux: aire ?? [] });
  return lu?.nombre ?? 0;
}
type DUnAtome = { contratId: number; cle: string; rang: string | null; debut: string; fin: string; lieux: readonly string[] };
const nombreSql = (ici: boolean) =>
  requete<Pick<Ligne<'mesureCellules'>, 'nombre'>, DUnAtome>(
    (v) => sql`
    select coalesce(sum(nombre), 0)::float8 as nombre
    from mesure_cellules
    where contrat_id = ${v.contratId}::smallint and mesure_id = ${v.cle} and mois >= ${v.debut}::date and mois < ${v.fin}::date
      and (${v.rang}::text is null or ventilation ->> '_a' = ${v.rang}::text)${ici ? sql` and territoire_id = any(${v.lieux}::text[])` : sql``}`,
  );
const nombrePartout = nombreSql(false);
const nombreIci = nombreSql(true);

export const getParMois = (db: Db, contratId: number, atome: string, p: string, aire: Aire) =>
  repartir(db, contratId, atome, p, aire, sql`to_char(mois, 'YYYY-MM')`);
export const getParDimension = (db: Db, contratId: number, atome: string, p: string, aire: Aire, dimension: string) =>
  repartir(db, contratId, atome, p, aire, sql`ventilation ->> ${dimension}`);

/** Last month in which each source has a record, as `YYYY-MM`: the freshness of what it feeds. `avant`: what this reader may know of it (`bornesDe`). */
export async function lireFraicheur(db: Db, contratId: number, sources: readonly { nom: string; avant: string | null }[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ source: string; mois: string }>`
    select s.nom as source, to_char(d.mois, 'YYYY-MM') as mois
    from unnest(${sources.map((s) => s.nom)}::text[], ${sources.map((s) => s.avant)}::date[]) as s (nom, avant)
    cross join lateral (
      select c.mois from mesure_cellules c
      where c.contrat_id = ${contratId} and c.mesure_id = '_registre/' || s.nom and c.mois < coalesce(s.avant, 'infinity')
      order by c.mois desc limit 1
    ) as d`.execute(db);
  return new Map(rows.map((r) => [r.source, r.mois]));
}
