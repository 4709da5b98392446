/** What a failed start says: a clear message when it was foreseen, the whole trace otherwise. */
import { ErreurConfiguration } from './core/config.ts';
import { ErreurConnexion } from './core/base/database.ts';
import { ErreurPostgres } from './core/base/embedded-postgres.ts';
import { ErreurMigration } from './core/base/migrate.ts';
import { ErreurRoles } from './core/base/roles.ts';
import { direPile } from './core/trace/pile.ts';
import { ErreurContrat } from './modules/contrats/index.ts';

const ATTENDUES = [ErreurConfiguration, ErreurConnexion, ErreurPostgres, ErreurMigration, ErreurRoles, ErreurContrat];

const estAttendue = (e: unknown): e is Error => ATTENDUES.some((classe) => e instanceof classe) || (e instanceof Error && e.name === 'ErreurPreparation');

export function direErreur(e: unknown): string {
  if (estAttendue(e)) return e.message;
  const code = (e as { code?: string }).code;
  if (code && /^(ECONNREFUSED|ENOTFOUND|28P01|28000|3D000|ETIMEDOUT|EAI_AGAIN)$/.test(code))
    return `La base de DATABASE_URL ne répond pas (${code}) : vérifiez l’adresse, le compte, le mot de passe et le nom de la base.`;
  return e instanceof Error ? direPile(e) : String(e);
}
