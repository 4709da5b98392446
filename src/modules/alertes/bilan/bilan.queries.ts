/** Alerts counted: never an exercise, never a word of what they say. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { etatEnSql } from '../envois/envois.queries.ts';

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
  const [quand, quoi] =
    q.par === 'fait' ? [sql`a.debut`, sql`and a.survenue and (a.diffusee_le is not null or a.apprise_le is not null)`] : [sql`a.diffusee_le`, sql``];
  const { rows } = await sql<Activation>`
    select a.territoire_id, a.palier, a.issue, a.survenue, to_char(${quand} at time zone ${q.fuseau}, 'YYYY-MM') as mois, count(*)::int as nombre
    from alertes a
    where a.contrat_id = ${contratId} and not a.exercice and a.doublon_de is null and a.erreur_le is null and ${quand} >= ${q.debut} and ${quand} < ${q.fin} ${quoi}
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

export interface Reponses extends Pick<E, 'fonction'> {
  destinataires: number;
  /** A way out took their message, or they answered. */
  prevenus: number;
  repondus: number;
  /** Somebody after them was asked. */
  relayes: number;
  /** Told, silent, and nobody after them. */
  sansSuite: number;
  /** It was over before their time. */
  sansObjet: number;
  /** Minutes from the departure of their message to their first answer; null when nobody answered. */
  mediane: number | null;
}
/** By function, over alerts spread between two moments, in these places (null: anywhere); or over one of them, exercise or not. */
export async function listReponses(
  db: Db,
  contratId: number,
  q: ({ debut: Date; fin: Date; territoires: readonly string[] | null } | { alerteId: string }) & { maintenant: Date },
): Promise<Reponses[]> {
  const quoi =
    'alerteId' in q
      ? sql`a.id = ${q.alerteId}::uuid`
      : sql`not a.exercice and a.doublon_de is null and a.erreur_le is null and a.diffusee_le is not null and a.diffusee_le >= ${q.debut} and a.diffusee_le < ${q.fin}
          ${q.territoires ? sql`and a.territoire_id = any(${[...q.territoires]}::text[])` : sql``}`;
  const { rows } = await sql<Reponses>`
    select fonction, count(*)::int as destinataires, count(*) filter (where parti_le is not null or reponse is not null)::int as prevenus,
      count(*) filter (where etat = 'repondu')::int as repondus, count(relaye_par)::int as relayes,
      count(*) filter (where etat in ('sans-suite', 'muet'))::int as "sansSuite", count(*) filter (where etat = 'sans-objet')::int as "sansObjet",
      percentile_cont(0.5) within group (order by extract(epoch from accuse_le - case when parti_le <= accuse_le then parti_le else envoye_le end) / 60)
        filter (where accuse_le is not null) as mediane
    from (
      select e.fonction, e.reponse, e.parti_le, e.envoye_le, e.accuse_le, e.relaye_par, ${etatEnSql(q.maintenant)} as etat
      from alertes a join alerte_envois e on e.contrat_id = a.contrat_id and e.alerte_id = a.id
      where a.contrat_id = ${contratId} and e.genre = 'accuse' and ${quoi}
    ) x
    group by fonction order by fonction`.execute(db);
  return rows;
}
export async function listTrous(db: Db, contratId: number, alerteId: string): Promise<Pick<Ligne<'alerteEvenements'>, 'texte' | 'quand'>[]> {
  const { rows } = await sql<Pick<Ligne<'alerteEvenements'>, 'texte' | 'quand'>>`
    select texte, quand from alerte_evenements where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid and acte = 'trou' order by rang`.execute(db);
  return rows;
}
