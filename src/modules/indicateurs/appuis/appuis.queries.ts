/** What supports the fiches and their lines, read from the cells: one read, whatever the number of records. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import { type AppuiDeLigne, type Appuis, CLE_FICHE, mesuresParLigne } from './appuis.rules.ts';

interface Compte extends Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'nombre'> {}

export interface DemandeDAppuis {
  /** Numbers of fiches. */
  fiches: readonly string[];
  annee: string;
  /** The territory and all below it. */
  territoireId: string;
}

export async function getAppuis(db: Db, contratId: number, f: FormulaireDeContrat, d: DemandeDAppuis): Promise<Appuis> {
  const lignes = d.fiches.flatMap((n) => (f.catalogue.fiches.get(n)?.lignes ?? []).map((l) => l.id));
  const liees = mesuresParLigne(f.catalogue.systemes.values(), f.formules);
  const atomesDe = (mesure: string) => (f.formules.get(mesure)?.atomes ?? []).map((a) => a.cle);
  const cles = [
    ...d.fiches.map((n) => `${CLE_FICHE}${n}`),
    ...lignes.map((l) => `_preuve/${l}`),
    ...lignes.flatMap((l) => (liees.get(l) ?? []).flatMap(atomesDe)),
  ];
  const aire = f.catalogue.aire(d.territoireId);
  const lieu = aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`;
  const { rows } = await sql<Compte>`
    select mesure_id, sum(nombre)::float8 as nombre
    from mesure_annees
    where contrat_id = ${contratId} and annee = ${Number(d.annee)} and mesure_id in (select unnest(${[...new Set(cles)]}::text[]))${lieu}
    group by 1`.execute(db);
  const n = new Map(rows.map((r) => [r.mesureId, r.nombre]));
  return {
    fiches: new Map(d.fiches.map((x) => [x, n.get(`${CLE_FICHE}${x}`) ?? 0])),
    lignes: new Map(
      lignes.map((l): [string, AppuiDeLigne] => [
        l,
        {
          confirmes: n.get(`_preuve/${l}`) ?? 0,
          comptePar: (liees.get(l) ?? []).filter((m) => atomesDe(m).some((cle) => (n.get(cle) ?? 0) > 0)),
        },
      ]),
    ),
  };
}
