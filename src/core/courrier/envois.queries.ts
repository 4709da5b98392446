/** What became of letters, and trying again those that failed. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../base/database.ts';
import { uuid } from '../base/id.ts';
import { ADRESSE_FERMEE, CANAL } from './mail.ts';
import { couper } from '../couper.ts';

/** What became of the mail about these objects, the latest first. */
export type Envoi = Pick<Ligne<'courriels'>, 'destinataire' | 'etat' | 'erreur' | 'creeLe'>;
export async function getEnvois(db: Db, contratId: number, objets: readonly string[]): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select destinataire, etat, erreur, cree_le from courriels
    where contrat_id = ${contratId} and objet <> '' and objet = any(${[...objets]}::text[])
    order by cree_le desc`.execute(db);
  return rows;
}

/** Of these objects, each letter and what became of it: when a mail server took it. */
export type EtatDeLettre = Pick<Ligne<'courriels'>, 'objet' | 'etat' | 'envoyeLe'>;
export async function listEtatsDesLettres(db: Db, contratId: number, objets: readonly string[]): Promise<EtatDeLettre[]> {
  if (objets.length === 0) return [];
  const { rows } = await sql<EtatDeLettre>`
    select objet, etat, envoye_le from courriels
    where contrat_id = ${contratId} and objet <> '' and objet = any(${[...objets]}::text[])
    order by cree_le, id`.execute(db);
  return rows;
}

/** Puts mail that failed back in the queue; returns how many. One whose address is kept no more does not come back. */
export async function relancerCourriels(tx: Db, contratId: number): Promise<number> {
  const { rows } = await sql`
    update courriels set etat = 'attente', essais = 0, prochain_le = now(), pris_jusqua = null
    where contrat_id = ${contratId} and (destinataire <> ${ADRESSE_FERMEE} or ferme is not null) and (texte <> '' or ferme is not null) and (etat = 'echec' or (etat = 'attente' and essais > 0 and coalesce(pris_jusqua < now(), true)))
    returning id`.execute(tx);
  await sql`select pg_notify(canal, ${String(contratId)}) from canal_du_contrat(${CANAL}, ${contratId}::smallint) as canal where canal is not null`.execute(tx);
  return rows.length;
}

/** What a notice says of a letter that a mail server had taken: it did not arrive. True when the letter is one of ours that had left. */
export async function noterRefusTardif(tx: Db, contratId: number, id: string, erreur: string): Promise<boolean> {
  const r = await sql`
    update courriels set etat = 'echec', erreur = ${couper(erreur, 500)}, oubli = ''
    where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'envoye'`.execute(tx);
  return r.numAffectedRows === 1n;
}

/** Of these objects, those of which a letter will never arrive: the address was refused, or nothing took it. */
export async function listObjetsRefuses(db: Db, contratId: number, objets: readonly string[]): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'courriels'>, 'objet'>>`
    select distinct objet from courriels
    where contrat_id = ${contratId} and etat = 'echec' and objet <> '' and objet = any(${[...objets]}::text[])`.execute(db);
  return rows.map((r) => r.objet);
}
