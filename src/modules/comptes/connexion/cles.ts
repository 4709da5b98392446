/** Passkeys (WebAuthn): registered from one's account, then enough by themselves to sign in, since the device asks who holds it. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';

/** Loaded when first used: a start does not wait for it. */
const webauthn = () => import('@simplewebauthn/server');

export interface Site {
  /** Host name, which the passkey belongs to. */
  hote: string;
  /** Scheme, host and port. */
  origine: string;
  nom: string;
}
export interface CleAcces {
  id: string;
  compteId: string;
  clePublique: Uint8Array<ArrayBuffer>;
  compteur: number;
  transports: string[];
  nom: string;
  creeLe: Date;
  vueLe: Date | null;
}
const COLONNES = sql`id, compte_id, cle_publique, compteur, transports, nom, cree_le, vue_le`;

export async function listCles(db: Db, contratId: number, compteId: string): Promise<CleAcces[]> {
  const { rows } = await sql<CleAcces>`
    select ${COLONNES} from cles_acces where contrat_id = ${contratId} and compte_id = ${compteId}::uuid order by cree_le`.execute(db);
  return rows;
}
async function getCle(db: Db, contratId: number, id: string): Promise<CleAcces | null> {
  const { rows } = await sql<CleAcces>`select ${COLONNES} from cles_acces where contrat_id = ${contratId} and id = ${id}`.execute(db);
  return rows[0] ?? null;
}
export async function deleteCle(tx: Db, contratId: number, compteId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from cles_acces where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}

export const optionsInscription = async (s: Site, u: { id: string; courriel: string; nom: string }, deja: readonly CleAcces[]) =>
  (await webauthn()).generateRegistrationOptions({
    rpName: s.nom,
    rpID: s.hote,
    userID: new TextEncoder().encode(u.id),
    userName: u.courriel,
    userDisplayName: u.nom,
    attestationType: 'none',
    excludeCredentials: deja.map((c) => ({ id: c.id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    // So that it may also close what only its holder reads (cells): some devices make it able to when it is made, or never.
    extensions: { prf: {} } as AuthenticationExtensionsClientInputs,
  });

/** Adds the passkey; false when the device's answer does not hold for this challenge and this site. */
export async function inscrireCle(
  tx: Db,
  contratId: number,
  o: { site: Site; defi: string; compteId: string; nom: string; reponse: RegistrationResponseJSON },
): Promise<boolean> {
  const { verifyRegistrationResponse } = await webauthn();
  const v = await verifyRegistrationResponse({
    response: o.reponse,
    expectedChallenge: o.defi,
    expectedOrigin: o.site.origine,
    expectedRPID: o.site.hote,
    requireUserVerification: true,
  }).catch(() => null);
  if (!v?.verified) return false;
  const c = v.registrationInfo.credential;
  const { rows } = await sql`
    insert into cles_acces (contrat_id, id, compte_id, cle_publique, compteur, transports, nom)
    values (${contratId}, ${c.id}, ${o.compteId}::uuid, ${Buffer.from(c.publicKey)}, ${c.counter}, ${c.transports ?? []}::text[], ${o.nom})
    on conflict do nothing
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Any passkey of this site, or those of one account when it is known already. */
/** The challenge that a browser says it answers: tells which step this is, and is verified afterwards. '' when it says none. */
export function defiDe(reponse: Pick<RegistrationResponseJSON | AuthenticationResponseJSON, 'response'> | undefined): string {
  try {
    return String(JSON.parse(Buffer.from(reponse?.response.clientDataJSON ?? '', 'base64url').toString()).challenge);
  } catch {
    return '';
  }
}

export const optionsConnexion = async (s: Site, cles: readonly CleAcces[] | null) =>
  (await webauthn()).generateAuthenticationOptions({
    rpID: s.hote,
    userVerification: 'required',
    ...(cles ? { allowCredentials: cles.map((c) => ({ id: c.id })) } : {}),
  });

/** The account that the passkey opens; null when the answer does not hold, or belongs to another account than `compteId`. */
export async function verifierCle(
  tx: Db,
  contratId: number,
  o: { site: Site; defi: string; compteId: string | null; reponse: AuthenticationResponseJSON; maintenant: Date },
): Promise<string | null> {
  const cle = await getCle(tx, contratId, String(o.reponse.id));
  if (!cle || (o.compteId !== null && cle.compteId !== o.compteId)) return null;
  const { verifyAuthenticationResponse } = await webauthn();
  const v = await verifyAuthenticationResponse({
    response: o.reponse,
    expectedChallenge: o.defi,
    expectedOrigin: o.site.origine,
    expectedRPID: o.site.hote,
    requireUserVerification: true,
    credential: { id: cle.id, publicKey: new Uint8Array(cle.clePublique), counter: cle.compteur },
  }).catch(() => null);
  if (!v?.verified) return null;
  await sql`
    update cles_acces set compteur = ${v.authenticationInfo.newCounter}, vue_le = ${o.maintenant}
    where contrat_id = ${contratId} and id = ${cle.id}`.execute(tx);
  return cle.compteId;
}
