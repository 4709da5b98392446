/** Reading, exporting, sealing and purging the audit trail. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { DEPART, type EnteteChaine, type MaillonExporte, type Point, type Sceau } from './chaine.rules.ts';

export interface EntreeLue {
  numero: number;
  quand: Date;
  compteId: string | null;
  nom: string | null;
  organisationId: string | null;
  mandat: string | null;
  action: string;
  objet: string;
  avant: string | null;
  apres: string | null;
  details: Record<string, unknown>;
  adresse: string | null;
}
export interface FiltresJournal {
  compte: string | null;
  /** Exact path, or the beginning of one when it ends with `/`. */
  objet: string | null;
  action: string | null;
  /** Days, both included. */
  du: string | null;
  au: string | null;
}

const conditions = (contratId: number, f: FiltresJournal, avantNumero: number | null) => sql`
  a.contrat_id = ${contratId}
  ${f.compte ? sql`and a.compte_id = ${f.compte}::uuid` : sql``}
  ${f.objet ? (f.objet.endsWith('/') ? sql`and a.objet like ${`${f.objet.replace(/[\\%_]/g, '\\$&')}%`}` : sql`and a.objet = ${f.objet}`) : sql``}
  ${f.action ? sql`and a.action = ${f.action}` : sql``}
  ${f.du ? sql`and a.quand >= ${f.du}::date::timestamp at time zone concorde_fuseau(${contratId}::smallint)` : sql``}
  ${f.au ? sql`and a.quand < (${f.au}::date + 1)::timestamp at time zone concorde_fuseau(${contratId}::smallint)` : sql``}
  ${avantNumero === null ? sql`` : sql`and a.numero < ${avantNumero}`}`;

/** The latest first, `limite` of them below `avantNumero` (all of them when null). */
export async function listEntrees(db: Db, contratId: number, f: FiltresJournal, limite: number, avantNumero: number | null): Promise<EntreeLue[]> {
  const { rows } = await requeteDesEntrees(contratId, f, limite, avantNumero).execute(db);
  return rows;
}
/** `limite` null: all of them, for an export. */
export const requeteDesEntrees = (
  contratId: number,
  f: FiltresJournal,
  limite: number | null,
  avantNumero: number | null,
): RawBuilder<EntreeLue> => sql<EntreeLue>`
    select a.numero, a.quand, a.compte_id, c.nom, a.organisation_id, a.mandat, a.action, a.objet,
      a.avant, a.apres, a.details, a.adresse
    from audit a
    left join comptes c on c.contrat_id = a.contrat_id and c.id = a.compte_id
    where ${conditions(contratId, f, avantNumero)}
    order by a.numero desc
    limit ${limite}::bigint`;

export async function listActions(db: Db, contratId: number): Promise<string[]> {
  // Loose index scan would be overkill: the trail has a few dozen kinds of acts, read from the last thousands of entries.
  const { rows } = await sql<{ action: string }>`
    select distinct action from (select action from audit where contrat_id = ${contratId} order by numero desc limit 20000) as a order by 1`.execute(db);
  return rows.map((r) => r.action);
}

export interface Refus extends Pick<Ligne<'audit'>, 'compteId'> {
  nom: string | null;
  nombre: number;
  dernier: Date;
}
/** Doors that stayed closed since then, by whom they refused, those who insisted most first; null: nobody who is known. */
export async function listRefus(db: Db, contratId: number, depuis: Date, limite: number): Promise<Refus[]> {
  const { rows } = await sql<Refus>`
    select a.compte_id, c.nom, count(*)::int as nombre, max(a.quand) as dernier
    from audit a
    left join comptes c on c.contrat_id = a.contrat_id and c.id = a.compte_id
    where a.contrat_id = ${contratId} and a.action = 'acces.refuse' and a.quand >= ${depuis}
    group by a.compte_id, c.nom
    order by nombre desc, dernier desc
    limit ${limite}`.execute(db);
  return rows;
}

async function getTete(db: Db, contratId: number): Promise<Point> {
  const { rows } = await sql<Point>`
    select numero, encode(empreinte, 'hex') as empreinte from audit_tetes where contrat_id = ${contratId}`.execute(db);
  return rows[0] ?? DEPART;
}
async function getDepart(db: Db, contratId: number): Promise<Point> {
  const { rows } = await sql<Point>`
    select numero, encode(empreinte, 'hex') as empreinte from audit_purges
    where contrat_id = ${contratId} order by numero desc limit 1`.execute(db);
  return rows[0] ?? DEPART;
}
export async function listSceaux(db: Db, contratId: number): Promise<Sceau[]> {
  const { rows } = await sql<Sceau>`
    select numero, encode(empreinte, 'hex') as empreinte, signataire, cle_publique, signature,
      to_char(quand at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as quand
    from audit_sceaux where contrat_id = ${contratId} order by numero, signataire`.execute(db);
  return rows;
}

