/**
 * Outgoing mail: a row written in the transaction of what it tells, sent after its commit, tried again with growing delays.
 * In demonstration mode without SMTP server, mail is held back and shown on a page.
 */
import { createTransport } from 'nodemailer';
import { sql } from 'kysely';
import type { Coffre } from './coffre.ts';
import { type Db, inTransaction } from './database.ts';
import { getFichier } from './files.ts';

export interface Courriel {
  a: string;
  sujet: string;
  /** Plain text: what a person reads everywhere, and what no filter refuses. */
  texte: string;
  /** Invitation for calendars (RFC 5546). */
  ical?: { methode: 'REQUEST' | 'CANCEL'; contenu: string };
  /** Ids of `fichiers` to attach. */
  pieces?: readonly string[];
  /** Path of what it speaks of: a refusal of the address is shown there. */
  objet?: string;
}

/** `coffre`: for a letter whose link opens something; it waits closed, and is opened when it leaves. */
export async function ajouterCourriel(tx: Db, contratId: number, c: Courriel, coffre: Coffre | null = null): Promise<void> {
  const corps = { texte: c.texte, ical: c.ical?.contenu ?? '' };
  const { texte, ical } = coffre ? { texte: '', ical: '' } : corps;
  const ferme = coffre ? coffre.chiffrer(JSON.stringify(corps)) : null;
  await sql`
    insert into courriels (contrat_id, destinataire, sujet, texte, ical, ferme, ical_methode, pieces, objet)
    values (${contratId}, ${c.a}, ${c.sujet}, ${texte}, ${ical}, ${ferme}, ${c.ical?.methode ?? ''}, ${[...(c.pieces ?? [])]}::uuid[], ${c.objet ?? ''})`.execute(
    tx,
  );
}

/** Text and invitation of a letter, opened where it was closed. Throws when the key is not the one that closed it. */
function ouvrir<C extends { texte: string; ical: string; ferme: Buffer | null }>({ ferme, ...c }: C, coffre: Coffre): Omit<C, 'ferme'> {
  return ferme ? { ...c, ...(JSON.parse(coffre.dechiffrer(ferme)) as { texte: string; ical: string }) } : c;
}

