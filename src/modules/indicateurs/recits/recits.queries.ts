/** Parts of a narrative, beside the version that they make. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { Ligne } from '../../../core/base/database.ts';
import type { Recit } from './recits.rules.ts';

export interface Place {
  mesureId: string;
  periode: string;
  territoireId: string;
  debiteur: string;
}
const celleCi = (contratId: number, p: Place) => sql`v.contrat_id = ${contratId} and v.mesure_id = ${p.mesureId} and v.periode = ${p.periode}
  and v.territoire_id = ${p.territoireId} and v.debiteur = ${p.debiteur} and v.ventilation = '{}'::jsonb and v.courante`;

/** Parts of the version in force, which was just written. */
export async function addRecit(tx: Db, contratId: number, p: Place, r: Recit): Promise<void> {
  await sql`
    insert into valeur_recits (contrat_id, valeur_id, faits, difficultes, perspectives, appuis, redacteur, institution)
    select v.contrat_id, v.id, ${r.faits}, ${r.difficultes}, ${r.perspectives}, ${r.appuis}, ${r.redacteur}, ${r.institution}
    from valeurs v where ${celleCi(contratId, p)}`.execute(tx);
}

type Parties = Pick<Ligne<'valeurRecits'>, 'faits' | 'difficultes' | 'perspectives' | 'appuis' | 'redacteur' | 'institution'>;
interface Courante extends Pick<Ligne<'valeurs'>, 'id' | 'version' | 'texte' | 'source' | 'commentaire' | 'lien' | 'etat' | 'documentAuteur'> {
  /** Null for one that was not written by parts. */
  recit: Recit | null;
  documentLe: string | null;
  fichierId: string | null;
  fichierNom: string | null;
}
/** The version in force there, and its parts when it has any. */
export async function getCourante(db: Db, contratId: number, p: Place): Promise<Courante | null> {
  const { rows } = await sql<Courante & Parties & { parParties: boolean }>`
    select v.id, v.version, v.texte, v.source, v.commentaire, v.lien, v.etat, v.document_le::text as "documentLe", v.document_auteur as "documentAuteur", v.fichier_id as "fichierId", v.fichier_nom as "fichierNom",
      r.faits, r.difficultes, r.perspectives, r.appuis, r.redacteur, r.institution,
      r.valeur_id is not null as "parParties"
    from valeurs v left join valeur_recits r on r.contrat_id = v.contrat_id and r.valeur_id = v.id
    where ${celleCi(contratId, p)}`.execute(db);
  const [v] = rows;
  if (!v) return null;
  const { faits, difficultes, perspectives, appuis, redacteur, institution, parParties, ...reste } = v;
  return { ...reste, recit: parParties ? { faits, difficultes, perspectives, appuis, redacteur, institution } : null };
}
