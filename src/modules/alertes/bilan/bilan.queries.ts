/** Alerts counted: never an exercise, never a word of what they say. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

type A = Ligne<'alertes'>;
type E = Ligne<'alerteEnvois'>;

export interface Activation extends Pick<A, 'territoireId' | 'palier' | 'issue' | 'survenue'> {
  /** `YYYY-MM`. */
  mois: string;
  nombre: number;
}
/** From that moment, to before that one. */
interface Periode {
  fuseau: string;
  debut: Date;
  fin: Date;
}
/** Real alerts, no duplicate among them, by place, month, tier and outcome. `par`: of the month when they were spread, or brawls of the month when they took place. */
export async function listActivations(db: Db, contratId: number, q: Periode & { par: 'diffusion' | 'fait' }): Promise<Activation[]> {
  const [quand, quoi] = q.par === 'fait' ? [sql`a.debut`, sql`and a.survenue and a.diffusee_le is not null`] : [sql`a.diffusee_le`, sql``];
  const { rows } = await sql<Activation>`
    select a.territoire_id, a.palier, a.issue, a.survenue, to_char(${quand} at time zone ${q.fuseau}, 'YYYY-MM') as mois, count(*)::int as nombre
    from alertes a
    where a.contrat_id = ${contratId} and not a.exercice and a.doublon_de is null and ${quand} >= ${q.debut} and ${quand} < ${q.fin} ${quoi}
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

export interface Reponses extends Pick<E, 'fonction'> {
  prevenus: number;
  repondus: number;
  relayes: number;
  /** Minutes; null when nobody answered. */
  mediane: number | null;
}
/** By function, over the same alerts; or over one of them, exercise or not. */
export async function listReponses(db: Db, contratId: number, q: Periode | { alerteId: string }): Promise<Reponses[]> {
  const quoi =
    'alerteId' in q
      ? sql`e.alerte_id = ${q.alerteId}::uuid`
      : sql`not a.exercice and a.doublon_de is null and a.diffusee_le >= ${q.debut} and a.diffusee_le < ${q.fin}`;
  const { rows } = await sql<Reponses>`
    select e.fonction, count(*)::int as prevenus, count(e.repondu_le)::int as repondus, count(e.escalade_le)::int as relayes,
      percentile_cont(0.5) within group (order by extract(epoch from e.repondu_le - e.envoye_le) / 60) filter (where e.repondu_le is not null) as mediane
    from alerte_envois e join alertes a on a.contrat_id = e.contrat_id and a.id = e.alerte_id
    where e.contrat_id = ${contratId} and e.genre = 'accuse' and ${quoi}
    group by e.fonction order by e.fonction`.execute(db);
  return rows;
}
export async function listTrous(db: Db, contratId: number, alerteId: string): Promise<Pick<Ligne<'alerteEvenements'>, 'texte' | 'quand'>[]> {
  const { rows } = await sql<Pick<Ligne<'alerteEvenements'>, 'texte' | 'quand'>>`
    select texte, quand from alerte_evenements where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and acte = 'trou' order by rang`.execute(db);
  return rows;
}
