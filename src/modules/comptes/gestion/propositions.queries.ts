/** Acts that wait for a second pair of eyes. */
import { sql } from 'kysely';
import type { Mandat } from '../../../core/authorize.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Db } from '../../../core/base/database.ts';
import type { ActeSurCompte } from './gestion.policy.ts';
import { enJson } from '../../../core/couper.ts';

export type GenreProposition = Exclude<ActeSurCompte['genre'], 'gestionnaire'>;
/** What a proposal gives: a mandate with its days. */
export type Charge = Mandat & { debut: string; fin: string | null };

export interface Proposition {
  id: string;
  genre: GenreProposition;
  compteId: string;
  compteNom: string;
  organisationId: string;
  mandatId: string | null;
  charge: Charge | null;
  motif: string;
  proposePar: string;
  proposeurNom: string;
  proposeLe: Date;
  expireLe: Date;
  etat: 'ouverte' | 'confirmee' | 'refusee' | 'retiree';
  decideurNom: string | null;
  decideLe: Date | null;
}

/** Waits for an answer, and its seven days are not over. */
export const estOuverte = (p: Pick<Proposition, 'etat' | 'expireLe'>, maintenant: Date): boolean => p.etat === 'ouverte' && p.expireLe > maintenant;

const COLONNES = sql`p.id, p.genre, p.compte_id, c.nom as "compteNom", c.organisation_id, p.mandat_id,
  nullif(p.charge, '{}') as charge, p.motif, p.propose_par, q.nom as "proposeurNom", p.propose_le,
  p.expire_le, p.etat, d.nom as "decideurNom", p.decide_le`;
const SOURCE = sql`propositions p
  join comptes c on c.contrat_id = p.contrat_id and c.id = p.compte_id
  join comptes q on q.contrat_id = p.contrat_id and q.id = p.propose_par
  left join comptes d on d.contrat_id = p.contrat_id and d.id = p.decide_par`;

/** `pour`: only those that this account made or is about; null for all. Open ones first. */
export async function listPropositions(db: Db, contratId: number, pour: string | null, maintenant: Date): Promise<Proposition[]> {
  const { rows } = await sql<Proposition>`
    select ${COLONNES} from ${SOURCE}
    where p.contrat_id = ${contratId} ${pour ? sql`and ${pour}::uuid in (p.propose_par, p.compte_id)` : sql``}
    order by p.etat = 'ouverte' and p.expire_le > ${maintenant} desc, p.propose_le desc`.execute(db);
  return rows;
}
/** Those that nobody answered yet, their days over or not: all of them, since what is owed is read from here, and without the hour, which no page is kept beyond. */
export async function listSansReponse(db: Db, contratId: number): Promise<Proposition[]> {
  const { rows } = await sql<Proposition>`
    select ${COLONNES} from ${SOURCE}
    where p.contrat_id = ${contratId} and p.etat = 'ouverte'
    order by p.propose_le desc`.execute(db);
  return rows;
}
/** Locked: two answers at once wait for each other. */
export async function getProposition(tx: Db, contratId: number, id: string): Promise<Proposition | null> {
  const { rows } = await sql<Proposition>`
    select ${COLONNES} from ${SOURCE}
    where p.contrat_id = ${contratId} and p.id = ${uuid(id)}
    for update of p`.execute(tx);
  return rows[0] ?? null;
}
/** The same act, proposed already and still open. */
export async function getPareille(
  db: Db,
  contratId: number,
  x: { genre: GenreProposition; compteId: string; mandatId: string | null; role: string | null },
  maintenant: Date,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from propositions
    where contrat_id = ${contratId} and etat = 'ouverte' and expire_le > ${maintenant} and genre = ${x.genre} and compte_id = ${x.compteId}::uuid
      and mandat_id is not distinct from ${x.mandatId}::uuid and charge ->> 'role' is not distinct from ${x.role}
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

export interface NouvelleProposition {
  genre: GenreProposition;
  compteId: string;
  mandatId: string | null;
  charge: Charge | null;
  motif: string;
  proposePar: string;
  expireLe: Date;
}
export async function createProposition(tx: Db, contratId: number, p: NouvelleProposition, maintenant: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into propositions (contrat_id, genre, compte_id, mandat_id, charge, motif, propose_par, propose_le, expire_le)
    values (${contratId}, ${p.genre}, ${p.compteId}::uuid, ${p.mandatId}::uuid, ${enJson(p.charge ?? {})}::jsonb, ${p.motif}, ${p.proposePar}::uuid,
      ${maintenant}, ${p.expireLe})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** The caller holds the row by `getProposition`, and has seen that it is open. */
export async function deciderProposition(
  tx: Db,
  contratId: number,
  id: string,
  d: { etat: 'confirmee' | 'refusee' | 'retiree'; par: string },
  maintenant: Date,
): Promise<void> {
  await sql`
    update propositions set etat = ${d.etat}, decide_par = ${d.par}::uuid, decide_le = ${maintenant}
    where contrat_id = ${contratId} and id = ${id}::uuid and etat = 'ouverte'`.execute(tx);
}

/** Accounts that hold one of these roles today: who may be asked to confirm. */
export async function listTitulaires(db: Db, contratId: number, roles: readonly string[], jour: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct c.id from comptes c
    join mandats m on m.contrat_id = c.contrat_id and m.compte_id = c.id
    where c.contrat_id = ${contratId} and c.ferme_le is null and m.role = any(${[...roles]}::text[])
      and m.debut <= ${jour}::date and (m.fin is null or m.fin >= ${jour}::date)`.execute(db);
  return rows.map((r) => r.id);
}
