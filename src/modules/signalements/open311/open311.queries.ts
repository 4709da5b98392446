/** What is read by Open311: reports of the circuits that are open to it, the latest first, by the moment that their id says. */
import { JOUR_MS } from '../../../core/jours.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Demande, Evenement } from '../demandes/demandes.queries.ts';
import { entiereEnSql, type LectureEntiere } from '../demandes/lecture.queries.ts';
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
/** As many as an answer holds. */
const REPONSES_MAX = 1000;

/** A report that is listed to everyone, as of one of these circuits. */
const publiqueDe = (circuits: readonly string[]) =>
  sql`select from open311_demandes o where o.contrat_id = d.contrat_id and o.demande_id = d.id and o.circuit = any(${[...circuits]}::text[])`;
const dansLaFenetre = (id: RawBuilder<unknown>, f: Fenetre) => sql`${id} >= ${borne(f.debut)}::uuid and ${id} < ${borne(f.fin)}::uuid`;
/** Of a report that this reader reads whole, and is listed to everyone: it is told as it is now, hence only where `ici` holds of it now. Asked row by row. */
const pasAilleurs = (lecteur: LectureEntiere | null, ici: RawBuilder<unknown>) =>
  lecteur === null
    ? sql``
    : sql`and (select ${ici} or ${entiereEnSql(lecteur)} is not true from demandes d where d.contrat_id = o.contrat_id and d.id = o.demande_id)`;

export interface Voulues {
  /** Pairs of circuit and category: as they are now of what this reader reads whole, as they were counted of the others. */
  services: readonly { circuit: string; categorie: string }[];
  /** No other is open. */
  tous: boolean;
  fenetre: Fenetre;
  closes: boolean | null;
  /** Null: everyone. */
  lecteur: LectureEntiere | null;
}
/**
 * The latest first. Whichever way one is told of a report, a page of it is read by its index and in its order, and the page is what is first of them all: what it
 * costs does not grow with what the reader is not told.
 */
