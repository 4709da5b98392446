/** What is read by Open311: reports of the circuits that are open to it, the latest first, by the moment that their id says. */
import { JOUR_MS } from '../../../core/jours.ts';
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Demande, Evenement } from '../demandes/demandes.queries.ts';
import { empreinteDuCode } from '../demandes/identifiants.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';

export type DemandeOuverte = Pick<
  Demande,
  | 'id'
  | 'circuit'
  | 'categorie'
  | 'titre'
  | 'textePublic'
  | 'territoireId'
  | 'adresse'
  | 'lon'
  | 'lat'
  | 'serviceId'
  | 'lecteurs'
  | 'etat'
  | 'etatLe'
  | 'duLe'
  | 'prevueLe'
  | 'recuLe'
  | 'closLe'
  | 'auteurOrganisation'
  | 'auteurId'
>;
const COLONNES = sql`id, circuit, categorie, titre, texte_public, territoire_id, adresse, lon, lat, service_id, lecteurs, etat, etat_le, du_le, prevue_le,
  recu_le, clos_le, auteur_organisation, auteur_id`;

export interface Fenetre {
  debut: Date;
  fin: Date;
}
/** The smallest id of a moment. */
const borne = (d: Date): string => {
  const h = Math.max(0, d.getTime()).toString(16).padStart(12, '0');
  return `${h.slice(0, 8)}-${h.slice(8)}-0000-0000-000000000000`;
};
/** As many as an answer holds, and as are read at once. */
export const REPONSES_MAX = 1000;

/** A report that is listed to everyone. */
const PUBLIQUE = sql`select from open311_demandes o where o.contrat_id = d.contrat_id and o.demande_id = d.id`;
/** The same, as of one of these circuits. */
const publiqueDe = (circuits: readonly string[]) => sql`${PUBLIQUE} and o.circuit = any(${[...circuits]}::text[])`;
export interface Voulues {
  /** Pairs of circuit and category: as they are now, or as they were counted. */
  services: readonly { circuit: string; categorie: string }[];
  fenetre: Fenetre;
  closes: boolean | null;
  /** Those listed to everyone alone. */
  publiques: boolean;
}
/** Before `apres`, the latest first. */
export async function listOuvertes(db: Db, contratId: number, f: Voulues, apres: Pick<DemandeOuverte, 'id'> | null): Promise<DemandeOuverte[]> {
  const services = sql`select * from unnest(${f.services.map((s) => s.circuit)}::text[], ${f.services.map((s) => s.categorie)}::text[])`;
  const { rows } = await sql<DemandeOuverte>`
    select ${COLONNES} from demandes d
    where contrat_id = ${contratId} and id >= ${borne(f.fenetre.debut)}::uuid and id < ${borne(f.fenetre.fin)}::uuid
      and (exists (${PUBLIQUE} and (o.circuit, o.categorie) in (${services}))
        ${f.publiques ? sql`` : sql`or (circuit, categorie) in (${services})`})
      ${apres === null ? sql`` : sql`and id < ${apres.id}::uuid`}
      ${f.closes === null ? sql`` : f.closes ? sql`and clos_le is not null` : sql`and clos_le is null`}
    order by id desc
    limit ${REPONSES_MAX}`.execute(db);
  return rows;
}
/** In these circuits, or listed to everyone as of one of them. */
export async function listOuvertesPar(db: Db, contratId: number, ids: readonly string[], circuits: readonly string[]): Promise<DemandeOuverte[]> {
  const { rows } = await sql<DemandeOuverte>`
    select ${COLONNES} from demandes d
    where contrat_id = ${contratId} and id = any(${uuids(ids)}) and (circuit = any(${[...circuits]}::text[]) or exists (${publiqueDe(circuits)}))
    order by id desc`.execute(db);
  return rows;
}