export interface CourrielGarde {
  id: string;
  destinataire: string;
  sujet: string;
  texte: string;
  etat: 'attente' | 'envoye' | 'retenu' | 'echec';
  essais: number;
  erreur: string;
  creeLe: Date;
  /** Carries an invitation, how many files, and the path of what it speaks of. */
  methode: '' | 'REQUEST' | 'CANCEL';
  pieces: number;
  objet: string;
}
/** With `coffre` their texts are there to be read (the demonstration's mailbox); without, none that was closed is. */
export async function listCourriels(
  db: Db,
  contratId: number,
  etats: readonly CourrielGarde['etat'][],
  limite: number,
  coffre: Coffre | null = null,
): Promise<CourrielGarde[]> {
  const { rows } = await sql<CourrielGarde & { ical: string; ferme: Buffer | null }>`
    select id, destinataire, sujet, texte, ical, ferme, etat, essais, erreur, cree_le as "creeLe", ical_methode as methode, cardinality(pieces) as pieces, objet
    from courriels
    where contrat_id = ${contratId} and etat = any(${[...etats]}::text[])
    order by cree_le desc
    limit ${limite}`.execute(db);
  return rows.map(({ ical, ferme, ...c }) => (coffre ? { ...c, texte: ouvrir({ texte: c.texte, ical, ferme }, coffre).texte } : c));
}
/** What became of the mail about these objects, the latest first. */
export interface Envoi {
  destinataire: string;
  etat: CourrielGarde['etat'];
  erreur: string;
  creeLe: Date;
}
export async function getEnvois(db: Db, contratId: number, objets: readonly string[]): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select destinataire, etat, erreur, cree_le as "creeLe" from courriels
    where contrat_id = ${contratId} and objet <> '' and objet = any(${[...objets]}::text[])
    order by cree_le desc
    limit 500`.execute(db);
  return rows;
}

/** Puts mail that failed back in the queue; returns how many. */
export async function relancerCourriels(tx: Db, contratId: number): Promise<number> {
  const { rows } = await sql`
    update courriels set etat = 'attente', essais = 0, prochain_le = now()
    where contrat_id = ${contratId} and (etat = 'echec' or (etat = 'attente' and essais > 0))
    returning id`.execute(tx);
  return rows.length;
}

export interface Courrier {
  /** Sends what waits and is due; safe to call at any time and from several processes. */
  expedier(): Promise<void>;
  close(): Promise<void>;
}

interface AEnvoyer {
  id: string;
  destinataire: string;
  sujet: string;
  texte: string;
  essais: number;
  ical: string;
  ferme: Buffer | null;
  methode: '' | 'REQUEST' | 'CANCEL';
  pieces: string[];
}
/** Files that were purged meanwhile are left out: the mail still says where to read them. */
async function lirePieces(tx: Db, contratId: number, ids: readonly string[]): Promise<{ filename: string; contentType: string; content: Buffer }[]> {
  const lues = [];
  for (const id of ids) lues.push(await getFichier(tx, contratId, id));
  return lues.flatMap((f) => (f ? [{ filename: f.nom, contentType: f.type, content: f.contenu }] : []));
}

const ESSAIS_MAX = 8;
const RYTHME_MS = 60_000;

/** `smtp`: `smtp://user:password@host:587`, null when there is none; `retenir`: hold mail back instead of waiting for one. */
export function openCourrier(o: { db: Db; contratId: number; smtp: string | null; de: string; retenir: boolean; coffre: Coffre }): Courrier {
  const transport = o.smtp ? createTransport(o.smtp, { from: o.de }) : null;
  let enCours: Promise<void> = Promise.resolve();
  const unSeul = (): Promise<boolean> =>
    inTransaction(o.db, { contratId: o.contratId }, async (tx) => {
      const { rows } = await sql<AEnvoyer>`
        select id, destinataire, sujet, texte, essais, ical, ferme, ical_methode as methode, pieces from courriels
        where contrat_id = ${o.contratId} and etat = 'attente' and prochain_le <= now()
        order by prochain_le
        limit 1 for update skip locked`.execute(tx);
      const c = rows[0];
      if (!c) return false;
      const noter = (etat: string, erreur: string, minutes: number) =>
        sql`
        update courriels
        set etat = ${etat}, essais = essais + 1, erreur = ${erreur}, prochain_le = now() + make_interval(mins => ${minutes}::int),
          envoye_le = case when ${etat} = 'envoye' then now() end, texte = case when ${etat} = 'envoye' then '' else texte end,
          ical = case when ${etat} = 'envoye' then '' else ical end, ferme = case when ${etat} = 'envoye' then null else ferme end
        where contrat_id = ${o.contratId} and id = ${c.id}`.execute(tx);
      if (!transport) {
        if (o.retenir) await noter('retenu', '', 0);
        else await noter('attente', 'SMTP_URL n’est pas réglé', 60);
        return true;
      }
      try {
        const { texte, ical } = ouvrir(c, o.coffre);
        await transport.sendMail({
          to: c.destinataire,
          subject: c.sujet,
          text: texte,
          ...(c.methode ? { icalEvent: { method: c.methode, filename: 'invitation.ics', content: ical } } : {}),
          attachments: await lirePieces(tx, o.contratId, c.pieces),
        });
        await noter('envoye', '', 0);
      } catch (e) {
        const { responseCode, message } = e as { responseCode?: number; message: string };
        // 5xx is final: the address does not exist or the server will never take it.
        const final = (responseCode !== undefined && responseCode >= 500) || c.essais + 1 >= ESSAIS_MAX;
        await noter(final ? 'echec' : 'attente', message.slice(0, 500), 2 ** c.essais);
      }
      return true;
    });
  const expedier = (): Promise<void> => {
    enCours = enCours
      .then(async () => {
        for (let reste = 200; reste > 0 && (await unSeul()); reste--);
      })
      .catch((e: Error) => {
        process.stderr.write(`courrier : ${e.message}\n`);
      });
    return enCours;
  };
  const rythme = setInterval(() => void expedier(), RYTHME_MS).unref();
  return {
    expedier,
    close: async () => {
      clearInterval(rythme);
      await enCours;
      transport?.close();
    },
  };
}
