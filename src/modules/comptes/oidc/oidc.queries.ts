/** The account of an identity that a provider vouches for. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { type CompteDeConnexion, getCompteDeConnexion, getCompteParCourriel } from '../connexion/connexion.queries.ts';
import type { IdentiteOidc } from './oidc.client.ts';

/** By `sub` first; else by address, if the SIRET does not speak against the organisation of the account. Fictive people sign in this way in a demonstration only. */
export async function getCompteOidc(db: Db, contratId: number, i: IdentiteOidc, demonstration: boolean): Promise<CompteDeConnexion | null> {
  const sien = await db
    .selectFrom('comptes')
    .select('id')
    .where('contratId', '=', contratId)
    .where('oidcEmetteur', '=', i.emetteur)
    .where('oidcSub', '=', i.sub)
    .where('fermeLe', 'is', null)
    .executeTakeFirst();
  if (sien) return getCompteDeConnexion(db, contratId, sien.id);
  const compte = await getCompteParCourriel(db, contratId, i.courriel);
  return compte && (demonstration || !compte.demonstration) && (await siretConvient(db, contratId, compte.organisationId, i.siret)) ? compte : null;
}

/** An organisation whose SIRET is known admits no other; one whose SIRET is not known admits none by this way. */
export async function siretConvient(db: Db, contratId: number, organisationId: string, siret: string | null): Promise<boolean> {
  const connue = await db
    .selectFrom('organisations')
    .select('siret')
    .where('contratId', '=', contratId)
    .where('acteurId', '=', organisationId)
    .where('fermeeLe', 'is', null)
    .executeTakeFirst();
  return siret !== null && connue?.siret === siret;
}

/** The identity that signed in last is the account's: a change of provider changes `sub`. */
export async function rattacherOidc(tx: Db, contratId: number, compteId: string, i: IdentiteOidc): Promise<void> {
  await sql`
    update comptes set oidc_emetteur = ${i.emetteur}, oidc_sub = ${i.sub}
    where contrat_id = ${contratId} and id = ${compteId}::uuid and (oidc_emetteur, oidc_sub) is distinct from (${i.emetteur}, ${i.sub})`.execute(tx);
}
