/**
 * From settings to a ready database: what the server and every command share. Starts the embedded PostgreSQL (or uses
 * DATABASE_URL), migrates, publishes the views of facts, loads the contract, brings the figures up to date.
 */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { horloge, jourDe } from './core/clock.ts';
import { type Config, ErreurConfiguration } from './core/config.ts';
import { type Db, openDatabase } from './core/database.ts';
import { startEmbedded } from './core/embedded-postgres.ts';
import type { Serveur, ServeurLance } from './core/postgres-process.ts';
import { migrate } from './core/migrate.ts';
import { installerFile } from './core/jobs.ts';
import { accesFourni, ErreurRoles, installerRoles, lireInstallation } from './core/roles.ts';
import {
  commencerDemonstration,
  createCompte,
  hasComptes,
  hasDemonstration,
  listComptesDeDemonstration,
  quitterDemonstration,
} from './modules/comptes/index.ts';
import { type Catalogue, chargerContrat, ErreurContrat, getCatalogue, getContratServi, lireDemonstration } from './modules/contrats/index.ts';
import { actualiserFormules, genererValeursDemo, installerSources, recalculerChiffres, verifierFormules } from './modules/indicateurs/index.ts';
import { genererInstancesDemo, preparerSeancesDemo, revokeFluxDepuis, sourceInstances, sourceReunions } from './modules/instances/index.ts';
import { definitionsDecouvertes, genererDemo, publierVues, sourcesDesRegistres } from './modules/registres/index.ts';
import { genererSignalementsDemo, sourceDoleances } from './modules/signalements/index.ts';
import type { Role } from './core/authorize.ts';
import type { Prete } from './preparation-a-part.ts';
import { pluriel } from './ui/typographie.ts';

/** What commands and tests hold: the owner too, which serving never receives. */
export interface Plateforme extends Prete {
  url: string;
  owner: Db;
  catalogue: Catalogue;
  close(): Promise<void>;
}

export type Progres = (etape: string) => void;

/** Where the plain SQL migrations are, from the project's root. */
const MIGRATIONS = 'db/migrations';

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
    const contratId = await chargerPlateforme(owner, join(config.dossierContrats, config.contrat), progres);
    const installation = await lireInstallation(config.dossier);
    const acces = await installerRoles(owner, { url, contratId, installation, fournis: config.comptesFournis });
    const catalogue = await getCatalogue(owner, contratId);
    if (config.demonstration) await installerDemonstration(owner, catalogue, join(config.dossierContrats, config.contrat), progres);
    if (!embarquee.partager) await reglerDemonstration(owner, contratId, config.demonstration);
    return { url, acces, owner, contratId, slug: config.contrat, catalogue, close };
  } catch (e) {
    await close();
    throw e;
  }
}

/** What a preparation made elsewhere left, as the service role finds it; says what is missing. */
export async function ouvrirPreparee(config: Config): Promise<Prete> {
  const fournis = config.comptesFournis;
  if (!fournis) throw new ErreurRoles('Aucun compte pour servir : donnez CONCORDE_DATABASE_URL_SERVICE.');
  const db = openDatabase(fournis.service, { max: 1 });
  try {
    const attendues = (await readdir(MIGRATIONS)).filter((n) => n.endsWith('.sql')).sort();
    const { rows: faites } = await sql<{ nom: string }>`select nom from migrations order by nom`.execute(db);
    const contrat = await getContratServi(db);
    if (faites.map((f) => f.nom).join() !== attendues.join() || contrat?.slug !== config.contrat)
      throw new ErreurRoles(
        'La base de CONCORDE_DATABASE_URL_SERVICE n’est pas prête pour ce contrat et cette version : lancez d’abord « concorde preparer » avec DATABASE_URL.',
      );
    return { acces: accesFourni(fournis), contratId: contrat.id, slug: contrat.slug };
  } finally {
    await db.destroy();
  }
}

/** What measures may count in this build: every register found, residents’ reports, bodies and their meetings. */
export const declarerSources = (): void => installerSources([...sourcesDesRegistres(definitionsDecouvertes), sourceDoleances, sourceReunions, sourceInstances]);

/** Sources of facts, views, contract and formulas; also what every test database is made of. */
export async function chargerPlateforme(owner: Db, dossier: string, progres: Progres = () => {}): Promise<number> {
  declarerSources();
  await publierVues(owner, definitionsDecouvertes);
  const { contratId, versions } = await chargerContrat(owner, resolve(dossier), (lu) => {
    const trouvees = verifierFormules(lu.fiches.flatMap((f) => f.indicateurs.flatMap((i) => i.mesures)));
    if (trouvees.length > 0) throw new ErreurContrat(dossier, trouvees);
  });
  if (versions > 0) progres(`contrat chargé : ${versions} objets nouveaux ou modifiés`);
  const recalculees = await actualiserFormules(owner, contratId);
  if (recalculees.length > 0) progres(`${recalculees.length} mesures recalculées`);
  return contratId;
}