const PAQUET = 5000;

/** The whole chain as lines of text, read in packets below the head of the moment: writes go on meanwhile. */
export async function* exporterChaine(db: Db, contratId: number, slug: string, quand: Date): AsyncGenerator<string> {
  const [depart, tete, tous] = [await getDepart(db, contratId), await getTete(db, contratId), await listSceaux(db, contratId)];
  const sceaux = tous.filter((s) => s.numero > depart.numero && s.numero <= tete.numero);
  const entete: EnteteChaine = { type: 'chaine', version: 1, contrat: slug, exporteLe: quand.toISOString(), depart, tete, sceaux };
  yield `${JSON.stringify(entete)}\n`;
  for (let dernier = depart.numero; dernier < tete.numero; ) {
    const { rows } = await sql<MaillonExporte>`
      select numero as id, encode(precedente, 'hex') as precedente, encode(empreinte, 'hex') as empreinte, ligne
      from audit
      where contrat_id = ${contratId} and numero > ${dernier} and numero <= ${tete.numero}
      order by numero
      limit ${PAQUET}`.execute(db);
    if (rows.length === 0) return;
    dernier = rows.at(-1)?.id ?? tete.numero;
    yield `${rows.map((r) => JSON.stringify(r)).join('\n')}\n`;
  }
}

/** The point to seal now; null when nothing was written since this signatory's last seal. */
export async function getPointASceller(db: Db, contratId: number, signataire: string): Promise<Point | null> {
  const tete = await getTete(db, contratId);
  const { rows } = await sql<{ numero: number }>`
    select numero from audit_sceaux where contrat_id = ${contratId} and signataire = ${signataire} order by numero desc limit 1`.execute(db);
  return tete.numero > (rows[0]?.numero ?? 0) ? tete : null;
}

/** False when this signatory already sealed that number. */
export async function addSceau(tx: Db, contratId: number, s: Sceau): Promise<boolean> {
  const { rows } = await sql`
    insert into audit_sceaux (contrat_id, numero, empreinte, signataire, cle_publique, signature, quand)
    values (${contratId}, ${s.numero}, decode(${s.empreinte}, 'hex'), ${s.signataire}, ${s.clePublique}, ${s.signature}, ${s.quand}::timestamptz)
    on conflict do nothing
    returning numero`.execute(tx);
  return rows.length > 0;
}
export async function getEmpreinte(db: Db, contratId: number, numero: number): Promise<string | null> {
  const { rows } = await sql<{ empreinte: string }>`
    select encode(empreinte, 'hex') as empreinte from audit where contrat_id = ${contratId} and numero = ${numero}`.execute(db);
  return rows[0]?.empreinte ?? null;
}

/**
 * Removes entries older than `mois` months, oldest first, and keeps the digest where the chain was cut, so that what remains
 * still verifies. The purge is itself an entry. As the owner: the application has no right to delete. Returns how many.
 */
export async function purgerAudit(owner: Db, contratId: number, o: { mois: number; motif: string; maintenant: Date }): Promise<number> {
  return owner.transaction().execute(async (tx) => {
    await sql`select numero from audit_tetes where contrat_id = ${contratId} for update`.execute(tx);
    const limite = new Date(o.maintenant);
    limite.setUTCMonth(limite.getUTCMonth() - o.mois);
    // The chain is cut at one place: everything before the first entry that must stay.
    const { rows } = await sql<Point & { nombre: number }>`
      with garde as (select min(numero) as numero from audit where contrat_id = ${contratId} and quand >= ${limite})
      select a.numero, encode(a.empreinte, 'hex') as empreinte, (select count(*)::int from audit where contrat_id = ${contratId} and numero <= a.numero) as nombre
      from audit a
      where a.contrat_id = ${contratId}
        and a.numero < coalesce((select numero from garde), (select numero from audit_tetes where contrat_id = ${contratId}) + 1)
      order by a.numero desc
      limit 1`.execute(tx);
    const coupe = rows[0];
    if (!coupe) return 0;
    await sql`delete from audit where contrat_id = ${contratId} and numero <= ${coupe.numero}`.execute(tx);
    await sql`
      insert into audit_purges (contrat_id, numero, empreinte, nombre, motif, quand)
      values (${contratId}, ${coupe.numero}, decode(${coupe.empreinte}, 'hex'), ${coupe.nombre}, ${o.motif}, ${o.maintenant})`.execute(tx);
    const qui = { utilisateur: null, quand: o.maintenant, adresse: null };
    await ecrireAudit(tx, contratId, [entree(qui, 'audit.purge', '/journal', { jusqua: coupe.numero, nombre: coupe.nombre, mois: o.mois })]);
    return coupe.nombre;
  });
}