export async function listOuvertes(db: Db, contratId: number, f: Voulues): Promise<DemandeOuverte[]> {
  const { lecteur } = f;
  const ouvertes = sql`unnest(${f.closes === null ? [true, false] : [!f.closes]}::boolean[]) as e (ouverte)`;
  const des = (t: 'd' | 'o') => sql`(${sql.ref(`${t}.circuit`)}, ${sql.ref(`${t}.categorie`)}) in (select circuit, categorie from services)`;
  const toutes = f.tous && f.closes === null;
  const ditesATous = sql`
    select o.demande_id as id from open311_demandes o
    where o.contrat_id = ${contratId} and ${dansLaFenetre(sql`o.demande_id`, f.fenetre)} ${pasAilleurs(lecteur, des('d'))}
      and ${toutes ? des('o') : sql`o.circuit = s.circuit and o.categorie = s.categorie and o.close = not e.ouverte`}
    order by o.demande_id desc limit ${REPONSES_MAX}`;
  const luesEntieres = (l: LectureEntiere, par: RawBuilder<unknown>) => sql`
    select d.id from demandes d
    where d.contrat_id = ${contratId} and ${dansLaFenetre(sql`d.id`, f.fenetre)} and ${par} and ${entiereEnSql(l)} and ${des('d')}
      ${f.closes === null ? sql`` : f.closes ? sql`and d.clos_le is not null` : sql`and d.clos_le is null`}
    order by d.id desc limit ${REPONSES_MAX}`;
  const deChacun = (de: RawBuilder<unknown>, page: RawBuilder<unknown>) => sql`select x.id from ${de} cross join lateral (${page}) as x`;
  const entieres = (l: LectureEntiere) => {
    const deChaqueService = (qui: RawBuilder<unknown>) =>
      deChacun(
        sql`(${qui}) as q (service) cross join services s cross join ${ouvertes}`,
        luesEntieres(l, sql`d.circuit = s.circuit and d.categorie = s.categorie and d.service_id = q.service and (d.clos_le is null) = e.ouverte`),
      );
    const lieux = [...new Set([...(l.coordonnes ?? []), ...(l.lieux ?? [])])];
    return [
      luesEntieres(l, sql`d.auteur_id = ${l.compteId}::uuid`),
      ...(l.organisation === null ? [] : [luesEntieres(l, sql`d.auteur_organisation = ${l.organisation}`)]),
      ...(l.coordonnes === null
        ? [toutes ? luesEntieres(l, sql`true`) : deChaqueService(sql`select distinct service_id from demande_comptes where contrat_id = ${contratId}`)]
        : [
            ...(lieux.length > 0 ? [deChacun(sql`unnest(${lieux}::text[]) as q (lieu)`, luesEntieres(l, sql`d.territoire_id = q.lieu`))] : []),
            ...(l.lieux === null ? [deChaqueService(sql`select unnest(${[...l.services]}::text[])`)] : []),
          ]),
    ];
  };
  const pages = [toutes ? ditesATous : deChacun(sql`services s cross join ${ouvertes}`, ditesATous), ...(lecteur === null ? [] : entieres(lecteur))];
  const { rows } = await sql<DemandeOuverte>`
    with services as materialized (
      select * from unnest(${f.services.map((s) => s.circuit)}::text[], ${f.services.map((s) => s.categorie)}::text[]) as s (circuit, categorie)),
    lues as (${sql.join(
      pages.map((p) => sql`(${p})`),
      sql` union `,
    )}),
    page as materialized (select id from lues order by id desc limit ${REPONSES_MAX})
    select ${COLONNES} from demandes d where contrat_id = ${contratId} and id in (select id from page) order by id desc`.execute(db);
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
}
export interface NouvellesVoulues {
  circuits: readonly string[];
  fenetre: Fenetre;
  /** Null: everyone. */
  lecteur: LectureEntiere | null;
}
const DE_LA_DEMANDE = sql`join demandes d on d.contrat_id = e.contrat_id and d.id = e.demande_id`;
/** Changes of state after reception, the latest first; a page by each way to be told of one, as of reports. */
export async function listNouvelles(db: Db, contratId: number, { circuits, fenetre: f, lecteur }: NouvellesVoulues): Promise<Nouvelle[]> {
  const des = (t: 'd' | 'o') => sql`${sql.ref(`${t}.circuit`)} = any(${[...circuits]}::text[])`;
  const pageDe = (de: RawBuilder<unknown>, ou: RawBuilder<unknown>) => sql`
    (select e.demande_id, e.rang, e.quand from demande_evenements e ${de}
    where e.contrat_id = ${contratId} and e.quand >= ${f.debut} and e.quand < ${f.fin} and ${ou}
    order by e.quand desc, e.demande_id, e.rang limit ${REPONSES_MAX})`;
  const atous = pageDe(
    sql`join open311_demandes o on o.contrat_id = e.contrat_id and o.demande_id = e.demande_id`,
    sql`e.listee and ${des('o')} ${pasAilleurs(lecteur, des('d'))}`,
  );
  // None comes before its report.
  const entieres = (l: LectureEntiere, par: RawBuilder<unknown>) =>
    pageDe(DE_LA_DEMANDE, sql`e.rang > 1 and e.vers is not null and d.id < ${borne(f.fin)}::uuid and ${par} and ${entiereEnSql(l)} and ${des('d')}`);
  const voies = (l: LectureEntiere) => [
    sql`d.auteur_id = ${l.compteId}::uuid`,
    ...(l.organisation === null ? [] : [sql`d.auteur_organisation = ${l.organisation}`]),
    ...(l.coordonnes === null
      ? [sql`true`]
      : [
          ...(l.coordonnes.length > 0 ? [sql`d.territoire_id = any(${[...l.coordonnes]}::text[])`] : []),
          ...(l.lieux === null || l.lieux.length > 0 ? [sql`d.service_id = any(${[...l.services]}::text[])`] : []),
        ]),
  ];
  const pages = [atous, ...(lecteur === null ? [] : voies(lecteur).map((par) => entieres(lecteur, par)))];
  const { rows } = await sql<Nouvelle>`
    with lues as (${sql.join(pages, sql` union `)}),
    page as materialized (select demande_id, rang from lues order by quand desc, demande_id, rang limit ${REPONSES_MAX})
    select e.demande_id, e.rang, e.quand, e.vers, d.circuit, d.categorie, d.territoire_id, d.recu_le, d.service_id, d.lecteurs, d.auteur_organisation, d.auteur_id
    from page p join demande_evenements e on e.contrat_id = ${contratId} and e.demande_id = p.demande_id and e.rang = p.rang ${DE_LA_DEMANDE}
    order by e.quand desc, e.demande_id, e.rang`.execute(db);
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
    select ${contratId}, id, circuit, categorie, titre, lieu from comptees where nombre >= ${q.assez} order by id`.execute(tx);
  return true;
}
