/** Reports and what happens to them. Counts by state and by month are kept by the database as these rows are written. */
import { sql } from 'kysely';
import { demanderEnsemble } from '../../../core/base/ensemble.ts';
import { type Db, type Ligne, remettreEnsemble } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Fusion } from '../../../core/base/transaction.ts';
import { numero, uuid, uuids } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import { enJson } from '../../../core/couper.ts';
import { type Lecture, lisibleEnSql } from './lecture.queries.ts';

export interface Demande extends Omit<Ligne<'demandes'>, 'contratId' | 'maille' | 'reponses' | 'anonymiseeLe'> {
  reponses: Reponses;
}
/** By question: codes of a closed list, or the words or number typed. */
export type Reponses = Readonly<Record<string, readonly string[] | string>>;
export type Evenement = Omit<Ligne<'demandeEvenements'>, 'contratId' | 'demandeId' | 'listee'>;

const COLONNES = sql`d.id, d.numero, d.circuit, d.canal, d.categorie, d.titre, d.theme, d.reponses, d.texte, d.texte_public, d.jour, d.heure, d.territoire_id,
  d.adresse, d.lon, d.lat, d.service_id, d.role_referent, d.agent, d.agent_id, d.auteur_organisation, d.auteur_id, d.lecteurs, d.etat, d.etat_le, d.du_le, d.prevue_le, d.recu_le, d.repondu_le,
  d.fait_le, d.confirme_le, d.conteste_le, d.clos_le, d.note, d.meneur_id, d.registre, d.activite_id, d.efface_apres, d.qualifiee_le, d.lieu_cle, d.version, d.modifie_par, d.modifie_le`;
export { COLONNES as COLONNES_DEMANDE };

/** `verrou` holds the row until the end of the transaction, and those that it goes with. */
export async function getDemande(db: Db, contratId: number, id: string, verrou = false): Promise<Demande | null> {
  return (await listDemandes(db, contratId, [id], verrou))[0] ?? null;
}
/**
 * In the order of their ids. `verrou`: held, with what a word of theirs or an act on them writes too, the lead of each and those joined to it. Every writer
 * holds them in that order: two of them wait for each other, and neither for ever.
 */
