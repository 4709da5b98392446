/** Reports and what happens to them. Counts by state and by month are kept by the database as these rows are written. */
import { sql } from 'kysely';
import { type Db, type Ligne, remettre } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import { numero, uuid, uuids } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import { type Lecture, lisibleEnSql } from './lecture.queries.ts';

export interface Demande extends Omit<Ligne<'demandes'>, 'contratId' | 'maille' | 'reponses' | 'anonymiseeLe'> {
  reponses: Reponses;
}
/** By question: codes of a closed list, or the words or number typed. */
export type Reponses = Readonly<Record<string, readonly string[] | string>>;
export type Evenement = Omit<Ligne<'demandeEvenements'>, 'contratId' | 'demandeId'>;

const COLONNES = sql`d.id, d.numero, d.circuit, d.canal, d.categorie, d.titre, d.theme, d.reponses, d.texte, d.texte_public, d.jour, d.heure, d.territoire_id,
  d.adresse, d.lon, d.lat, d.service_id, d.role_referent, d.agent, d.agent_id, d.auteur_organisation, d.auteur_id, d.lecteurs, d.etat, d.etat_le, d.du_le, d.prevue_le, d.recu_le, d.repondu_le,
  d.fait_le, d.confirme_le, d.conteste_le, d.clos_le, d.note, d.meneur_id, d.registre, d.activite_id, d.efface_apres, d.qualifiee_le, d.lieu_cle, d.version, d.modifie_par, d.modifie_le`;
export { COLONNES as COLONNES_DEMANDE };

/** `verrou` locks the row until the end of the transaction. */
export async function getDemande(db: Db, contratId: number, id: string, verrou = false): Promise<Demande | null> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** In the order of their ids, which is the order in which every writer locks them. */
export async function listDemandes(db: Db, contratId: number, ids: readonly string[], verrou = false): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.id = any(${uuids(ids)}) order by d.id
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows;
}
/** Of this number, that this reader may open. */
export async function listDuNumero(db: Db, contratId: number, n: string, lecture: Lecture): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.numero = ${numero(n)}
      and ${lisibleEnSql(lecture, 'd')}`.execute(db);
  return rows;
}
/** Those that say again what this one says; `verrou`: held, by whoever writes them too. */
export async function listJointes(db: Db, contratId: number, meneurId: string, verrou = false): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.meneur_id = ${uuid(meneurId)} order by d.id ${verrou ? sql`for update` : sql``}`.execute(
    db,
  );
  return rows;
}

/** Whose it is, where, and to whom it is reserved: who may be reminded of it. */
export type Suivie = Pick<Demande, 'id' | 'roleReferent' | 'territoireId' | 'serviceId' | 'lecteurs'>;
export async function listSuivies(db: Db, contratId: number, ids: readonly string[]): Promise<Suivie[]> {
  const { rows } = await sql<Suivie>`
    select d.id, d.role_referent, d.territoire_id, d.service_id, d.lecteurs from demandes d
    where d.contrat_id = ${contratId} and d.id = any(${uuids(ids)})`.execute(db);
  return rows;
}

export type NouvelleDemande = Pick<
  Demande,
  | 'id'
  | 'circuit'
  | 'canal'
  | 'categorie'
  | 'titre'
  | 'theme'
  | 'reponses'
  | 'texte'
  | 'textePublic'
  | 'jour'
  | 'heure'
  | 'territoireId'
  | 'adresse'
  | 'lon'
  | 'lat'
  | 'serviceId'
  | 'roleReferent'
  | 'auteurOrganisation'
  | 'auteurId'
  | 'lecteurs'
  | 'etat'
  | 'duLe'
  | 'recuLe'
> & {
  /** Its place is counted. */
  compteLieu?: boolean;
};
const numeros = requete<Pick<Demande, 'numero'>, Record<string, never>>(() => sql`select nextval('demandes_numero')::int as numero`);
/** Drawn before the row is written, which then waits for nothing. */
export const tirerNumero = async (tx: Db): Promise<number> => (await numeros(tx, {}))[0]?.numero ?? 0;

const insertion = requete<
  unknown,
  Omit<NouvelleDemande, 'reponses' | 'lecteurs'> & {
    contratId: number;
    numero: number;
    reponses: string;
    lecteurs: string[] | null;
    par: string;
    compteLieu: boolean;
  }
>(
  (v) => sql`
    insert into demandes (contrat_id, id, numero, circuit, canal, categorie, titre, theme, reponses, texte, texte_public, jour, heure, territoire_id, adresse, lon,
      lat, service_id, role_referent, auteur_organisation, auteur_id, lecteurs, etat, etat_le, du_le, recu_le, modifie_par, modifie_le, lieu_cle)
    values (${v.contratId}, ${v.id}::uuid, ${v.numero}, ${v.circuit}, ${v.canal}, ${v.categorie}, ${v.titre}, ${v.theme}, ${v.reponses}::jsonb, ${v.texte},
      ${v.textePublic}, ${v.jour}::date, ${v.heure}, ${v.territoireId}, ${v.adresse}, ${v.lon}, ${v.lat}, ${v.serviceId}, ${v.roleReferent}, ${v.auteurOrganisation},
      ${v.auteurId}::uuid, ${v.lecteurs}::text[], ${v.etat}, ${v.recuLe}, ${v.duLe}::date, ${v.recuLe}, ${v.par}, ${v.recuLe},
      case when ${v.compteLieu}::boolean then coalesce(jeton_de_lieu(${v.contratId}::smallint, ${v.territoireId}, ${v.adresse}), replace(${v.id}::uuid::text, '-', '')) end)`,
);
/** Leaves with the next statement of the transaction. */
export const createDemande = (tx: Db, contratId: number, d: NouvelleDemande, numero: number, par: string): Promise<void> =>
  remettre(
    tx,
    insertion.avec({
      ...d,
      compteLieu: d.compteLieu === true,
      contratId,
      numero,
      reponses: JSON.stringify(d.reponses),
      lecteurs: d.lecteurs ? [...d.lecteurs] : null,
      par,
    }),
  );

