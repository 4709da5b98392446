/** Records of registers that a problem or a session deals with. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Porteur = 'probleme' | 'seance';
export type LienEcrit = Pick<Ligne<'instanceLiens'>, 'id' | 'registre' | 'activiteId'>;
export async function listLiens(db: Db, contratId: number, porteur: Porteur, id: string): Promise<LienEcrit[]> {
  const { rows } = await sql<LienEcrit>`
    select id, registre, activite_id from instance_liens
    where contrat_id = ${contratId} and porteur = ${porteur} and porteur_id = ${uuid(id)} and retire_le is null
    order by quand`.execute(db);
  return rows;
}
interface Par {
  nom: string;
  quand: Date;
}
/** Linked already, it is not linked again. */
export async function addLien(
  tx: Db,
  contratId: number,
  l: { porteur: Porteur; porteurId: string; registre: string; activiteId: string },
  par: Par,
): Promise<void> {
  await sql`
    insert into instance_liens (contrat_id, porteur, porteur_id, registre, activite_id, par, quand)
    values (${contratId}, ${l.porteur}, ${uuid(l.porteurId)}, ${l.registre}, ${uuid(l.activiteId)}, ${par.nom}, ${par.quand})
    on conflict (contrat_id, porteur, porteur_id, activite_id) where retire_le is null do nothing`.execute(tx);
}
/** False when it is not linked any more. */
export async function retirerLien(tx: Db, contratId: number, porteur: Porteur, porteurId: string, id: string, par: Par): Promise<boolean> {
  const { rows } = await sql`
    update instance_liens set retire_par = ${par.nom}, retire_le = ${par.quand}
    where contrat_id = ${contratId} and porteur = ${porteur} and porteur_id = ${uuid(porteurId)} and id = ${uuid(id)} and retire_le is null
    returning 1`.execute(tx);
  return rows.length > 0;
}
/** Ids of what deals with a record, for SQL over the table of either: `x.id in …`. */
export const porteursDe = (contratId: number, porteur: Porteur, activiteId: string): RawBuilder<unknown> => sql`(
  select porteur_id from instance_liens
  where contrat_id = ${contratId} and porteur = ${porteur} and activite_id = ${uuid(activiteId)} and retire_le is null)`;
