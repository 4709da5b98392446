/** Packets of an import: one statement each. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Auteur, Contenu, derives } from '../structures/ecrire.ts';
import type { Bilan, Faute } from './bilan.ts';
import { type StructureTenue, TENUES } from '../structures/structures.queries.ts';
import { enJson } from '../../../core/couper.ts';

type Derives = Awaited<ReturnType<typeof derives>>;

export async function listParSource(db: Db, contratId: number, cles: readonly { source: string; id: string }[]): Promise<StructureTenue[]> {
  const { rows } = await sql<StructureTenue>`
    select ${TENUES} from structures s
    join (select distinct source, id from jsonb_to_recordset(${enJson(cles)}::jsonb) as x (source text, id text)) k
      on k.source = s.source and k.id = s.source_id
    where s.contrat_id = ${contratId} and s.source_id <> ''`.execute(db);
  return rows;
}

/** Columns that a row of a file says, with their types. */
const TYPES: Readonly<Partial<Record<keyof Contenu | keyof Derives | 'source_le' | 'revoir_le', string>>> = {
  nom: 'text',
  description: 'text',
  siret: 'text',
  adresse: 'text',
  complement: 'text',
  code_postal: 'text',
  commune: 'text',
  code_insee: 'text',
  longitude: 'double precision',
  latitude: 'double precision',
  territoire_id: 'text',
  telephone: 'text',
  courriel: 'text',
  site_web: 'text',
  horaires: 'text',
  accessibilite_lien: 'text',
  reseaux: 'text[]',
  lien_source: 'text',
  secteur_id: 'text',
  cle_nom: 'text',
  cle_adresse: 'text',
  cle_telephone: 'text',
  ouvertures: 'tstzmultirange',
  ouvertures_jusqu_au: 'timestamptz',
  source_le: 'date',
  revoir_le: 'date',
};
const NOMS = Object.keys(TYPES);
const noms = (prefixe = ''): RawBuilder<unknown> => sql.join(NOMS.map((n) => sql.ref(prefixe + n)));
const declarees = (plus: string): RawBuilder<unknown> => sql.raw([plus, ...Object.entries(TYPES).map(([n, t]) => `${n} ${t}`)].join(', '));

export async function addNouvelles(
  tx: Db,
  contratId: number,
  lignes: readonly { source: string; source_id: string; contenu: Contenu; d: Derives; source_le: string; revoir_le: string }[],
  a: Auteur,
): Promise<string[]> {
  if (lignes.length === 0) return [];
  const dites = lignes.map(({ contenu, d, ...l }) => ({ ...contenu, ...d, ...l }));
  const { rows } = await sql<Pick<Ligne<'structures'>, 'id'>>`
    with neuves as (
      insert into structures (contrat_id, source, source_id, ${noms()}, maj_le, maj_par)
      select ${contratId}, v.source, v.source_id, ${noms('v.')}, ${a.quand}, ${a.par}
      from jsonb_to_recordset(${enJson(dites)}::jsonb) as v (${declarees('source text, source_id text')})
      returning id),
    dites as (
      insert into structure_versions (contrat_id, structure_id, version, quoi, voie, par, le)
      select ${contratId}, id, 1, 'créée', ${a.voie}, ${a.par}, ${a.quand} from neuves)
    select id from neuves`.execute(tx);
  return rows.map((r) => r.id);
}

