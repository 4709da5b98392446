/** What a departure changes in sessions to come. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

/**
 * Who left comes no more: what they answered leaves with them, and what was sent to them reached nobody, so that their substitute is still to be joined.
 * The ids of the sessions where they sat, or stood in. `courriel`: in lower case.
 */
export async function oublierReponsesDuParti(tx: Db, contratId: number, courriel: string, aujourdhui: string): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'seanceId'>>`
    with siens as (
      select p.id, p.seance_id, lower(p.courriel) = ${courriel} as titulaire, lower(p.suppleant_courriel) = ${courriel} as suppleant
      from seances s
      join seance_participants p on p.contrat_id = s.contrat_id and p.seance_id = s.id
      where s.contrat_id = ${contratId} and s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour >= ${aujourdhui}::date)
        and ${courriel} in (lower(p.courriel), lower(p.suppleant_courriel))
    ), oubliees as (
      delete from seance_dates_reponses r using siens x
      where r.contrat_id = ${contratId} and r.participant_id = x.id and case when r.voie = 'suppleant' then x.suppleant else x.titulaire end
    )
    update seance_participants p
    set convoque_le = case when x.titulaire or p.courriel = '' or p.absent_jusquau >= ${aujourdhui}::date then null else p.convoque_le end,
      reponse = case when x.titulaire then null else p.reponse end, reponse_le = case when x.titulaire then null else p.reponse_le end,
      reponse_mot = case when x.titulaire then '' else p.reponse_mot end, reponse_voie = case when x.titulaire then null else p.reponse_voie end,
      reponse_par = case when x.titulaire then '' else p.reponse_par end,
      represente_dit = case when x.titulaire then '' else p.represente_dit end,
      suppleant_reponse = case when x.suppleant then null else p.suppleant_reponse end,
      suppleant_reponse_le = case when x.suppleant then null else p.suppleant_reponse_le end,
      suppleant_reponse_mot = case when x.suppleant then '' else p.suppleant_reponse_mot end,
      suppleant_reponse_par = case when x.suppleant then '' else p.suppleant_reponse_par end
    from siens x
    where p.contrat_id = ${contratId} and p.id = x.id
    returning p.seance_id`.execute(tx);
  return [...new Set(rows.map((r) => r.seanceId))];
}
