/** What parties say of a version that somebody else gave: confirmed, contested, taken back. Each organisation for itself. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

type Qui = Pick<Utilisateur, 'id' | 'nom' | 'organisationId'>;

/** Nothing replaced it, or it is what the public reads until what replaced it is validated, which a lock may prevent for ever. */
const EN_VIGUEUR = sql`(v.courante or v.validee)`;

/** The debtor says that these are so, and contests none of them any more; how many of them it had still to say, or had contested since. */
export async function confirmerVersions(tx: Db, contratId: number, mesureId: string, ids: readonly string[], u: Qui, quand: Date): Promise<number> {
  const { rows } = await sql`
    update valeurs v set confirme_par = ${u.nom}, confirme_par_id = ${u.id}::uuid, confirme_organisation = ${u.organisationId}, confirme_le = ${quand}
    where contrat_id = ${contratId} and mesure_id = ${mesureId} and id = any(${uuids(ids)}) and ${EN_VIGUEUR}
      and (confirme_le is null or ${u.organisationId} = any(contestee_par)) returning id`.execute(tx);
  await retirerContestations(tx, contratId, mesureId, ids, u, quand);
  return rows.length;
}

/** Says that this version is wrong, and why; false when it is no longer in force, or when that very organisation contests it already. */
export async function contesterVersion(
  tx: Db,
  contratId: number,
  x: { id: string; motif: string; duDebiteur: boolean },
  u: Qui,
  quand: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into valeur_contestations (contrat_id, valeur_id, organisation_id, du_debiteur, par, par_id, le, motif)
    select v.contrat_id, v.id, ${u.organisationId}, ${x.duDebiteur}, ${u.nom}, ${u.id}::uuid, ${quand}, ${x.motif}
    from valeurs v where v.contrat_id = ${contratId} and v.id = ${uuid(x.id)} and ${EN_VIGUEUR}
    on conflict (contrat_id, valeur_id, organisation_id) where retiree_le is null do nothing
    returning id`.execute(tx);
  return rows.length === 1;
}

/** That organisation contests these no more, whoever else does; how many it contested. */
export async function retirerContestations(tx: Db, contratId: number, mesureId: string, ids: readonly string[], u: Qui, quand: Date): Promise<number> {
  const { rows } = await sql`
    update valeur_contestations k set retiree_le = ${quand}, retiree_par = ${u.nom}
    from valeurs v
    where v.contrat_id = ${contratId} and v.mesure_id = ${mesureId} and v.id = any(${uuids(ids)})
      and k.contrat_id = v.contrat_id and k.valeur_id = v.id and k.organisation_id = ${u.organisationId} and k.retiree_le is null
    returning k.id`.execute(tx);
  return rows.length;
}

/** Accounts whose own words still contest that version, each with the organisation for which it said them. */
export async function listQuiConteste(db: Db, contratId: number, valeurId: string): Promise<Pick<Ligne<'valeurContestations'>, 'parId' | 'organisationId'>[]> {
  const { rows } = await sql<Pick<Ligne<'valeurContestations'>, 'parId' | 'organisationId'>>`
    select par_id, organisation_id from valeur_contestations
    where contrat_id = ${contratId} and valeur_id = ${uuid(valeurId)} and retiree_le is null and par_id is not null`.execute(db);
  return rows;
}
