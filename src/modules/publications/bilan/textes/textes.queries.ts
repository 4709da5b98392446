/** Texts of a bilan: every version is a line, the last one is read. */
import { sql } from 'kysely';
import { conflit } from '../../../../core/errors.ts';
import type { Db, Ligne } from '../../../../core/base/database.ts';

export type Texte = Omit<Ligne<'bilanTextes'>, 'contratId'>;
export interface Ou {
  annee: number;
  territoireId: string;
}
const COLONNES = sql`annee, territoire_id, fiche, version, texte, auteur, fonction, le`;

/** The last version of each text; an empty one was taken back. */
export async function listTextes(db: Db, contratId: number, o: Ou): Promise<Texte[]> {
  const { rows } = await sql<Texte>`
    select distinct on (fiche) ${COLONNES} from bilan_textes
    where contrat_id = ${contratId} and annee = ${o.annee} and territoire_id = ${o.territoireId}
    order by fiche, version desc`.execute(db);
  return rows;
}

/** The latest first. */
export async function listVersionsDeTexte(db: Db, contratId: number, o: Ou & { fiche: string }): Promise<Texte[]> {
  const { rows } = await sql<Texte>`
    select ${COLONNES} from bilan_textes
    where contrat_id = ${contratId} and annee = ${o.annee} and territoire_id = ${o.territoireId} and fiche = ${o.fiche}
    order by version desc`.execute(db);
  return rows;
}

/** One writer of a bilan at a time, until the end of the transaction. */
export async function lockTextes(tx: Db, contratId: number, o: Ou): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bilan_textes|${contratId}|${o.annee}|${o.territoireId}`}, 0))`.execute(tx);
}

export async function saveTexte(
  tx: Db,
  contratId: number,
  t: Ou & Pick<Texte, 'fiche' | 'version' | 'texte'>,
  par: { auteur: string; fonction: string; quand: Date },
): Promise<void> {
  const { rows } = await sql`
    insert into bilan_textes (contrat_id, annee, territoire_id, fiche, version, texte, auteur, fonction, le)
    values (${contratId}, ${t.annee}, ${t.territoireId}, ${t.fiche}, ${t.version}, ${t.texte}, ${par.auteur}, ${par.fonction}, ${par.quand})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient d’enregistrer ce texte. Relisez-le avant d’enregistrer le vôtre.');
}