/** Those that were written: what someone corrected since `s` was read is left as they wrote it. */
export async function updateChangees(
  tx: Db,
  contratId: number,
  lignes: readonly { s: StructureTenue; contenu: Contenu; d: Derives; champs: object; source_le: string; revoir_le: string }[],
  a: Auteur,
): Promise<string[]> {
  if (lignes.length === 0) return [];
  const dites = lignes.map(({ s, contenu, d, champs, ...l }) => ({ ...contenu, ...d, ...l, id: s.id, version: s.version + 1, champs }));
  const { rows } = await sql<Pick<Ligne<'structures'>, 'id'>>`
    with v as materialized (
      select * from jsonb_to_recordset(${enJson(dites)}::jsonb) as v (${declarees('id uuid, version integer, champs jsonb')})),
    changees as (
      update structures s set ${sql.join(NOMS.map((n) => sql`${sql.ref(n)} = ${sql.ref(`v.${n}`)}`))}, version = v.version, maj_le = ${a.quand}, maj_par = ${a.par}
      from v where s.contrat_id = ${contratId} and s.id = v.id and s.version = v.version - 1
      returning s.id),
    dites as (
      insert into structure_versions (contrat_id, structure_id, version, quoi, voie, par, le, champs)
      select ${contratId}, v.id, v.version, 'mise à jour', ${a.voie}, ${a.par}, ${a.quand}, v.champs from v join changees c on c.id = v.id)
    select id from changees`.execute(tx);
  return rows.map((r) => r.id);
}

export interface NouveauService {
  structure_id: string;
  carte_id: string;
  source: string;
  source_id: string;
  nom: string;
  description: string;
  type: string;
  besoins: readonly string[];
  thematiques: readonly string[];
  publics: readonly string[];
  publics_precisions: string;
  conditions: string;
  frais: string;
  frais_precisions: string;
  modes_accueil: readonly string[];
  modes_mobilisation: readonly string[];
  mobilisable_par: readonly string[];
  mobilisation_precisions: string;
  lien_mobilisation: string;
  zone_eligibilite: readonly string[];
  autres: object;
}
const DE_SERVICE = `structure_id uuid, carte_id uuid, source text, source_id text, nom text, description text, type text, besoins text[], thematiques text[],
  publics text[], publics_precisions text, conditions text, frais text, frais_precisions text, modes_accueil text[], modes_mobilisation text[],
  mobilisable_par text[], mobilisation_precisions text, lien_mobilisation text, zone_eligibilite text[], autres jsonb`;
const NOMS_DE_SERVICE = DE_SERVICE.split(',').map((d) => d.trim().split(' ')[0] ?? '');

/** Known by their source and number there: those that are there are brought to what the file says. */
export async function addServices(tx: Db, contratId: number, lignes: readonly NouveauService[], a: Auteur): Promise<void> {
  if (lignes.length === 0) return;
  const cles = ['source', 'source_id'];
  await sql`
    insert into structure_services (contrat_id, ${sql.join(NOMS_DE_SERVICE.map((n) => sql.ref(n)))}, maj_le, maj_par)
    select ${contratId}, ${sql.join(NOMS_DE_SERVICE.map((n) => sql.ref(`v.${n}`)))}, ${a.quand}, ${a.par}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (${sql.raw(DE_SERVICE)})
    on conflict (contrat_id, source, source_id) where source_id <> '' do update
    set ${sql.join(NOMS_DE_SERVICE.filter((n) => !cles.includes(n)).map((n) => sql`${sql.ref(n)} = ${sql.ref(`excluded.${n}`)}`))},
      version = structure_services.version + 1, maj_le = excluded.maj_le, maj_par = excluded.maj_par`.execute(tx);
}

export interface ImportFait extends Pick<Ligne<'structureImports'>, 'id' | 'fichier' | 'par'> {
  le: Date;
  bilan: Bilan;
  fautes: Faute[];
}
export async function listImports(db: Db, contratId: number): Promise<Omit<ImportFait, 'fautes'>[]> {
  const { rows } = await sql<Omit<ImportFait, 'fautes'>>`
    select id, fichier, par, le, bilan from structure_imports where contrat_id = ${contratId} order by le desc, id`.execute(db);
  return rows;
}
export async function getImport(db: Db, contratId: number, id: string): Promise<ImportFait | null> {
  const { rows } = await sql<ImportFait>`
    select id, fichier, par, le, bilan, fautes from structure_imports where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
