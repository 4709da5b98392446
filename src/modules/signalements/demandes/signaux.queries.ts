/** Reports of some circuits as another thread reads them: never copied, and counted without their words. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

type D = Ligne<'demandes'>;
/** What a row says; its words are for who may read the report (`peutLire`). */
type SignalDeCircuit = Pick<
  D,
  'id' | 'circuit' | 'categorie' | 'titre' | 'jour' | 'heure' | 'territoireId' | 'recuLe' | 'lecteurs' | 'serviceId' | 'auteurOrganisation' | 'textePublic'
>;

/** SQL of those since a day: one row a fact, what says again what another says left out. */
export const signauxDesCircuits = (contratId: number, circuits: readonly string[], depuis: string): RawBuilder<SignalDeCircuit> => sql`
  select d.id, d.circuit, d.categorie, d.titre, d.jour, d.heure, d.territoire_id, d.recu_le, d.lecteurs, d.service_id, d.auteur_organisation, d.texte_public
  from demandes d
  where d.contrat_id = ${contratId} and d.circuit = any(${[...circuits]}::text[]) and d.jour >= ${depuis}::date and d.meneur_id is null`;

export interface CompteDeRemontees extends Pick<D, 'circuit' | 'categorie' | 'titre'> {
  /** Since `depuis`, and in the span of the same length before. */
  recentes: number;
  avant: number;
}
/** In numbers alone, by category. */
export async function compterRemontees(db: Db, contratId: number, circuits: readonly string[], depuis: string, avant: string): Promise<CompteDeRemontees[]> {
  const { rows } = await sql<CompteDeRemontees>`
    select d.circuit, d.categorie, max(d.titre) as titre, count(*) filter (where d.jour >= ${depuis}::date)::int as recentes,
      count(*) filter (where d.jour < ${depuis}::date)::int as avant
    from demandes d
    where d.contrat_id = ${contratId} and d.circuit = any(${[...circuits]}::text[]) and d.jour >= ${avant}::date and d.meneur_id is null
    group by d.circuit, d.categorie
    order by recentes desc, d.circuit, d.categorie`.execute(db);
  return rows;
}
