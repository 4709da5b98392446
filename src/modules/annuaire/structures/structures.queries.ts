/** Cards and services, read. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

type S = Ligne<'structures'>;
type PRATIQUES = 'adresse' | 'complement' | 'commune' | 'telephone' | 'courriel' | 'horaires' | 'venir' | 'langues' | 'accessibilite';
/** A card as everybody reads it. */
export interface Structure extends Pick<S, 'id' | 'nom' | 'description' | 'siret' | 'label' | 'fictive' | 'source' | PRATIQUES> {
  sourceId: string;
  parenteId: string | null;
  organisationId: string;
  territoireId: string;
  secteurId: string;
  codePostal: string;
  codeInsee: string;
  longitude: number | null;
  latitude: number | null;
  siteWeb: string;
  accessibiliteLien: string;
  lienSource: string;
  reseaux: string[];
  lieuSur: boolean;
  etat: string;
  verifiePar: string;
  verifieLe: string | null;
  corrigePar: string;
  /** Corrected since, or without, anyone saying that all is right. */
  corrigeLe: string | null;
  /** The day that the file which brought it gives. */
  sourceLe: string | null;
  revoirLe: string;
  jointeA: string | null;
  majLe: Date;
}
/** With what is kept for who keeps it. */
export interface StructureTenue extends Structure {
  correspondantNom: string;
  correspondantCourriel: string;
  version: number;
  majPar: string;
  /** Systems of the contract that it serves, when the contract names it. */
  systemes: string[];
  /** How to reach it was corrected by link: someone with an account reads it again. */
  aRelire: boolean;
}
export const COLONNES = sql`s.id, s.source, s.source_id, s.parente_id, s.organisation_id, s.nom, s.description,
  s.siret, s.adresse, s.complement, s.code_postal, s.commune, s.code_insee, s.longitude, s.latitude,
  s.territoire_id, s.secteur_id, s.telephone, s.courriel, s.site_web, s.horaires, s.venir, s.langues,
  s.accessibilite, s.accessibilite_lien, s.reseaux, s.lien_source, s.lieu_sur, s.label, s.etat, s.fictive,
  s.verifie_par, s.verifie_le, s.corrige_par, s.corrige_le, s.source_le, s.revoir_le, s.jointe_a, s.maj_le`;
export const TENUES = sql`${COLONNES}, s.correspondant_nom, s.correspondant_courriel, s.version,
  s.maj_par, s.systemes, s.a_relire`;

