/** Records behind the atoms that a threshold looks at: by year and place, and by month of a running year. Few atoms, from the cells. */
import { sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Atome } from '../calcul/atomes.rules.ts';
import { cleAn, type Comptes } from './diffusion.rules.ts';

type ParAn = Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'annee'> & { lieux: Record<string, number> };
type ParMois = Pick<Ligne<'mesureCellules'>, 'mesureId'> & { mois: Record<string, number> };

export async function lireComptes(
  db: Db,
  contratId: number,
  q: { atomes: readonly Pick<Atome, 'cle' | 'rang'>[]; annees: readonly number[]; enCours: readonly string[]; annee: number; borne: string },
): Promise<Comptes> {
  const [ans, mois] = await lireEnsemble(db, [() => listAns(db, contratId, q.atomes, q.annees), () => listMois(db, contratId, q)]);
  return {
    parAn: new Map(ans.map((x) => [cleAn(x.mesureId, x.annee), new Map(Object.entries(x.lieux))])),
    parMois: new Map(mois.map((x) => [x.mesureId, new Map(Object.entries(x.mois))])),
  };
}

/** Atoms that share a key are told apart by the months alone: years keep their sum. */
async function listAns(db: Db, contratId: number, atomes: readonly Pick<Atome, 'cle' | 'rang'>[], annees: readonly number[]): Promise<ParAn[]> {
  if (atomes.length === 0 || annees.length === 0) return [];
  const cles = (avecRang: boolean) => [...new Set(atomes.filter((a) => (a.rang !== null) === avecRang).map((a) => a.cle))];
  const [debut, fin] = [`${Math.min(...annees)}-01-01`, `${Math.max(...annees) + 1}-01-01`];
  return parAn(db, { contratId, annees, cles: cles(false), parRang: cles(true), debut, fin });
}
const ENTREE = sql`coalesce(ventilation ->> '_m', 'e') = 'e'`;
interface AtomesDesAns {
  contratId: number;
  annees: readonly number[];
  cles: readonly string[];
  parRang: readonly string[];
  debut: string;
  fin: string;
}
/** A line for each year of an atom: ten thousand lines of one number each cost more to read than to add up. */
const parAn = requete<ParAn, AtomesDesAns>(
  (v) => sql`
    select "mesureId", annee, json_object_agg(territoire_id, nombre) as lieux
    from (
      select mesure_id as "mesureId", annee, territoire_id, sum(nombre)::float8 as nombre
      from mesure_annees
      where contrat_id = ${v.contratId}::smallint and annee = any(${v.annees}::smallint[]) and mesure_id = any(${v.cles}::text[]) and ${ENTREE}
      group by 1, 2, 3
      union all
      select mesure_id || '/' || (ventilation ->> '_a'), extract(year from mois)::int, territoire_id, sum(nombre)::float8
      from mesure_cellules
      where contrat_id = ${v.contratId}::smallint and mesure_id = any(${v.parRang}::text[]) and ${ENTREE} and mois >= ${v.debut}::date and mois < ${v.fin}::date
      group by 1, 2, 3
    ) as x
    group by 1, 2`,
);

async function listMois(
  db: Db,
  contratId: number,
  { enCours, annee, borne }: { enCours: readonly string[]; annee: number; borne: string },
): Promise<ParMois[]> {
  return enCours.length === 0 ? [] : parMois(db, { contratId, atomes: enCours, debut: `${annee}-01-01`, borne });
}
const parMois = requete<ParMois, { contratId: number; atomes: readonly string[]; debut: string; borne: string }>(
  (v) => sql`
    select "mesureId", json_object_agg(mois, nombre) as mois
    from (
      select mesure_id as "mesureId", to_char(mois, 'YYYY-MM-DD') as mois, sum(nombre)::float8 as nombre
      from mesure_cellules
      where contrat_id = ${v.contratId}::smallint and mesure_id = any(${v.atomes}::text[]) and mois >= ${v.debut}::date and mois < ${v.borne}::date
      group by 1, 2
    ) as x
    group by 1`,
);
