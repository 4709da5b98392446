/** Measures by territory, all in one query: the maps of every fiche of a bilan. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';

export interface Repartition {
  nombre: number;
  somme: number;
  sansValeur: number;
}

/** By measure then territory of the record (the finest one), over one year. Only for counts and sums, whose parts add up. */
export async function getRepartitions(db: Db, contratId: number, mesures: readonly string[], annee: number): Promise<Map<string, Map<string, Repartition>>> {
  const resultat = new Map<string, Map<string, Repartition>>();
  if (mesures.length === 0) return resultat;
  const { rows } = await sql<{ mesure: string; territoire: string } & Repartition>`
    select mesure_id as mesure, territoire_id as territoire, sum(nombre)::float8 as nombre, sum(somme)::float8 as somme,
      sum(sans_valeur)::float8 as "sansValeur"
    from mesure_annees
    where contrat_id = ${contratId} and annee = ${annee} and mesure_id = any(${[...mesures]}::text[])
    group by 1, 2`.execute(db);
  for (const { mesure, territoire, ...r } of rows) {
    const parTerritoire = resultat.get(mesure) ?? new Map<string, Repartition>();
    parTerritoire.set(territoire, r);
    resultat.set(mesure, parTerritoire);
  }
  return resultat;
}