async function exigerVersion(owner: Db): Promise<void> {
  const { rows } = await sql<{ v: string }>`select current_setting('server_version_num') as v`.execute(owner);
  const v = Number(rows[0]?.v ?? 0);
  if (v < 150_000)
    throw new Error(`PostgreSQL 15 ou plus est nécessaire ; cette base est en version ${Math.floor(v / 10_000)}. Choisissez une autre base dans DATABASE_URL.`);
}

/** What the audit trail would hold if the fictive year had been lived here: who recorded what, on the day. Says so in each entry. */
async function auditerDemonstration(tx: Db, contratId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with ecrites as (
      insert into audit (contrat_id, quand, organisation_id, action, objet, details)
      select contrat_id, least(jour::timestamptz + interval '10 hours', now()), organisation_id, 'activite.creee',
        '/registres/' || registre || '/' || id, '{"demonstration": true}'::jsonb
      from activites
      where contrat_id = ${contratId}
      order by jour, id
      returning 1
    )
    select count(*)::int as n from ecrites`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** The doors of a demonstration open with it and close with it; real people do not come in beside its accounts. */
async function reglerDemonstration(owner: Db, contratId: number, demonstration: boolean): Promise<void> {
  if (demonstration) return commencerDemonstration(owner, contratId, new Date());
  await fermerLaDemonstration(owner, contratId, new Date());
  const restes = await listComptesDeDemonstration(owner, contratId);
  if (restes.length > 0)
    throw new ErreurConfiguration(
      `Cette base a servi à une démonstration : ${pluriel(restes.length, 'compte fictif, ou ouvert pendant elle, y est encore ouvert', 'comptes fictifs, ou ouverts pendant elle, y sont encore ouverts')}. Concorde ne démarre pas en production avec eux.
Pour voir lesquels, sans rien changer : CONCORDE_DEMO=0 npm run -s concorde -- demonstration retirer
Pour les fermer : la même commande avec --confirmer. Pour rester en démonstration : CONCORDE_DEMO=1.
Pour de vraies données, partez plutôt d’une base vide (CONCORDE_DATA ou DATABASE_URL).`,
    );
}

/** Sessions, tokens, feeds, links and invitations that the demonstration made end with it. Does nothing when there was none. */
export const fermerLaDemonstration = (owner: Db, contratId: number, maintenant: Date): Promise<void> =>
  owner.transaction().execute(async (tx) => {
    const quittee = await quitterDemonstration(tx, contratId, maintenant);
    if (quittee) await revokeFluxDepuis(tx, contratId, quittee.depuis, maintenant);
  });

/** Once for each contract: fictive people, records and values. Nothing is added to a contract that already has records. */
async function installerDemonstration(owner: Db, catalogue: Catalogue, dossier: string, progres: Progres): Promise<void> {
  const demo = await lireDemonstration(dossier);
  if (!demo) return;
  if (await hasDemonstration(owner, catalogue.contratId)) return;
  if (await hasComptes(owner, catalogue.contratId)) {
    progres('des comptes réels sont là : aucune donnée fictive n’est ajoutée');
    return;
  }
  const aujourdhui = jourDe(horloge());
  await owner.transaction().execute(async (tx) => {
    for (const [ordre, p] of demo.personas.entries())
      await createCompte(tx, catalogue.contratId, {
        courriel: p.courriel,
        nom: p.nom,
        fonction: p.fonction,
        organisationId: p.organisation,
        motDePasse: null,
        demonstration: true,
        ordre,
        mandats: p.mandats.map((m) => ({ role: m.role as Role, territoireId: m.territoire ?? null, fiche: m.fiche ?? null })),
        accordePar: 'démonstration',
        debut: catalogue.contrat.debut,
      });
    const n = await genererDemo(tx, catalogue, { annees: demo.annees, graine: demo.graine, jusquau: aujourdhui });
    const s = await genererSignalementsDemo(tx, catalogue, { annees: demo.annees, graine: demo.graine, jusquau: aujourdhui });
    progres(`${n + s} enregistrements fictifs`);
    const i = await genererInstancesDemo(tx, catalogue, { annees: demo.annees, graine: demo.graine, jusquau: aujourdhui, personas: demo.personas });
    progres(`${i} instances, séances et décisions fictives`);
    const v = await genererValeursDemo(tx, catalogue, { annees: demo.annees, graine: demo.graine, aujourdhui });
    progres(`${v} chiffres fictifs`);
    progres(`${await auditerDemonstration(tx, catalogue.contratId)} entrées d’audit fictives`);
  });
  await recalculerChiffres(owner, catalogue.contratId);
  // The agenda quotes figures.
  await preparerSeancesDemo(owner, catalogue, { jusquau: aujourdhui });
}
