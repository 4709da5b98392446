/** Letters received: kept before they are acknowledged, taken once. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../base/database.ts';
import { uuid } from '../base/id.ts';
import { couper } from '../couper.ts';

type Cle = Pick<Ligne<'courrielsRecus'>, 'id'>;

export interface ARecevoir {
  messageId: string;
  boite: string;
  /** Of the whole address. */
  empreinte: Buffer;
  expediteur: string;
  contenu: Buffer;
  /** Set aside without being read: nothing of it is kept but this. */
  ecarte: string | null;
}
/** Id of its row; null when this letter came before. */
export async function addCourrielRecu(tx: Db, contratId: number, c: ARecevoir): Promise<string | null> {
  const { rows } = await sql<Cle>`
    insert into courriels_recus (contrat_id, message_id, boite, empreinte, expediteur, octets, contenu, etat, issue, fini_le)
    values (${contratId}, ${c.messageId}, ${c.boite}, ${c.empreinte}, ${c.expediteur}, ${c.contenu.length}, ${c.ecarte === null ? c.contenu : null},
      ${c.ecarte === null ? 'recu' : 'ecarte'}, ${c.ecarte ?? ''}, case when ${c.ecarte}::text is not null then now() end)
    on conflict (contrat_id, message_id, empreinte) do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** How many letters this address received within the hour, and of them, how many from this sender. */
export async function compterPourLAdresse(db: Db, contratId: number, empreinte: Buffer, expediteur: string): Promise<Record<'tous' | 'siens', number>> {
  const { rows } = await sql<Record<'tous' | 'siens', number>>`
    select count(*)::int as tous, count(*) filter (where expediteur = ${expediteur})::int as siens from courriels_recus
    where contrat_id = ${contratId} and empreinte = ${empreinte} and recu_le > now() - interval '1 hour'`.execute(db);
  return rows[0] ?? { tous: 0, siens: 0 };
}

export type CourrielRecu = Pick<Ligne<'courrielsRecus'>, 'id' | 'expediteur' | 'contenu'>;
export async function listAttente(db: Db, contratId: number): Promise<string[]> {
  const { rows } = await sql<Cle>`
    select id from courriels_recus where contrat_id = ${contratId} and etat = 'recu' order by recu_le limit 200`.execute(db);
  return rows.map((r) => r.id);
}
export async function getRecu(db: Db, contratId: number, id: string): Promise<CourrielRecu | null> {
  const { rows } = await sql<CourrielRecu>`
    select id, expediteur, contenu from courriels_recus
    where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'recu'`.execute(db);
  return rows[0] ?? null;
}
/** Locks it for the transaction; false when somebody else has it, or had it. */
export async function prendreRecu(tx: Db, contratId: number, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from courriels_recus where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'recu' for update skip locked`.execute(tx);
  return rows.length > 0;
}
export const finirRecu = (tx: Db, contratId: number, id: string, issue: string): Promise<unknown> =>
  sql`update courriels_recus set etat = 'traite', issue = ${couper(issue, 500)}, contenu = null, fini_le = now()
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(tx);
/** Tried again later; given up, with its content, after `max`. */
export const noterEchec = (tx: Db, contratId: number, id: string, max: number): Promise<unknown> =>
  sql`update courriels_recus set essais = essais + 1, etat = case when essais + 1 >= ${max} then 'echec' else 'recu' end,
      issue = case when essais + 1 >= ${max} then 'erreur inattendue' else issue end, fini_le = case when essais + 1 >= ${max} then now() end
    where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'recu'`.execute(tx);
