/** « Vous avez signalé, nous avons fait »: what became of reports, by month of reception and place, as the write keeps it, and as it was told. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';

/** What is counted of one place and circuit. `minutes`: from reception to the first answer, of all those answered. */
export interface Nombres extends Pick<Ligne<'demandeMois'>, 'recus' | 'repondus' | 'faits' | 'resolus' | 'contestes'> {
  minutes: number;
}
/** `mois`: first day of the month of reception. */
export interface Compte extends Nombres, Pick<Ligne<'demandeMois'>, 'mois' | 'territoireId' | 'circuit' | 'notes' | 'totalDesNotes'> {}
/** From `du` to the last month over, as it is now. */
export async function listMois(db: Db, contratId: number, q: { circuits: readonly string[]; du: string; au: string }): Promise<Compte[]> {
  const { rows } = await sql<Compte>`
    select mois, territoire_id, circuit, sum(recus)::int as recus, sum(repondus)::int as repondus, sum(faits)::int as faits, sum(resolus)::int as resolus,
      sum(contestes)::int as contestes, sum(minutes_de_reponse)::float8 as minutes, sum(notes)::int as notes,
      sum(total_des_notes)::int as "totalDesNotes"
    from demande_mois
    where contrat_id = ${contratId} and circuit = any(${[...q.circuits]}::text[]) and mois between ${q.du}::date and ${q.au}::date
    group by mois, territoire_id, circuit having sum(recus) > 0`.execute(db);
  return rows;
}
/** First month of which anything was received; null before. */
export async function getPremierMois(db: Db, contratId: number, circuits: readonly string[]): Promise<string | null> {
  const { rows } = await sql<Record<'mois', string | null>>`
    select min(mois) as mois from demande_mois where contrat_id = ${contratId} and circuit = any(${[...circuits]}::text[]) and recus > 0`.execute(db);
  return rows[0]?.mois ?? null;
}

/** A month (`2026-05`) or a quarter (`2026-T1`) that was told. */
export type Bilan = Omit<Ligne<'demandeBilans'>, 'contratId'>;
/** All of them, by period. */
export async function listBilans(db: Db, contratId: number): Promise<Bilan[]> {
  const { rows } = await sql<Bilan>`
    select periode, arrete_le, notes, total_des_notes from demande_bilans where contrat_id = ${contratId} order by periode`.execute(db);
  return rows;
}
export interface LigneArretee extends Omit<Ligne<'demandeBilanLignes'>, 'contratId' | 'minutes' | 'genre'> {
  genre: 'total' | 'lieu' | 'partie' | 'circuit';
  minutes: number | null;
}
export async function listLignesArretees(db: Db, contratId: number, periodes: readonly string[]): Promise<LigneArretee[]> {
  const { rows } = await sql<LigneArretee>`
    select periode, genre, lieu, cle, recus, repondus, faits, resolus, contestes, minutes::float8 as minutes from demande_bilan_lignes
    where contrat_id = ${contratId} and periode = any(${[...periodes]}::text[])`.execute(db);
  return rows;
}
export type CompteArrete = Nombres & Pick<Ligne<'demandeBilanComptes'>, 'periode' | 'territoireId' | 'circuit'>;
export async function listComptesArretes(db: Db, contratId: number, periodes: readonly string[]): Promise<CompteArrete[]> {
  const { rows } = await sql<CompteArrete>`
    select periode, territoire_id, circuit, recus, repondus, faits, resolus, contestes, minutes::float8 as minutes from demande_bilan_comptes
    where contrat_id = ${contratId} and periode = any(${[...periodes]}::text[])`.execute(db);
  return rows;
}
/** Once each: false where another passage of the night told it. */
export async function addBilan(
  tx: Db,
  contratId: number,
  { bilan: x, ...b }: { bilan: Bilan; lignes: readonly LigneArretee[]; comptes: readonly CompteArrete[] },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into demande_bilans (contrat_id, periode, arrete_le, notes, total_des_notes)
    values (${contratId}, ${x.periode}, ${x.arreteLe}, ${x.notes}, ${x.totalDesNotes}) on conflict do nothing`.execute(tx);
  if (!numAffectedRows) return false;
  await sql`
    insert into demande_bilan_lignes (contrat_id, periode, genre, lieu, cle, recus, repondus, faits, resolus, contestes, minutes)
    select ${contratId}, x.periode, x.genre, x.lieu, x.cle, x.recus, x.repondus, x.faits, x.resolus, x.contestes, x.minutes
    from jsonb_to_recordset(${enJson(b.lignes)}::jsonb)
      as x (periode text, genre text, lieu text, cle text, recus int, repondus int, faits int, resolus int, contestes int, minutes bigint)`.execute(tx);
  await sql`
    insert into demande_bilan_comptes (contrat_id, periode, territoire_id, circuit, recus, repondus, faits, resolus, contestes, minutes)
    select ${contratId}, x.periode, x."territoireId", x.circuit, x.recus, x.repondus, x.faits, x.resolus, x.contestes, x.minutes
    from jsonb_to_recordset(${enJson(b.comptes)}::jsonb)
      as x (periode text, "territoireId" text, circuit text, recus int, repondus int, faits int, resolus int, contestes int, minutes bigint)`.execute(tx);
  return true;
}
