/** What signing in reads and writes: the account, the links sent by mail. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { empreinteDe } from '../sessions.queries.ts';
import { enJson } from '../../../core/couper.ts';

export interface CompteDeConnexion {
  id: string;
  courriel: string;
  nom: string;
  organisationId: string;
  motDePasse: string | null;
  totp: Buffer | null;
  totpDernier: number;
  demonstration: boolean;
  cles: number;
}
const COLONNES = sql`c.id, c.courriel, c.nom, c.organisation_id, c.mot_de_passe, c.totp,
  c.totp_dernier, c.demonstration,
  (select count(*)::int from cles_acces k where k.contrat_id = c.contrat_id and k.compte_id = c.id) as cles`;

export async function getCompteParCourriel(db: Db, contratId: number, courriel: string): Promise<CompteDeConnexion | null> {
  const { rows } = await sql<CompteDeConnexion>`
    select ${COLONNES} from comptes c
    where c.contrat_id = ${contratId} and c.courriel = ${courriel.toLowerCase()} and c.ferme_le is null`.execute(db);
  return rows[0] ?? null;
}
export async function getCompteDeConnexion(db: Db, contratId: number, id: string): Promise<CompteDeConnexion | null> {
  const { rows } = await sql<CompteDeConnexion>`
    select ${COLONNES} from comptes c where c.contrat_id = ${contratId} and c.id = ${id}::uuid and c.ferme_le is null`.execute(db);
  return rows[0] ?? null;
}

export interface Lien {
  id: string;
  genre: 'invitation' | 'mot_de_passe';
  courriel: string;
  compteId: string | null;
  charge: Record<string, unknown>;
  expireLe: Date;
  /** Who made it, in a session opened with two factors or not; null for one asked from the sign-in page. */
  creePar: string | null;
  forte: boolean;
}
const COLONNES_LIEN = sql`id, genre, courriel, compte_id, charge, expire_le, cree_par, forte`;
/**
 * Returns the token that goes in the mail. An earlier invitation of the same address stops working; an earlier link to a new password
 * does not: anyone may ask for one in somebody else's name, and would kill the link that this person holds.
 */
export async function createLien(
  tx: Db,
  contratId: number,
  l: {
    genre: Lien['genre'];
    courriel: string;
    compteId: string | null;
    charge: Record<string, unknown>;
    heures: number;
    par: { id: string; forte: boolean } | null;
  },
  maintenant: Date,
): Promise<string> {
  const jeton = randomBytes(32).toString('base64url');
  if (l.genre === 'invitation')
    await sql`
      update liens set expire_le = ${maintenant}
      where contrat_id = ${contratId} and courriel = ${l.courriel} and genre = ${l.genre} and utilise_le is null and expire_le > ${maintenant}`.execute(tx);
  await sql`
    insert into liens (contrat_id, empreinte, genre, courriel, compte_id, charge, cree_par, forte, cree_le, expire_le)
    values (${contratId}, ${empreinteDe(jeton)}, ${l.genre}, ${l.courriel}, ${l.compteId}, ${enJson(l.charge)}::jsonb, ${l.par?.id ?? null},
      ${l.par?.forte ?? false}, ${maintenant}, ${new Date(maintenant.getTime() + l.heures * 3_600_000)})`.execute(tx);
  return jeton;
}
/** Links to a new password that this account holds now. */
export async function countLiensOuverts(db: Db, contratId: number, compteId: string, maintenant: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from liens
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and genre = 'mot_de_passe' and utilise_le is null and expire_le > ${maintenant}`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}
export async function getLien(db: Db, contratId: number, jeton: string, genre: Lien['genre'], maintenant: Date): Promise<Lien | null> {
  const { rows } = await sql<Lien>`
    select ${COLONNES_LIEN} from liens
    where contrat_id = ${contratId} and empreinte = ${empreinteDe(jeton)} and genre = ${genre} and utilise_le is null and expire_le > ${maintenant}`.execute(
    db,
  );
  return rows[0] ?? null;
}
/** An invitation still open for this address: what lets someone whom an identity provider vouches for come in. */
export async function getInvitationPour(db: Db, contratId: number, courriel: string, maintenant: Date): Promise<Lien | null> {
  const { rows } = await sql<Lien>`
    select ${COLONNES_LIEN} from liens
    where contrat_id = ${contratId} and courriel = ${courriel} and genre = 'invitation' and utilise_le is null and expire_le > ${maintenant}
    order by cree_le desc limit 1`.execute(db);
  return rows[0] ?? null;
}
/** False when it was used in the meantime. */
export async function consommerLien(tx: Db, contratId: number, id: string, maintenant: Date): Promise<boolean> {
  const { rows } = await sql`
    update liens set utilise_le = ${maintenant}
    where contrat_id = ${contratId} and id = ${id}::uuid and utilise_le is null
    returning id`.execute(tx);
  return rows.length > 0;
}
/** What the former one opened is ended by the caller (`revoquerAcces`). */
export async function setMotDePasse(tx: Db, contratId: number, compteId: string, empreinte: string): Promise<void> {
  await sql`update comptes set mot_de_passe = ${empreinte} where contrat_id = ${contratId} and id = ${compteId}::uuid`.execute(tx);
  // What failed on the former one counts for nothing.
  await sql`delete from connexion_echecs where contrat_id = ${contratId} and cible = ${compteId}`.execute(tx);
}