export interface Nouvelle
  extends Pick<Evenement, 'rang' | 'quand'>,
    Pick<DemandeOuverte, 'circuit' | 'categorie' | 'territoireId' | 'recuLe' | 'serviceId' | 'lecteurs' | 'auteurOrganisation' | 'auteurId'> {
  demandeId: string;
  vers: string;
  /** `quand`, to the last digit. */
  instant: string;
}
export interface NouvellesVoulues {
  circuits: readonly string[];
  fenetre: Fenetre;
  /** Of those listed to everyone alone. */
  publiques: boolean;
}
/** Changes of state after reception, before `apres`, the latest first. */
export async function listNouvelles(
  db: Db,
  contratId: number,
  { circuits, fenetre: f, publiques }: NouvellesVoulues,
  apres: Pick<Nouvelle, 'instant' | 'demandeId' | 'rang'> | null,
): Promise<Nouvelle[]> {
  const { rows } = await sql<Nouvelle>`
    select e.demande_id, e.rang, e.quand, e.quand::text as instant, e.vers, d.circuit, d.categorie, d.territoire_id, d.recu_le, d.service_id, d.lecteurs, d.auteur_organisation, d.auteur_id
    from demande_evenements e
    join demandes d on d.contrat_id = e.contrat_id and d.id = e.demande_id
    where e.contrat_id = ${contratId} and e.quand >= ${f.debut} and e.quand < ${f.fin} and e.rang > 1 and e.vers is not null
      and (exists (${publiqueDe(circuits)}) ${publiques ? sql`` : sql`or d.circuit = any(${[...circuits]}::text[])`})
      ${apres === null ? sql`` : sql`and (e.quand < ${apres.instant}::timestamptz or (e.quand = ${apres.instant}::timestamptz and (e.demande_id, e.rang) > (${apres.demandeId}::uuid, ${apres.rang})))`}
    order by e.quand desc, e.demande_id, e.rang
    limit ${REPONSES_MAX}`.execute(db);
  return rows;
}
/** Of the report that this code follows. */
export async function getIdParCode(db: Db, contratId: number, code: string, circuits: readonly string[]): Promise<string | null> {
  const { rows } = await sql<Pick<Demande, 'id'>>`
    select d.id from demande_suiveurs s
    join demandes d on d.contrat_id = s.contrat_id and d.id = s.demande_id
    where s.contrat_id = ${contratId} and s.empreinte = ${empreinteDuCode(code)} and d.circuit = any(${[...circuits]}::text[])`.execute(db);
  return rows[0]?.id ?? null;
}

/** A report that is listed to everyone, as what and from where it was counted when its month was told. */
export type Publique = Pick<Ligne<'open311Demandes'>, 'demandeId' | 'circuit' | 'categorie' | 'titre' | 'lieu'>;
export async function listPubliques(db: Db, contratId: number, ids: readonly string[]): Promise<ReadonlyMap<string, Publique>> {
  const { rows } = await sql<Publique>`
    select demande_id, circuit, categorie, titre, lieu from open311_demandes
    where contrat_id = ${contratId} and demande_id = any(${uuids(ids)})`.execute(db);
  return new Map(rows.map((p) => [p.demandeId, p]));
}
/** Months that are over and not told yet, from that of the first report, the latest first; `2026-05`. */
export async function listMoisADire(db: Db, contratId: number, avant: string): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'open311Mois'>, 'mois'>>`
    with premiere as (select recu_le at time zone concorde_fuseau(contrat_id) as le from demandes where contrat_id = ${contratId} order by id limit 1)
    select to_char(m, 'YYYY-MM') as mois from premiere
    cross join generate_series(date_trunc('month', premiere.le), ${avant}::date - interval '1 month', interval '1 month') as m
    where not exists (select from open311_mois d where d.contrat_id = ${contratId} and d.mois = to_char(m, 'YYYY-MM'))
    order by m desc`.execute(db);
  return rows.map((r) => r.mois);
}
/** Those of a month that are among `assez` at least of their kind in a place of the first level, once: false where another passage of the night told it. `lieux`: of each place, the one that is told. */
export async function addPubliques(
  tx: Db,
  contratId: number,
  q: { mois: string; circuits: readonly string[]; lieux: ReadonlyMap<string, string>; assez: number; arreteLe: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into open311_mois (contrat_id, mois, arrete_le) values (${contratId}, ${q.mois}, ${q.arreteLe}) on conflict do nothing`.execute(tx);
  if (!numAffectedRows) return false;
  // Wider than the month is in any place of the earth: by the ids, only what is near it is read.
  const [du, au] = [0, 1].map((n) => new Date(`${decalerMois(`${q.mois}-01`, n)}T00:00:00Z`).getTime()) as [number, number];
  await sql`
    with dits as (select * from unnest(${[...q.lieux.keys()]}::text[], ${[...q.lieux.values()]}::text[]) as l (territoire_id, lieu)),
    recues as (
      select d.id, d.circuit, d.categorie, d.titre, l.lieu
      from demandes d join dits l on l.territoire_id = d.territoire_id
      where d.contrat_id = ${contratId} and d.circuit = any(${[...q.circuits]}::text[])
        and d.id >= ${borne(new Date(du - 2 * JOUR_MS))}::uuid and d.id < ${borne(new Date(au + 2 * JOUR_MS))}::uuid
        and to_char(d.recu_le at time zone concorde_fuseau(d.contrat_id), 'YYYY-MM') = ${q.mois}
    ),
    comptees as (select r.*, count(*) over (partition by circuit, categorie, lieu) as nombre from recues r)
    insert into open311_demandes (contrat_id, demande_id, circuit, categorie, titre, lieu)
    select ${contratId}, id, circuit, categorie, titre, lieu from comptees where nombre >= ${q.assez}`.execute(tx);
  return true;
}
