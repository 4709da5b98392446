/** The thread: what is written here, and what is read where it is. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { signauxDesCircuits } from '../../signalements/index.ts';
import { creneauDe, rangDe } from './veille.donnees.ts';
import type { Signal } from './veille.rules.ts';
import type { Veille } from './veille.schema.ts';

export type Tension = Omit<Ligne<'tensions'>, 'contratId' | 'anonymiseeLe'>;
/** A line of the thread: a sign written here, or a report of a circuit, whose words stay with it. */
export interface LigneDuFil extends Signal {
  creneau: string;
  lieu: string;
  ailleurs: string;
  texte: string;
  organisationId: string;
  /** Null for a sign of this thread. */
  demande: { lecteurs: string[] | null; serviceId: string } | null;
  retireeLe: Date | null;
  retraitMotif: string;
}
interface Brute
  extends Pick<
    Ligne<'tensions'>,
    'id' | 'jour' | 'creneau' | 'lieu' | 'fiabilite' | 'territoireId' | 'ailleurs' | 'texte' | 'organisationId' | 'ecriteLe' | 'retireeLe' | 'retraitMotif'
  > {
  circuit: string | null;
  categorie: string;
  heure: number | null;
  lecteurs: string[] | null;
  serviceId: string;
  total: number;
}
interface FiltresDuFil {
  territoires: readonly string[];
  depuis: string;
  nature: string;
  /** Withdrawn ones too. */
  retirees: boolean;
}

const sourcesDuFil = (contratId: number, v: Veille, depuis: string) => sql`
  select t.id, null::text as circuit, t.nature as categorie, t.jour, null::smallint as heure, t.creneau, t.lieu, t.fiabilite, t.territoire_id, t.ailleurs, t.texte,
    t.organisation_id, t.ecrite_le, null::text[] as lecteurs, '' as service_id, t.retiree_le, t.retrait_motif
  from tensions t where t.contrat_id = ${contratId} and t.jour >= ${depuis}::date
  union all
  select s.id, s.circuit, s.categorie, s.jour, s.heure, '', '', 0, s.territoire_id, 'inconnu', s.texte_public, coalesce(s.auteur_organisation, ''), s.recu_le,
    s.lecteurs, s.service_id, null, ''
  from (${signauxDesCircuits(
    contratId,
    v.circuits.map((c) => c.circuit),
    depuis,
  )}) s`;

/** Categories of circuits that are this nature. */
const categoriesDe = (v: Veille, nature: string): string[] =>
  v.circuits.flatMap((c) => Object.entries(c.natures).flatMap(([categorie, n]) => (n === nature ? [`${c.circuit} ${categorie}`] : [])));

function enLigne(v: Veille, { circuit, categorie, heure, total: _, ...b }: Brute): LigneDuFil {
  const regle = circuit === null ? null : v.circuits.find((c) => c.circuit === circuit);
  if (!regle) return { ...b, nature: categorie, demande: null };
  return {
    ...b,
    nature: regle.natures[categorie] ?? categorie,
    creneau: creneauDe(v, heure),
    lieu: regle.lieu,
    fiabilite: rangDe(v, regle.fiabilite),
    demande: { lecteurs: b.lecteurs, serviceId: b.serviceId },
  };
}

export async function listFil(
  db: Db,
  contratId: number,
  v: Veille,
  f: FiltresDuFil,
  page: { n: number; par: number },
): Promise<{ lignes: LigneDuFil[]; total: number }> {
  const { rows } = await sql<Brute>`
    with fil as (${sourcesDuFil(contratId, v, f.depuis)})
    select f.*, count(*) over ()::int as total
    from fil f
    where f.territoire_id = any(${[...f.territoires]}::text[])
      ${f.retirees ? sql`` : sql`and f.retiree_le is null`}
      ${f.nature === '' ? sql`` : sql`and ((f.circuit is null and f.categorie = ${f.nature}) or f.circuit || ' ' || f.categorie = any(${categoriesDe(v, f.nature)}::text[]))`}
    order by f.jour desc, f.ecrite_le desc, f.id desc
    limit ${page.par} offset ${(page.n - 1) * page.par}`.execute(db);
  return { lignes: rows.map((b) => enLigne(v, b)), total: rows[0]?.total ?? 0 };
}
/** What rules and trends look at: everything since that day that was not withdrawn. */
export async function listSignaux(db: Db, contratId: number, v: Veille, depuis: string, territoires: readonly string[] | null): Promise<Signal[]> {
  const { rows } = await sql<Brute>`
    with fil as (${sourcesDuFil(contratId, v, depuis)})
    select f.* from fil f
    where f.retiree_le is null ${territoires === null ? sql`` : sql`and f.territoire_id = any(${[...territoires]}::text[])`}
    order by f.jour, f.id`.execute(db);
  return rows.map((b) => enLigne(v, b));
}

type NouvelleTension = Pick<
  Tension,
  'jour' | 'creneau' | 'lieu' | 'nature' | 'fiabilite' | 'territoireId' | 'ailleurs' | 'texte' | 'organisationId' | 'auteur' | 'auteurId' | 'ecriteLe'
>;
export async function createTension(tx: Db, contratId: number, t: NouvelleTension): Promise<string> {
  const { rows } = await sql<Pick<Tension, 'id'>>`
    insert into tensions (contrat_id, jour, creneau, lieu, nature, fiabilite, territoire_id, ailleurs, texte, organisation_id, auteur, auteur_id, ecrite_le)
    values (${contratId}, ${t.jour}::date, ${t.creneau}, ${t.lieu}, ${t.nature}, ${t.fiabilite}, ${t.territoireId}, ${t.ailleurs}, ${t.texte},
      ${t.organisationId}, ${t.auteur}, ${t.auteurId}::uuid, ${t.ecriteLe})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export async function getTension(db: Db, contratId: number, id: string, verrou = false): Promise<Tension | null> {
  const { rows } = await sql<Tension>`
    select t.id, t.jour, t.creneau, t.lieu, t.nature, t.fiabilite, t.territoire_id, t.ailleurs, t.texte, t.organisation_id, t.auteur, t.auteur_id, t.ecrite_le,
      t.retiree_le, t.retiree_par, t.retrait_motif
    from tensions t where t.contrat_id = ${contratId} and t.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export const retirerTension = (tx: Db, contratId: number, id: string, o: { motif: string; par: string; quand: Date }) =>
  sql`update tensions set retiree_le = ${o.quand}, retiree_par = ${o.par}, retrait_motif = ${o.motif}
    where contrat_id = ${contratId} and id = ${uuid(id)} and retiree_le is null`.execute(tx);
