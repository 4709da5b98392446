/**
 * Outgoing mail: a row written in the transaction of what it tells, which wakes the sender at its commit; tried again with
 * growing delays. No transaction is open while a mail is sent: the row is taken for a while, then told what became of it. A
 * process that dies between the two lets the mail leave once more, under the same Message-ID.
 * In demonstration mode without SMTP server, mail is held back and shown on a page.
 */
import { sql } from 'kysely';
import type { Coffre } from '../coffre.ts';
import { type Db, inTransaction, remettre } from '../base/database.ts';
import { couper, enJson } from '../couper.ts';
import { openEcoute } from '../direct/listen.ts';
import { getFichier } from '../base/files.ts';
import { uuid } from '../base/id.ts';
import { adresseDeRetour } from './retours.rules.ts';
import { domaineDe, exigeTls } from './serveur.ts';

export const CANAL = 'concorde_courrier';

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
  /** Where an answer goes, when a letter may answer it: an address that opens something, kept closed with the text. */
  repondreA?: string;
  /** Address that ends these letters by one request of the mail program itself (RFC 8058). */
  desabonnement?: string;
  /** Goes before everything that waits; `plusTard`, after, in some minutes. */
  urgent?: boolean;
  plusTard?: boolean;
  /** Whom it is for waits closed with what it says, and goes with it: nothing that is kept says that they were written to. */
  discret?: boolean;
  /** A seal by which it can be found while it waits: who it is for may ask that nothing more be sent. */
  oubli?: string;
  /** Of a discreet letter: what the queue shows in place of its subject, which waits closed with the rest. */
  sujetGarde?: string;
}

/** What stands in place of an address that is kept closed. */
export const ADRESSE_FERMEE = 'adresse non gardée';
/** Minutes count: it leaves before everything that waits. */
const AVANT_LES_AUTRES = '1 day';

/** Several at once, in one statement; they leave in this order. `coffre`: for letters whose link opens something; they wait closed, and are opened when they leave. */
export async function ajouterCourriels(tx: Db, contratId: number, lettres: readonly Courriel[], coffre: Coffre | null = null): Promise<void> {
  if (lettres.length === 0) return;
  const lignes = lettres.map((c, rang) => {
    if ((c.repondreA || c.desabonnement || c.discret) && !coffre) throw new Error('Une adresse qui ouvre quelque chose attend fermée : donnez le coffre.');
    const corps = {
      texte: c.texte,
      ical: c.ical?.contenu ?? '',
      repondreA: c.repondreA ?? '',
      desabonnement: c.desabonnement ?? '',
      a: c.discret ? c.a : '',
      sujet: c.discret && c.sujetGarde ? c.sujet : '',
    };
    const { texte, ical } = coffre ? { texte: '', ical: '' } : corps;
    return {
      a: c.discret ? ADRESSE_FERMEE : c.a,
      sujet: corps.sujet ? (c.sujetGarde ?? '') : c.sujet,
      texte,
      ical,
      ferme: coffre ? coffre.chiffrer(JSON.stringify(corps)).toString('base64') : null,
      methode: c.ical?.methode ?? '',
      pieces: c.pieces ?? [],
      objet: c.objet ?? '',
      avance: c.urgent ? AVANT_LES_AUTRES : c.plusTard ? '-5 minutes' : '0',
      oubli: c.oubli ?? '',
      rang,
    };
  });
  const ajout = sql`
    with ajoutes as (
      insert into courriels (contrat_id, destinataire, sujet, texte, ical, ferme, ical_methode, pieces, objet, oubli, prochain_le)
      select ${contratId}, a, sujet, texte, ical, decode(ferme, 'base64'), methode, array(select jsonb_array_elements_text(pieces))::uuid[], objet, oubli,
        now() - avance + rang * interval '1 microsecond'
      from jsonb_to_recordset(${enJson(lignes)}::jsonb)
        as v (a text, sujet text, texte text, ical text, ferme text, methode text, pieces jsonb, objet text, avance interval, oubli text, rang integer)
    )
    select pg_notify(canal, ${String(contratId)}) from canal_du_contrat(${CANAL}, ${contratId}::smallint) as canal where canal is not null`;
  await remettre(tx, ajout);
}
export const ajouterCourriel = (tx: Db, contratId: number, c: Courriel, coffre: Coffre | null = null): Promise<void> =>
  ajouterCourriels(tx, contratId, [c], coffre);

