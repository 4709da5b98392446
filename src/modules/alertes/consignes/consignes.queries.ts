/** Instructions sent, to whom, and who read them. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export type Diffusion = Omit<Ligne<'consigneDiffusions'>, 'contratId'>;
export type Envoi = Omit<Ligne<'consigneEnvois'>, 'contratId' | 'anonymiseeLe'>;
/** How far it went: sites told, those that said so, those that nobody can be written to. */
export type Couverture = Record<'sites' | 'accuses' | 'injoignables', number>;
const COLONNES = sql`d.id, d.consigne, d.numero, d.titre, d.points, d.autorite_id, d.ordonnee_le, d.territoire_id, d.precision_dite, d.exercice, d.du_le,
  d.diffusee_le, d.diffusee_par, d.organisation_id, d.levee_le, d.levee_par`;
const ENVOIS = sql`e.id, e.diffusion_id, e.genre, e.objet_id, e.nom, e.organisation_id, e.territoire_id, e.personne, e.courriel, e.accuse_le, e.accuse_par, e.accuse_voie`;
const COUVERTURE = sql`count(*)::int as sites, count(e.accuse_le)::int as accuses, count(*) filter (where e.courriel = '' and e.genre = 'structure')::int as injoignables`;

/** The latest first; those that this reader knows of: of these places, or sent to this organisation. */
export async function listDiffusions(
  db: Db,
  contratId: number,
  f: { territoires: readonly string[]; organisations: readonly string[] },
): Promise<(Diffusion & Couverture)[]> {
  const { rows } = await sql<Diffusion & Couverture>`
    select ${COLONNES}, n.*
    from consigne_diffusions d
    cross join lateral (select ${COUVERTURE} from consigne_envois e where e.contrat_id = d.contrat_id and e.diffusion_id = d.id) n
    where d.contrat_id = ${contratId} and (d.territoire_id = any(${[...f.territoires]}::text[]) or exists (
      select from consigne_envois x where x.contrat_id = d.contrat_id and x.diffusion_id = d.id and x.organisation_id = any(${[...f.organisations]}::text[])))
    order by d.diffusee_le desc, d.id`.execute(db);
  return rows;
}
export async function getDiffusion(db: Db, contratId: number, id: string, verrou = false): Promise<Diffusion | null> {
  const { rows } = await sql<Diffusion>`
    select ${COLONNES} from consigne_diffusions d where d.contrat_id = ${contratId} and d.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Those that wait first. */
export async function listEnvois(db: Db, contratId: number, diffusionId: string): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select ${ENVOIS} from consigne_envois e where e.contrat_id = ${contratId} and e.diffusion_id = ${uuid(diffusionId)}
    order by (e.accuse_le is not null), e.nom, e.id`.execute(db);
  return rows;
}
export async function getEnvoi(db: Db, contratId: number, id: string, verrou = false): Promise<Envoi | null> {
  const { rows } = await sql<Envoi>`
    select ${ENVOIS} from consigne_envois e where e.contrat_id = ${contratId} and e.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

export async function createDiffusion(tx: Db, contratId: number, d: Omit<Diffusion, 'id' | 'leveeLe' | 'leveePar'>): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'consigneDiffusions'>, 'id'>>`
    insert into consigne_diffusions (contrat_id, consigne, numero, titre, points, autorite_id, ordonnee_le, territoire_id, precision_dite, exercice, du_le,
      diffusee_le, diffusee_par, organisation_id)
    values (${contratId}, ${d.consigne}, ${d.numero}, ${d.titre}, ${d.points}::text[], ${d.autoriteId}, ${d.ordonneeLe}, ${d.territoireId}, ${d.precisionDite},
      ${d.exercice}, ${d.duLe}::date, ${d.diffuseeLe}, ${d.diffuseePar}, ${d.organisationId})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export type NouvelEnvoi = Pick<Envoi, 'genre' | 'objetId' | 'nom' | 'organisationId' | 'territoireId' | 'personne' | 'courriel'>;
export async function addEnvois(tx: Db, contratId: number, diffusionId: string, envois: readonly NouvelEnvoi[]): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    insert into consigne_envois as e (contrat_id, diffusion_id, genre, objet_id, nom, organisation_id, territoire_id, personne, courriel)
    select ${contratId}, ${diffusionId}::uuid, x.genre, x.objet_id, x.nom, x.organisation_id, x.territoire_id, x.personne, x.courriel
    from jsonb_to_recordset(${enJson(
      envois.map((e) => ({
        genre: e.genre,
        objet_id: e.objetId,
        nom: e.nom,
        organisation_id: e.organisationId,
        territoire_id: e.territoireId,
        personne: e.personne,
        courriel: e.courriel,
      })),
    )}::jsonb) as x (genre text, objet_id uuid, nom text, organisation_id text, territoire_id text, personne text, courriel text)
    returning ${ENVOIS}`.execute(tx);
  return rows;
}
/** False when it was said already. */
export async function accuserEnvoi(tx: Db, contratId: number, id: string, a: { par: string; voie: 'lien' | 'compte'; quand: Date }): Promise<boolean> {
  const r = await sql`
    update consigne_envois set accuse_le = ${a.quand}, accuse_par = ${a.par}, accuse_voie = ${a.voie}
    where contrat_id = ${contratId} and id = ${uuid(id)} and accuse_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
export async function leverDiffusion(tx: Db, contratId: number, id: string, l: { par: string; quand: Date }): Promise<boolean> {
  const r = await sql`
    update consigne_diffusions set levee_le = ${l.quand}, levee_par = ${l.par}
    where contrat_id = ${contratId} and id = ${uuid(id)} and levee_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
