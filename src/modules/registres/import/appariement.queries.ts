/** How an organisation names its own columns, register by register: learnt by one import, followed by the next ones. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Appariement } from './entetes.rules.ts';
import type { Ou } from './lots.queries.ts';
import { enJson } from '../../../core/couper.ts';

export type Retenues = Appariement & Pick<Ligne<'importColonnes'>, 'organisationId' | 'version' | 'fichier' | 'modifieLe' | 'modifiePar'>;

export async function getRetenues(db: Db, ou: Ou, organisationId: string, verrou = false): Promise<Retenues | null> {
  const { rows } = await sql<Retenues>`
    select organisation_id as "organisationId", version, colonnes, constantes, fichier, modifie_le as "modifieLe", modifie_par as "modifiePar"
    from import_colonnes
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and organisation_id = ${organisationId}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Replaces what was known; its version goes up when something changes. Returns the version. */
export async function saveRetenues(tx: Db, ou: Ou, organisationId: string, m: Appariement & { fichier: string; par: string; quand: Date }): Promise<number> {
  const { rows } = await sql<Pick<Ligne<'importColonnes'>, 'version'>>`
    insert into import_colonnes (contrat_id, organisation_id, registre, colonnes, constantes, fichier, modifie_par, modifie_le, employe_le)
    values (${ou.contratId}, ${organisationId}, ${ou.registre}, ${enJson(m.colonnes)}::jsonb, ${enJson(m.constantes)}::jsonb,
      ${m.fichier}, ${m.par}, ${m.quand}, ${m.quand})
    on conflict (contrat_id, organisation_id, registre) do update
    set colonnes = excluded.colonnes, constantes = excluded.constantes, fichier = excluded.fichier, modifie_par = excluded.modifie_par,
      modifie_le = excluded.modifie_le, employe_le = excluded.employe_le
    returning version`.execute(tx);
  return rows[0]?.version ?? 1;
}

/** Retention counts from the last use. */
export async function employerColonnes(tx: Db, ou: Ou, organisationId: string, quand: Date): Promise<void> {
  await sql`
    update import_colonnes set employe_le = ${quand}
    where contrat_id = ${ou.contratId} and registre = ${ou.registre} and organisation_id = ${organisationId}`.execute(tx);
}
