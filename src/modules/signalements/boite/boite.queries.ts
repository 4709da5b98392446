/** What waits, for whom: by the day it is due. Totals come from kept counts. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { numero, uuid } from '../../../core/base/id.ts';
import { type Lecture, lisibleEnSql } from '../demandes/lecture.queries.ts';
import { COLONNES_DEMANDE, type Demande } from '../demandes/demandes.queries.ts';

export interface FiltresBoite {
  circuit?: string | undefined;
  categorie?: string | undefined;
  /** States; all the open ones where left out. */
  etats?: readonly string[] | undefined;
  closes?: boolean;
  services?: readonly string[] | undefined;
  territoires?: readonly string[] | undefined;
  retardAu?: string | undefined;
  agent?: string | undefined;
  q?: string | undefined;
  /** Services whose addresses the words are looked for in; absent: all. */
  chezEux?: readonly string[] | undefined;
  /** Cells of a hot spot. */
  mailles?: readonly number[] | undefined;
}
const enTableau = (v: readonly string[]) => sql`${[...v]}::text[]`;

function ou(contratId: number, lecture: Lecture, f: FiltresBoite): RawBuilder<unknown> {
  const n = f.q && /^\d{1,12}$/.test(f.q) ? f.q : null;
  return sql`d.contrat_id = ${contratId} and d.meneur_id is null and ${f.closes ? sql`d.clos_le is not null` : sql`d.clos_le is null`} and ${lisibleEnSql(lecture, 'd')}
    ${f.circuit ? sql`and d.circuit = ${f.circuit}` : sql``}
    ${f.categorie ? sql`and d.categorie = ${f.categorie}` : sql``}
    ${f.etats ? sql`and d.etat = any(${enTableau(f.etats)})` : sql``}
    ${f.services ? sql`and d.service_id = any(${enTableau(f.services)})` : sql``}
    ${f.territoires ? sql`and d.territoire_id = any(${enTableau(f.territoires)})` : sql``}
    ${f.mailles ? sql`and d.maille = any(${[...f.mailles]}::bigint[])` : sql``}
    ${f.retardAu ? sql`and d.du_le < ${f.retardAu}::date` : sql``}
    ${f.agent ? sql`and d.agent_id = ${uuid(f.agent)}` : sql``}
    ${n ? sql`and d.numero = ${numero(n)}` : f.q ? sql`and position(sans_accents(${f.q}) in sans_accents(d.titre || ' ' || ${f.chezEux ? sql`case when d.service_id = any(${enTableau(f.chezEux)}) then d.adresse else '' end` : sql`d.adresse`} || ' ' || d.texte_public)) > 0` : sql``}`;
}

export type LigneDeBoite = Demande & Record<'jointes', number>;
const COMPTE_DES_JOINTES = sql`(select count(*)::int from demandes j where j.contrat_id = d.contrat_id and j.meneur_id = d.id) as jointes`;

/** Open: the first due first; closed: the latest first. `apres`: the last row shown. */
export async function listBoite(
  db: Db,
  contratId: number,
  lecture: Lecture,
  f: FiltresBoite,
  apres: { cle: string; id: string } | null,
  limite: number,
): Promise<LigneDeBoite[]> {
  const { rows } = await sql<LigneDeBoite>`
    select ${COLONNES_DEMANDE}, ${COMPTE_DES_JOINTES} from demandes d
    where ${ou(contratId, lecture, f)}
    ${
      apres === null
        ? sql``
        : f.closes
          ? sql`and d.id < ${uuid(apres.id)}`
          : sql`and (coalesce(d.du_le, '9999-12-31'), d.id) > (${apres.cle}::date, ${uuid(apres.id)})`
    }
    order by ${f.closes ? sql`d.id desc` : sql`coalesce(d.du_le, '9999-12-31'), d.id`}
    limit ${limite}`.execute(db);
  return rows;
}

export type CompteParEtat = Pick<Ligne<'demandeComptes'>, 'circuit' | 'etat' | 'nombre'>;
/** Reports of these services by circuit and state, as the write keeps them; what is joined to another waits with it, and is not counted. */
export async function countParEtat(db: Db, contratId: number, services: readonly string[] | undefined): Promise<CompteParEtat[]> {
  const { rows } = await sql<CompteParEtat>`
    select circuit, etat, sum(nombre)::int as nombre from demande_comptes
    where contrat_id = ${contratId} ${services ? sql`and service_id = any(${enTableau(services)})` : sql``}
    group by circuit, etat having sum(nombre) > 0`.execute(db);
  return rows;
}