export async function getStructure(db: Db, contratId: number, id: string): Promise<Structure | null> {
  const { rows } = await sql<Structure>`select ${COLONNES} from structures s where s.contrat_id = ${contratId} and s.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
export async function getStructureTenue(db: Db, contratId: number, id: string, verrou = false): Promise<StructureTenue | null> {
  const { rows } = await sql<StructureTenue>`
    select ${TENUES} from structures s where s.contrat_id = ${contratId} and s.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** The card of what the contract names by that key. */
export async function getStructureDuContrat(db: Db, contratId: number, cle: string): Promise<StructureTenue | null> {
  const { rows } = await sql<StructureTenue>`select ${TENUES} from structures s where s.contrat_id = ${contratId} and s.cle_contrat = ${cle}`.execute(db);
  return rows[0] ?? null;
}
/** Places held by this one, elsewhere or at other hours. */
export async function listPermanences(db: Db, contratId: number, id: string): Promise<Pick<Structure, 'id' | 'nom' | 'adresse' | 'horaires'>[]> {
  const { rows } = await sql<Pick<Structure, 'id' | 'nom' | 'adresse' | 'horaires'>>`
    select s.id, s.nom, s.adresse, s.horaires from structures s
    where s.contrat_id = ${contratId} and s.parente_id = ${uuid(id)} and s.etat = 'publiee' and s.jointe_a is null
    order by s.nom, s.id`.execute(db);
  return rows;
}

interface StructureListee extends StructureTenue {
  total: number;
}
export interface FiltresTenues {
  q: string;
  territoires?: readonly string[] | undefined;
  organisation: string;
  /** `a-verifier`: review due; `sans-organisme`: the same, of those that nobody of the contract answers for;
   * `a-completer`: says neither where nor when; `retiree`. */
  vue: string;
  aujourdhui: string;
}
const VUES: Readonly<Record<string, (f: FiltresTenues) => ReturnType<typeof sql>>> = {
  'a-verifier': (f) => sql`and s.etat = 'publiee' and s.jointe_a is null and s.revoir_le < ${f.aujourdhui}::date`,
  'a-completer': () => sql`and s.etat = 'publiee' and s.jointe_a is null and (s.adresse = '' or s.horaires = '' or s.telephone = '')`,
  'sans-organisme': (f) => sql`and s.etat = 'publiee' and s.jointe_a is null and s.organisation_id = '' and s.revoir_le <= ${f.aujourdhui}::date`,
  retiree: () => sql`and s.etat = 'retiree'`,
  jointe: () => sql`and s.jointe_a is not null`,
};
export const estUneVue = (v: string): boolean => Object.hasOwn(VUES, v);

export async function listStructures(
  db: Db,
  contratId: number,
  f: FiltresTenues,
  page: number,
  parPage: number,
): Promise<{ lignes: StructureTenue[]; total: number }> {
  const vue = VUES[f.vue]?.(f) ?? sql`and s.etat = 'publiee' and s.jointe_a is null`;
  const ou = sql`s.contrat_id = ${contratId} ${vue}
    ${f.q ? sql`and s.cle_nom like ${`%${f.q}%`}` : sql``}
    ${f.organisation ? sql`and s.organisation_id = ${f.organisation}` : sql``}
    ${f.territoires ? sql`and s.territoire_id = any(${[...f.territoires]}::text[])` : sql``}`;
  const { rows } = await sql<StructureListee>`
    select ${TENUES}, count(*) over ()::int as total from structures s where ${ou} order by s.cle_nom, s.id limit ${parPage} offset ${(page - 1) * parPage}`.execute(
    db,
  );
  if (rows.length > 0 || page === 1) return { lignes: rows, total: rows[0]?.total ?? 0 };
  const { rows: n } = await sql<Pick<StructureListee, 'total'>>`select count(*)::int as total from structures s where ${ou}`.execute(db);
  return { lignes: [], total: n[0]?.total ?? 0 };
}

type V = Ligne<'structureServices'>;
export interface Service
  extends Pick<V, 'id' | 'nom' | 'description' | 'type' | 'besoins' | 'thematiques' | 'publics' | 'conditions' | 'frais' | 'anonyme' | 'version' | 'source'> {
  structureId: string;
  carteId: string;
  publicsPrecisions: string;
  fraisPrecisions: string;
  modesAccueil: string[];
  modesMobilisation: string[];
  mobilisablePar: string[];
  mobilisationPrecisions: string;
  lienMobilisation: string;
  sansRdv: boolean;
  retireLe: Date | null;
  majLe: Date;
}
/** Who wrote it last. */
export interface ServiceTenu extends Service {
  majPar: string;
}
const SERVICE = sql`v.id, v.structure_id, v.carte_id, v.source, v.nom, v.description, v.type, v.besoins, v.thematiques, v.publics,
  v.publics_precisions, v.conditions, v.frais, v.frais_precisions, v.modes_accueil,
  v.modes_mobilisation, v.mobilisable_par, v.mobilisation_precisions,
  v.lien_mobilisation, v.sans_rdv, v.anonyme, v.retire_le, v.maj_le`;

/** Services of these cards, those of cards joined to them included. */
export async function listServices(db: Db, contratId: number, cartes: readonly string[]): Promise<Service[]> {
  const { rows } = await sql<Service>`
    select ${SERVICE} from structure_services v
    where v.contrat_id = ${contratId} and v.carte_id = any(${uuids(cartes)}) and v.retire_le is null
    order by v.nom, v.id`.execute(db);
  return rows;
}
/** Withdrawn ones too; `version`, for who corrects it. */
export async function getService(db: Db, contratId: number, structureId: string, id: string, verrou = false): Promise<ServiceTenu | null> {
  const { rows } = await sql<ServiceTenu>`
    select ${SERVICE}, v.version, v.maj_par from structure_services v
    where v.contrat_id = ${contratId} and v.structure_id = ${uuid(structureId)} and v.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export async function listServicesTenus(db: Db, contratId: number, structureId: string): Promise<Service[]> {
  const { rows } = await sql<Service>`
    select ${SERVICE}, v.version from structure_services v where v.contrat_id = ${contratId} and v.structure_id = ${uuid(structureId)} order by v.nom, v.id`.execute(
    db,
  );
  return rows;
}

export interface Version extends Pick<Ligne<'structureVersions'>, 'version' | 'quoi' | 'voie' | 'par'> {
  le: Date;
  champs: Record<string, readonly [unknown, unknown]>;
}
export async function listVersions(db: Db, contratId: number, structureId: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select version, quoi, voie, par, le, champs from structure_versions
    where contrat_id = ${contratId} and structure_id = ${uuid(structureId)} order by version desc`.execute(db);
  return rows;
}

/** What every later write changed, the latest first: applied backwards, they give that version. */
export async function listChangementsDepuis(db: Db, contratId: number, structureId: string, version: number): Promise<Version['champs'][]> {
  const { rows } = await sql<Pick<Version, 'champs'>>`
    select champs from structure_versions
    where contrat_id = ${contratId} and structure_id = ${uuid(structureId)} and version > ${version} order by version desc`.execute(db);
  return rows.map((r) => r.champs);
}

/** Places under which a permanence of this organisation may stand. */
export async function listParentesPossibles(db: Db, contratId: number, organisationId: string, sauf: string | null): Promise<Pick<Structure, 'id' | 'nom'>[]> {
  if (organisationId === '') return [];
  const { rows } = await sql<Pick<Structure, 'id' | 'nom'>>`
    select s.id, s.nom from structures s
    where s.contrat_id = ${contratId} and s.organisation_id = ${organisationId} and s.parente_id is null and s.etat = 'publiee' and s.jointe_a is null
      ${sauf ? sql`and s.id <> ${sauf}::uuid` : sql``}
    order by s.cle_nom, s.id`.execute(db);
  return rows;
}
/** Every field of a new card, empty: what a form that leaves one out says. */
export const SAISIE_VIDE: Readonly<Record<string, string | readonly string[]>> = {
  ...Object.fromEntries(
    [
      ...['nom', 'description', 'organisation', 'parente', 'territoire', 'siret', 'longitude', 'latitude', 'adresse', 'complement', 'code_postal', 'commune'],
      ...['telephone', 'courriel', 'site_web', 'horaires', 'venir', 'lieu_sur', 'label', 'correspondant_nom', 'correspondant_courriel'],
    ].map((c) => [c, '']),
  ),
  langues: [],
  accessibilite: [],
};

/** Who answers for the places of these organisations there: one line a card that is shown. For letters, never for the public. */
type Correspondant = Pick<StructureTenue, 'id' | 'nom' | 'organisationId' | 'territoireId' | 'correspondantNom' | 'correspondantCourriel'>;
export async function listCorrespondants(
  db: Db,
  contratId: number,
  f: { organisations: readonly string[]; territoires: readonly string[] },
  limite: number,
): Promise<Correspondant[]> {
  const { rows } = await sql<Correspondant>`
    select s.id, s.nom, s.organisation_id, s.territoire_id, s.correspondant_nom,
      s.correspondant_courriel
    from structures s
    where s.contrat_id = ${contratId} and s.etat = 'publiee' and s.jointe_a is null and s.organisation_id = any(${[...f.organisations]}::text[])
      and s.territoire_id = any(${[...f.territoires]}::text[])
    order by s.nom, s.id limit ${limite}`.execute(db);
  return rows;
}
