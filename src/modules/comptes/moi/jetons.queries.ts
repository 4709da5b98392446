/** API tokens: made under the mandates and at the strength of a session, and never worth more than that. */
import { JOUR_MS } from '../../../core/jours.ts';
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role, Utilisateur } from '../../../core/authorize.ts';
import { finDuJour, jourDe } from '../../../core/clock.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { empreinteDe, getUtilisateurDeTitre, listMandatsEveilles, type MandatEnVigueur } from '../sessions.queries.ts';

/** Longest life, in days; the database refuses more. */
const JETON_JOURS_MAX = 365;

export interface JetonApi extends Pick<Ligne<'jetonsApi'>, 'id' | 'nom' | 'portees' | 'creeLe' | 'expireLe' | 'vuLe' | 'forte'> {
  /** What it was made under, ended mandates included. */
  mandats: { role: Role; territoireId: string | null; fiche: string | null; registre: string | null; fini: boolean }[];
}
export async function listJetons(db: Db, contratId: number, compteId: string, maintenant: Date): Promise<JetonApi[]> {
  const jour = jourDe(maintenant);
  const { rows } = await sql<JetonApi>`
    select j.id, j.nom, j.portees, j.cree_le, j.expire_le, j.vu_le, j.forte,
      coalesce((
        select jsonb_agg(jsonb_build_object('role', m.role, 'territoireId', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre,
          'fini', m.fin is not null and m.fin < ${jour}::date) order by m.debut, m.id)
        from mandats m where m.contrat_id = j.contrat_id and m.compte_id = j.compte_id and m.id = any(j.mandats)), '[]') as mandats
    from jetons_api j
    where j.contrat_id = ${contratId} and j.compte_id = ${compteId}::uuid and j.revoque_le is null and j.expire_le > ${maintenant}
    order by j.cree_le desc`.execute(db);
  return rows;
}

/** A token ends with the last mandate it was made under, when all of them have an end. */
function finDe(mandats: readonly MandatEnVigueur[], jours: number, maintenant: Date): Date {
  const voulue = new Date(maintenant.getTime() + jours * JOUR_MS);
  const fins = mandats.map((m) => (m.fin === null ? null : finDuJour(m.fin)));
  const derniere = fins.some((f) => f === null) ? null : new Date(Math.max(...fins.map((f) => f?.getTime() ?? 0)));
  return derniere && derniere < voulue ? derniere : voulue;
}

/** Returns the token, shown once; only its digest is kept. Null when no mandate is there to act under. */
export async function createJeton(
  tx: Db,
  contratId: number,
  u: Pick<Utilisateur, 'id' | 'forte'>,
  j: { nom: string; portees: readonly string[]; jours: number },
  maintenant: Date,
): Promise<{ jeton: string; mandats: MandatEnVigueur[]; expireLe: Date } | null> {
  const mandats = await listMandatsEveilles(tx, contratId, u, maintenant);
  if (mandats.length === 0) return null;
  const jeton = `cc_${randomBytes(32).toString('base64url')}`;
  const expireLe = finDe(mandats, Math.min(j.jours, JETON_JOURS_MAX), maintenant);
  await tx
    .insertInto('jetonsApi')
    .values({
      contratId,
      compteId: u.id,
      empreinte: empreinteDe(jeton),
      nom: j.nom,
      portees: [...j.portees],
      forte: u.forte,
      mandats: mandats.map((m) => m.id),
      creeLe: maintenant,
      expireLe,
    })
    .execute();
  return { jeton, mandats, expireLe };
}
export async function revoquerJeton(tx: Db, contratId: number, compteId: string, id: string, maintenant: Date): Promise<boolean> {
  const faite = await tx
    .updateTable('jetonsApi')
    .set({ revoqueLe: maintenant })
    .where('contratId', '=', contratId)
    .where('compteId', '=', compteId)
    .where('id', '=', uuid(id))
    .where('revoqueLe', 'is', null)
    .executeTakeFirst();
  return faite.numUpdatedRows > 0n;
}

/**
 * Who holds the token: the mandates it was made under that are still in force, at the strength it was made at. Null when it
 * ended, was revoked, its mandates ended, or the account was closed.
 */
export async function getUtilisateurDeJeton(
  db: Db,
  contratId: number,
  jeton: string,
  maintenant: Date,
): Promise<{ utilisateur: Utilisateur; portees: string[] } | null> {
  const j = await db
    .selectFrom('jetonsApi')
    .select(['id', 'compteId', 'portees', 'forte', 'mandats', 'vuLe'])
    .where('contratId', '=', contratId)
    .where('empreinte', '=', empreinteDe(jeton))
    .where('revoqueLe', 'is', null)
    .where('expireLe', '>', maintenant)
    .executeTakeFirst();
  // A token is nothing without a mandate; one that recorded none opens nothing.
  const utilisateur = j && j.mandats.length > 0 ? await getUtilisateurDeTitre(db, contratId, j, maintenant) : null;
  if (!j || !utilisateur) return null;
  if (j.vuLe === null || maintenant.getTime() - j.vuLe.getTime() > 60_000)
    await db.updateTable('jetonsApi').set({ vuLe: maintenant }).where('contratId', '=', contratId).where('id', '=', j.id).execute();
  return { utilisateur, portees: j.portees };
}
