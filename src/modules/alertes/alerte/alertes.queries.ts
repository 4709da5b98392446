/** Alerts, what happened to them, the points of their procedure. */
import { type RawBuilder, sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { limitesDeLecture } from '../alertes.policy.ts';
import { sesLignes } from '../astreintes/astreintes.queries.ts';
import { enJson } from '../../../core/couper.ts';

export type Alerte = Ligne<'alertes'>;
export type Evenement = Ligne<'alerteEvenements'>;

/** SQL over alerts `a`: those that this person reads, by their mandate or because they were told. */
export function lisibles(u: Utilisateur, catalogue: Catalogue): RawBuilder<unknown> {
  const parMandat = limitesDeLecture(u).map((m) => {
    const la = m.territoireId === null ? sql`true` : sql`a.territoire_id = any(${[...catalogue.descendants(m.territoireId)]}::text[])`;
    const sienne = m.organisationId
      ? sql`(a.auteur_organisation = ${m.organisationId} or exists (
            select from alerte_envois e where e.contrat_id = a.contrat_id and e.alerte_id = a.id and e.organisation_id = ${m.organisationId}))`
      : sql`true`;
    return sql`(${la} and ${sienne})`;
  });
  const prevenu = sql`exists (
    select from alerte_envois e where e.contrat_id = a.contrat_id and e.alerte_id = a.id and e.inscrit_id = ${sesLignes(u)})`;
  return sql`(${sql.join([...parMandat, prevenu], sql` or `)})`;
}

export interface Filtres {
  etat?: string | undefined;
  palier?: string | undefined;
  territoires?: readonly string[] | undefined;
  exercice?: boolean | undefined;
}
/** With how many there are in all. */
interface Comptee extends Alerte {
  total: number;
}
export async function listAlertes(
  db: Db,
  contratId: number,
  qui: RawBuilder<unknown>,
  f: Filtres,
  page: { decalage: number; limite: number },
): Promise<{ alertes: Alerte[]; total: number }> {
  const ou = sql`a.contrat_id = ${contratId} and ${qui} ${f.etat ? sql`and a.etat = ${f.etat}` : sql``} ${f.palier ? sql`and a.palier = ${f.palier}` : sql``}
    ${f.territoires ? sql`and a.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
    ${f.exercice === undefined ? sql`` : sql`and a.exercice = ${f.exercice}`}`;
  const { rows } = await sql<Comptee>`
    select a.*, (count(*) over ())::int as total from alertes a where ${ou}
    order by a.ecrite_le desc, a.id limit ${page.limite} offset ${page.decalage}`.execute(db);
  return { alertes: rows, total: rows[0]?.total ?? 0 };
}
const OUVERTES_MAX = 20;
/** Those that wait for somebody; `attendue`: for the answer of this very account. */
export async function listEnAttente(
  db: Db,
  contratId: number,
  qui: RawBuilder<unknown>,
  u: Pick<Utilisateur, 'id' | 'courriel'>,
): Promise<{ alertes: (Alerte & { attendue: boolean })[]; total: number }> {
  const { rows } = await sql<Comptee & { attendue: boolean }>`
    select a.*, (count(*) over ())::int as total, exists (
        select from alerte_envois e
        where e.contrat_id = a.contrat_id and e.alerte_id = a.id and e.genre = case a.etat when 'diffusee' then 'accuse' else 'validation' end
          and e.reponse is null and e.inscrit_id = ${sesLignes(u)}) as attendue
    from alertes a where a.contrat_id = ${contratId} and a.etat in ('a-valider', 'diffusee') and ${qui}
    order by a.ecrite_le desc, a.id limit ${OUVERTES_MAX}`.execute(db);
  return { alertes: rows, total: rows[0]?.total ?? 0 };
}
export async function getAlerte(db: Db, contratId: number, id: string, verrou = false): Promise<Alerte | null> {
  const { rows } = await sql<Alerte>`
    select * from alertes where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Told, or waiting to be, written since then in these places: what the same fact may already be. In the order in which they were written. */
export async function listOuvertes(
  db: Db,
  contratId: number,
  qui: RawBuilder<unknown>,
  f: { territoires: readonly string[]; depuis: Date; jusqua: Date; exercice: boolean },
): Promise<Alerte[]> {
  const { rows } = await sql<Alerte>`
    select a.* from alertes a
    where a.contrat_id = ${contratId} and ${qui} and a.exercice = ${f.exercice} and a.doublon_de is null and a.etat <> 'ecartee'
      and a.erreur_le is null and a.apprise_le is null and a.ecrite_le >= ${f.depuis} and a.ecrite_le <= ${f.jusqua} and a.territoire_id = any(${[...f.territoires]}::text[])
    order by a.ecrite_le, a.id`.execute(db);
  return rows;
}
/** Two people who write of one place at the same moment: the second reads what the first wrote. */
export const tenirLeLieu = (tx: Db, contratId: number, secteur: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`alerte:${contratId}:${secteur}`}, 0))`.execute(tx);
/** What pointed to it points where it does now. */
export const reporterDoublons = (tx: Db, contratId: number, de: string, vers: string) =>
  sql`update alertes set doublon_de = ${vers}::uuid, version = version + 1 where contrat_id = ${contratId} and doublon_de = ${de}::uuid`.execute(tx);
export async function listDoublons(
  db: Db,
  contratId: number,
  qui: RawBuilder<unknown>,
  id: string,
): Promise<Pick<Alerte, 'id' | 'ecriteLe' | 'auteurOrganisation'>[]> {
  const { rows } = await sql<Pick<Alerte, 'id' | 'ecriteLe' | 'auteurOrganisation'>>`
    select a.id, a.ecrite_le, a.auteur_organisation from alertes a
    where a.contrat_id = ${contratId} and a.doublon_de = ${id}::uuid and ${qui} order by a.ecrite_le, a.id`.execute(db);
  return rows;
}
/** Null when this reader may not know of it. */
export async function getAlerteLisible(db: Db, contratId: number, id: string, qui: RawBuilder<unknown>, verrou = false): Promise<Alerte | null> {
  const { rows } = await sql<Alerte>`
    select a.* from alertes a where a.contrat_id = ${contratId} and a.id = ${uuid(id)} and ${qui} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

