/** Versions in force of contributions, whoever gave them. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { cleDe, cleDeContribution } from './grain.rules.ts';
import type { Parole } from './parole.rules.ts';
import { enJson } from '../../../core/couper.ts';

type Gardee = 'mesureId' | 'periode' | 'debiteur' | 'territoireId' | 'version' | 'texte' | 'lien' | 'source' | 'commentaire' | 'fichierId' | 'fichierNom';
export interface VersionCourante extends Pick<Ligne<'valeurs'>, Gardee | 'id' | 'documentAuteur' | 'validee'>, Parole {
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
    select id, mesure_id as "mesureId", periode, debiteur, territoire_id as "territoireId", ventilation, version, etat, valeur::float8 as valeur, texte,
      lien, source, commentaire, fichier_id as "fichierId", fichier_nom as "fichierNom", document_le::text as "documentLe",
      document_auteur as "documentAuteur", validee, saisi_par_id as "saisiParId", saisi_par as "saisiPar", saisi_par_organisation as "saisiParOrganisation",
      pour_autrui as "pourAutrui", valide_le as "valideLe", valide_organisation as "valideOrganisation", confirme_le as "confirmeLe",
      confirme_organisation as "confirmeOrganisation", contestee_par as "contesteePar", parole
    from valeurs
    where contrat_id = ${contratId} and courante and mesure_id = any(${[...q.mesures]}::text[]) and periode = any(${[...q.periodes]}::text[])`.execute(db);
  return new Map(rows.map((v) => [`${v.mesureId}|${cleDeContribution({ ...v, ventilation: cleDe(v.ventilation) })}`, v]));
}

/** A version of a contribution for all, by its key. */
export interface VersionDesignee extends Pick<Ligne<'valeurs'>, 'mesureId' | 'periode' | 'debiteur' | 'territoireId' | 'version'> {}
/** What became of a version: `validee` is the one that the public reads; `secret`: what is in force is. */
export interface SortDeVersion extends Pick<Ligne<'valeurs'>, 'validee' | 'courante'> {
  secret: boolean;
}
interface SortLu extends SortDeVersion {
  rang: number;
}
/** In the order of what was asked, in one read; null for a version that is not there. */
export async function listSorts(db: Db, contratId: number, versions: readonly VersionDesignee[]): Promise<(SortDeVersion | null)[]> {
  if (versions.length === 0) return [];
  const { rows } = await sql<SortLu>`
    select x.rang::int as rang, v.validee, v.courante, coalesce(k.etat = 'secret', false) as secret
    from jsonb_to_recordset(${enJson(versions.map((v, rang) => ({ ...v, rang })))}::jsonb)
      as x (rang int, "mesureId" text, periode text, debiteur text, "territoireId" text, version int)
    join valeurs v on v.contrat_id = ${contratId} and v.mesure_id = x."mesureId" and v.periode = x.periode and v.territoire_id = x."territoireId"
      and v.debiteur = x.debiteur and v.ventilation = '{}' and v.version = x.version
    left join valeurs k on k.contrat_id = v.contrat_id and k.mesure_id = v.mesure_id and k.periode = v.periode and k.territoire_id = v.territoire_id
      and k.debiteur = v.debiteur and k.ventilation = v.ventilation and k.courante`.execute(db);
  const par = new Map(rows.map(({ rang, ...s }) => [rang, s]));
  return versions.map((_, rang) => par.get(rang) ?? null);
}
