import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { compterObligations } from '../main-courante/obligations.queries.ts';

export interface Comptes {
  entrees: number;
  corrections: number;
  tardives: number;
  horsLigne: number;
  confirmees: number;
  /** All that was ever due, and what of it was done. */
  dues: number;
  faites: number;
  premiereDecision: Date | null;
  parClasse: (Pick<Ligne<'mainCourante'>, 'classe'> & { nombre: number })[];
  parOrganisation: (Pick<Ligne<'mainCourante'>, 'organisationId'> & { nombre: number })[];
}
const nombre = sql<number>`count(*)::int`;

/** Of one main courante. `horsLigne`: written by a device two minutes or more before they arrived. */
export async function compterEntrees(db: Db, contratId: number, criseId: string): Promise<Comptes> {
  const ici = db.selectFrom('mainCourante as e').where('e.contratId', '=', contratId).where('e.criseId', '=', uuid(criseId));
  const totaux = await ici
    .select([
      nombre.as('entrees'),
      sql<number>`count(*) filter (where renvoi_genre = 'correction')::int`.as('corrections'),
      sql<number>`count(*) filter (where tardive)::int`.as('tardives'),
      sql<number>`count(*) filter (where arrive_le - (saisi_le - ecart_ms * interval '1 millisecond') > interval '2 minutes')::int`.as('horsLigne'),
      sql<number>`count(*) filter (where cardinality(confirme) > 0)::int`.as('confirmees'),
      sql<Date | null>`min(survenu_le) filter (where classe = 'decision' and not automatique)`.as('premiereDecision'),
    ])
    .executeTakeFirstOrThrow();
  const parClasse = await ici
    .select(['e.classe', nombre.as('nombre')])
    .groupBy('e.classe')
    .orderBy('nombre', 'desc')
    .orderBy('e.classe')
    .execute();
  const parOrganisation = await ici
    .where('e.automatique', '=', false)
    .select(['e.organisationId', nombre.as('nombre')])
    .groupBy('e.organisationId')
    .orderBy('nombre', 'desc')
    .orderBy('e.organisationId')
    .execute();
  return { ...totaux, ...(await compterObligations(db, contratId, criseId)), parClasse, parOrganisation };
}
