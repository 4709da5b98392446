/** Decisions as a report tells them: what is closed to others is left out, whoever reads, for a report goes from hand to hand. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { comptee } from './listes.queries.ts';
import { avecOrigines, listOrigines, selonOrigine } from './origines.ts';

type Colonnes =
  | 'id'
  | 'numero'
  | 'nature'
  | 'libelle'
  | 'responsableId'
  | 'territoireId'
  | 'echeance'
  | 'etat'
  | 'condition'
  | 'preuve'
  | 'motif'
  | 'closeLe'
  | 'seanceId'
  | 'fiche';
export interface DecisionRapportee extends Pick<Ligne<'decisions'>, Colonnes | 'creeLe'> {
  /** Name of what made it. */
  origine: string;
}

type Bornes = Readonly<Record<'debut' | 'fin', string>> & Readonly<Record<'territoires', readonly string[]>>;
const rapportees = (contratId: number, o: Bornes): RawBuilder<boolean> => sql<boolean>`
  d.contrat_id = ${contratId} and ${comptee(listOrigines())} and d.territoire_id = any(${[...o.territoires]}::text[])
    and (d.cree_le at time zone concorde_fuseau(d.contrat_id))::date <= ${o.fin}::date and (d.close_le is null or d.close_le >= ${o.debut}::date)`;

/** Of these territories: taken by the last day, and closed since the first one or still open. The latest first. */
export async function listDecisionsRapportees(db: Db, contratId: number, o: Bornes): Promise<DecisionRapportee[]> {
  const origines = listOrigines();
  const { rows } = await sql<DecisionRapportee>`
    select d.id, d.numero, d.nature, d.libelle, d.responsable_id, d.territoire_id, d.echeance, d.etat, d.condition, d.preuve, d.motif, d.close_le, d.seance_id, d.fiche,
      d.cree_le, ${selonOrigine(origines, (x) => x.nom)} as origine
    from ${avecOrigines(origines)}
    where ${rapportees(contratId, o)}
    order by d.cree_le desc, d.id desc`.execute(db);
  return rows;
}

/** How many of them there are. */
export async function compterDecisionsRapportees(db: Db, contratId: number, o: Bornes): Promise<number> {
  const { rows } = await sql<Record<'nombre', number>>`
    select count(*)::int as nombre from ${avecOrigines(listOrigines())} where ${rapportees(contratId, o)}`.execute(db);
  return rows[0]?.nombre ?? 0;
}