export type Changes = Partial<
  Pick<
    Demande,
    | 'serviceId'
    | 'roleReferent'
    | 'agent'
    | 'agentId'
    | 'lecteurs'
    | 'etat'
    | 'etatLe'
    | 'duLe'
    | 'prevueLe'
    | 'reponduLe'
    | 'faitLe'
    | 'confirmeLe'
    | 'contesteLe'
    | 'closLe'
    | 'note'
    | 'meneurId'
    | 'registre'
    | 'activiteId'
    | 'effaceApres'
    | 'texte'
    | 'textePublic'
    | 'reponses'
    | 'adresse'
    | 'lon'
    | 'lat'
    | 'categorie'
    | 'titre'
    | 'theme'
    | 'territoireId'
    | 'jour'
    | 'heure'
    | 'qualifieeLe'
  >
>;
const DEPASSEE = 'Une autre personne vient d’agir sur cette demande. Relisez ce qu’elle a fait, puis recommencez.';
/** Throws 409 when `version` is no longer the current one. Returns the new one. */
export async function updateDemande(
  tx: Db,
  contratId: number,
  d: Pick<Demande, 'id' | 'version' | 'lieuCle'>,
  changes: Changes,
  par: { nom: string; quand: Date },
): Promise<number> {
  const { reponses, lecteurs, ...simples } = changes;
  const ou = changes.territoireId ?? sql.ref('territoire_id');
  const lieuCle = sql<string>`coalesce(jeton_de_lieu(contrat_id, ${ou}, ${changes.adresse}), replace(id::text, '-', ''))`;
  const faite = await tx
    .updateTable('demandes')
    .set((eb) => ({
      ...simples,
      ...(reponses === undefined ? {} : { reponses: JSON.stringify(reponses) }),
      ...(lecteurs === undefined ? {} : { lecteurs: lecteurs === null ? null : [...lecteurs] }),
      // Corrected, its place is counted where it is.
      ...(d.lieuCle !== null && changes.qualifieeLe !== undefined && changes.adresse !== undefined ? { lieuCle } : {}),
      version: eb('version', '+', 1),
      modifiePar: par.nom,
      modifieLe: par.quand,
    }))
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(d.id))
    .where('version', '=', d.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit(DEPASSEE);
  return d.version + 1;
}

export type NouvelEvenement = Pick<Evenement, 'acte'> & Partial<Omit<Evenement, 'acte' | 'rang' | 'quand'>>;
type Ecrit = Required<Omit<Evenement, 'rang' | 'quand'>> & { contratId: number; demandeId: string; rang: number; quand: Date };
const evenement = requete<unknown, Ecrit>(
  (v) => sql`
    insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, de, vers, service_id, auteur, auteur_id, organisation_id, note, motif, message,
      jour, lien, lecteurs)
    values (${v.contratId}, ${v.demandeId}::uuid, ${v.rang}, ${v.quand}, ${v.acte}, ${v.de}, ${v.vers}, ${v.serviceId}, ${v.auteur},
      ${v.auteurId}::uuid, ${v.organisationId}, ${v.note}, ${v.motif}, ${v.message}, ${v.jour}::date, ${v.lien},
      ${v.lecteurs}::text[])`,
);
const SANS_MOT = {
  de: null,
  vers: null,
  serviceId: null,
  auteur: '',
  auteurId: null,
  organisationId: null,
  note: '',
  motif: '',
  message: '',
  jour: null,
  lien: '',
  lecteurs: null,
};
/** The rank of an event is the version that it made: nothing is written without a change, nor changed without a line. Leaves with the next statement. */
export const addEvenement = (tx: Db, contratId: number, demandeId: string, rang: number, e: NouvelEvenement, quand: Date): Promise<void> => {
  const dit = Object.fromEntries(Object.entries(e).filter(([, x]) => x !== undefined)) as NouvelEvenement;
  return remettre(tx, evenement.avec({ ...SANS_MOT, ...dit, lecteurs: dit.lecteurs ? [...dit.lecteurs] : null, contratId, demandeId, rang, quand }));
};
export async function listEvenements(db: Db, contratId: number, demandeId: string): Promise<Evenement[]> {
  const { rows } = await sql<Evenement>`
    select rang, quand, acte, de, vers, service_id, auteur, auteur_id, organisation_id, note, motif, message, jour, lien, lecteurs
    from demande_evenements where contrat_id = ${contratId} and demande_id = ${uuid(demandeId)} order by rang`.execute(db);
  return rows;
}

/** Of each of these, who read it before it was joined to another; null where everybody at work does, or when nothing was kept of it. */
export async function listLecteursDAvant(db: Db, contratId: number, ids: readonly string[]): Promise<(string[] | null)[]> {
  const { rows } = await sql<Pick<Evenement, 'lecteurs'>>`
    select distinct on (demande_id) lecteurs from demande_evenements
    where contrat_id = ${contratId} and demande_id = any(${uuids(ids)}) and acte = 'jointe' order by demande_id, rang desc`.execute(db);
  return rows.map((r) => r.lecteurs);
}