export async function listDemandes(db: Db, contratId: number, ids: readonly string[], verrou = false): Promise<Demande[]> {
  const [ici, siens] = [sql`from demandes x where x.contrat_id = ${contratId}`, uuids(ids)];
  const tenus = sql`select unnest(${siens}) union select x.id ${ici} and x.meneur_id = any(${siens}) union select x.meneur_id ${ici} and x.id = any(${siens})`;
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.id ${verrou ? sql`in (${tenus})` : sql`= any(${siens})`} order by d.id
    ${verrou ? sql`for update` : sql``}`.execute(db);
  const demandes = new Set(ids.map((id) => id.toLowerCase()));
  return verrou ? rows.filter((d) => demandes.has(d.id)) : rows;
}
/** Of this number, that this reader may open. */
export async function listDuNumero(db: Db, contratId: number, n: string, lecture: Lecture): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.numero = ${numero(n)}
      and ${lisibleEnSql(lecture, 'd')}`.execute(db);
  return rows;
}
/** Those that say again what this one says; whoever holds it holds them. */
export async function listJointes(db: Db, contratId: number, meneurId: string): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select ${COLONNES} from demandes d where d.contrat_id = ${contratId} and d.meneur_id = ${uuid(meneurId)} order by d.id`.execute(db);
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
const numeros = requete<Pick<Demande, 'numero'>, { combien: number }>(
  (v) => sql`select nextval('demandes_numero')::int as numero from generate_series(1, ${v.combien}::int)`,
);
const tirer = demanderEnsemble<null, number>(async (db, tous) => (await numeros(db, { combien: tous.length })).map((lu) => lu.numero));
/** Drawn before the row is written, which then waits for nothing. */
export const tirerNumero = (db: Db): Promise<number> => tirer(db, null);

type Inseree = Omit<NouvelleDemande, 'compteLieu'> & { numero: number; par: string; compteLieu: boolean };
/** Addresses of places that are counted are taken in one order by everybody. */
const insertion = requete<unknown, { contratId: number; lignes: string }>(
  (v) => sql`
    insert into demandes (contrat_id, id, numero, circuit, canal, categorie, titre, theme, reponses, texte, texte_public, jour, heure, territoire_id, adresse, lon,
      lat, service_id, role_referent, auteur_organisation, auteur_id, lecteurs, etat, etat_le, du_le, recu_le, modifie_par, modifie_le, lieu_cle)
    select ${v.contratId}::smallint, d.id, d.numero, d.circuit, d.canal, d.categorie, d.titre, d.theme, d.reponses, d.texte, d."textePublic", d.jour, d.heure,
      d."territoireId", d.adresse, d.lon, d.lat, d."serviceId", d."roleReferent", d."auteurOrganisation", d."auteurId", d.lecteurs, d.etat, d."recuLe", d."duLe",
      d."recuLe", d.par, d."recuLe",
      case when d."compteLieu" then coalesce(jeton_de_lieu(${v.contratId}::smallint, d."territoireId", d.adresse), replace(d.id::text, '-', '')) end
    from (
      select * from jsonb_to_recordset(${v.lignes}::jsonb) as l (id uuid, numero bigint, circuit text, canal text, categorie text, titre text, theme text, reponses jsonb,
        texte text, "textePublic" text, jour date, heure smallint, "territoireId" text, adresse text, lon float8, lat float8, "serviceId" text, "roleReferent" text,
        "auteurOrganisation" text, "auteurId" uuid, lecteurs text[], etat text, "recuLe" timestamptz, "duLe" date, par text, "compteLieu" boolean)
      order by adresse, id) as d`,
);
const insererEnsemble: Fusion<Inseree & { contratId: number }> = {
  ecrire: (parts) => [insertion.avec({ contratId: parts[0]?.contratId ?? 0, lignes: enJson(parts) })],
};
/** Leaves with the next statement of the transaction, or with what others write at the same moment. */
export const createDemande = (tx: Db, contratId: number, d: NouvelleDemande, numero: number, par: string): Promise<void> =>
  remettreEnsemble(tx, insererEnsemble, { ...d, compteLieu: d.compteLieu === true, numero, par, contratId });

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
      ...(reponses === undefined ? {} : { reponses: enJson(reponses) }),
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
type Ecrit = Required<Omit<Evenement, 'rang' | 'quand'>> & { demandeId: string; rang: number; quand: Date };
const evenements = requete<unknown, { contratId: number; lignes: string }>(
  (v) => sql`
    insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, de, vers, service_id, auteur, auteur_id, organisation_id, note, motif, message,
      jour, lien, lecteurs)
    select ${v.contratId}::smallint, e."demandeId", e.rang, e.quand, e.acte, e.de, e.vers, e."serviceId", e.auteur, e."auteurId", e."organisationId", e.note, e.motif,
      e.message, e.jour, e.lien, e.lecteurs
    from jsonb_to_recordset(${v.lignes}::jsonb) as e ("demandeId" uuid, rang int, quand timestamptz, acte text, de text, vers text, "serviceId" text, auteur text,
      "auteurId" uuid, "organisationId" text, note text, motif text, message text, jour date, lien text, lecteurs text[])`,
);
const ajouterEnsemble: Fusion<Ecrit & { contratId: number }> = {
  ecrire: (parts) => [evenements.avec({ contratId: parts[0]?.contratId ?? 0, lignes: enJson(parts) })],
};
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
/** The rank of an event is the version that it made: nothing is written without a change, nor changed without a line. Leaves with the next statement, or with what others write at the same moment. */
export const addEvenement = (tx: Db, contratId: number, demandeId: string, rang: number, e: NouvelEvenement, quand: Date): Promise<void> => {
  const dit = Object.fromEntries(Object.entries(e).filter(([, x]) => x !== undefined)) as NouvelEvenement;
  return remettreEnsemble(tx, ajouterEnsemble, { ...SANS_MOT, ...dit, lecteurs: dit.lecteurs ?? null, demandeId, rang, quand, contratId });
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
