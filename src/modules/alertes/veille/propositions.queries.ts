/** Alerts that the rules of the contract propose, and what became of them. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Proposition = Omit<Ligne<'tensionPropositions'>, 'contratId'>;
const COLONNES = sql`p.id, p.regle, p.territoire_id, p.signaux, p.depuis, p.ouverte_le, p.etat, p.motif, p.decidee_le, p.decidee_par, p.alerte_id`;

/** Those that wait, and those decided since that day, the latest first. */
export async function listPropositions(db: Db, contratId: number, territoires: readonly string[] | null, decideesDepuis: Date): Promise<Proposition[]> {
  const { rows } = await sql<Proposition>`
    select ${COLONNES} from tension_propositions p
    where p.contrat_id = ${contratId} and (p.etat = 'ouverte' or p.decidee_le >= ${decideesDepuis})
      ${territoires === null ? sql`` : sql`and p.territoire_id = any(${[...territoires]}::text[])`}
    order by (p.etat = 'ouverte') desc, p.ouverte_le desc, p.id`.execute(db);
  return rows;
}
export async function getProposition(db: Db, contratId: number, id: string, verrou = false): Promise<Proposition | null> {
  const { rows } = await sql<Proposition>`
    select ${COLONNES} from tension_propositions p where p.contrat_id = ${contratId} and p.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** When each rule was last decided in each zone, among recent decisions. */
interface Decidee extends Pick<Ligne<'tensionPropositions'>, 'regle' | 'territoireId'> {
  le: Date;
}
export async function listDecidees(db: Db, contratId: number, depuis: Date): Promise<Decidee[]> {
  const { rows } = await sql<Decidee>`
    select p.regle, p.territoire_id, max(p.decidee_le) as le from tension_propositions p
    where p.contrat_id = ${contratId} and p.decidee_le >= ${depuis} group by p.regle, p.territoire_id`.execute(db);
  return rows;
}
interface Ouverte extends Pick<Ligne<'tensionPropositions'>, 'id'> {
  neuve: boolean;
}
/** Opens it, or brings the number of the one that is open up to date; returns its id when it is new. */
export async function ouvrirProposition(
  tx: Db,
  contratId: number,
  p: Pick<Proposition, 'regle' | 'territoireId' | 'signaux' | 'depuis'>,
  quand: Date,
): Promise<Ouverte | null> {
  const { rows } = await sql<Ouverte>`
    insert into tension_propositions as p (contrat_id, regle, territoire_id, signaux, depuis, ouverte_le)
    values (${contratId}, ${p.regle}, ${p.territoireId}, ${p.signaux}, ${p.depuis}::date, ${quand})
    on conflict (contrat_id, regle, territoire_id) where etat = 'ouverte'
    do update set signaux = excluded.signaux, depuis = excluded.depuis where p.signaux is distinct from excluded.signaux
    returning p.id, (p.ouverte_le = ${quand}) as neuve`.execute(tx);
  return rows[0] ?? null;
}
type Decision = ({ etat: 'alerte'; alerteId: string } | { etat: 'ecartee'; alerteId: null }) & { motif: string; par: string; quand: Date };
export const deciderProposition = (tx: Db, contratId: number, id: string, o: Decision) =>
  sql`update tension_propositions set etat = ${o.etat}, motif = ${o.motif}, decidee_par = ${o.par}, decidee_le = ${o.quand}, alerte_id = ${uuid(o.alerteId)}
    where contrat_id = ${contratId} and id = ${uuid(id)} and etat = 'ouverte'`.execute(tx);
