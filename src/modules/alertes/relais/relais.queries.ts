/** Messages passed on. Public readings go by the account of everyone, to which an exercise does not exist. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

type M = Ligne<'messagesRelayes'>;
/** What the public reads. */
export type Message = Omit<M, 'contratId' | 'relayePar' | 'capRecuId' | 'finPar'>;
export type MessageTenu = Message & Pick<M, 'relayePar' | 'capRecuId' | 'finPar'>;
const COLONNES = sql`m.id, m.genre, m.titre, m.texte, m.empreinte, m.origine_id, m.origine_le, m.origine_lien, m.origine_emetteur, m.origine_identifiant,
  m.territoire_id, m.exercice, m.relaye_le, m.organisation_id, m.expire_le, m.remplace_id, m.fini_le, m.fin, m.fin_motif`;
const TENUES = sql`${COLONNES}, m.relaye_par, m.cap_recu_id, m.fin_par`;

/** In force, never of an exercise: for banners. */
export async function listEnVigueur(db: Db, contratId: number): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m where m.contrat_id = ${contratId} and m.fini_le is null and not m.exercice
    order by m.relaye_le desc, m.id limit 5`.execute(db);
  return rows;
}
/** In force first, then the latest. */
export async function listMessages(db: Db, contratId: number, limite: number): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m where m.contrat_id = ${contratId} and not m.exercice
    order by (m.fini_le is null) desc, m.relaye_le desc, m.id limit ${limite}`.execute(db);
  return rows;
}
export async function getMessage(db: Db, contratId: number, id: string): Promise<Message | null> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m where m.contrat_id = ${contratId} and m.id = ${uuid(id)} and not m.exercice`.execute(db);
  return rows[0] ?? null;
}
/** The chain of those that it took the place of, the latest first. */
export async function listPrecedents(db: Db, contratId: number, id: string): Promise<Message[]> {
  const { rows } = await sql<Message>`
    with recursive chaine as (
      select m.id, m.remplace_id, 0 as n from messages_relayes m where m.contrat_id = ${contratId} and m.id = ${uuid(id)}
      union all
      select m.id, m.remplace_id, c.n + 1 from messages_relayes m join chaine c on m.id = c.remplace_id where m.contrat_id = ${contratId} and c.n < 20
    )
    select ${COLONNES} from messages_relayes m join chaine c on c.id = m.id where m.contrat_id = ${contratId} and c.n > 0 order by c.n`.execute(db);
  return rows;
}
/** Those of exercises too, for who passes them on. */
export async function listTenus(db: Db, contratId: number, limite: number): Promise<MessageTenu[]> {
  const { rows } = await sql<MessageTenu>`
    select ${TENUES} from messages_relayes m where m.contrat_id = ${contratId}
    order by (m.fini_le is null) desc, m.relaye_le desc, m.id limit ${limite}`.execute(db);
  return rows;
}
export async function getTenu(db: Db, contratId: number, id: string, verrou = false): Promise<MessageTenu | null> {
  const { rows } = await sql<MessageTenu>`
    select ${TENUES} from messages_relayes m where m.contrat_id = ${contratId} and m.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export async function listNouveaux(db: Db, contratId: number, depuis: Date, territoires: readonly string[] | undefined, max: number): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m
    where m.contrat_id = ${contratId} and not m.exercice and m.relaye_le >= ${depuis}
      ${territoires ? sql`and m.territoire_id = any(${[...territoires]}::text[])` : sql``}
    order by m.relaye_le desc, m.id limit ${max}`.execute(db);
  return rows;
}
/** Which of these CAP messages were passed on already. */
export async function listDeCap(db: Db, contratId: number, capRecuId: string): Promise<Pick<MessageTenu, 'id' | 'titre' | 'relayeLe' | 'finiLe'>[]> {
  const { rows } = await sql<Pick<MessageTenu, 'id' | 'titre' | 'relayeLe' | 'finiLe'>>`
    select m.id, m.titre, m.relaye_le, m.fini_le from messages_relayes m
    where m.contrat_id = ${contratId} and m.cap_recu_id = ${uuid(capRecuId)} order by m.relaye_le desc`.execute(db);
  return rows;
}
/** In force, as the origin named it: what an Update or a Cancel speaks of. */
export async function listCitesEnVigueur(
  db: Db,
  contratId: number,
  references: readonly { emetteur: string; identifiant: string }[],
): Promise<Pick<MessageTenu, 'id' | 'titre' | 'exercice'>[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<Pick<MessageTenu, 'id' | 'titre' | 'exercice'>>`
    select m.id, m.titre, m.exercice from messages_relayes m
    where m.contrat_id = ${contratId} and m.fini_le is null and m.origine_identifiant <> ''
      and (m.origine_emetteur, m.origine_identifiant) in
        (select * from unnest(${references.map((r) => r.emetteur)}::text[], ${references.map((r) => r.identifiant)}::text[]))
    order by m.relaye_le desc limit 20`.execute(db);
  return rows;
}

type NouveauMessage = Pick<
  MessageTenu,
  | 'genre'
  | 'titre'
  | 'texte'
  | 'origineId'
  | 'origineLe'
  | 'origineLien'
  | 'origineEmetteur'
  | 'origineIdentifiant'
  | 'capRecuId'
  | 'territoireId'
  | 'exercice'
  | 'relayeLe'
  | 'relayePar'
  | 'organisationId'
  | 'expireLe'
  | 'remplaceId'
>;
/** The database works the digest out, and refuses any change afterwards. */
export async function createMessage(tx: Db, contratId: number, m: NouveauMessage): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'messagesRelayes'>, 'id'>>`
    insert into messages_relayes (contrat_id, genre, titre, texte, empreinte, origine_id, origine_le, origine_lien, origine_emetteur, origine_identifiant,
      cap_recu_id, territoire_id, exercice, relaye_le, relaye_par, organisation_id, expire_le, remplace_id)
    values (${contratId}, ${m.genre}, ${m.titre}, ${m.texte}, '', ${m.origineId}, ${m.origineLe}, ${m.origineLien}, ${m.origineEmetteur},
      ${m.origineIdentifiant}, ${m.capRecuId}::uuid, ${m.territoireId}, ${m.exercice}, ${m.relayeLe}, ${m.relayePar}, ${m.organisationId}, ${m.expireLe},
      ${m.remplaceId}::uuid)
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export async function finirMessage(
  tx: Db,
  contratId: number,
  id: string,
  o: { fin: 'retire' | 'remplace'; par: string; motif: string; quand: Date },
): Promise<boolean> {
  const r = await sql`
    update messages_relayes set fini_le = ${o.quand}, fin = ${o.fin}, fin_par = ${o.par}, fin_motif = ${o.motif}
    where contrat_id = ${contratId} and id = ${uuid(id)} and fini_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
/** Those whose hour has come; how many. What shows them is drawn again at once. */
export async function expirerMessages(db: Db, contratId: number, maintenant: Date): Promise<number> {
  const r = await sql`
    update messages_relayes set fini_le = expire_le, fin = 'expire'
    where contrat_id = ${contratId} and fini_le is null and expire_le <= ${maintenant}`.execute(db);
  return Number(r.numAffectedRows ?? 0);
}
