/** Contributions of residents to a body, in PostgreSQL. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { SaisieContribution } from './contributions.schema.ts';

export type EtatDeContribution = 'recue' | 'acceptee' | 'ecartee' | 'repondue';
export interface Contribution extends Omit<Ligne<'instanceContributions'>, 'contratId' | 'etat'> {
  etat: EtatDeContribution;
}
const COLONNES = sql`k.id, k.instance_id, k.objet, k.texte, k.etat, k.recue_le, k.acceptee_le, k.ecartee_le, k.motif, k.reponse, k.repondue_le, k.traite_par,
  k.demande_id, k.anonymisee_le`;

/** The latest first. `publiees`: what everybody reads. */
export async function listContributions(
  db: Db,
  contratId: number,
  instanceId: string,
  o: { publiees: boolean; limite: number; depuis: number },
): Promise<Contribution[]> {
  const { rows } = await sql<Contribution>`
    select ${COLONNES} from instance_contributions k
    where k.contrat_id = ${contratId} and k.instance_id = ${uuid(instanceId)} and k.anonymisee_le is null
      ${o.publiees ? sql`and k.etat in ('acceptee', 'repondue')` : sql``}
    order by ${o.publiees ? sql`` : sql`k.etat not in ('recue', 'acceptee'),`} k.recue_le desc, k.id desc
    limit ${o.limite} offset ${o.depuis}`.execute(db);
  return rows;
}
/** Those that wait to be read, or to be answered: how many of each. */
interface EnAttente extends Pick<Contribution, 'etat'> {
  nombre: number;
}
export async function compterContributions(db: Db, contratId: number, instanceId: string): Promise<{ recues: number; acceptees: number }> {
  const { rows } = await sql<EnAttente>`
    select etat, count(*)::int as nombre
    from instance_contributions
    where contrat_id = ${contratId} and instance_id = ${uuid(instanceId)} and etat in ('recue', 'acceptee') and anonymisee_le is null
    group by etat`.execute(db);
  const n = (etat: EtatDeContribution) => rows.find((r) => r.etat === etat)?.nombre ?? 0;
  return { recues: n('recue'), acceptees: n('acceptee') };
}
export async function getContribution(db: Db, contratId: number, id: string, verrou = false): Promise<Contribution | null> {
  const { rows } = await sql<Contribution>`
    select ${COLONNES} from instance_contributions k where k.contrat_id = ${contratId} and k.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export async function createContribution(tx: Db, contratId: number, instanceId: string, s: SaisieContribution, quand: Date): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'instanceContributions'>, 'id'>>`
    insert into instance_contributions (contrat_id, instance_id, objet, texte, recue_le)
    values (${contratId}, ${uuid(instanceId)}, ${s.objet}, ${s.texte}, ${quand}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** False when it is not where it was shown any more, or erased. Set aside, it keeps no answer: what was asked to the agenda leaves too (a trigger). */
export async function passer(
  tx: Db,
  contratId: number,
  id: string,
  de: EtatDeContribution,
  vers: { etat: Exclude<EtatDeContribution, 'recue'>; par: string; quand: Date; motif?: string; reponse?: string; demandeId?: string },
): Promise<boolean> {
  const { etat, quand } = vers;
  const r = await sql`
    update instance_contributions set etat = ${etat}, traite_par = ${vers.par}, motif = ${vers.motif ?? ''}, reponse = ${vers.reponse ?? ''},
      demande_id = coalesce(${vers.demandeId ?? null}::uuid, demande_id), acceptee_le = ${etat === 'acceptee' ? quand : sql`acceptee_le`}, ecartee_le = ${etat === 'ecartee' ? quand : null}::timestamptz,
      repondue_le = ${etat === 'repondue' ? quand : null}::timestamptz
    where contrat_id = ${contratId} and id = ${uuid(id)} and etat = ${de} and anonymisee_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}
