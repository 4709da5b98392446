/** What is read by Open311: reports of the circuits that are open to it, the latest first, by the moment that their id says. */
import { JOUR_MS } from '../../../core/jours.ts';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Demande, Evenement } from '../demandes/demandes.queries.ts';
import { empreinteDuCode } from '../demandes/identifiants.ts';

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
const REPONSES_MAX = 1000;
const MOIS_MS = 32 * JOUR_MS;

/** `services`: pairs of circuit and category. */
export async function listOuvertes(
  db: Db,
  contratId: number,
  f: { services: readonly { circuit: string; categorie: string }[]; fenetre: Fenetre; closes: boolean | null },
): Promise<DemandeOuverte[]> {
  const { rows } = await sql<DemandeOuverte>`
    select ${COLONNES} from demandes
    where contrat_id = ${contratId} and id >= ${borne(f.fenetre.debut)}::uuid and id < ${borne(f.fenetre.fin)}::uuid
      and (circuit, categorie) in (select * from unnest(${f.services.map((s) => s.circuit)}::text[], ${f.services.map((s) => s.categorie)}::text[]))
      ${f.closes === null ? sql`` : f.closes ? sql`and clos_le is not null` : sql`and clos_le is null`}
    order by id desc
    limit ${REPONSES_MAX}`.execute(db);
  return rows;
}
export async function listOuvertesPar(db: Db, contratId: number, ids: readonly string[], circuits: readonly string[]): Promise<DemandeOuverte[]> {
  const { rows } = await sql<DemandeOuverte>`
    select ${COLONNES} from demandes
    where contrat_id = ${contratId} and id = any(${uuids(ids)}) and circuit = any(${[...circuits]}::text[])
    order by id desc`.execute(db);
  return rows;
}

export interface Nouvelle
  extends Pick<Evenement, 'rang' | 'quand'>,
    Pick<DemandeOuverte, 'circuit' | 'categorie' | 'territoireId' | 'recuLe' | 'serviceId' | 'lecteurs' | 'auteurOrganisation' | 'auteurId'> {
  demandeId: string;
  vers: string;
}
/** Changes of state after reception. */
export async function listNouvelles(db: Db, contratId: number, circuits: readonly string[], f: Fenetre): Promise<Nouvelle[]> {
  const { rows } = await sql<Nouvelle>`
    select e.demande_id, e.rang, e.quand, e.vers, d.circuit, d.categorie, d.territoire_id, d.recu_le, d.service_id, d.lecteurs, d.auteur_organisation, d.auteur_id
    from demande_evenements e
    join demandes d on d.contrat_id = e.contrat_id and d.id = e.demande_id
    where e.contrat_id = ${contratId} and e.quand >= ${f.debut} and e.quand < ${f.fin} and e.rang > 1 and e.vers is not null
      and d.circuit = any(${[...circuits]}::text[])
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

export interface CompteDuMois extends Pick<Demande, 'circuit' | 'categorie' | 'territoireId'> {
  /** `2026-05` */
  mois: string;
  nombre: number;
}
/** Reports of these circuits received in the months of this window, whole ones. */
export async function countDesMois(db: Db, contratId: number, circuits: readonly string[], f: Fenetre): Promise<CompteDuMois[]> {
  const { rows } = await sql<CompteDuMois>`
    with bornes as (
      select date_trunc('month', ${f.debut}::timestamptz at time zone concorde_fuseau(${contratId}::smallint)) as du,
        date_trunc('month', ${f.fin}::timestamptz at time zone concorde_fuseau(${contratId}::smallint)) + interval '1 month' as au
    ),
    recues as (
      select d.circuit, d.categorie, d.territoire_id, d.recu_le at time zone concorde_fuseau(d.contrat_id) as le from demandes d
      where d.contrat_id = ${contratId} and d.circuit = any(${[...circuits]}::text[])
        and d.id >= ${borne(new Date(f.debut.getTime() - MOIS_MS))}::uuid and d.id < ${borne(new Date(f.fin.getTime() + MOIS_MS))}::uuid
    )
    select r.circuit, r.categorie, r.territoire_id, to_char(r.le, 'YYYY-MM') as mois, count(*)::int as nombre
    from recues r cross join bornes b where r.le >= b.du and r.le < b.au
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}
