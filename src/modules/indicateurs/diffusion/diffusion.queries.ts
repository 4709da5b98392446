/** Records behind the atoms that a threshold looks at: by year and place, and by month of a running year. Few atoms, from the cells. */
import { sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import type { Atome } from '../calcul/atomes.rules.ts';
import { cleAn, type Comptes } from './diffusion.rules.ts';

interface ParAn extends Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'annee' | 'territoireId' | 'nombre'> {}
interface ParMois extends Pick<Ligne<'mesureCellules'>, 'mesureId' | 'mois' | 'nombre'> {}

export async function lireComptes(
  db: Db,
  contratId: number,
  q: { atomes: readonly Pick<Atome, 'cle' | 'rang'>[]; annees: readonly number[]; enCours: readonly string[]; annee: number; borne: string },
): Promise<Comptes> {
  const [ans, mois] = await lireEnsemble(db, [() => listAns(db, contratId, q.atomes, q.annees), () => listMois(db, contratId, q)]);
  return {
    parAn: grouper(
      ans,
      (x) => cleAn(x.mesureId, x.annee),
      (x) => x.territoireId,
    ),
    parMois: grouper(
      mois,
      (x) => x.mesureId,
      (x) => x.mois,
    ),
  };
}

/** Atoms that share a key are told apart by the months alone: years keep their sum. */
async function listAns(db: Db, contratId: number, atomes: readonly Pick<Atome, 'cle' | 'rang'>[], annees: readonly number[]) {
  if (atomes.length === 0 || annees.length === 0) return [];
  const cles = (avecRang: boolean) => [...new Set(atomes.filter((a) => (a.rang !== null) === avecRang).map((a) => a.cle))];
  const entree = sql`coalesce(ventilation ->> '_m', 'e') = 'e'`;
  const { rows } = await sql<ParAn>`
    select mesure_id as "mesureId", annee, territoire_id as "territoireId", sum(nombre)::float8 as nombre
    from mesure_annees
    where contrat_id = ${contratId} and annee = any(${[...annees]}::smallint[]) and mesure_id = any(${cles(false)}::text[]) and ${entree}
    group by 1, 2, 3
    union all
    select mesure_id || '/' || (ventilation ->> '_a'), extract(year from mois)::int, territoire_id, sum(nombre)::float8
    from mesure_cellules
    where contrat_id = ${contratId} and mesure_id = any(${cles(true)}::text[]) and ${entree}
      and mois >= ${`${Math.min(...annees)}-01-01`}::date and mois < ${`${Math.max(...annees) + 1}-01-01`}::date
    group by 1, 2, 3`.execute(db);
  return rows;
}

async function listMois(db: Db, contratId: number, { enCours, annee, borne }: { enCours: readonly string[]; annee: number; borne: string }) {
  if (enCours.length === 0) return [];
  const { rows } = await sql<ParMois>`
    select mesure_id as "mesureId", to_char(mois, 'YYYY-MM-DD') as mois, sum(nombre)::float8 as nombre
    from mesure_cellules
    where contrat_id = ${contratId} and mesure_id = any(${[...enCours]}::text[]) and mois >= ${`${annee}-01-01`}::date and mois < ${borne}::date
    group by 1, 2`.execute(db);
  return rows;
}

function grouper<T extends { nombre: number }>(lignes: readonly T[], groupe: (x: T) => string, cle: (x: T) => string): Map<string, Map<string, number>> {
  const tous = new Map<string, Map<string, number>>();
  for (const x of lignes) {
    const siens = tous.get(groupe(x)) ?? new Map<string, number>();
    siens.set(cle(x), x.nombre);
    tous.set(groupe(x), siens);
  }
  return tous;
}
