/**
 * From settings to a ready database: what the server and every command share. Starts the embedded PostgreSQL (or uses
 * DATABASE_URL), migrates, lets each module install what it needs, loads the contract, brings the figures up to date.
 */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { verifierDossier } from './contract-check.ts';
import { horloge, jourDe } from './core/clock.ts';
import type { Config } from './core/config.ts';
import { annoter, type Db, exigerVersion, openDatabase } from './core/base/database.ts';
import { dansLeFuseau, getFuseau } from './core/fuseau.ts';
import { type Embarque, startEmbedded } from './core/base/embedded-postgres.ts';
import type { House, Plateforme } from './core/module.ts';
import { installerFile } from './core/jobs/jobs.ts';
import { MIGRATIONS, migrate } from './core/base/migrate.ts';
import { installerRoles, lireInstallation } from './core/base/roles.ts';
import { empreinteDuProgramme } from './core/programme.ts';
import { installerDemonstration, reglerDemonstration } from './demonstration.ts';
import { HOUSE } from './modules.ts';
import { chargerContrat, getCatalogue, getMiseAJour, saveMiseAJour } from './modules/contrats/index.ts';

type Progres = (etape: string) => void;

export interface OptionsPreparation {
  progres?: Progres;
  /** Commands use the database of a running Concorde; the server itself refuses a folder in use. */
  partager?: boolean;
  /** The embedded server that was started already; null for the base of DATABASE_URL. */
  embarque?: Embarque | null;
}

export async function preparer(config: Config, { progres = () => {}, partager, embarque: lance }: OptionsPreparation = {}): Promise<Plateforme> {
  const embarque = config.databaseUrl ? null : (lance ?? (await startEmbedded({ dossier: config.dossier, progres, partager, attendre: false })));
  await embarque?.pret();
  const url = config.databaseUrl ?? embarque?.url ?? '';
  const owner = openDatabase(url, { max: 4 });
  const close = async () => {
    await owner.destroy();
    await embarque?.stop();
  };
  try {
    await exigerVersion(owner);
    const appliquees = await migrate(owner, MIGRATIONS);
    if (appliquees.length > 0) progres(`${appliquees.length} migrations appliquées`);
    await installerFile(url);
    const dossier = join(config.dossierContrats, config.contrat);
    const contratId = await chargerPlateforme(owner, dossier, progres);
    const installation = await lireInstallation(config.dossier);
    const acces = await installerRoles(owner, { url, contratId, installation, fournis: config.comptesFournis });
    await dansLeFuseau(await getFuseau(owner, contratId), async () => {
      if (config.demonstration) await installerDemonstration(owner, HOUSE, { contratId, dossier, trousseau: config.trousseau }, progres);
      await saveMiseAJour(owner, contratId, await empreinteDuJour(owner, contratId, HOUSE));
      if (!partager) await reglerDemonstration(owner, HOUSE, contratId, config.demonstration);
    });
    return { url, acces, owner, contratId, slug: config.contrat, close };
  } catch (e) {
    await close();
    throw e;
  }
}

/** What modules declare for one another in this build: facts that measures count, what people may owe, what makes decisions. */
export const declarerSources = (house: House = HOUSE): void => house.modules.forEach((m) => void m.brancher?.(house));

/** What modules install, the contract, its formulas; also what every test database is made of. */
export async function chargerPlateforme(owner: Db, dossier: string, progres: Progres = () => {}, house: House = HOUSE): Promise<number> {
  declarerSources(house);
  for (const m of house.modules) {
    await annoter(owner, m.annotations ?? {});
    await m.installer?.(owner, house);
  }
  const selon = house.modules.map((m) => m.selon ?? '').join();
  const { contratId, versions } = await chargerContrat(owner, resolve(dossier), (catalogue) => verifierDossier(house, dossier, catalogue), selon);
  if (versions > 0) {
    progres(`contrat chargé : ${versions} objets nouveaux ou modifiés`);
    const { licence } = (await getCatalogue(owner, contratId)).contrat;
    progres(`licence de réutilisation des chiffres : ${licence.nom} (« licence » de ${dossier}/contrat.yaml pour en choisir une autre)`);
  }
  const fuseau = await getFuseau(owner, contratId);
  await dansLeFuseau(fuseau, async () => {
    const { misAJour } = await getMiseAJour(owner, contratId);
    const deja = misAJour === (await empreinteDuJour(owner, contratId, house));
    for (const m of house.modules) {
      const dit = await m.actualiser?.(owner, contratId, { deja, dossier: resolve(dossier) });
      if (dit) progres(dit);
    }
    await saveMiseAJour(owner, contratId, await empreinteDuJour(owner, contratId, house));
  });
  return contratId;
}

/** What decides what a start brings up to date: the contract, the schema, the modules and their code, the day. Every write keeps the rest. */
async function empreinteDuJour(owner: Db, contratId: number, house: House): Promise<string> {
  const { empreinte } = await getMiseAJour(owner, contratId);
  const { rows } = await sql<{ schema: string }>`select string_agg(empreinte, '' order by nom) as schema from migrations`.execute(owner);
  const tout = [empreinte, rows[0]?.schema, house.modules.map((m) => m.code), await empreinteDuProgramme(), jourDe(horloge())];
  return createHash('sha256').update(JSON.stringify(tout)).digest('hex');
}
