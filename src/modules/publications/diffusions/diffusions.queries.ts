/** Documents sent to a list, and those who read them. Files leave in pieces: no list reads one. */
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import { enMorceaux } from '../../../core/base/chunks.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export type DocumentDiffuse = Omit<Ligne<'documentsDiffuses'>, 'contratId' | 'fichier'>;
export type Lecteur = Omit<Ligne<'documentLecteurs'>, 'contratId' | 'anonymiseeLe'>;
export interface DocumentDeListe extends DocumentDiffuse {
  lecteurs: number;
  lus: number;
  /** The reader's own: null when they are not on the list. */
  aLire: boolean | null;
}
const COLONNES = sql`d.id, d.titre, d.texte, d.fichier_nom, d.fichier_type, d.version, d.remplace, d.liste, d.lire_avant, d.jusqu_au, d.organisation_id,
  d.pour_roles, d.pour_organisations, d.pour_instances, d.diffuse_par, d.diffuse_le, d.retire_le, d.retire_par, d.retire_motif, d.anonymisee_le`;
const LECTEURS = sql`l.id, l.document_id, l.compte_id, l.organisation_id, l.nom, l.courriel, l.tour, l.envoye_le, l.lu_le, l.lu_voie, l.ouvert_le`;

/** Those sent to this account, and those that it follows (`toutes`, or of its organisation); the latest first. */
export async function listDocuments(
  db: Db,
  contratId: number,
  o: { compteId: string; organisation: string | null; toutes: boolean; limite: number; depuis: number },
): Promise<DocumentDeListe[]> {
  const { rows } = await sql<DocumentDeListe>`
    select ${COLONNES}, n.lecteurs, n.lus, m.a_lire as "aLire"
    from documents_diffuses d
    cross join lateral (
      select count(*)::int as lecteurs, count(l.lu_le)::int as lus
      from document_lecteurs l where l.contrat_id = d.contrat_id and l.document_id = d.id) n
    left join lateral (
      select bool_and(l.lu_le is null) as a_lire
      from document_lecteurs l where l.contrat_id = d.contrat_id and l.document_id = d.id and l.compte_id = ${uuid(o.compteId)}) m on true
    where d.contrat_id = ${contratId} and (m.a_lire is not null or ${o.toutes} or d.organisation_id = ${o.organisation})
    order by d.diffuse_le desc, d.id desc limit ${o.limite} offset ${o.depuis}`.execute(db);
  return rows;
}
export async function getDocument(db: Db, contratId: number, id: string, verrou = false): Promise<DocumentDiffuse | null> {
  const { rows } = await sql<DocumentDiffuse>`
    select ${COLONNES} from documents_diffuses d where d.contrat_id = ${contratId} and d.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** What replaced it. */
export async function getSuivant(db: Db, contratId: number, id: string): Promise<string | null> {
  const { rows } = await sql<
    Pick<Ligne<'documentsDiffuses'>, 'id'>
  >`select id from documents_diffuses where contrat_id = ${contratId} and remplace = ${uuid(id)}`.execute(db);
  return rows[0]?.id ?? null;
}
/** Those who have not read it first. */
export async function listLecteurs(db: Db, contratId: number, documentId: string): Promise<Lecteur[]> {
  const { rows } = await sql<Lecteur>`
    select ${LECTEURS} from document_lecteurs l where l.contrat_id = ${contratId} and l.document_id = ${uuid(documentId)}
    order by (l.lu_le is not null), l.nom, l.id`.execute(db);
  return rows;
}
export async function getLecteur(db: Db, contratId: number, id: string, verrou = false): Promise<Lecteur | null> {
  const { rows } = await sql<Lecteur>`
    select ${LECTEURS} from document_lecteurs l where l.contrat_id = ${contratId} and l.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export async function getLecteurDuCompte(db: Db, contratId: number, documentId: string, compteId: string): Promise<Lecteur | null> {
  const { rows } = await sql<Lecteur>`
    select ${LECTEURS} from document_lecteurs l
    where l.contrat_id = ${contratId} and l.document_id = ${uuid(documentId)} and l.compte_id = ${uuid(compteId)} order by l.id limit 1`.execute(db);
  return rows[0] ?? null;
}

export type NouveauDocument = Pick<
  DocumentDiffuse,
  | 'titre'
  | 'texte'
  | 'fichierNom'
  | 'fichierType'
  | 'version'
  | 'remplace'
  | 'liste'
  | 'pourRoles'
  | 'pourOrganisations'
  | 'pourInstances'
  | 'lireAvant'
  | 'jusquAu'
  | 'organisationId'
  | 'diffusePar'
  | 'diffuseLe'
> & { fichier: Buffer | null };
export async function createDocument(tx: Db, contratId: number, d: NouveauDocument): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'documentsDiffuses'>, 'id'>>`
    insert into documents_diffuses (contrat_id, titre, texte, fichier, fichier_nom, fichier_type, version, remplace, liste,
      pour_roles, pour_organisations, pour_instances, lire_avant, jusqu_au, organisation_id, diffuse_par, diffuse_le)
    values (${contratId}, ${d.titre}, ${d.texte}, ${d.fichier}, ${d.fichierNom}, ${d.fichierType}, ${d.version}, ${d.remplace}::uuid, ${d.liste},
      ${[...d.pourRoles]}::text[], ${[...d.pourOrganisations]}::text[], ${uuids(d.pourInstances)}, ${d.lireAvant}::date, ${d.jusquAu}::date, ${d.organisationId}, ${d.diffusePar}, ${d.diffuseLe})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export type NouveauLecteur = Pick<Lecteur, 'compteId' | 'organisationId' | 'nom' | 'courriel'>;
export async function addLecteurs(tx: Db, contratId: number, documentId: string, lecteurs: readonly NouveauLecteur[], quand: Date): Promise<Lecteur[]> {
  const { rows } = await sql<Lecteur>`
    insert into document_lecteurs as l (contrat_id, document_id, compte_id, organisation_id, nom, courriel, envoye_le)
    select ${contratId}, ${documentId}::uuid, x.compte_id, x.organisation_id, x.nom, x.courriel, ${quand}
    from jsonb_to_recordset(${enJson(
      lecteurs.map((l) => ({ compte_id: l.compteId, organisation_id: l.organisationId, nom: l.nom, courriel: l.courriel })),
    )}::jsonb) as x (compte_id uuid, organisation_id text, nom text, courriel text)
    returning ${LECTEURS}`.execute(tx);
  return rows;
}
/** False when it was read already. */
export async function marquerLu(tx: Db, contratId: number, id: string, voie: 'compte' | 'lien', quand: Date): Promise<boolean> {
  const r = await sql`
    update document_lecteurs set lu_le = ${quand}, lu_voie = ${voie} where contrat_id = ${contratId} and id = ${uuid(id)} and lu_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
/** The link opens this once. */
export async function ouvrirLeLien(tx: Db, contratId: number, id: string, quand: Date): Promise<void> {
  await sql`update document_lecteurs set ouvert_le = ${quand} where contrat_id = ${contratId} and id = ${uuid(id)} and ouvert_le is null`.execute(tx);
}
/** Links sent to one address, at most. */
export const TOURS_MAX = 100;
/** The link sent before opens nothing any more. */
export async function tournerLeLien(tx: Db, contratId: number, id: string): Promise<Lecteur | null> {
  const { rows } = await sql<Lecteur>`
    update document_lecteurs l set tour = l.tour + 1, ouvert_le = null where l.contrat_id = ${contratId} and l.id = ${uuid(id)} and l.tour < ${TOURS_MAX} returning ${LECTEURS}`.execute(
    tx,
  );
  return rows[0] ?? null;
}
export async function retirerDocument(tx: Db, contratId: number, id: string, r: { par: string; motif: string; quand: Date }): Promise<boolean> {
  const fait = await sql`
    update documents_diffuses set retire_le = ${r.quand}, retire_par = ${r.par}, retire_motif = ${r.motif}
    where contrat_id = ${contratId} and id = ${uuid(id)} and retire_le is null and anonymisee_le is null`.execute(tx);
  return fait.numAffectedRows === 1n;
}
interface FichierLu extends Pick<Ligne<'documentsDiffuses'>, 'fichierNom' | 'fichierType'> {
  octets: number;
}
export async function lireFichierDiffuse(db: Db, contratId: number, id: string): Promise<{ nom: string; type: string; contenu: Readable } | null> {
  const ce = sql`from documents_diffuses where contrat_id = ${contratId} and id = ${uuid(id)} and fichier is not null`;
  const { rows } = await sql<FichierLu>`
    select fichier_nom, fichier_type, octet_length(fichier) as octets ${ce}`.execute(db);
  const f = rows[0];
  if (!f) return null;
  const contenu = enMorceaux(f.octets, async (depuis, longueur) => {
    const { rows: m } = await sql<
      Pick<Ligne<'documentsDiffuses'>, 'fichier'>
    >`select substring(fichier from ${depuis} for ${longueur}) as fichier ${ce}`.execute(db);
    return m[0]?.fichier ?? null;
  });
  return { nom: f.fichierNom, type: f.fichierType, contenu };
}
