/** Answers to a convocation and to a poll of dates, each kept beside those of others. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { ReponseConvocation } from '../seances.rules.ts';
import type { QuiRepond } from './reponses.rules.ts';
import { enJson } from '../../../core/couper.ts';

/** Each person's answers are beside those of the others: the holder's own count first (`reponseQuiCompte`). */
export async function saveReponsesDates(
  tx: Db,
  contratId: number,
  participantId: string,
  reponses: readonly { dateId: string; reponse: string }[],
  qui: QuiRepond & { quand: Date },
): Promise<void> {
  await sql`
    insert into seance_dates_reponses (contrat_id, date_id, participant_id, voie, par, reponse, quand)
    select ${contratId}, v."dateId", ${participantId}::uuid, ${qui.voie}, ${qui.par}, v.reponse, ${qui.quand}
    from jsonb_to_recordset(${enJson(reponses)}::jsonb) as v ("dateId" uuid, reponse text)
    on conflict (contrat_id, date_id, participant_id, voie) do update set reponse = excluded.reponse, par = excluded.par, quand = excluded.quand`.execute(tx);
}

/**
 * The holder's, by themselves or as it is noted for them; the substitute's is theirs, beside it. False: it was noted for them, and they answered
 * themselves meanwhile, even at this very moment; nothing is written.
 */
export async function saveReponse(
  tx: Db,
  contratId: number,
  participantId: string,
  r: { reponse: ReponseConvocation; mot: string; representant: string },
  { voie, par, quand }: QuiRepond & { quand: Date },
): Promise<boolean> {
  const faite = await tx
    .updateTable('seanceParticipants')
    .set(
      voie === 'suppleant'
        ? { suppleantReponse: r.reponse, suppleantReponseMot: r.mot, suppleantReponseLe: quand, suppleantReponsePar: par }
        : { reponse: r.reponse, reponseMot: r.mot, representeDit: r.representant, reponseLe: quand, reponseVoie: voie, reponsePar: par },
    )
    .where('contratId', '=', contratId)
    .where('id', '=', participantId)
    .$if(voie === 'notee', (q) => q.where((eb) => eb.or([eb('reponse', 'is', null), eb('reponseVoie', 'is distinct from', 'titulaire')])))
    .executeTakeFirst();
  return faite.numUpdatedRows > 0n;
}
