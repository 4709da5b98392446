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
/** Real alerts that were spread, by place, month, tier and outcome; months by the clock of the contract. */
export async function listActivations(db: Db, contratId: number, q: { fuseau: string; debut: string; fin: string }): Promise<Activation[]> {
  const { rows } = await sql<Activation>`
    select a.territoire_id, a.palier, a.issue, a.survenue, to_char(a.diffusee_le at time zone ${q.fuseau}, 'YYYY-MM') as mois, count(*)::int as nombre
    from alertes a
    where a.contrat_id = ${contratId} and a.diffusee_le is not null and not a.exercice
      and (a.diffusee_le at time zone ${q.fuseau})::date >= ${q.debut}::date and (a.diffusee_le at time zone ${q.fuseau})::date < ${q.fin}::date
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
export async function listReponses(db: Db, contratId: number, q: { fuseau: string; debut: string; fin: string } | { alerteId: string }): Promise<Reponses[]> {
  const quoi =
    'alerteId' in q
      ? sql`e.alerte_id = ${q.alerteId}::uuid`
      : sql`not a.exercice and (a.diffusee_le at time zone ${q.fuseau})::date >= ${q.debut}::date and (a.diffusee_le at time zone ${q.fuseau})::date < ${q.fin}::date`;
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
