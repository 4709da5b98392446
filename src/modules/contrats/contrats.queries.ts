/** Loading the contract into the database (versions) and reading it back as a catalogue. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { horloge, jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import { buildCatalogue, type Catalogue, type TexteOfficiel } from './catalogue.ts';
import { empreinteDossier, lireContrat } from './contrats.files.ts';
import type { ContratLu, ListeFichier } from './contrats.schema.ts';
import { depuisObjets, type Objet, versObjets } from './objets.rules.ts';
import { buildEntrees } from './recherche/entrees.rules.ts';
import { enJson } from '../../core/couper.ts';

export interface Chargement {
  contratId: number;
  /** Versions written and objects withdrawn; both zero when nothing changed. */
  versions: number;
  retires: number;
}

/**
 * Loads a contract folder as the owner. Idempotent: an unchanged folder is one read. `verifier` throws the faults that only
 * other modules can tell (lists and formulas of registers, demonstration); `selon` is the digest of what it checks against, so that a folder is checked again
 * when the registers change. Throws ErreurContrat, and then nothing is written.
 */
export async function chargerContrat(
  db: Db,
  dossier: string,
  verifier: (catalogue: Catalogue) => void | Promise<void> = () => {},
  selon = '',
): Promise<Chargement> {
  const empreinte = createHash('sha256')
    .update(await empreinteDossier(dossier))
    .update(selon)
    .digest('hex');
  const slug =
    dossier
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .pop() ?? dossier;
  const { rows } = await sql<{ id: number; empreinte: string | null }>`
    select c.id, l.empreinte
    from contrats c left join contrat_chargements l on l.contrat_id = c.id
    where c.slug = ${slug}`.execute(db);
  const connu = rows[0];
  if (connu && connu.empreinte === empreinte) return { contratId: connu.id, versions: 0, retires: 0 };
  const lu = await lireContrat(dossier);
  await verifier(buildCatalogue(0, lu, new Map(), []));
  const bilan = await db.transaction().execute((tx) => saveContrat(tx, lu, empreinte));
  oublierCatalogue(bilan.contratId);
  return bilan;
}

async function saveContrat(tx: Db, lu: ContratLu, empreinte: string): Promise<Chargement> {
  const { rows } = await sql<{ id: number }>`
    insert into contrats (slug, nom, fuseau) values (${lu.slug}, ${lu.contrat.titre}, ${lu.contrat.fuseau})
    on conflict (slug) do update set nom = excluded.nom, fuseau = excluded.fuseau
    returning id`.execute(tx);
  const contratId = rows[0]?.id ?? 0;
  await sql`select pg_advisory_xact_lock(hashtext('concorde.contrat'), ${contratId})`.execute(tx);
  const objets = versObjets(lu).map((o) => ({
    ...o,
    empreinte: createHash('sha256')
      .update(JSON.stringify([o.ordre, o.contenu]))
      .digest('hex'),
  }));
  const voulus = sql`
    voulus as (
      select * from jsonb_to_recordset(${enJson(objets)}::jsonb)
        as v (genre text, id text, ordre int, empreinte text, contenu jsonb)
    )`;
  // Two statements: within one, the new version could be written before the former one is closed.
  const fermes = await sql<{ genre: string; id: string }>`
    with ${voulus}
    update contrat_objets o
    set retire_le = now()
    where o.contrat_id = ${contratId}
      and o.retire_le is null
      and not exists (select from voulus v where (v.genre, v.id, v.empreinte) = (o.genre, o.id, o.empreinte))
    returning o.genre, o.id`.execute(tx);
  const nouveaux = await sql<{ genre: string; id: string }>`
    with ${voulus}
    insert into contrat_objets (contrat_id, genre, id, version, ordre, empreinte, contenu)
    select ${contratId}, v.genre, v.id,
      coalesce((select max(p.version) from contrat_objets p where (p.contrat_id, p.genre, p.id) = (${contratId}, v.genre, v.id)), 0) + 1,
      v.ordre, v.empreinte, v.contenu
    from voulus v
    where not exists (
      select from contrat_objets o
      where (o.contrat_id, o.genre, o.id) = (${contratId}, v.genre, v.id) and o.retire_le is null
    )
    returning genre, id`.execute(tx);
  const ecrits = new Set(nouveaux.rows.map((o) => `${o.genre}/${o.id}`));
  await saveTerritoires(tx, contratId, lu);
  await saveRecherche(tx, contratId, lu);
  await sql`
    insert into contrat_chargements as c (contrat_id, empreinte) values (${contratId}, ${empreinte})
    on conflict (contrat_id) do update set empreinte = excluded.empreinte, revision = c.revision + 1, charge_le = now()`.execute(tx);
  return { contratId, versions: nouveaux.rows.length, retires: fermes.rows.filter((o) => !ecrits.has(`${o.genre}/${o.id}`)).length };
}

/** Territories are never deleted: one that leaves the files gets an end date. */
async function saveTerritoires(tx: Db, contratId: number, lu: ContratLu): Promise<void> {
  const lignes = lu.territoires.map((t, ordre) => ({ ...t, ordre }));
  await sql`
    insert into territoires as t (contrat_id, id, type, nom, parent_id, code, ordre, valide_de, valide_a)
    select ${contratId}, v.id, v.type, v.nom, v.parent, v.code, v.ordre, v.depuis, v.jusqu_a
    from jsonb_to_recordset(${enJson(lignes)}::jsonb)
      as v (id text, type text, nom text, parent text, code text, ordre int, depuis date, jusqu_a date)
    on conflict (contrat_id, id) do update
    set type = excluded.type, nom = excluded.nom, parent_id = excluded.parent_id, code = excluded.code,
      ordre = excluded.ordre, valide_de = excluded.valide_de, valide_a = excluded.valide_a`.execute(tx);
  await sql`
    update territoires set valide_a = ${jourDe(horloge(), lu.contrat.fuseau)}::date
    where contrat_id = ${contratId} and valide_a is null and id <> all(${lu.territoires.map((t) => t.id)}::text[])`.execute(tx);
}

