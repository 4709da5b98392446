import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Nature } from '../decisions.rules.ts';
import { comptee } from '../listes.queries.ts';
import { avecOrigines, listOrigines, selonOrigine } from '../origines.ts';
import type { Sens } from './cibles.rules.ts';

type Colonnes = 'mesureId' | 'territoireId' | 'annee' | 'rang' | 'unite' | 'par' | 'le' | 'decisionId';
export interface CibleLue extends Pick<Ligne<'cibles'>, Colonnes> {
  /** Null where this decision withdrew it. */
  valeur: number | null;
  sens: Sens | null;
  numero: number;
  nature: Nature;
  decideeLe: Date;
  /** Name of what made the decision; null when it, or the decision, is closed to others. */
  origine: string | null;
  abandonnee: boolean;
}

/** Asked by every page of a figure, of which most have no target: what tells them takes PostgreSQL ten times longer to plan. */
const lirePremiere = requete<Pick<Ligne<'cibles'>, 'rang'>, { contratId: number; mesures: readonly string[] }>(
  (v) => sql`select x.rang from cibles x where x.contrat_id = ${v.contratId} and x.mesure_id = any(${v.mesures}::text[]) limit 1`,
);

/** Every word on the targets of these measures at these places, the last first; all places when none is named. */
export async function listCibles(db: Db, contratId: number, o: { mesures: readonly string[]; territoireId?: string }): Promise<CibleLue[]> {
  if (o.mesures.length === 0 || (await lirePremiere(db, { contratId, mesures: o.mesures })).length === 0) return [];
  const origines = listOrigines();
  const { rows } = await sql<CibleLue>`
    select x.mesure_id, x.territoire_id, x.annee, x.rang, x.valeur::float8 as valeur, x.sens, x.unite, x.par, x.le, x.decision_id,
      d.numero, d.nature, d.cree_le as decidee_le, d.etat = 'abandonne' as abandonnee,
      case when ${comptee(origines)} then ${selonOrigine(origines, (y) => y.nom)} end as origine
    from ${avecOrigines(origines)}
    join cibles x on x.contrat_id = d.contrat_id and x.decision_id = d.id
    where x.contrat_id = ${contratId} and x.mesure_id = any(${[...o.mesures]}::text[])
      ${o.territoireId === undefined ? sql`` : sql`and x.territoire_id = ${o.territoireId}`}
    order by x.mesure_id, x.territoire_id, x.annee, x.rang desc`.execute(db);
  return rows;
}

export async function countCiblesDeDecision(db: Db, contratId: number, decisionId: string): Promise<number> {
  const { n } = await db
    .selectFrom('cibles')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('contratId', '=', contratId)
    .where('decisionId', '=', uuid(decisionId))
    .executeTakeFirstOrThrow();
  return Number(n);
}

type NouvelleCible = Omit<Ligne<'cibles'>, 'contratId' | 'valeur'> & { valeur: number | null };
/** The caller checked the rank under the lock of the target. */
export async function saveCible(tx: Db, contratId: number, c: NouvelleCible): Promise<void> {
  await sql`
    insert into cibles (contrat_id, mesure_id, territoire_id, annee, rang, valeur, sens, unite, decision_id, par, par_id, par_organisation, le)
    values (${contratId}, ${c.mesureId}, ${c.territoireId}, ${c.annee}, ${c.rang}, ${c.valeur}, ${c.sens}, ${c.unite}, ${c.decisionId}::uuid, ${c.par},
      ${c.parId}::uuid, ${c.parOrganisation}, ${c.le})`.execute(tx);
}

/** One writer at a time on a measure. */
export async function verrouillerCibles(tx: Db, contratId: number, mesureId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cibles|${contratId}|${mesureId}`}, 0))`.execute(tx);
}
