/**
 * Incoming mail: a small SMTP server for the addresses that modules declare, behind the mail server of whoever hosts. A letter is
 * acknowledged (250) once its row and the job that will handle it are committed: a process that dies right after loses nothing, and the
 * server that sent it twice is told yes twice and read once. What it says is read in the job, never here, and never in the logs.
 */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { type Db, inTransaction } from '../base/database.ts';
import { ajouterTravail } from '../jobs/jobs.ts';
import { noterRefusTardif } from './envois.queries.ts';
import { BOITE_DES_RETOURS, lettreDuRetour, refusDefinitif } from './retours.rules.ts';
import { lireAdresse, lireEntetes, nomDuMessage, pourquoiLEcarter } from './enveloppe.rules.ts';
import { addCourrielRecu, compterPourLAdresse } from './recus.queries.ts';
import { GENRE_RECU, type OptionsTraitement } from './traitement.ts';

export interface OptionsReception extends Pick<OptionsTraitement, 'contrat' | 'coffre' | 'domaine' | 'receptions' | 'dossierContrat'> {
  db: Db;
  port: number;
  hote: string;
  octetsMax: number;
  /** Domain of the letters that leave from here: one that comes back is a loop. */
  domaineSortant: string;
}
export interface ReceptionOuverte {
  port: number;
  close(): Promise<void>;
}

/** Letters within an hour: of one sender to one address, so that nobody closes it to others; of all of them; and addresses of one envelope. */
const PAR_EXPEDITEUR = 20;
const PAR_HEURE = 600;
const DESTINATAIRES_MAX = 5;
const CLIENTS_MAX = 20;
const SILENCE_MS = 60_000;

class RefusSmtp extends Error {
  responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}
const dire = (ligne: string) => process.stderr.write(`courrier reçu : ${ligne}\n`);

/** What is no refusal of ours passes: whoever sent it keeps it and tries again. */
function refusDe(e: Error): RefusSmtp {
  if (e instanceof RefusSmtp) return e;
  dire(`refusé pour l’instant (${(e as { code?: string }).code ?? e.name})`);
  return new RefusSmtp(451, 'Réessayez plus tard.');
}

export async function openReception(o: OptionsReception): Promise<ReceptionOuverte> {
  const { SMTPServer } = await import('smtp-server');
  const serveur = new SMTPServer({
    name: o.domaine,
    banner: 'Concorde',
    size: o.octetsMax,
    // Who relays is told by the network, not by a password; a key of one's own would be one more to renew.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideSMTPUTF8: true,
    maxClients: CLIENTS_MAX,
    socketTimeout: SILENCE_MS,
    closeTimeout: 5_000,
    onMailFrom: (adresse, _, suite) => suite(adresse.address.length > 320 ? new RefusSmtp(553, 'Adresse trop longue.') : undefined),
    onRcptTo: (adresse, session, suite) => {
      if (session.envelope.rcptTo.length >= DESTINATAIRES_MAX) return suite(new RefusSmtp(452, 'Trop de destinataires.'));
      admettre(o, adresse.address, session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address).then(
        () => suite(),
        (e: Error) => suite(refusDe(e)),
      );
    },
    onData: (flux, session, suite) => {
      recevoir(o, flux, session).then(
        () => suite(),
        (e: Error) => suite(refusDe(e)),
      );
    },
  });
  // A client that hangs up in the middle is no failure of ours.
  serveur.on('error', (e: NodeJS.ErrnoException) => {
    if (!['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(e.code ?? '')) dire(e.code ?? e.name);
  });
  await new Promise<void>((oui, non) => {
    serveur.server.once('error', non);
    serveur.listen(o.port, o.hote, () => {
      serveur.server.off('error', non);
      oui();
    });
  });
  return {
    port: (serveur.server.address() as AddressInfo).port,
    close: () => new Promise((fini) => serveur.close(() => fini())),
  };
}

const empreinteDe = (adresse: string): Buffer => createHash('sha256').update(adresse.toLowerCase()).digest();

/** A notice about one of our letters: what it says of it is noted, and nothing of it is kept. A reader's own answer to such an address says nothing. */
async function entendreRetour(o: OptionsReception, tx: Db, etiquette: string, contenu: Buffer): Promise<void> {
  const id = lettreDuRetour(o.coffre, etiquette);
  const refus = refusDefinitif(contenu);
  if (id && refus && (await noterRefusTardif(tx, o.contrat.id, id, refus))) dire('avis de remise : une lettre n’est pas arrivée');
}

/** The address is of somebody, and did not receive too much: what is sent to it costs a row and a job, whoever the sender says it is. */
async function admettre(o: OptionsReception, adresse: string, expediteur: string): Promise<void> {
  const lue = lireAdresse(adresse, o.domaine);
  if (lue?.boite === BOITE_DES_RETOURS && lettreDuRetour(o.coffre, lue.etiquette)) return;
  const reception = o.receptions.find((r) => r.boite === lue?.boite);
  if (!lue || !reception || !(await reception.connait(o, lue.etiquette))) throw new RefusSmtp(550, 'Cette adresse n’existe pas ici.');
  const { tous, siens } = await compterPourLAdresse(o.db, o.contrat.id, empreinteDe(adresse), expediteur.toLowerCase());
  if (siens >= PAR_EXPEDITEUR || tous >= PAR_HEURE) throw new RefusSmtp(450, 'Trop de messages en une heure : réessayez plus tard.');
}

async function recevoir(o: OptionsReception, flux: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const morceaux: Buffer[] = [];
  let octets = 0;
  for await (const m of flux as AsyncIterable<Buffer>) {
    octets += m.length;
    // Read to its end and not kept: an answer in the middle would be taken for another one.
    if (octets <= o.octetsMax) morceaux.push(m);
  }
  if (octets > o.octetsMax || flux.sizeExceeded) throw new RefusSmtp(552, `Message trop lourd : ${Math.floor(o.octetsMax / 1_048_576)} Mo au plus.`);
  const contenu = Buffer.concat(morceaux);
  const entetes = lireEntetes(contenu);
  const expediteur = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address.toLowerCase();
  const ecarte = pourquoiLEcarter(entetes, expediteur, o.domaineSortant);
  const messageId = nomDuMessage(entetes, contenu);
  await inTransaction(o.db, { contratId: o.contrat.id }, async (tx) => {
    for (const { address } of session.envelope.rcptTo) {
      const adresse = address.toLowerCase();
      const lue = lireAdresse(adresse, o.domaine);
      if (lue?.boite === BOITE_DES_RETOURS) {
        await entendreRetour(o, tx, lue.etiquette, contenu);
        continue;
      }
      const id = await addCourrielRecu(tx, o.contrat.id, {
        ...{ messageId, expediteur, ecarte },
        boite: lue?.boite ?? '',
        empreinte: empreinteDe(adresse),
        // What stands after `+` opens something: it goes with the content.
        contenu: Buffer.concat([Buffer.from(`Delivered-To: ${adresse}\r\n`), contenu]),
      });
      if (id !== null && ecarte === null)
        await ajouterTravail(tx, o.contrat.id, { genre: GENRE_RECU, libelle: 'Courriel reçu', charge: { id }, demandePar: null });
    }
  });
  if (ecarte !== null) dire(`écarté (${ecarte})`);
}
