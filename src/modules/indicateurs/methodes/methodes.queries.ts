/** Notes of method: each version stays; the last of a day is in force. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { Auteur } from '../saisie/saisie.queries.ts';
import type { Methode } from './methodes.rules.ts';

const colonnes = sql`mesure_id as "mesureId", debiteur, territoire_id as "territoireId", depuis::text as depuis, version, methode, limites, par,
  organisation_id as "organisationId", le`;

/** In force from each day, for these measures. */
export async function listMethodes(db: Db, contratId: number, mesures: readonly string[]): Promise<Methode[]> {
  if (mesures.length === 0) return [];
  const { rows } = await sql<Methode>`
    select distinct on (mesure_id, debiteur, territoire_id, depuis) ${colonnes}
    from methodes
    where contrat_id = ${contratId} and mesure_id = any(${[...mesures]}::text[])
    order by mesure_id, debiteur, territoire_id, depuis, version desc`.execute(db);
  return rows;
}

/** Every version for one measure, the latest first. */
export async function listVersionsDeMethode(db: Db, contratId: number, mesureId: string): Promise<Methode[]> {
  const { rows } = await sql<Methode>`
    select ${colonnes} from methodes
    where contrat_id = ${contratId} and mesure_id = ${mesureId}
    order by le desc, debiteur, territoire_id, depuis desc, version desc`.execute(db);
  return rows;
}

export type NouvelleMethode = Pick<Methode, 'mesureId' | 'debiteur' | 'territoireId' | 'depuis' | 'methode' | 'limites'>;
/** The next version from that day. The caller holds the year of the measure. */
export async function addMethode(tx: Db, contratId: number, x: NouvelleMethode, u: Auteur, quand: Date): Promise<void> {
  await sql`
    insert into methodes (contrat_id, mesure_id, debiteur, territoire_id, depuis, version, methode, limites, par, par_id, organisation_id, le)
    select ${contratId}, ${x.mesureId}, ${x.debiteur}, ${x.territoireId}, ${x.depuis}::date, coalesce(max(m.version), 0) + 1, ${x.methode}, ${x.limites},
      ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand}
    from methodes m
    where m.contrat_id = ${contratId} and m.mesure_id = ${x.mesureId} and m.debiteur = ${x.debiteur} and m.territoire_id = ${x.territoireId}
      and m.depuis = ${x.depuis}::date`.execute(tx);
}
