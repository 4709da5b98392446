/** What was given of what is asked, for modules that ask, line by line. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { CleDeContribution } from './grain.rules.ts';
import { enJson } from '../../../core/couper.ts';

/** A figure asked: what it is about, without its breakdown. */
export type Demandee = Omit<CleDeContribution, 'ventilation'> & { mesureId: string };

/** A contribution in force: for the period asked (`periode` = `demandee`), or the last of the same length before it. */
export interface Dite extends Pick<Ligne<'valeurs'>, 'periode' | 'debiteur' | 'version' | 'source' | 'commentaire'> {
  mesureId: string;
  territoireId: string;
  demandee: string;
  ventilation: Record<string, string>;
  etat: 'valeur' | 'secret' | 'sans_objet';
  nombre: number | null;
  texte: string;
  lien: string;
  fichierId: string | null;
  fichierNom: string | null;
  par: string;
  le: Date;
  validee: boolean;
}
export async function listDites(db: Db, contratId: number, demandees: readonly Demandee[]): Promise<Dite[]> {
  if (demandees.length === 0) return [];
  const { rows } = await sql<Dite>`
    with voulues as (
      select "mesureId" as mesure_id, periode, debiteur, "territoireId" as territoire_id
      from jsonb_to_recordset(${enJson(demandees)}::jsonb) as x ("mesureId" text, periode text, debiteur text, "territoireId" text))
    select distinct on (d.mesure_id, d.debiteur, d.territoire_id, d.periode, v.ventilation, v.periode = d.periode)
      d.mesure_id as "mesureId", d.periode as demandee, d.debiteur, d.territoire_id as "territoireId", v.periode, v.ventilation, v.version, v.etat,
      v.valeur::float8 as nombre, coalesce(v.texte, '') as texte, coalesce(v.lien, '') as lien, v.fichier_id as "fichierId", v.fichier_nom as "fichierNom", v.source, v.commentaire, v.saisi_par as par,
      v.saisi_le as le, v.valide_le is not null as validee
    from voulues d
    join valeurs v on v.contrat_id = ${contratId} and v.mesure_id = d.mesure_id and v.debiteur = d.debiteur and v.territoire_id = d.territoire_id
      and v.courante and v.periode <= d.periode and translate(v.periode, '0123456789', '') = translate(d.periode, '0123456789', '')
    order by d.mesure_id, d.debiteur, d.territoire_id, d.periode, v.ventilation, v.periode = d.periode, v.periode desc`.execute(db);
  return rows;
}