/**
 * All that the nominative plane may send: fixed words to an open account, with a link made of ids. It reads no address, and its matter is
 * read after signing in.
 */
export async function avertir(tx: Db, compteId: string, lien: string): Promise<void> {
  await sql`select avertir(${uuid(compteId)}, ${lien})`.execute(tx);
}

type Dedans = Record<'texte' | 'ical', string> & Partial<Record<'repondreA' | 'desabonnement' | 'a' | 'sujet', string>>;
/** Text, invitation and address for answers of a letter, opened where it was closed. Throws when the key is not the one that closed it. */
function ouvrir<C extends { destinataire: string; sujet: string; texte: string; ical: string; ferme: Buffer | null }>({ ferme, ...c }: C, coffre: Coffre) {
  const dedans: Partial<Dedans> = ferme ? (JSON.parse(coffre.dechiffrer(ferme)) as Dedans) : {};
  return { repondreA: '', desabonnement: '', ...c, ...dedans, destinataire: dedans.a || c.destinataire, sujet: dedans.sujet || c.sujet };
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
  return rows.map(({ ical, ferme, ...c }) => {
    if (!coffre) return c;
    const { destinataire, sujet, texte } = ouvrir({ ...c, ical, ferme }, coffre);
    return { ...c, destinataire, sujet, texte };
  });
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
async function lirePieces(db: Db, contratId: number, ids: readonly string[]): Promise<{ filename: string; contentType: string; content: Buffer }[]> {
  const lues = [];
  for (const id of ids) lues.push(await getFichier(db, contratId, id));
  return lues.flatMap((f) => (f ? [{ filename: f.nom, contentType: f.type, content: f.contenu }] : []));
}

/** Takes one mail that is due, for as long as a server may make one wait. */
async function prendre(db: Db, contratId: number): Promise<AEnvoyer | undefined> {
  return inTransaction(db, { contratId }, async (tx) => {
    const { rows } = await sql<AEnvoyer>`
      update courriels
      set pris_jusqua = now() + make_interval(secs => ${BAIL_S}), essais = essais + 1
      where contrat_id = ${contratId} and id = (
        select id from courriels
        where contrat_id = ${contratId} and etat = 'attente' and prochain_le <= now() and coalesce(pris_jusqua < now(), true)
        order by prochain_le
        limit 1 for update skip locked)
      returning id, destinataire, sujet, texte, essais, ical, ferme, ical_methode as methode, pieces`.execute(tx);
    return rows[0];
  });
}

interface Issue {
  etat: 'envoye' | 'attente' | 'retenu' | 'echec';
  erreur: string;
  /** Minutes before the next try. */
  minutes: number;
}
const noter = (db: Db, contratId: number, id: string, issue: Issue): Promise<unknown> =>
  inTransaction(db, { contratId }, (tx) =>
    sql`
    update courriels
    set etat = ${issue.etat}, erreur = ${issue.erreur}, prochain_le = now() + make_interval(mins => ${issue.minutes}::int), pris_jusqua = null,
      envoye_le = case when ${issue.etat} = 'envoye' then now() end, texte = case when ${issue.etat} = 'envoye' then '' else texte end,
      ical = case when ${issue.etat} = 'envoye' then '' else ical end, oubli = case when ${issue.etat} in ('envoye', 'echec') then '' else oubli end,
      ferme = case when ${issue.etat} = 'envoye' or (${issue.etat} = 'echec' and destinataire = ${ADRESSE_FERMEE}) then null else ferme end
    where contrat_id = ${contratId} and id = ${id}::uuid and etat = 'attente'`.execute(tx),
  );

/** Letters on their way at once: a server that takes its time for one does not hold the next. */
const DE_FRONT = 4;
const ESSAIS_MAX = 8;
const RYTHME_MS = 60_000;
const BAIL_S = 900;
/** A server that says nothing for that long is given up until the next try. */
const SILENCE_MS = 120_000;

export interface OptionsCourrier {
  db: Db;
  contratId: number;
  /** `smtp://user:password@host:587` (STARTTLS, required but on this machine) or `smtps://`; null when there is none. */
  smtp: string | null;
  de: string;
  /** Hold mail back instead of waiting for a server. */
  retenir: boolean;
  /** Opens letters that wait closed. */
  coffre: Coffre;
  /** Domain whose letters come here: delivery notices are sent there, each to the address of its own letter. Null: to whoever sends. */
  retours?: string | null;
  /** Where to hear that mail waits; without it, it is looked for every minute and at each `expedier`. */
  url?: string;
}

export function openCourrier(o: OptionsCourrier): Courrier {
  const { db, contratId } = o;
  const delais = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: SILENCE_MS };
  const joindre = async (url: string, requireTLS: boolean) => (await import('nodemailer')).createTransport({ url, requireTLS, ...delais }, { from: o.de });
  const transport = o.smtp ? joindre(o.smtp, exigeTls(o.smtp)) : null;
  const domaine = domaineDe(o.de);

  const envoyer = async (c: AEnvoyer): Promise<Issue> => {
    if (!transport) return o.retenir ? { etat: 'retenu', erreur: '', minutes: 0 } : { etat: 'attente', erreur: 'SMTP_URL n’est pas réglé', minutes: 60 };
    let destinataire = c.destinataire;
    try {
      const lettre = ouvrir(c, o.coffre);
      const { texte, ical, repondreA, desabonnement } = lettre;
      destinataire = lettre.destinataire;
      await (await transport).sendMail({
        to: destinataire,
        ...(o.retours ? { envelope: { from: adresseDeRetour(o.coffre, c.id, o.retours), to: destinataire } } : {}),
        subject: lettre.sujet,
        text: texte,
        // Answering machines answer no machine.
        headers: { 'Auto-Submitted': 'auto-generated', ...(desabonnement ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}) },
        ...(desabonnement ? { list: { unsubscribe: desabonnement } } : {}),
        ...(repondreA ? { replyTo: repondreA } : {}),
        messageId: `<${c.id}@${domaine}>`,
        ...(c.methode ? { icalEvent: { method: c.methode, filename: 'invitation.ics', content: ical } } : {}),
        attachments: await lirePieces(db, contratId, c.pieces),
      });
      return { etat: 'envoye', erreur: '', minutes: 0 };
    } catch (e) {
      const { responseCode, code, message } = e as { responseCode?: number; code?: string; message: string };
      // 5xx is final: the server will never take it. What it says of us (password, encryption) is not: the letter waits for the settings to be mended.
      const final = (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH' && code !== 'ETLS') || c.essais >= ESSAIS_MAX;
      // A server quotes the address that it refuses.
      const dit = destinataire === c.destinataire ? message : message.replaceAll(destinataire, ADRESSE_FERMEE);
      return { etat: final ? 'echec' : 'attente', erreur: couper(dit, 500), minutes: 2 ** (c.essais - 1) };
    }
  };

  let ferme = false;
  let enCours: Promise<void> = Promise.resolve();
  let prevu = false;
  const tournee = async (): Promise<void> => {
    prevu = false;
    const piste = async (): Promise<void> => {
      for (let c = await prendre(db, contratId); c; c = ferme ? undefined : await prendre(db, contratId)) await noter(db, contratId, c.id, await envoyer(c));
    };
    // Each to its end, whatever another meets.
    await Promise.all(Array.from({ length: DE_FRONT }, () => piste().catch((e: Error) => process.stderr.write(`courrier : ${e.message}\n`))));
  };
  /** Calls that come while a round waits for its turn are that round. */
  const expedier = (): Promise<void> => {
    if (prevu || ferme) return enCours;
    prevu = true;
    enCours = enCours.then(tournee);
    return enCours;
  };
  const rythme = setInterval(() => void expedier(), RYTHME_MS).unref();
  const ecoute = o.url
    ? openEcoute(o.url, {
        canal: CANAL,
        nom: 'concorde-courrier',
        recevoir: (charge) => {
          if (charge === String(contratId)) void expedier();
        },
        ouverte: () => void expedier(),
      })
    : null;
  return {
    expedier,
    close: async () => {
      ferme = true;
      clearInterval(rythme);
      await ecoute?.close();
      await enCours;
      (await transport)?.close();
    },
  };
}
