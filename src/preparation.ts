/**
 * From settings to a ready database: what the server and every command share. Starts the embedded PostgreSQL (or uses
 * DATABASE_URL), migrates, lets each module install what it needs, loads the contract, brings the figures up to date.
 */
import { join, resolve } from 'node:path';
import type { Plateforme } from './core/module.ts';
import type { Config } from './core/config.ts';
import { annoter, type Db, exigerVersion, openDatabase } from './core/base/database.ts';
import { dansLeFuseau, getFuseau } from './core/fuseau.ts';
import { startEmbedded } from './core/base/embedded-postgres.ts';
import type { House } from './core/module.ts';
import { installerFile } from './core/jobs/jobs.ts';
import { MIGRATIONS, migrate } from './core/base/migrate.ts';
import type { Serveur, ServeurLance } from './core/base/postgres-process.ts';
import { installerRoles, lireInstallation } from './core/base/roles.ts';
import { installerDemonstration, reglerDemonstration } from './demonstration.ts';
import { HOUSE } from './modules.ts';
import { type Catalogue, chargerContrat, ErreurContrat, lireDemonstration, verifierPersonnes } from './modules/contrats/index.ts';
import { installerEcheances } from './modules/echeances/index.ts';
import { installerSources, verifierExigences, verifierFormules, verifierListes } from './modules/indicateurs/index.ts';

type Progres = (etape: string) => void;

export interface OptionsPreparation {
  progres?: Progres;
  /** Commands use the database of a running Concorde; the server itself refuses a folder in use. */
  partager?: boolean;
  /** Who starts the embedded server. */
  lancer?: (s: Serveur) => Promise<ServeurLance>;
}

export async function preparer(config: Config, { progres = () => {}, ...embarquee }: OptionsPreparation = {}): Promise<Plateforme> {
  const embarque = config.databaseUrl ? null : await startEmbedded({ dossier: config.dossier, progres, ...embarquee });
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
      if (config.demonstration) await installerDemonstration(owner, HOUSE, contratId, dossier, progres);
      if (!embarquee.partager) await reglerDemonstration(owner, HOUSE, contratId, config.demonstration);
    });
    return { url, acces, owner, contratId, slug: config.contrat, close };
  } catch (e) {
    await close();
    throw e;
  }
}

/** What modules declare for one another in this build: facts that measures count, what people may owe, what makes decisions. */
export const declarerSources = (house: House = HOUSE): void => {
  for (const m of house.modules) m.brancher?.(house);
  installerSources(house.sources);
  installerEcheances(house.modules.flatMap((m) => m.echeances?.(house) ?? []));
};

/** What modules install, the contract, its formulas; also what every test database is made of. */
export async function chargerPlateforme(owner: Db, dossier: string, progres: Progres = () => {}, house: House = HOUSE): Promise<number> {
  declarerSources(house);
  for (const m of house.modules) {
    await annoter(owner, m.annotations ?? {});
    await m.installer?.(owner, house);
  }
  const selon = house.modules.map((m) => m.selon ?? '').join();
  const { contratId, versions } = await chargerContrat(owner, resolve(dossier), (catalogue) => verifierDossier(house, dossier, catalogue), selon);
  if (versions > 0) progres(`contrat chargé : ${versions} objets nouveaux ou modifiés`);
  const fuseau = await getFuseau(owner, contratId);
  for (const m of house.modules) {
    const dit = await dansLeFuseau(fuseau, async () => m.actualiser?.(owner, contratId));
    if (dit) progres(dit);
  }
  return contratId;
}

/** What only the modules can tell of a contract folder. Formulas and demonstration read lists: these come first. Throws ErreurContrat. */
async function verifierDossier(house: House, dossier: string, catalogue: Catalogue): Promise<void> {
  const refuser = (fautes: readonly string[]) => {
    if (fautes.length > 0) throw new ErreurContrat(dossier, fautes);
  };
  refuser(verifierListes(catalogue));
  refuser([...verifierFormules([...catalogue.mesures.values()], catalogue), ...verifierExigences([...catalogue.systemes.values()], catalogue)]);
  const demo = await lireDemonstration(dossier);
  if (demo) refuser(verifierPersonnes(catalogue, demo));
  refuser(house.modules.flatMap((m) => m.verifier?.(catalogue, demo?.profils ?? null) ?? []));
}
