/**
 * Files of frozen minutes. Freezing writes the content; this job writes the PDF and the Word document from it, then, in one
 * transaction, the files and the mail that carries them. Run again (a crash, the retry button), it does nothing twice.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import { lireLogo } from '../../instances/index.ts';
import { ecrireDocument } from '../releve/ecrire.ts';
import type { ReleveContenu } from '../releve/releve.modele.ts';
import { compter, porteeDe } from '../portee.rules.ts';
import { type Comptes, getSeance, listParticipants } from '../seances.queries.ts';
import { adressesDe, texteReleve } from '../preparation/convocation.rules.ts';
import { getReleve, type Releve } from './cloture.queries.ts';
import { avecCeQuiEstDit } from './contenu.ts';
import { horloge } from '../../../core/clock.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { addFichier } from '../../../core/base/files.ts';
import { ajouterTravail, getTravail, type Tache } from '../../../core/jobs/jobs.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const chargeSchema = z.object({ seance: z.uuid(), version: z.number().int() });

/** Where the files are: `aucun` for minutes frozen without any (restricted bodies, older minutes). */
export interface EtatDocuments {
  etat: 'aucun' | 'preparation' | 'echec' | 'prets';
  message: string;
}
interface Quel {
  seanceId: string;
  version: number;
}

/** Asks for the files, in the transaction that freezes or asks again. `origine`: scheme and host of the links in the mail. */
export async function demanderDocuments(
  tx: Db,
  contratId: number,
  o: Quel & { numero: string; origine: string; demandePar: string; quand: Date },
): Promise<void> {
  const travail = await ajouterTravail(tx, contratId, {
    genre: 'releve',
    libelle: `Documents du relevé ${o.numero}`,
    charge: { seance: o.seanceId, version: o.version },
    demandePar: o.demandePar,
  });
  await sql`
    insert into releve_documents (contrat_id, seance_id, version, travail_id, origine, demande_le)
    values (${contratId}, ${o.seanceId}::uuid, ${o.version}, ${travail}::uuid, ${o.origine}, ${o.quand})
    on conflict (contrat_id, seance_id, version) do update set travail_id = excluded.travail_id, demande_le = excluded.demande_le`.execute(tx);
}

interface Documents {
  travailId: string;
  origine: string;
  faitsLe: Date | null;
}
async function getDocuments(db: Db, contratId: number, o: Quel, verrou = false): Promise<Documents | undefined> {
  const { rows } = await sql<Documents>`
    select travail_id, origine, faits_le
    from releve_documents
    where contrat_id = ${contratId} and seance_id = ${o.seanceId}::uuid and version = ${o.version}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

export async function getEtatDocuments(db: Db, contratId: number, o: Quel): Promise<EtatDocuments> {
  const d = await getDocuments(db, contratId, o);
  if (!d) return { etat: 'aucun', message: '' };
  if (d.faitsLe) return { etat: 'prets', message: '' };
  const t = await getTravail(db, contratId, d.travailId);
  if (t?.etat === 'attente' || t?.etat === 'en_cours') return { etat: 'preparation', message: '' };
  return { etat: 'echec', message: t?.message ?? '' };
}

export const tacheReleve: Tache = {
  genre: 'releve',
  executer: async ({ db, contratId, charge, progres }) => {
    const { seance: seanceId, version } = chargeSchema.parse(charge);
    const quel = { seanceId, version };
    const releve = await getReleve(db, contratId, quel);
    if (!releve || (await getDocuments(db, contratId, quel))?.faitsLe) return {};
    // What presidents say meanwhile is in the files that leave: written again, should one speak while they are written.
    while (!(await ecrireEtEnvoyer(db, contratId, releve, progres)));
    return {};
  },
};

async function ecrireEtEnvoyer(db: Db, contratId: number, releve: Releve, progres: Parameters<Tache['executer']>[0]['progres']): Promise<boolean> {
  const { seanceId, version } = releve;
  const quel = { seanceId, version };
  const contenu = await avecCeQuiEstDit(db, contratId, releve);
  await progres(0, 2, 'Mise en page du relevé (PDF)');
  const logo = await lireLogo(db, contratId, contenu.entete?.logo);
  const pdf = await ecrireDocument(contenu, 'releve', 'pdf', logo);
  await progres(1, 2, 'Mise en page du compte rendu (Word)');
  const docx = await ecrireDocument(contenu, 'compte-rendu', 'docx', logo);
  return inTransaction(db, { contratId }, async (tx) => {
    // Whoever answers an approval holds the session.
    await getSeance(tx, contratId, seanceId, true);
    const d = await getDocuments(tx, contratId, quel, true);
    if (!d || d.faitsLe) return true;
    if (JSON.stringify(await avecCeQuiEstDit(tx, contratId, releve)) !== JSON.stringify(contenu)) return false;
    const nom = `releve-${(contenu.numero ?? '').replace(/[^\w-]+/g, '-')}${version > 1 ? `-rectificatif-${version - 1}` : ''}`;
    const pieces = [
      await addFichier(tx, contratId, { nom: `${nom}.pdf`, type: 'application/pdf', contenu: pdf }),
      await addFichier(tx, contratId, { nom: `${nom}.docx`, type: DOCX, contenu: docx }),
    ];
    await sql`
      update releve_documents set pdf_id = ${pieces[0]}::uuid, docx_id = ${pieces[1]}::uuid, faits_le = now()
      where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and version = ${version}`.execute(tx);
    await envoyerReleve(tx, contratId, { ...quel, contenu, arretePar: releve.figePar, origine: d.origine, restreinte: false, pieces });
    return true;
  });
}

/** Whom each version reached; null before it left, and for those that left before this was kept. */
export async function getEnvoiDuReleve(db: Db, contratId: number, o: Quel): Promise<Comptes | null> {
  const lu = await db
    .selectFrom('releveEnvois')
    .select(['joints', 'sansAdresse', 'vacants'])
    .where('contratId', '=', contratId)
    .where('seanceId', '=', o.seanceId)
    .where('version', '=', o.version)
    .executeTakeFirst();
  return lu ?? null;
}

/** To every member with an address: both documents, or the link alone where the body is restricted. */
export async function envoyerReleve(
  tx: Db,
  contratId: number,
  o: Quel & { contenu: ReleveContenu; arretePar: string; origine: string; restreinte: boolean; pieces: readonly string[] },
): Promise<void> {
  const { contenu, restreinte } = o;
  const lettre = texteReleve(contenu, {
    restreinte,
    rectificatif: o.version - 1,
    joint: o.pieces.length > 0,
    arretePar: o.arretePar,
    lien: `${o.origine}/seances/${o.seanceId}/clore`,
  });
  const participants = await listParticipants(tx, contratId, o.seanceId);
  const portee = porteeDe(participants);
  const { joints, sansAdresse, vacants } = compter(portee);
  await tx
    .insertInto('releveEnvois')
    .values({ contratId, seanceId: o.seanceId, version: o.version, envoyeLe: horloge(), joints, sansAdresse, vacants })
    .onConflict((c) => c.doNothing())
    .execute();
  // To each seat once: an answer to its convocation is no matter here.
  for (const p of portee.joints)
    for (const { courriel } of adressesDe({ ...p, reponse: null }))
      await ajouterCourriel(tx, contratId, { a: courriel, ...lettre, pieces: o.pieces, objet: `/seances/${o.seanceId}` });
}
