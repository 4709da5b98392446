/** Versions in force of contributions, whoever gave them. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { cleDe, cleDeContribution } from './grain.rules.ts';

type Gardee = 'mesureId' | 'periode' | 'debiteur' | 'territoireId' | 'version' | 'texte' | 'lien' | 'source' | 'commentaire' | 'fichierId' | 'fichierNom';
export interface VersionCourante extends Pick<Ligne<'valeurs'>, Gardee | 'documentAuteur' | 'validee'> {
  ventilation: Record<string, string>;
  etat: 'valeur' | 'secret' | 'sans_objet';
  valeur: number | null;
  documentLe: string | null;
}
/** By `mesureId|` and the key of the contribution. */
export async function listVersionsCourantes(
  db: Db,
  contratId: number,
  q: { mesures: readonly string[]; periodes: readonly string[] },
): Promise<Map<string, VersionCourante>> {
  const { rows } = await sql<VersionCourante>`
    select mesure_id as "mesureId", periode, debiteur, territoire_id as "territoireId", ventilation, version, etat, valeur::float8 as valeur, texte,
      lien, source, commentaire, fichier_id as "fichierId", fichier_nom as "fichierNom", document_le::text as "documentLe",
      document_auteur as "documentAuteur", validee
    from valeurs
    where contrat_id = ${contratId} and courante and mesure_id = any(${[...q.mesures]}::text[]) and periode = any(${[...q.periodes]}::text[])`.execute(db);
  return new Map(rows.map((v) => [`${v.mesureId}|${cleDeContribution({ ...v, ventilation: cleDe(v.ventilation) })}`, v]));
}
