/** Messages passed on. Public readings go by the account of everyone, to which an exercise does not exist. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { requete } from '../../../core/base/requete.ts';

type M = Ligne<'messagesRelayes'>;
/** What the public reads. */
export type Message = Omit<M, 'contratId' | Tenue>;
type Tenue = 'relayePar' | 'relayeCompteId' | 'capRecuId' | 'finPar' | 'confirmePar' | 'confirmeCompteId';
export type MessageTenu = Message & Pick<M, Tenue>;
const COLONNES = sql`m.id, m.genre, m.titre, m.texte, m.empreinte, m.origine_id, m.origine_le, m.origine_lien, m.origine_emetteur, m.origine_identifiant,
  m.territoire_id, m.exercice, m.relaye_le, m.organisation_id, m.expire_le, m.remplace_id, m.fini_le, m.fin, m.fin_motif,
  m.portee_id, m.recopie, m.a_confirmer_avant, m.confirme_le`;
/** `derniere` of the rules. */
const DERNIERE = sql`coalesce(m.fini_le, m.confirme_le, m.relaye_le)`;
const TENUES = sql`${COLONNES}, m.relaye_par, m.relaye_compte_id, m.cap_recu_id, m.fin_par, m.confirme_par, m.confirme_compte_id`;

/** Asked by the frame of every page. */
const lireEnVigueur = requete<Message, { contratId: number }>(
  (v) => sql`
    select ${COLONNES} from messages_relayes m where m.contrat_id = ${v.contratId} and m.fini_le is null and not m.exercice
    order by (m.a_confirmer_avant is not null and m.confirme_le is null), m.relaye_le desc, m.id`,
);
/** In force, never of an exercise, confirmed ones first: for banners. */
export const listEnVigueur = (db: Db, contratId: number): Promise<Message[]> => lireEnVigueur(db, { contratId });
/** Those that pages of one of these places carry: in force first, then the latest. */
export async function listMessages(db: Db, contratId: number, portees: readonly string[], limite: number | null): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m where m.contrat_id = ${contratId} and not m.exercice and m.portee_id = any(${[...portees]}::text[])
    order by (m.fini_le is null) desc, m.relaye_le desc, m.id limit ${limite}`.execute(db);
  return rows;
}
/** A place whose pages carry messages of their own, and how many. */
export type Portee = Pick<M, 'porteeId'> & { nombre: number };
export async function listPortees(db: Db, contratId: number): Promise<Portee[]> {
  const { rows } = await sql<Portee>`
    select m.portee_id, count(*)::int as nombre from messages_relayes m where m.contrat_id = ${contratId} and not m.exercice group by m.portee_id`.execute(db);
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
/** The last that was said of each is since then: that it was passed on, confirmed, over. */
export async function listNouveaux(db: Db, contratId: number, depuis: Date, portees: readonly string[], max: number): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${COLONNES} from messages_relayes m
    where m.contrat_id = ${contratId} and not m.exercice and ${DERNIERE} >= ${depuis}
      and m.portee_id = any(${[...portees]}::text[])
    order by ${DERNIERE} desc, m.id limit ${max}`.execute(db);
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
    order by m.relaye_le desc`.execute(db);
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
  | 'relayeCompteId'
  | 'organisationId'
  | 'expireLe'
  | 'remplaceId'
  | 'porteeId'
  | 'recopie'
  | 'aConfirmerAvant'
>;
/** The database works the digest out, and refuses any change afterwards. */
export async function createMessage(tx: Db, contratId: number, m: NouveauMessage): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'messagesRelayes'>, 'id'>>`
    insert into messages_relayes (contrat_id, genre, titre, texte, empreinte, origine_id, origine_le, origine_lien, origine_emetteur, origine_identifiant,
      cap_recu_id, territoire_id, exercice, relaye_le, relaye_par, relaye_compte_id, organisation_id, expire_le, remplace_id, portee_id, recopie,
      a_confirmer_avant)
    values (${contratId}, ${m.genre}, ${m.titre}, ${m.texte}, '', ${m.origineId}, ${m.origineLe}, ${m.origineLien}, ${m.origineEmetteur},
      ${m.origineIdentifiant}, ${m.capRecuId}::uuid, ${m.territoireId}, ${m.exercice}, ${m.relayeLe}, ${m.relayePar}, ${m.relayeCompteId}::uuid, ${m.organisationId},
      ${m.expireLe}, ${m.remplaceId}::uuid, ${m.porteeId}, ${m.recopie}, ${m.aConfirmerAvant})
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
/** Once, in time, by somebody else: false otherwise. */
export async function confirmerMessage(tx: Db, contratId: number, id: string, o: { par: string; compteId: string | null; quand: Date }): Promise<boolean> {
  const r = await sql`
    update messages_relayes set confirme_le = ${o.quand}, confirme_par = ${o.par}, confirme_compte_id = ${o.compteId}::uuid
    where contrat_id = ${contratId} and id = ${uuid(id)} and fini_le is null and confirme_le is null and a_confirmer_avant > ${o.quand}
      and (${o.compteId}::uuid is null or relaye_compte_id is distinct from ${o.compteId}::uuid)`.execute(tx);
  return r.numAffectedRows === 1n;
}
/** Waiting for a second person at one of these places, the most pressing first. */
export async function listAConfirmer(db: Db, contratId: number, territoires: readonly string[], sauf: string): Promise<MessageTenu[]> {
  const { rows } = await sql<MessageTenu>`
    select ${TENUES} from messages_relayes m
    where m.contrat_id = ${contratId} and m.fini_le is null and m.confirme_le is null and m.a_confirmer_avant is not null
      and m.territoire_id = any(${[...territoires]}::text[]) and m.relaye_compte_id is distinct from ${uuid(sauf)}
    order by m.a_confirmer_avant, m.id`.execute(db);
  return rows;
}
/** Those whose hour has come, and those that nobody else confirmed in time. What shows them is drawn again at once. */
export async function expirerMessages(db: Db, contratId: number, maintenant: Date): Promise<MessageTenu[]> {
  const { rows } = await sql<MessageTenu>`
    update messages_relayes m set fini_le = least(m.expire_le, d.limite), fin = case when d.limite <= m.expire_le then 'non-confirme' else 'expire' end
    from (
      select x.id, case when x.confirme_le is null then x.a_confirmer_avant end as limite from messages_relayes x
      where x.contrat_id = ${contratId} and x.fini_le is null for update
    ) d
    where m.contrat_id = ${contratId} and m.id = d.id and least(m.expire_le, d.limite) <= ${maintenant}
    returning ${TENUES}`.execute(db);
  return rows;
}
