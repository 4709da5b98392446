/** Waves, what is counted of them, and the rights to answer. No query returns an answer: there is none. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import type { ReponseLue } from '../repondre/reponse.rules.ts';
import type { LigneDeCompte } from '../resultats/resultats.rules.ts';
import type { Tirage } from './vagues.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface Vague extends Pick<Ligne<'enqueteVagues'>, 'id' | 'periode' | 'debiteur' | 'debut' | 'fin' | 'invites' | 'reponses' | 'territoireId'> {
  code: string;
  acces: 'ouvert' | 'invitation';
  tirage: Tirage;
  closeLe: Date | null;
  definition: Enquete;
  /** Invitations sent; 0 for an open link. */
  invitations: number;
}
const colonnes = sql`
  v.id, v.enquete as code, v.periode, v.debiteur, v.debut::text as debut, v.fin::text as fin, v.invites, v.reponses, v.territoire_id as "territoireId",
  v.acces, v.tirage, v.close_le as "closeLe", v.definition::text as definition,
  (select count(*)::int from enquete_invitations i where i.contrat_id = v.contrat_id and i.vague_id = v.id) as invitations`;
interface Lue extends Omit<Vague, 'definition'> {
  definition: string;
}
const lire = (v: Lue): Vague => ({ ...v, definition: JSON.parse(v.definition) as Enquete });

const dates = sql`order by v.fin desc, v.id`;
/** Those that are not closed. */
export async function listOuvertes(db: Db, contratId: number): Promise<Vague[]> {
  const { rows } = await sql<Lue>`select ${colonnes} from enquete_vagues v where v.contrat_id = ${contratId} and v.close_le is null ${dates}`.execute(db);
  return rows.map(lire);
}
export type Close = Pick<Vague, 'id' | 'code' | 'periode' | 'debiteur' | 'territoireId'>;
/** All that are closed, the latest first, without what they asked: which of them may be read is said before a page of them is. */
export async function listCloses(db: Db, contratId: number): Promise<Close[]> {
  const { rows } = await sql<Close>`
    select v.id, v.enquete as code, v.periode, v.debiteur, v.territoire_id as "territoireId" from enquete_vagues v
    where v.contrat_id = ${contratId} and v.close_le is not null ${dates}`.execute(db);
  return rows;
}
export async function listVagues(db: Db, contratId: number, ids: readonly string[]): Promise<Vague[]> {
  const { rows } = await sql<Lue>`
    select ${colonnes} from enquete_vagues v where v.contrat_id = ${contratId} and v.id = any(${uuids(ids)}) ${dates}`.execute(db);
  return rows.map(lire);
}
export type ChiffreDonne = Pick<Ligne<'enqueteChiffres'>, 'vagueId' | 'mesureId' | 'version'>;
export async function listChiffres(db: Db, contratId: number, vagues: readonly string[]): Promise<ChiffreDonne[]> {
  const { rows } = await sql<ChiffreDonne>`
    select vague_id as "vagueId", mesure_id as "mesureId", version from enquete_chiffres
    where contrat_id = ${contratId} and vague_id = any(${uuids(vagues)}) order by vague_id, mesure_id`.execute(db);
  return rows;
}
export async function addChiffre(tx: Db, contratId: number, vagueId: string, mesureId: string, version: number): Promise<void> {
  await sql`insert into enquete_chiffres (contrat_id, vague_id, mesure_id, version)
    values (${contratId}, ${vagueId}::uuid, ${mesureId}, ${version})`.execute(tx);
}
/** `tenue` until the end of the transaction: nothing is counted while it closes. */
export async function getVague(db: Db, contratId: number, id: string, tenue = false): Promise<Vague | null> {
  const tenir = tenue ? sql`for no key update of v` : sql``;
  const { rows } = await sql<Lue>`select ${colonnes} from enquete_vagues v where v.contrat_id = ${contratId} and v.id = ${uuid(id)} ${tenir}`.execute(db);
  return rows[0] ? lire(rows[0]) : null;
}

