/** The account of an identity that a provider vouches for. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import { type CompteDeConnexion, getCompteDeConnexion, getCompteParCourriel } from '../connexion/connexion.queries.ts';
import type { IdentiteOidc } from './oidc.client.ts';

/** By `sub` first; else by address, if the SIRET does not speak against the organisation of the account. Fictive people sign in this way in a demonstration only. */
export async function getCompteOidc(db: Db, contratId: number, i: IdentiteOidc, demonstration: boolean): Promise<CompteDeConnexion | null> {
  const { rows } = await sql<{ id: string }>`
    select id from comptes where contrat_id = ${contratId} and oidc_emetteur = ${i.emetteur} and oidc_sub = ${i.sub} and ferme_le is null`.execute(db);
  if (rows[0]) return getCompteDeConnexion(db, contratId, rows[0].id);
  const compte = await getCompteParCourriel(db, contratId, i.courriel);
  return compte && (demonstration || !compte.demonstration) && (await siretConvient(db, contratId, compte.organisationId, i.siret)) ? compte : null;
}

/** An organisation whose SIRET is known admits no other; one whose SIRET is not known admits none by this way. */
export async function siretConvient(db: Db, contratId: number, organisationId: string, siret: string | null): Promise<boolean> {
  const { rows } = await sql<{ siret: string }>`
    select siret from organisations where contrat_id = ${contratId} and acteur_id = ${organisationId} and fermee_le is null`.execute(db);
  return siret !== null && rows[0]?.siret === siret;
}

/** The identity that signed in last is the account's: a change of provider changes `sub`. */
export async function rattacherOidc(tx: Db, contratId: number, compteId: string, i: IdentiteOidc): Promise<void> {
  await sql`
    update comptes set oidc_emetteur = ${i.emetteur}, oidc_sub = ${i.sub}
    where contrat_id = ${contratId} and id = ${compteId}::uuid and (oidc_emetteur, oidc_sub) is distinct from (${i.emetteur}, ${i.sub})`.execute(tx);
}
