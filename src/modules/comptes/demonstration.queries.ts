/**
 * A demonstration is open to anybody: one click is any fictive person, the administrator included. Whatever was made while it lasted ends
 * with it; its accounts are closed before real people come in. Runs as the owner, when the server starts or by a command.
 */
import { code, type Details } from '../../core/trace/details.ts';
import { sql } from 'kysely';
import { ecrireAudit, entree } from '../../core/trace/audit.ts';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import { oublierTextes } from '../../core/courrier/oublis.queries.ts';
import type { Titres } from '../../core/module.ts';
import { fermerCompte } from './gestion/gestion.queries.ts';
import { suivrePropositions } from './gestion/propositions.attendues.ts';

/** The server is served as a demonstration from now on. */
export async function commencerDemonstration(owner: Db, contratId: number, maintenant: Date): Promise<void> {
  await sql`
    insert into demonstrations (contrat_id, debut) values (${contratId}, ${maintenant})
    on conflict (contrat_id) where fin is null do nothing`.execute(owner);
}

export interface Quittee {
  depuis: Date;
  sessions: number;
  jetons: number;
  liens: number;
}
/**
 * Ends everything that opens something and was made since the demonstration began, or belongs to a fictive person; null when there was
 * no demonstration. `titres`: what other modules keep.
 */
export async function quitterDemonstration(tx: Db, contratId: number, titres: readonly Titres[], maintenant: Date): Promise<Quittee | null> {
  const { rows } = await sql<{ debut: Date }>`
    update demonstrations set fin = ${maintenant} where contrat_id = ${contratId} and fin is null returning debut`.execute(tx);
  const depuis = rows[0]?.debut;
  if (!depuis) return null;
  const fictifs = sql`compte_id in (select id from comptes where contrat_id = ${contratId} and demonstration)`;
  const ici = sql`contrat_id = ${contratId}`;
  const sessions = await sql`delete from sessions where ${ici} and (ouverte_le >= ${depuis} or ${fictifs}) returning 1`.execute(tx);
  const jetons = await sql`
    update jetons_api set revoque_le = ${maintenant}
    where ${ici} and revoque_le is null and (cree_le >= ${depuis} or ${fictifs}) returning 1`.execute(tx);
  const liens = await sql`
    update liens set expire_le = ${maintenant}
    where ${ici} and utilise_le is null and expire_le > ${maintenant} and (cree_le >= ${depuis} or ${fictifs}) returning 1`.execute(tx);
  await sql`delete from etapes where ${ici}`.execute(tx);
  await sql`delete from appareils where ${ici} and (vu_le >= ${depuis} or ${fictifs})`.execute(tx);
  await sql`
    update propositions set etat = 'retiree', decide_par = propose_par, decide_le = ${maintenant}
    where ${ici} and etat = 'ouverte' and propose_le >= ${depuis}`.execute(tx);
  await suivrePropositions(tx, contratId, null, maintenant);
  for (const t of titres) await t.revoquerDepuis(tx, contratId, depuis, maintenant);
  // Letters kept back for the page that shows them could carry a link; nobody is to receive them later.
  await oublierTextes(tx, contratId, depuis);
  const bilan = { depuis, sessions: sessions.rows.length, jetons: jetons.rows.length, liens: liens.rows.length };
  await noter(tx, contratId, maintenant, 'demonstration.quittee', { ...bilan, depuis: code(depuis.toISOString()) });
  return bilan;
}

const noter = (tx: Db, contratId: number, quand: Date, action: string, details: Details) =>
  ecrireAudit(tx, contratId, [entree({ utilisateur: null, quand, adresse: null }, action, '/demonstration', details)]);

export interface CompteDeDemonstration {
  id: string;
  nom: string;
  courriel: string;
  /** An invented person; else somebody real who came in while the demonstration lasted. */
  fictif: boolean;
}
/** Open accounts that the demonstration made: invented people, and whoever was invited during it. What the command line made stays. */
export async function listComptesDeDemonstration(db: Db, contratId: number): Promise<CompteDeDemonstration[]> {
  const { rows } = await sql<CompteDeDemonstration>`
    select c.id, c.nom, c.courriel, c.demonstration as fictif from comptes c
    where c.contrat_id = ${contratId} and c.ferme_le is null and (c.demonstration or (
      exists (select from demonstrations d where d.contrat_id = c.contrat_id and c.cree_le >= d.debut and (d.fin is null or c.cree_le < d.fin))
      and not exists (select from mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.accorde_par = 'commande')))
    order by c.demonstration desc, c.nom`.execute(db);
  return rows;
}
/** Mandates in force that a demonstration gave to accounts that stay. */
const MANDATS_DONNES = (contratId: number, jour: string) => sql`
  contrat_id = ${contratId} and accorde_par <> 'commande' and (fin is null or fin >= ${jour}::date)
  and exists (select from demonstrations d where d.contrat_id = ${contratId} and mandats.cree_le >= d.debut and (d.fin is null or mandats.cree_le < d.fin))`;
export async function countMandatsDeDemonstration(db: Db, contratId: number, fermes: readonly string[], jour: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from mandats where ${MANDATS_DONNES(contratId, jour)} and compte_id <> all(${[...fermes]}::uuid[])`.execute(db);
  return rows[0]?.n ?? 0;
}
/** Closes those accounts and ends those mandates. What they wrote stays, and the pages go on saying that data are fictive. */
export async function retirerDemonstration(
  tx: Db,
  contratId: number,
  comptes: readonly CompteDeDemonstration[],
  maintenant: Date,
  ailleurs: readonly Titres[],
): Promise<void> {
  const jour = jourDe(maintenant);
  for (const c of comptes) await fermerCompte(tx, contratId, c.id, { jour, par: 'commande', maintenant, ailleurs });
  await sql`update mandats set fin = greatest(${jour}::date - 1, debut - 1), termine_par = 'commande' where ${MANDATS_DONNES(contratId, jour)}`.execute(tx);
  await noter(tx, contratId, maintenant, 'demonstration.retiree', { comptes: comptes.length });
}

/** Whose letters the demonstration's page may show: invented people, and addresses that nobody can own (RFC 2606) and no account has. */
export async function listAdressesReelles(db: Db, contratId: number, adresses: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ courriel: string; demonstration: boolean }>`
    select courriel, demonstration from comptes where contrat_id = ${contratId} and courriel = any(${[...adresses]}::text[])`.execute(db);
  const comptes = new Map(rows.map((r) => [r.courriel, r.demonstration]));
  return new Set(adresses.filter((a) => !(comptes.get(a) ?? /[@.](example|test|invalid)$/.test(a))));
}
