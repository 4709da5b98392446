/** What is open around a body: its decisions, what members ask, its last minutes. */
import { sql } from 'kysely';
import { aussiOuvertes, type Instance, origineInstance } from '../../instances/index.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { type Decision, listDecisionsOuvertes } from '../../decisions/index.ts';

/** A session quotes only what its own readers may read. */
export type Citant = Pick<Instance, 'id' | 'confidentialite'>;
const citable = (i: Citant) => sql`any(${[...aussiOuvertes(i.confidentialite)]}::text[])`;

/** Of its decisions too. */
export const listDecisionsCitables = (db: Db, contratId: number, i: Citant): Promise<Decision[]> =>
  listDecisionsOuvertes(db, contratId, origineInstance(i.id), aussiOuvertes(i.confidentialite));

export interface PointReporte
  extends Pick<Ligne<'seancePoints'>, 'id' | 'titre' | 'genre' | 'cle' | 'fiche' | 'ligne' | 'territoireId' | 'minutes' | 'rapporteur'> {
  jour: string;
}
/** Under this key an item that was put off comes back; the dossier is the one it had. */
export const cleDeReport = (pointId: string): string => `report:${pointId}`;
/** Items that a session put off, and that no later agenda took up, the oldest first. `id`: that one alone. */
export async function listReportes(db: Db, contratId: number, i: Citant, id?: string): Promise<PointReporte[]> {
  const { rows } = await sql<PointReporte>`
    select p.id, p.titre, p.genre, p.cle, p.fiche, p.ligne, p.territoire_id as "territoireId", p.minutes, p.rapporteur, s.jour
    from seances s
    join seance_points p on p.contrat_id = s.contrat_id and p.seance_id = s.id and p.etat = 'reporte' and p.genre <> 'reserve'
    where s.contrat_id = ${contratId} and s.instance_id = ${i.id}::uuid and s.etat in ('relecture', 'figee') and s.partie_de is null and s.confidentialite = ${citable(i)}
      ${
        id === undefined
          ? sql`and not exists (
        select from seance_points x
        join seances t on t.contrat_id = x.contrat_id and t.id = x.seance_id and t.etat <> 'annulee'
        where x.contrat_id = s.contrat_id and x.cle = 'report:' || p.id)`
          : sql`and p.id = ${uuid(id)}`
      }
    order by s.jour, p.rang`.execute(db);
  return rows;
}

/** The last session that met, for its minutes to be recalled. */
export async function getDerniereTenue(db: Db, contratId: number, i: Citant): Promise<{ id: string; jour: string; etat: string } | null> {
  const { rows } = await sql<{ id: string; jour: string; etat: string }>`
    select id, jour, etat from seances
    where contrat_id = ${contratId} and instance_id = ${i.id}::uuid and etat in ('relecture', 'figee') and partie_de is null and confidentialite = ${citable(i)}
    order by jour desc limit 1`.execute(db);
  return rows[0] ?? null;
}
