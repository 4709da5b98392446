/** A database of one's own, cloned from the run's template (migrated, contracts loaded). */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { type Db, openDatabase } from '../../src/core/base/database.ts';
import { type Acces, installerRoles } from '../../src/core/base/roles.ts';
import { oublierCatalogue } from '../../src/modules/contrats/contrats.queries.ts';
import { FUSEAU_DES_ESSAIS } from './jours.ts';
import { BASE_DES_ESSAIS } from './template.ts';

export interface BaseDeTest {
  /** URL of the owner. */
  url: string;
  /** Connection of the owner: sees every contract. */
  owner: Db;
  /** URLs of the roles by which this contract is served and its queue worked; for the model's contracts the same in every database of the run. */
  acces(contratId: number): Promise<Acces>;
  service(contratId: number): Promise<string>;
  close(): Promise<void>;
}

/** `demonstration`: with the fictive year, where the project has it. */
export async function testDatabase(o: { demonstration?: boolean } = {}): Promise<BaseDeTest> {
  const serveur = inject('serveur');
  const installation = inject('installation');
  const nom = `concorde_test_${randomBytes(6).toString('hex')}`;
  const racine = openDatabase(serveur, { max: 1 });
  await sql`create database ${sql.id(nom)} template ${sql.id(inject(o.demonstration ? 'modeleDemonstration' : 'modele'))} strategy file_copy`.execute(racine);
  const url = Object.assign(new URL(serveur), { pathname: `/${nom}` }).href;
  // Days that tests write in SQL are those of the contract of Paris; what serves has its own connections, on the clock of the server.
  const surSonHorloge = new URL(url);
  surSonHorloge.searchParams.set('options', `-c timezone=${FUSEAU_DES_ESSAIS}`);
  const owner = openDatabase(surSonHorloge.href, { max: 4 });
  // A clone inherits neither the roles nor the grants on the database of its model.
  const { rows } = await sql<{ contratId: number; role: string }>`
    update roles_service set base = (select oid from pg_database where datname = current_database()) returning contrat_id as "contratId", role`.execute(owner);
  await sql`revoke temporary on database ${sql.id(nom)} from public`.execute(owner);
  // The same numbers name other contracts in another database: what this process keeps of them was another file's.
  for (const { contratId } of rows) oublierCatalogue(contratId);
  // Other files are being served by these: they outlive this database. One with the demonstration year was made under other names.
  const communs = new Set(rows.map((r) => r.role));
  const roles = new Map<number, Promise<Acces>>();
  const donner = async (contratId: number): Promise<Acces> => {
    const commun = rows.some((r) => r.contratId === contratId);
    const acces = await installerRoles(owner, { url, contratId, installation, base: commun ? BASE_DES_ESSAIS : nom });
    if (commun) for (const sienne of Object.values(acces)) if (sienne) communs.add(decodeURIComponent(new URL(sienne).username));
    return acces;
  };
  const acces = (contratId: number) => {
    const connu = roles.get(contratId) ?? donner(contratId);
    roles.set(contratId, connu);
    return connu;
  };
  return {
    url,
    owner,
    acces,
    service: async (contratId) => (await acces(contratId)).service,
    close: async () => {
      const { rows: propres } = await sql<{ role: string }>`select role from roles_service where not role = any(${[...communs]})`.execute(owner);
      await owner.destroy();
      await sql`drop database if exists ${sql.id(nom)} with (force)`.execute(racine);
      for (const { role } of propres) await sql`drop role if exists ${sql.id(role)}`.execute(racine);
      await racine.destroy();
    },
  };
}