export type NouvelleVague = Pick<Vague, 'periode' | 'debiteur' | 'debut' | 'fin' | 'invites' | 'territoireId' | 'acces' | 'tirage'>;
export async function addVague(tx: Db, contratId: number, e: Enquete, v: NouvelleVague, u: Utilisateur, quand: Date): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'enqueteVagues'>, 'id'>>`
    insert into enquete_vagues (contrat_id, enquete, definition, periode, territoire_id, debiteur, debut, fin, acces, tirage, invites,
      creee_par, creee_par_id, organisation_id, creee_le)
    values (${contratId}, ${e.code}, ${enJson(e)}::jsonb, ${v.periode}, ${v.territoireId}, ${v.debiteur}, ${v.debut}::date, ${v.fin}::date, ${v.acces},
      ${v.tirage}, ${v.invites}, ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

/** Many answers at once, added up before they are written: what a demonstration makes. */
export async function compterReponses(tx: Db, contratId: number, vagueId: string, reponses: readonly ReponseLue[]): Promise<void> {
  const comptes = reponses.flatMap((r) => r.comptes.map((x) => ({ ...x, strate: r.strate })));
  await sql`
    insert into enquete_comptes (contrat_id, vague_id, strate, question, valeur, nombre)
    select ${contratId}, ${vagueId}::uuid, x ->> 'strate', x ->> 'question', x ->> 'valeur', count(*)
    from jsonb_array_elements(${enJson(comptes)}::jsonb) as x
    group by 3, 4, 5`.execute(tx);
  await sql`update enquete_vagues set reponses = reponses + ${reponses.length} where contrat_id = ${contratId} and id = ${vagueId}::uuid`.execute(tx);
}

/** Adds an answer to the counts, in one order whatever it says, so that two people never wait for each other in a circle. */
export async function compterReponse(tx: Db, contratId: number, vagueId: string, r: ReponseLue): Promise<void> {
  await sql`
    insert into enquete_comptes as c (contrat_id, vague_id, strate, question, valeur, nombre)
    select ${contratId}, ${vagueId}::uuid, ${r.strate}, x ->> 'question', x ->> 'valeur', 1
    from jsonb_array_elements(${enJson(r.comptes)}::jsonb) as x
    order by 4, 5
    on conflict (contrat_id, vague_id, question, valeur, strate) do update set nombre = c.nombre + 1`.execute(tx);
  for (const t of r.textes)
    await sql`insert into enquete_textes (contrat_id, vague_id, question, texte) values (${contratId}, ${vagueId}::uuid, ${t.question}, ${t.texte})`.execute(
      tx,
    );
  await sql`update enquete_vagues set reponses = reponses + 1 where contrat_id = ${contratId} and id = ${vagueId}::uuid`.execute(tx);
}

export async function listComptes(db: Db, contratId: number, vagueId: string): Promise<LigneDeCompte[]> {
  const { rows } = await sql<LigneDeCompte>`
    select strate, question, valeur, nombre from enquete_comptes where contrat_id = ${contratId} and vague_id = ${vagueId}::uuid
    order by question, valeur, strate`.execute(db);
  return rows;
}
export type Texte = Pick<Ligne<'enqueteTextes'>, 'question' | 'texte'>;
/** A page of the words given to these questions, in the order of words: neither that in which they came, nor that of people. */
export async function listTextes(
  db: Db,
  contratId: number,
  vagueId: string,
  q: { questions: readonly string[]; debut: number; parPage: number },
): Promise<Texte[]> {
  const { rows } = await sql<Texte>`
    select question, texte from enquete_textes
    where contrat_id = ${contratId} and vague_id = ${vagueId}::uuid and question = any(${[...q.questions]}::text[])
    order by question, texte, id offset ${q.debut} limit ${q.parPage}`.execute(db);
  return rows;
}

/** False when somebody closed it before. Who was invited is forgotten. */
export async function clore(tx: Db, contratId: number, vagueId: string, u: Utilisateur, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update enquete_vagues set close_par = ${u.nom}, close_le = ${quand}
    where contrat_id = ${contratId} and id = ${vagueId}::uuid and close_le is null returning id`.execute(tx);
  await sql`delete from enquete_invites where contrat_id = ${contratId} and vague_id = ${vagueId}::uuid`.execute(tx);
  return rows.length === 1;
}

const empreinteDuJeton = (jeton: string): Buffer => createHash('sha256').update(`invitation ${jeton}`).digest();

export type Invitation = Pick<Ligne<'enqueteInvitations'>, 'vagueId' | 'utilisee'>;
export async function getInvitation(db: Db, contratId: number, jeton: string): Promise<Invitation | null> {
  const { rows } = await sql<Invitation>`
    select vague_id as "vagueId", utilisee from enquete_invitations where contrat_id = ${contratId} and empreinte = ${empreinteDuJeton(jeton)}`.execute(db);
  return rows[0] ?? null;
}
/** Takes the right to answer; false when it served before. */
export async function servir(tx: Db, contratId: number, jeton: string): Promise<boolean> {
  const { rows } = await sql`
    update enquete_invitations set utilisee = true
    where contrat_id = ${contratId} and empreinte = ${empreinteDuJeton(jeton)} and not utilisee returning vague_id`.execute(tx);
  return rows.length === 1;
}

/** Those of these addresses that were not invited yet, now noted. `adresses`: keyed digests. */
export async function noterInvites(tx: Db, contratId: number, vagueId: string, adresses: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<Pick<Ligne<'enqueteInvites'>, 'adresse'>>`
    insert into enquete_invites (contrat_id, vague_id, adresse)
    select ${contratId}, ${vagueId}::uuid, a from unnest(${[...adresses].sort()}::text[]) as a
    on conflict do nothing returning adresse`.execute(tx);
  return new Set(rows.map((r) => r.adresse));
}
/** In the order of their digests: not that of the letters. */
export async function addInvitations(tx: Db, contratId: number, vagueId: string, jetons: readonly string[]): Promise<void> {
  const empreintes = jetons.map((j) => empreinteDuJeton(j).toString('hex')).sort();
  await sql`
    insert into enquete_invitations (contrat_id, vague_id, empreinte)
    select ${contratId}, ${vagueId}::uuid, decode(e, 'hex') from unnest(${empreintes}::text[]) as e`.execute(tx);
}