async function saveRecherche(tx: Db, contratId: number, lu: ContratLu): Promise<void> {
  // Places are not of the contract's folder: whoever keeps them writes their entries.
  await sql`delete from recherche where contrat_id = ${contratId} and genre <> 'lieu'`.execute(tx);
  await sql`
    insert into recherche (contrat_id, genre, id, titre, texte, url, poids)
    select ${contratId}, v.genre, v.id, v.titre, v.texte, v.url, v.poids
    from jsonb_to_recordset(${enJson(buildEntrees(lu))}::jsonb)
      as v (genre text, id text, titre text, texte text, url text, poids real)`.execute(tx);
}

/** How long a process may serve a catalogue before asking whether the contract was loaded again elsewhere. */
const VERIFIE_MS = 5000;
const catalogues = new Map<number, { catalogue: Catalogue; revision: number; verifieLe: number }>();

/** The catalogue of a contract, kept in memory; read again when another process loaded a newer one. */
export async function getCatalogue(db: Db, contratId: number): Promise<Catalogue> {
  const garde = catalogues.get(contratId);
  if (garde && Date.now() - garde.verifieLe < VERIFIE_MS) return garde.catalogue;
  const { rows } = await sql<{ revision: number; slug: string }>`
    select l.revision, c.slug
    from contrat_chargements l join contrats c on c.id = l.contrat_id
    where l.contrat_id = ${contratId}`.execute(db);
  const etat = rows[0];
  if (!etat) throw new Error(`Le contrat ${contratId} n’est pas chargé.`);
  if (garde && garde.revision === etat.revision) {
    garde.verifieLe = Date.now();
    return garde.catalogue;
  }
  const objets = await sql<Objet>`
    select genre, id, ordre, contenu from contrat_objets
    where contrat_id = ${contratId} and retire_le is null
    order by genre, ordre`.execute(db);
  const textes = await sql<TexteOfficiel & { id: string }>`
    select objet_id as id, texte, page from textes_officiels where contrat_id = ${contratId}`.execute(db);
  const anciennes = await sql<{ contenu: ListeFichier }>`
    select contenu from contrat_objets
    where contrat_id = ${contratId} and genre = 'liste' and retire_le is not null
    order by id, version desc`.execute(db);
  const catalogue = buildCatalogue(
    contratId,
    depuisObjets(etat.slug, objets.rows),
    new Map(textes.rows.map((t) => [t.id, t])),
    anciennes.rows.map((l) => l.contenu),
  );
  catalogues.set(contratId, { catalogue, revision: etat.revision, verifieLe: Date.now() });
  return catalogue;
}

/** After a write to the contract in this process: the next reader sees it. */
export function oublierCatalogue(contratId: number): void {
  const garde = catalogues.get(contratId);
  if (garde) Object.assign(garde, { revision: -1, verifieLe: 0 });
}

/** Time zone of a contract whose catalogue was read by this process, as last known. */
export function fuseauDe(contratId: number): string {
  const garde = catalogues.get(contratId);
  if (!garde) throw new Error(`Le contrat ${contratId} n’a pas encore été lu : son fuseau horaire n’est pas connu.`);
  return garde.catalogue.contrat.fuseau;
}

/** Something was written somewhere: the next reader asks whether the contract is still the same. */
export function reverifierCatalogue(contratId: number): void {
  const garde = catalogues.get(contratId);
  if (garde) garde.verifieLe = 0;
}

export interface VersionObjet {
  version: number;
  contenu: Record<string, unknown>;
  chargeLe: Date;
  retireLe: Date | null;
}
/** Every version of one object of the contract, the newest first. */
export async function listVersionsObjet(db: Db, contratId: number, genre: string, id: string): Promise<VersionObjet[]> {
  const { rows } = await sql<VersionObjet>`
    select version, contenu, charge_le as "chargeLe", retire_le as "retireLe"
    from contrat_objets
    where contrat_id = ${contratId} and genre = ${genre} and id = ${id}
    order by version desc`.execute(db);
  return rows;
}

/** Attaches the signed wording to the objects it belongs to. Idempotent; returns how many texts are new or changed. */
export async function saveTextes(
  db: Db,
  contratId: number,
  textes: readonly { id: string; texte: string; page: number | null }[],
  source: string,
): Promise<number> {
  const n = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      with ecrits as (
        insert into textes_officiels as t (contrat_id, objet_id, texte, page, source)
        select ${contratId}, v.id, v.texte, v.page, ${source}
        from jsonb_to_recordset(${enJson(textes)}::jsonb) as v (id text, texte text, page int)
        on conflict (contrat_id, objet_id) do update
        set texte = excluded.texte, page = excluded.page, source = excluded.source, importe_le = now()
        where (t.texte, t.page) is distinct from (excluded.texte, excluded.page)
        returning 1
      )
      select count(*)::int as n from ecrits`.execute(tx);
    await sql`update contrat_chargements set revision = revision + 1 where contrat_id = ${contratId}`.execute(tx);
    return rows[0]?.n ?? 0;
  });
  oublierCatalogue(contratId);
  return n;
}

/** The contract that this connection's role serves. */
export async function getContratServi(db: Db): Promise<{ id: number; slug: string; fuseau: string } | undefined> {
  const { rows } = await sql<{ id: number; slug: string; fuseau: string }>`select id, slug, fuseau from contrats where id = concorde_contrat()`.execute(db);
  return rows[0];
}
