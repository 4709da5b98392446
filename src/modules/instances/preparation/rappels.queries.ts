/** Who has not answered yet, locked so that two processes never write to the same person twice. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';

export interface Silence {
  participantId: string;
  seanceId: string;
  titre: string;
  instance: string;
  restreinte: boolean;
  sequence: number;
  jour: string | null;
  /** The session's day, or the last of those proposed. */
  dernierJour: string | null;
  heure: string | null;
  lieu: string;
  nom: string;
  courriel: string;
}
const COLONNES = sql`p.id as "participantId", s.id as "seanceId", s.titre, i.nom as instance,
  'restreinte' in (i.confidentialite, s.confidentialite) as restreinte, s.sequence, s.jour,
  coalesce(s.jour, (select max(d.jour) from seance_dates d where d.contrat_id = s.contrat_id and d.seance_id = s.id)) as "dernierJour",
  to_char(s.heure, 'HH24:MI') as heure, s.lieu, coalesce(nullif(p.nom, ''), p.fonction) as nom, coalesce(nullif(p.courriel, ''), p.suppleant_courriel) as courriel`;
const JOINTURE = sql`seance_participants p
  join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id
  join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id`;

/** Convoked, silent, and the session is at most `jours` days away; reminded once. */
export async function listSilencesDeConvocation(tx: Db, contratId: number, aujourdhui: string, jours: number): Promise<Silence[]> {
  const { rows } = await sql<Silence>`
    select ${COLONNES} from ${JOINTURE}
    where p.contrat_id = ${contratId} and s.etat = 'convoquee' and s.jour > ${aujourdhui}::date and s.jour <= ${aujourdhui}::date + ${jours}::int
      and p.convoque_le is not null and p.reponse is null and p.retire_le is null and p.relance_le is null
      and (p.courriel <> '' or p.suppleant_courriel <> '')
    order by s.id, p.ordre
    for update of p skip locked`.execute(tx);
  return rows;
}

/** Asked for dates at least `jours` days ago and silent since; reminded once. */
export async function listSilencesDeSondage(tx: Db, contratId: number, aujourdhui: string, jours: number): Promise<Silence[]> {
  const { rows } = await sql<Silence>`
    select ${COLONNES} from ${JOINTURE}
    where p.contrat_id = ${contratId} and s.etat = 'preparation' and s.jour is null and s.cree_le < ${aujourdhui}::date - ${jours}::int
      and p.retire_le is null and p.relance_le is null and (p.courriel <> '' or p.suppleant_courriel <> '')
      and exists (select 1 from seance_dates d where d.contrat_id = s.contrat_id and d.seance_id = s.id)
      and not exists (select 1 from seance_dates_reponses r where r.contrat_id = p.contrat_id and r.participant_id = p.id)
    order by s.id, p.ordre
    for update of p skip locked`.execute(tx);
  return rows;
}

export async function markRelances(tx: Db, contratId: number, ids: readonly string[], quand: Date): Promise<void> {
  await sql`update seance_participants set relance_le = ${quand} where contrat_id = ${contratId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}
