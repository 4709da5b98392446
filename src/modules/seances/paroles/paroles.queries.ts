/** Whom what is noted of a participant is written to, once the session is over: who sat that day, whoever holds the seat since. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { AVEC_SIEGE, avecTenant } from '../../instances/index.ts';
import { memeNom } from '../adresses.sql.ts';
import type { Participant } from '../seances.queries.ts';

/** Of participant `p`, that address was not theirs. */
export const estEcartee = (adresse: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
  select from seance_adresses_ecartees e where e.contrat_id = p.contrat_id and e.participant_id = p.id and e.adresse = lower(${adresse}))`;
const siLaSienne = (adresse: RawBuilder<unknown>) => sql`case when ${estEcartee(adresse)} then '' else ${adresse} end`;
/** Of participant `p`, as its line says; while the same person still holds seat `m` (`AVEC_SIEGE`), as it is now. */
export const COURRIEL = siLaSienne(sql`case when ${memeNom('m.nom', 'p.nom')} then m.courriel else p.courriel end`);
export const COURRIEL_DU_SUPPLEANT = siLaSienne(
  sql`case when ${memeNom('m.suppleant_nom', 'p.suppleant_nom')} then m.suppleant_courriel else p.suppleant_courriel end`,
);

/** The participants with those addresses. */
export async function avecLeursAdresses<P extends Pick<Participant, 'id' | 'courriel' | 'suppleantCourriel'>>(
  db: Db,
  contratId: number,
  seanceId: string,
  participants: readonly P[],
): Promise<P[]> {
  const { rows } = await sql<Pick<Participant, 'id' | 'courriel' | 'suppleantCourriel'>>`
    select p.id, ${COURRIEL} as courriel, ${COURRIEL_DU_SUPPLEANT} as "suppleantCourriel" from seance_participants p
    ${AVEC_SIEGE}
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)}`.execute(db);
  const adresses = new Map(rows.map((r) => [r.id, { courriel: r.courriel.toLowerCase(), suppleantCourriel: r.suppleantCourriel.toLowerCase() }]));
  // Where a seat is written to since says nothing of who was convoked.
  return participants.map((p) => ({ ...p, nulConvoque: false, ...adresses.get(p.id) }));
}

/** Who holds today the seat from which participant `p` came, `t`: themselves, or somebody else since. */
export const avecTenantDuJour = (jour: string) =>
  avecTenant(jour, sql`exists (select from seance_participants y where y.contrat_id = p.contrat_id and y.seance_id = p.seance_id and y.membre_id = x.id)`);
/** A convocation of participant `p` left there. */
export const estConvoqueeA = (adresse: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from seance_convocations k where k.contrat_id = p.contrat_id and k.participant_id = p.id and k.partie and k.adresse = ${adresse})`;

/** The session to which this seat was convoked. */
export async function getSeanceDuParticipant(db: Db, contratId: number, participantId: string): Promise<string | null> {
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'seanceId'>>`
    select seance_id from seance_participants where contrat_id = ${contratId} and id = ${uuid(participantId)}`.execute(db);
  return rows[0]?.seanceId ?? null;
}

/** Said once, and never changed: of a line, an address that was not theirs. The caller holds the session's lock. */
export async function ecarterAdresse(
  tx: Db,
  contratId: number,
  e: Pick<Ligne<'seanceAdressesEcartees'>, 'participantId' | 'adresse' | 'par' | 'organisationId' | 'quand'>,
): Promise<void> {
  await sql`
    insert into seance_adresses_ecartees (contrat_id, participant_id, adresse, par, organisation_id, quand)
    values (${contratId}, ${e.participantId}::uuid, ${e.adresse}, ${e.par}, ${e.organisationId}, ${e.quand})`.execute(tx);
}