export type NouvelleAlerte = Pick<
  Alerte,
  'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'fin' | 'faits' | 'exercice' | 'auteur' | 'auteurId' | 'auteurOrganisation' | 'survenue'
> & { ecriteLe: Date; validerAvant: Date | null };
export async function createAlerte(tx: Db, contratId: number, a: NouvelleAlerte): Promise<Alerte> {
  const { rows } = await sql<Alerte>`
    insert into alertes (contrat_id, palier, genre, territoire_id, lieu, debut, fin, faits, exercice, auteur, auteur_id, auteur_organisation, ecrite_le,
      valider_avant, survenue)
    values (${contratId}, ${a.palier}, ${a.genre}, ${a.territoireId}, ${a.lieu}, ${a.debut}, ${a.fin}, ${a.faits}, ${a.exercice}, ${a.auteur},
      ${uuid(a.auteurId)}, ${a.auteurOrganisation}, ${a.ecriteLe}, ${a.validerAvant}, ${a.survenue})
    returning *`.execute(tx);
  if (!rows[0]) throw new Error('Alerte non créée');
  return rows[0];
}
/** A brawl of which nobody was told: entered in the register once it was over. */
export async function createApprise(
  tx: Db,
  contratId: number,
  a: Pick<NouvelleAlerte, 'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'faits' | 'auteur' | 'auteurId' | 'auteurOrganisation'>,
  quand: Date,
): Promise<string> {
  const { rows } = await sql<Pick<Alerte, 'id'>>`
    insert into alertes (contrat_id, palier, genre, territoire_id, lieu, debut, faits, auteur, auteur_id, auteur_organisation, ecrite_le, survenue, etat,
      apprise_le, close_le)
    values (${contratId}, ${a.palier}, ${a.genre}, ${a.territoireId}, ${a.lieu}, ${a.debut}, ${a.faits}, ${a.auteur}, ${uuid(a.auteurId)},
      ${a.auteurOrganisation}, ${quand}, true, 'close', ${quand}, ${quand})
    returning id`.execute(tx);
  if (!rows[0]) throw new Error('Rixe non inscrite');
  return rows[0].id;
}
/** Brawls that took place about then in these places: what is learnt afterwards may be one of them. */
export async function countRixes(db: Db, contratId: number, f: { territoires: readonly string[]; de: Date; a: Date }): Promise<number> {
  const { n } = await db
    .selectFrom('alertes')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('survenue', '=', true)
    .where('exercice', '=', false)
    .where('doublonDe', 'is', null)
    .where('erreurLe', 'is', null)
    .where('etat', '<>', 'ecartee')
    .where('debut', '>=', f.de)
    .where('debut', '<=', f.a)
    .where(sql<boolean>`territoire_id = any(${[...f.territoires]}::text[])`)
    .executeTakeFirstOrThrow();
  return n;
}
/** How many this account wrote since then. */
export async function countEcrites(db: Db, contratId: number, auteurId: string, depuis: Date): Promise<number> {
  const { n } = await db
    .selectFrom('alertes')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('auteurId', '=', uuid(auteurId))
    .where('ecriteLe', '>', depuis)
    .executeTakeFirstOrThrow();
  return n;
}
export type Changee = Partial<
  Pick<
    Alerte,
    | 'etat'
    | 'palier'
    | 'releveeLe'
    | 'erreurLe'
    | 'erreurMotif'
    | 'validation'
    | 'valideePar'
    | 'diffuseeLe'
    | 'ecarteeMotif'
    | 'leveeLe'
    | 'leveePar'
    | 'issue'
    | 'represaillesJusqua'
    | 'closeLe'
    | 'survenue'
    | 'retex'
    | 'retexLe'
    | 'retexPar'
    | 'retexDu'
    | 'validerAvant'
    | 'doublonDe'
  >
