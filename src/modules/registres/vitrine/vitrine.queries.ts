/** What registers show to residents: what is announced, documents and their versions. Titles are those of public registers. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { DefinitionRegistre, RegistreDeclare } from '../definition.ts';
import type { LigneRepetee } from '../registres.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface Annonce extends Pick<Ligne<'activites'>, 'id' | 'registre' | 'titre' | 'jour' | 'fin' | 'adresse' | 'territoireId' | 'organisationId'> {
  annulee: boolean;
  heure: string | null;
  inscription: string | null;
}
type Declare = Pick<RegistreDeclare, 'code' | 'agenda'>;

/** Announced, not over and not withdrawn, the nearest first: what was cancelled stays until its day has passed, and says so. */
export async function listAnnonces(
  db: Db,
  o: {
    contratId: number;
    definitions: readonly Declare[];
    aujourdhui: string;
    territoires?: readonly string[] | null;
    fiche?: string;
    requete?: string;
    max: number;
  },
): Promise<Annonce[]> {
  const declares = o.definitions.flatMap((d) => (d.agenda ? [{ code: d.code, ...d.agenda }] : []));
  if (declares.length === 0) return [];
  const { rows } = await sql<Annonce>`
    select a.id, a.registre, a.titre, a.jour, a.fin, a.adresse, a.territoire_id as "territoireId", a.organisation_id as "organisationId",
      a.etape = 'annulee' as annulee, nullif(a.donnees ->> d.heure, '') as heure, nullif(a.donnees ->> d.inscription, '') as inscription
    from activites a
    join jsonb_to_recordset(${enJson(declares)}::jsonb) as d(code text, annonce text, heure text, inscription text) on d.code = a.registre
    where a.contrat_id = ${o.contratId} and a.statut = 'publie' and a.etape <> 'realisee'
      and coalesce(a.fin, a.jour) >= ${o.aujourdhui}::date and a.donnees ->> d.annonce = 'true'
      ${o.territoires ? sql`and a.territoire_id = any(${[...o.territoires]}::text[])` : sql``}
      ${o.fiche ? sql`and ${o.fiche} = any(a.fiches)` : sql``}
      ${o.requete ? sql`and to_tsvector('concorde_fr'::regconfig, concat_ws(' ', a.titre, a.adresse)) @@ to_tsquery('concorde_fr'::regconfig, ${o.requete})` : sql``}
    order by a.jour, nullif(a.donnees ->> d.heure, '') nulls first, a.titre, a.id
    limit ${o.max}`.execute(db);
  return rows;
}

export interface Support extends Pick<Ligne<'activites'>, 'id' | 'titre' | 'organisationId'> {
  theme: string | null;
  versions: LigneRepetee[];
}
/** Documents of this register that have a version in use, by title. */
export async function listSupports(
  db: Db,
  o: { contratId: number; d: DefinitionRegistre; supports: NonNullable<DefinitionRegistre['supports']>; max: number },
) {
  const { champ, valeur, versions } = o.supports;
  const { rows } = await sql<Support>`
    select id, titre, organisation_id as "organisationId", donnees ->> 'theme' as theme, jsonb_extract_path(donnees, ${versions}) as versions
    from activites
    where contrat_id = ${o.contratId} and registre = ${o.d.code} and statut = 'publie' and etape <> 'annulee'
      and jsonb_extract_path_text(donnees, ${champ}) = ${valeur} and jsonb_extract_path(donnees, ${versions}) @> '[{"etat":"en-usage"}]'
    order by titre, id
    limit ${o.max}`.execute(db);
  return rows;
}
