/** Notes to mairies, who each was sent to, what each mairie answered. Their words are in the main courante. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

/** What a note says is an entry, never changed; null once the main courante has been removed. */
export type Note = Omit<Ligne<'criseNotes'>, 'contratId' | 'entree'> & { entree: number; contenu: string | null; corrigeePar: number | null };
export type NoteDeMairie = Omit<Ligne<'criseNoteMairies'>, 'contratId' | 'retour'> & { retour: number | null; reponse: string | null };
export type Envoi = Omit<Ligne<'criseNoteEnvois'>, 'contratId'>;

const NOTES = sql`n.crise_id, n.numero, n.entree::int as entree, n.origine, n.corrige, n.envoyee_le,
  (select m.contenu from main_courante m where m.contrat_id = n.contrat_id and m.crise_id = n.crise_id and m.numero = n.entree) as contenu,
  (select min(x.numero)::int from crise_notes x where x.contrat_id = n.contrat_id and x.crise_id = n.crise_id and x.corrige = n.numero) as "corrigeePar"`;
const MAIRIES = sql`y.id, y.crise_id, y.note, y.territoire_id, y.organisation_id, y.accuse_le, y.accuse_fonction, y.accuse_voie, y.retour::int as retour, y.sans_suite_le,
  (select m.contenu from main_courante m where m.contrat_id = y.contrat_id and m.crise_id = y.crise_id and m.numero = y.retour) as reponse`;

