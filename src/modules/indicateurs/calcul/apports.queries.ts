/** Counts records whose contribution is worked out already: all those of transactions that are written together, in one statement. */
import { sql } from 'kysely';
import { requete } from '../../../core/base/requete.ts';
import type { Fusion } from '../../../core/base/transaction.ts';
import { enJson } from '../../../core/couper.ts';
import { insererFaitsSql } from '../faits/faits.sql.ts';
import { ajoutSql, type Cause } from './cellules.queries.ts';
import { type Apport, deltasDe } from './apports.ts';

interface Nouveau {
  contratId: number;
  id: string;
  jour: string;
  territoireId: string;
  apport: Apport;
  cause: Cause | null;
}
export const compterNouveaux: Fusion<Nouveau> = {
  ecrire: (parts) => {
    const [premiere] = parts;
    if (!premiere) return [];
    const cellules = parts.flatMap((p) => p.apport.cellules);
    const faits = parts.flatMap((p) => p.apport.filtres.map((t) => ({ ...t, jour: p.jour, fait: p.id, territoireId: p.territoireId })));
    const causes = parts.flatMap((p) => (p.cause ? [{ ...p.cause, deltas: enJson(deltasDe(p.apport.cellules)) }] : []));
    return [
      ajouterNouveaux.avec({
        contratId: premiere.contratId,
        cles: cellules.map((c) => c.cle),
        mois: cellules.map((c) => c.mois),
        territoires: cellules.map((c) => c.territoireId),
        ventilations: cellules.map((c) => enJson(c.ventilation)),
        sommes: cellules.map((c) => c.somme),
        sansValeurs: cellules.map((c) => c.sansValeur),
        filtres: faits.map((x) => x.cle),
        jours: faits.map((x) => x.jour),
        faits: faits.map((x) => x.fait),
        lieux: faits.map((x) => x.territoireId),
        fins: faits.map((x) => x.fin),
        chemins: causes.map((c) => c.chemin),
        versions: causes.map((c) => c.version),
        deltas: causes.map((c) => c.deltas),
      }),
    ];
  },
};
interface Ensemble {
  contratId: number;
  cles: string[];
  mois: string[];
  territoires: string[];
  ventilations: string[];
  sommes: number[];
  sansValeurs: number[];
  filtres: string[];
  jours: string[];
  faits: string[];
  lieux: string[];
  fins: (string | null)[];
  chemins: string[];
  versions: number[];
  deltas: string[];
}
const ajouterNouveaux = requete<unknown, Ensemble>((v) => {
  const cellules = sql`
    select mesure_id, mois, territoire_id, ventilation::jsonb as ventilation, count(*) as nombre, sum(somme) as somme, sum(sans_valeur) as sans_valeur
    from unnest(${v.cles}::text[], ${v.mois}::date[], ${v.territoires}::text[], ${v.ventilations}::text[], ${v.sommes}::numeric[], ${v.sansValeurs}::int[])
      as c (mesure_id, mois, territoire_id, ventilation, somme, sans_valeur)
    group by 1, 2, 3, 4`;
  const faits = insererFaitsSql(
    v.contratId,
    sql`select *, 1::smallint as rang, null::date as suite
      from unnest(${v.filtres}::bigint[], ${v.jours}::date[], ${v.faits}::uuid[], ${v.lieux}::text[], ${v.fins}::date[]) as f (filtre, jour, fait, territoire_id, fin)`,
  );
  return sql`${ajoutSql(v.contratId, cellules, 1, faits)}
    insert into mouvements_a_dire (contrat_id, chemin, version, deltas)
    select ${v.contratId}::smallint, chemin, version, deltas::jsonb
    from unnest(${v.chemins}::text[], ${v.versions}::int[], ${v.deltas}::text[]) with ordinality as m (chemin, version, deltas, rang) order by rang`;
});
