/** Who reported, apart from what they said: a code that only they have, and an address, enciphered, for a time. */
import { type RawBuilder, sql } from 'kysely';
import { type Db, type Ligne, remettreEnsemble } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Fusion } from '../../../core/base/transaction.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';
import { empreinteDuCode } from './identifiants.ts';

export type Suiveur = Omit<Ligne<'demandeSuiveurs'>, 'contratId' | 'empreinte' | 'sceau' | 'anonymiseeLe' | 'effacerLe'>;

interface NouveauSuiveur {
  id: string;
  demandeId: string;
  contact: Buffer | null;
  sceau: string;
  confirmeLe: Date | null;
  quand: Date;
}
const insertion = requete<unknown, { contratId: number; lignes: string }>(
  (v) => sql`
    insert into demande_suiveurs (contrat_id, id, demande_id, empreinte, contact, sceau, confirme_le, cree_le)
    select ${v.contratId}::smallint, s.id, s."demandeId", decode(s.empreinte, 'hex'), decode(s.contact, 'hex'), s.sceau, s."confirmeLe", s.quand
    from jsonb_to_recordset(${v.lignes}::jsonb) as s (id uuid, "demandeId" uuid, empreinte text, contact text, sceau text, "confirmeLe" timestamptz, quand timestamptz)`,
);
type Ajoute = Omit<NouveauSuiveur, 'contact'> & { contratId: number; empreinte: string; contact: string | null };
const ajouterEnsemble: Fusion<Ajoute> = {
  ecrire: (parts) => [insertion.avec({ contratId: parts[0]?.contratId ?? 0, lignes: enJson(parts) })],
};
/** Leaves with the next statement, or with what other transactions write at the same moment. */
export const addSuiveur = (tx: Db, contratId: number, { code, ...s }: NouveauSuiveur & { code: string }): Promise<void> =>
  remettreEnsemble(tx, ajouterEnsemble, {
    ...s,
    contratId,
    empreinte: empreinteDuCode(code).toString('hex'),
    contact: s.contact?.toString('hex') ?? null,
  });
async function lireSuiveur(db: Db, contratId: number, ou: RawBuilder<unknown>): Promise<Suiveur | null> {
  const { rows } = await sql<Suiveur>`
    select id, demande_id, contact, confirme_le, dit, dit_le, note, cree_le from demande_suiveurs
    where contrat_id = ${contratId} and ${ou}`.execute(db);
  return rows[0] ?? null;
}
export const getSuiveur = (db: Db, contratId: number, code: string): Promise<Suiveur | null> =>
  lireSuiveur(db, contratId, sql`empreinte = ${empreinteDuCode(code)}`);
export const getSuiveurParId = (db: Db, contratId: number, id: string): Promise<Suiveur | null> => lireSuiveur(db, contratId, sql`id = ${uuid(id)}`);
type Averti = Pick<Suiveur, 'id' | 'demandeId'> & Record<'contact', Buffer>;
/** Of these reports, with an address that its holder confirmed. */
export async function listAvertis(db: Db, contratId: number, demandes: readonly string[]): Promise<Averti[]> {
  const { rows } = await sql<Averti>`
    select id, demande_id, contact from demande_suiveurs
    where contrat_id = ${contratId} and contact is not null and confirme_le is not null and demande_id = any(${uuids(demandes)})
    order by id`.execute(db);
  return rows;
}
export async function countSuiveurs(db: Db, contratId: number, demandeId: string): Promise<number> {
  const { rows } = await sql<Record<'n', number>>`
    select count(*)::int as n from demande_suiveurs s
    where s.contrat_id = ${contratId} and s.demande_id in (
      select ${demandeId}::uuid union all
      select d.id from demandes d where d.contrat_id = ${contratId} and d.meneur_id = ${demandeId}::uuid)`.execute(db);
  return rows[0]?.n ?? 0;
}
export async function direSuiveur(tx: Db, contratId: number, id: string, dit: { dit?: string; note?: number }, quand: Date): Promise<void> {
  await sql`
    update demande_suiveurs set dit = coalesce(${dit.dit ?? null}, dit), note = coalesce(${dit.note ?? null}, note), dit_le = ${quand}
    where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
}
/** Theirs, of whatever they follow with this code. Whether the address of their report had not been confirmed before. */
export async function confirmerAdresse(tx: Db, contratId: number, id: string, lieux: readonly string[], suiveur: boolean, quand: Date): Promise<boolean> {
  const { rows } = await sql<Record<'nouvelle', boolean>>`
    with siens as (
      update demande_suiveurs set confirme_le = ${quand}
      where contrat_id = ${contratId} and id = ${id}::uuid and ${suiveur} and contact is not null and confirme_le is null
      returning id
    ), des_lieux as (
      update recurrence_suiveurs set confirme_le = ${quand}
      where contrat_id = ${contratId} and suiveur_id = ${id}::uuid and id = any(${uuids(lieux)}) and contact is not null
    )
    select exists (select 1 from siens) as nouvelle`.execute(tx);
  return rows[0]?.nouvelle ?? false;
}
export async function oublierContact(tx: Db, contratId: number, id: string): Promise<void> {
  await sql`update demande_suiveurs set contact = null, sceau = '' where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
}
/** When addresses are to be forgotten: null while the reports may still be answered. */
export async function setEffacement(tx: Db, contratId: number, demandes: readonly string[], quand: Date | null): Promise<void> {
  await sql`
    update demande_suiveurs set effacer_le = ${quand}::timestamptz
    where contrat_id = ${contratId} and anonymisee_le is null and demande_id = any(${uuids(demandes)})`.execute(tx);
}
/** How many times in the last day this address was left, of which only a seal is compared. */
export async function countDuJour(db: Db, contratId: number, sceau: string): Promise<number> {
  const { rows } = await sql<Record<'n', number>>`
    select (select count(*) from demande_suiveurs where contrat_id = ${contratId} and sceau = ${sceau} and cree_le > now() - interval '1 day')::int
      + (select count(*) from recurrence_suiveurs where contrat_id = ${contratId} and sceau = ${sceau} and cree_le > now() - interval '1 day')::int as n`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}
