/** Who gave nothing, as everyone may know it: no value is read here. */
import { sql } from 'kysely';

/** Whoever has given something has not kept silent, validated or not: of a total `t`, what its latest values say is missing. */
export const silencieux = sql`(
  select r.details from valeur_totaux r
  where r.contrat_id = t.contrat_id and r.ensemble = 'recent' and r.territoire_id = t.territoire_id and r.mesure_id = t.mesure_id
    and r.periode = t.periode and r.ventilation = t.ventilation)`;