>;
/** The caller holds its row. */
export async function updateAlerte(tx: Db, contratId: number, id: string, v: Changee): Promise<void> {
  await tx
    .updateTable('alertes')
    .set((eb) => ({ ...v, version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .execute();
}
/** Alerts whose delay of validation has passed; those whose window is over. */
export async function listAExpirer(db: Db, contratId: number, quand: Date): Promise<Pick<Alerte, 'id' | 'etat'>[]> {
  const { rows } = await sql<Pick<Alerte, 'id' | 'etat'>>`
    select id, etat from alertes
    where contrat_id = ${contratId} and ((etat = 'a-valider' and valider_avant <= ${quand})
      or (etat = 'levee' and coalesce(represailles_jusqua, '-infinity') <= ${quand}))
    order by ecrite_le`.execute(db);
  return rows;
}

export const TEXTE_MAX = 600;
/** The caller holds the alert’s row, so that ranks follow. */
export async function addEvenements(
  tx: Db,
  contratId: number,
  alerteId: string,
  faits: readonly { acte: string; quand: Date; texte: string; auteur: string; organisationId: string | null }[],
): Promise<void> {
  await sql`
    insert into alerte_evenements (contrat_id, alerte_id, rang, quand, acte, texte, auteur, organisation_id)
    select ${contratId}, ${alerteId}::uuid, r.dernier + row_number() over (order by v.n), quand, acte, texte, auteur, "organisationId"
    from (select coalesce(max(x.rang), 0) as dernier from alerte_evenements x where x.contrat_id = ${contratId} and x.alerte_id = ${alerteId}::uuid) r
      cross join rows from (jsonb_to_recordset(${enJson(faits)}::jsonb)
        as (quand timestamptz, acte text, texte text, auteur text, "organisationId" text)) with ordinality as v (quand, acte, texte, auteur, "organisationId", n)`.execute(
    tx,
  );
}
/** Holes found: 0 says that they were looked for. */
export async function compterTrous(tx: Db, contratId: number, alerteId: string, n: number): Promise<void> {
  await sql`
    update alertes set trous = coalesce(trous, 0) + ${n} where contrat_id = ${contratId} and id = ${alerteId}::uuid`.execute(tx);
}
export async function listEvenements(db: Db, contratId: number, alerteId: string): Promise<Evenement[]> {
  const { rows } = await sql<Evenement>`
    select * from alerte_evenements where contrat_id = ${contratId} and alerte_id = ${alerteId}::uuid order by rang desc`.execute(db);
  return rows;
}

/** Functions for which this person was told of it. */
export async function listFonctionsPrevenues(db: Db, contratId: number, alerteId: string, u: Pick<Utilisateur, 'id' | 'courriel'>): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'alerteEnvois'>, 'fonction'>>`
    select distinct e.fonction from alerte_envois e
    where e.contrat_id = ${contratId} and e.alerte_id = ${alerteId}::uuid and e.inscrit_id = ${sesLignes(u)}`.execute(db);
  return rows.map((r) => r.fonction);
}
