/** The second factor: an authenticator's six digits (TOTP, RFC 6238) or one of ten recovery codes, each used once. */
import { createHash, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import type { Coffre } from '../../../core/coffre.ts';
import type { Db } from '../../../core/base/database.ts';
import type { CompteDeConnexion } from './connexion.queries.ts';

const PAS_S = 30;
const CODES = 10;

export const nouveauSecret = (): string => new Secret({ size: 20 }).base32;
const totpDe = (secret: string, courriel: string, emetteur: string) =>
  new TOTP({ issuer: emetteur, label: courriel, secret: Secret.fromBase32(secret), period: PAS_S, digits: 6, algorithm: 'SHA1' });
/** `otpauth://` address that an authenticator reads from the QR code. */
export const adresseTotp = (secret: string, courriel: string, emetteur: string): string => totpDe(secret, courriel, emetteur).toString();

/** Time step for which the code holds, one step of drift forgiven either way; null when it does not hold. */
export function pasDuCode(secret: string, code: string, maintenant: Date): number | null {
  const propre = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(propre)) return null;
  const ecart = totpDe(secret, 'x', 'x').validate({ token: propre, timestamp: maintenant.getTime(), window: 1 });
  return ecart === null ? null : Math.floor(maintenant.getTime() / 1000 / PAS_S) + ecart;
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const tirer = (n: number): string => Array.from({ length: n }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
/** Fifty bits each: a plain digest is enough to keep them. */
const empreinteDuCode = (compteId: string, code: string): Buffer =>
  createHash('sha256')
    .update(`${compteId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest();

/** Ten new codes; the earlier ones stop working. Shown once, never kept as they are. */
export async function renouvelerCodes(tx: Db, contratId: number, compteId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => `${tirer(5)}-${tirer(5)}`);
  await sql`delete from codes_secours where contrat_id = ${contratId} and compte_id = ${compteId}::uuid`.execute(tx);
  for (const code of codes)
    await sql`
      insert into codes_secours (contrat_id, compte_id, empreinte)
      values (${contratId}, ${compteId}::uuid, ${empreinteDuCode(compteId, code)})`.execute(tx);
  return codes;
}
export async function countCodes(db: Db, contratId: number, compteId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from codes_secours where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and utilise_le is null`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function activerTotp(tx: Db, contratId: number, compteId: string, ferme: Buffer, pas: number, maintenant: Date): Promise<void> {
  await sql`
    update comptes set totp = ${ferme}, totp_depuis = ${maintenant}, totp_dernier = ${pas}
    where contrat_id = ${contratId} and id = ${compteId}::uuid`.execute(tx);
}
/** False when there was none. */
export async function retirerTotp(tx: Db, contratId: number, compteId: string): Promise<boolean> {
  const { rows } = await sql`
    update comptes set totp = null, totp_depuis = null, totp_dernier = 0
    where contrat_id = ${contratId} and id = ${compteId}::uuid and totp is not null
    returning id`.execute(tx);
  return rows.length > 0;
}

/** After the last factor of the account is gone, no session of ours stays a strong one, and recovery codes accompany nothing. */
export async function affaiblirSansFacteur(tx: Db, contratId: number, compteId: string): Promise<void> {
  const seul = sql`contrat_id = ${contratId} and compte_id = ${compteId}::uuid
    and exists (select from comptes c where c.contrat_id = ${contratId} and c.id = ${compteId}::uuid and c.totp is null)
    and not exists (select from cles_acces k where k.contrat_id = ${contratId} and k.compte_id = ${compteId}::uuid)`;
  // What an identity provider vouched for does not depend on the factors kept here.
  await sql`update sessions set forte = false where ${seul} and moyen not in ('oidc', 'demonstration')`.execute(tx);
  await sql`delete from codes_secours where ${seul}`.execute(tx);
}

/** Checks six digits or a recovery code and uses it up; null when neither holds, or was already used. */
export async function consommerCode(
  tx: Db,
  contratId: number,
  compte: CompteDeConnexion,
  code: string,
  coffre: Coffre,
  maintenant: Date,
): Promise<'totp' | 'secours' | null> {
  const pas = compte.totp ? pasDuCode(coffre.dechiffrer(compte.totp), code, maintenant) : null;
  if (pas !== null) {
    const { rows } = await sql`
      update comptes set totp_dernier = ${pas}
      where contrat_id = ${contratId} and id = ${compte.id}::uuid and totp_dernier < ${pas}
      returning id`.execute(tx);
    return rows.length > 0 ? 'totp' : null;
  }
  const { rows } = await sql`
    update codes_secours set utilise_le = ${maintenant}
    where contrat_id = ${contratId} and compte_id = ${compte.id}::uuid and empreinte = ${empreinteDuCode(compte.id, code)} and utilise_le is null
    returning compte_id`.execute(tx);
  return rows.length > 0 ? 'secours' : null;
}