/** The last ones first. */
export async function listNotes(db: Db, contratId: number, criseId: string, numero?: number): Promise<Note[]> {
  const { rows } = await sql<Note>`
    select ${NOTES} from crise_notes n
    where n.contrat_id = ${contratId} and n.crise_id = ${uuid(criseId)} ${numero === undefined ? sql`` : sql`and n.numero = ${numero}`}
    order by n.numero desc`.execute(db);
  return rows;
}
/** The crisis is held: nobody else is numbering. */
export async function prochainNumero(tx: Db, contratId: number, criseId: string): Promise<number> {
  const { rows } = await sql<Pick<Note, 'numero'>>`
    select coalesce(max(numero), 0)::int + 1 as numero from crise_notes where contrat_id = ${contratId} and crise_id = ${uuid(criseId)}`.execute(tx);
  return rows[0]?.numero ?? 1;
}
export async function addNote(tx: Db, contratId: number, n: Pick<Note, 'criseId' | 'numero' | 'entree' | 'origine' | 'corrige' | 'envoyeeLe'>): Promise<void> {
  await sql`
    insert into crise_notes (contrat_id, crise_id, numero, entree, origine, corrige, envoyee_le)
    values (${contratId}, ${uuid(n.criseId)}, ${n.numero}, ${n.entree}, ${n.origine}, ${n.corrige}, ${n.envoyeeLe})`.execute(tx);
}
export async function addMairies(
  tx: Db,
  contratId: number,
  n: Pick<Note, 'criseId' | 'numero'>,
  mairies: readonly { territoireId: string; organisationId: string }[],
): Promise<Pick<NoteDeMairie, 'id' | 'territoireId'>[]> {
  const { rows } = await sql<Pick<NoteDeMairie, 'id' | 'territoireId'>>`
    insert into crise_note_mairies (contrat_id, crise_id, note, territoire_id, organisation_id)
    select ${contratId}, ${uuid(n.criseId)}, ${n.numero}, "territoireId", "organisationId"
    from jsonb_to_recordset(${enJson(mairies)}::jsonb) as v ("territoireId" text, "organisationId" text)
    returning id, territoire_id`.execute(tx);
  return rows;
}
export async function listMairies(db: Db, contratId: number, criseId: string): Promise<NoteDeMairie[]> {
  const { rows } = await sql<NoteDeMairie>`
    select ${MAIRIES} from crise_note_mairies y
    where y.contrat_id = ${contratId} and y.crise_id = ${uuid(criseId)} order by y.note desc, y.territoire_id`.execute(db);
  return rows;
}
/** `verrou`: held until commit. */
export async function getMairie(db: Db, contratId: number, id: string, verrou = false): Promise<NoteDeMairie | null> {
  const { rows } = await sql<NoteDeMairie>`
    select ${MAIRIES} from crise_note_mairies y where y.contrat_id = ${contratId} and y.id = ${uuid(id)} ${verrou ? sql`for update of y` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Of rooms that are open: not acknowledged, the last note of each mairie first. Without their words: what waits is drawn again only when it changes. */
export type Attendue = Pick<NoteDeMairie, 'id' | 'criseId' | 'note' | 'territoireId' | 'organisationId' | 'accuseLe'> &
  Pick<Ligne<'crises'>, 'fiche' | 'exercice' | 'titre'>;
export async function listAttendues(db: Db, contratId: number): Promise<Attendue[]> {
  const { rows } = await sql<Attendue>`
    select y.id, y.crise_id, y.note, y.territoire_id, y.organisation_id, y.accuse_le, c.fiche, c.exercice, c.titre
    from crise_note_mairies y join crises c on c.contrat_id = y.contrat_id and c.id = y.crise_id
    where y.contrat_id = ${contratId} and y.accuse_le is null and c.etat = 'ouverte'
    order by y.crise_id, y.note desc, y.territoire_id`.execute(db);
  return rows;
}
/** Once. */
export async function setAccuse(
  tx: Db,
  contratId: number,
  id: string,
  a: { quand: Date; fonction: string | null; voie: 'lien' | 'compte'; retour: number | null },
): Promise<boolean> {
  const r = await sql`
    update crise_note_mairies set accuse_le = ${a.quand}, accuse_fonction = ${a.fonction}, accuse_voie = ${a.voie}, retour = ${a.retour}
    where contrat_id = ${contratId} and id = ${uuid(id)} and accuse_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
export async function setSansSuite(tx: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`
    update crise_note_mairies set sans_suite_le = ${quand} where contrat_id = ${contratId} and id = ${uuid(id)} and sans_suite_le is null`.execute(tx);
}

type NouvelEnvoi = Pick<Envoi, 'mairieId' | 'inscritId' | 'fonction' | 'motif'>;
/** One row each; who has theirs already is left as they are, and not given back. */
export async function addEnvois(
  tx: Db,
  contratId: number,
  envois: readonly NouvelEnvoi[],
  quand: Date,
  duLe: Date,
): Promise<Pick<Envoi, 'id' | 'mairieId' | 'inscritId'>[]> {
  const { rows } = await sql<Pick<Envoi, 'id' | 'mairieId' | 'inscritId'>>`
    insert into crise_note_envois (contrat_id, mairie_id, inscrit_id, fonction, motif, envoye_le, du_le)
    select ${contratId}, "mairieId", "inscritId", fonction, motif, ${quand}, ${duLe}
    from jsonb_to_recordset(${enJson(envois)}::jsonb) as v ("mairieId" uuid, "inscritId" uuid, fonction text, motif text)
    on conflict (contrat_id, mairie_id, inscrit_id) do nothing
    returning id, mairie_id, inscrit_id`.execute(tx);
  return rows;
}
const ENVOIS = sql`e.id, e.mairie_id, e.inscrit_id, e.fonction, e.motif, e.envoye_le, e.du_le, e.parti_le, e.escalade_le, e.rebond_le`;
export async function listEnvois(db: Db, contratId: number, mairieIds: readonly string[]): Promise<Envoi[]> {
  const { rows } = await sql<Envoi>`
    select ${ENVOIS} from crise_note_envois e
    where e.contrat_id = ${contratId} and e.mairie_id = any(${uuids(mairieIds)}) order by e.envoye_le, e.id`.execute(db);
  return rows;
}
export async function getEnvoi(db: Db, contratId: number, id: string): Promise<Envoi | null> {
  const { rows } = await sql<Envoi>`select ${ENVOIS} from crise_note_envois e where e.contrat_id = ${contratId} and e.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
/** Letters that are not known to have left, or whose mairie owes an answer: what the clock looks at. */
export async function listSuivis(db: Db, contratId: number, depuis: Date): Promise<(Envoi & { criseId: string; attend: boolean })[]> {
  const { rows } = await sql<Envoi & { criseId: string; attend: boolean }>`
    select ${ENVOIS}, y.crise_id, (y.accuse_le is null and c.etat = 'ouverte') as attend
    from crise_note_envois e join crise_note_mairies y on y.contrat_id = e.contrat_id and y.id = e.mairie_id
      join crises c on c.contrat_id = y.contrat_id and c.id = y.crise_id
    where e.contrat_id = ${contratId}
      and ((e.parti_le is null and e.envoye_le >= ${depuis}) or (y.accuse_le is null and c.etat = 'ouverte' and e.rebond_le is null))`.execute(db);
  return rows;
}
/** Once: the time to answer runs from there. */
export async function noterDeparts(tx: Db, contratId: number, departs: readonly Pick<Envoi, 'id' | 'partiLe' | 'duLe'>[]): Promise<void> {
  await sql`
    update crise_note_envois e set parti_le = v."partiLe", du_le = case when e.escalade_le is null then v."duLe" else e.du_le end
    from jsonb_to_recordset(${enJson(departs)}::jsonb) as v (id uuid, "partiLe" timestamptz, "duLe" timestamptz)
    where e.contrat_id = ${contratId} and e.id = v.id and e.parti_le is null`.execute(tx);
}
export async function noterEscalades(tx: Db, contratId: number, ids: readonly string[], quand: Date, refus: boolean): Promise<void> {
  await sql`
    update crise_note_envois set escalade_le = coalesce(escalade_le, ${quand}), rebond_le = ${refus ? quand : sql`rebond_le`}
    where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(tx);
}
