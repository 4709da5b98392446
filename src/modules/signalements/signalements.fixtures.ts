/** Reports for tests, written as the owner. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import type { Coffre } from '../../core/coffre.ts';
import { listCourriels } from '../../core/courrier/mail.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import type { Catalogue } from '../contrats/index.ts';
import { arreterLaNuit } from './bilan/nuit.ts';
import { listCircuits } from './circuits/circuits.ts';
import { empreinteDuCode, idDe, tirerCode } from './demandes/identifiants.ts';

/** A code of follow-up that a page or a letter says; what is within an identifier is none. Empty when it says none. */
export const codeDe = (dit: string): string => /(?<![\w-])[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}(?![\w-])/.exec(dit)?.[0] ?? '';

interface Voulue {
  territoireId?: string;
  serviceId?: string;
  etat?: string;
  texte?: string;
  lecteurs?: string[] | null;
}
/** Of the circuit « tranquillite-publique »; `code` opens its page of follow-up. */
export async function creerDemande(db: Db, contratId: number, o: Voulue = {}): Promise<{ id: string; code: string }> {
  const recuLe = new Date();
  const [id, code] = [idDe(recuLe), tirerCode()];
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, lecteurs, etat, etat_le, du_le, recu_le,
      texte, texte_public, modifie_le)
    values (${contratId}, ${id}::uuid, 'tranquillite-publique', 'web', 'bruit', 'Bruit, tapage', 'vie-nocturne', current_date, ${o.territoireId ?? 'mairie-18'},
      ${o.serviceId ?? 'DT'}, ${o.lecteurs ?? null}::text[], ${o.etat ?? 'recu'}, ${recuLe}, current_date + 3, ${recuLe}, ${o.texte ?? ''}, ${o.texte ?? ''}, ${recuLe})`.execute(
    db,
  );
  await sql`insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers) values (${contratId}, ${id}::uuid, 1, ${recuLe}, 'recu', 'recu')`.execute(
    db,
  );
  await sql`insert into demande_suiveurs (contrat_id, demande_id, empreinte, cree_le)
    values (${contratId}, ${id}::uuid, ${empreinteDuCode(code)}, ${recuLe})`.execute(db);
  return { id, code };
}
/** An operation, withdrawn since, made for one report. */
export async function creerOperationSuivie(db: Db, contratId: number, o: Voulue = {}): Promise<string> {
  const { id } = await creerDemande(db, contratId, o);
  const operation = randomUUID();
  await sql`insert into demande_operations (contrat_id, activite_id, demande_id, liee_par, liee_le)
    values (${contratId}, ${operation}::uuid, ${id}::uuid, 'Essai', now())`.execute(db);
  return operation;
}
/** With a picture of one point, held. */
export async function creerDemandeAvecPhoto(db: Db, contratId: number, o: Voulue): Promise<{ demandeSuivie: string; photoSuivie: string }> {
  const { id } = await creerDemande(db, contratId, o);
  const { rows } = await sql<{ id: string }>`
    insert into demande_photos (contrat_id, demande_id, contenu, largeur, hauteur, recue_le)
    values (${contratId}, ${id}::uuid, ${Buffer.from('photo')}, 1, 1, now()) returning id`.execute(db);
  return { demandeSuivie: id, photoSuivie: rows[0]?.id ?? '' };
}
/** From the letters that wait, latest first: where each address given is confirmed. */
export async function listLiensDeConfirmation(db: Db, contratId: number, coffre: Coffre): Promise<string[]> {
  const lettres = await listCourriels(db, contratId, ['attente', 'retenu'], 50, coffre);
  return lettres.flatMap((l) => /(\/suivi\/confirmer\/[\w-]+\/[\w-]+)/.exec(l.texte)?.[1] ?? []);
}
/** A period of « lettre-plainte » after all others, of which nothing was given yet. */
export async function creerPeriodeDeCircuit(db: Db, contratId: number): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into circuit_periodes (contrat_id, compteur, titre, organisation_id, debut, fin, due_le)
    select ${contratId}, 'lettre-plainte', 'Lettre-plainte des touristes', 'PP', debut, debut + 90, debut + 135
    from (select coalesce(max(debut), date '1900-01-01') + 91 as debut from circuit_periodes
      where contrat_id = ${contratId} and compteur = 'lettre-plainte' and debut < date '1999-01-01') as p
    returning id`.execute(db);
  return rows[0]?.id ?? '';
}
/** A place that came back, of three reports. */
export async function creerRecurrence(db: Db, contratId: number, { decision, ...o }: Voulue & { decision?: string } = {}): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into recurrences (contrat_id, circuit, categorie, titre, territoire_id, adresse, service_id, lecteurs, ouverte_le, modifie_le)
    values (${contratId}, 'tranquillite-publique', 'bruit', 'Bruit, tapage', ${o.territoireId ?? 'mairie-18'}, ${o.texte ?? ''}, ${o.serviceId ?? 'DT'},
      ${o.lecteurs ?? null}::text[], now(), now())
    returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  await sql`insert into recurrence_evenements (contrat_id, recurrence_id, rang, quand, acte) values (${contratId}, ${id}::uuid, 1, now(), 'ouverte')`.execute(
    db,
  );
  if (decision)
    await sql`insert into recurrence_decisions (contrat_id, recurrence_id, decision_id, liee_par, liee_le)
      values (${contratId}, ${id}::uuid, ${decision}::uuid, 'Essai', now())`.execute(db);
  for (let n = 0; n < 3; n++) {
    const d = await creerDemande(db, contratId, o);
    await sql`insert into recurrence_demandes (contrat_id, demande_id, recurrence_id, liee_le) values (${contratId}, ${d.id}::uuid, ${id}::uuid, now())`.execute(
      db,
    );
  }
  return id;
}
/** The form that follows three reports as one place. */
export async function recurrenceAOuvrir(db: Db, contratId: number): Promise<{ url: string; champs: Record<string, string>; table: 'recurrences' }> {
  const ids = await Promise.all([1, 2, 3].map(async () => (await creerDemande(db, contratId)).id));
  return { url: '/signalements/recurrences/nouvelle', champs: { demandes: ids.join('.') }, table: 'recurrences' };
}
/** What the night does: periods that are over are told. Returns how many. */
export const arreterAu = (db: Db, catalogue: Catalogue, maintenant = new Date()): Promise<number> =>
  dansLeFuseau('Europe/Paris', async () =>
    arreterLaNuit((acte) => acte(db), { catalogue, circuits: await listCircuits(`contrats/${catalogue.slug}`), maintenant }),
  );
