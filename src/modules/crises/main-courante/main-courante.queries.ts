import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export interface NouvelleEntree {
  cle: string;
  poste: string;
  ordre: number;
  arriveLe: Date;
  survenuLe: Date;
  saisiLe: Date;
  ecartMs: number;
  source: string;
  canal: string;
  vers: string;
  contenu: string;
  classe: string;
  decideur: string;
  duLe: Date | null;
  renvoiGenre: 'correction' | 'fait' | null;
  renvoi: number | null;
  auteur: string;
  auteurId: string | null;
  organisationId: string;
  confirme: readonly string[];
  automatique: boolean;
}
export interface Ecrite extends Pick<Ligne<'mainCourante'>, 'cle' | 'numero'> {
  nouvelle: boolean;
}

/** In their order, once each; the crisis is held until commit. */
export async function ecrireEntrees(tx: Db, criseId: string, entrees: readonly NouvelleEntree[]): Promise<Ecrite[]> {
  const lignes = entrees.map((e) => ({
    cle: e.cle,
    poste: e.poste,
    ordre: e.ordre,
    arrive_le: e.arriveLe,
    survenu_le: e.survenuLe,
    saisi_le: e.saisiLe,
    ecart_ms: e.ecartMs,
    source: e.source,
    canal: e.canal,
    vers: e.vers,
    contenu: e.contenu,
    classe: e.classe,
    decideur: e.decideur,
    du_le: e.duLe,
    renvoi_genre: e.renvoiGenre,
    renvoi: e.renvoi,
    auteur: e.auteur,
    auteur_id: e.auteurId,
    organisation_id: e.organisationId,
    confirme: e.confirme,
    automatique: e.automatique,
  }));
  const { rows } = await sql<Ecrite>`
    select cle, numero, nouvelle from ecrire_main_courante(${uuid(criseId)}, ${enJson(lignes)}::jsonb) order by numero`.execute(tx);
  return rows;
}

export interface Entree
  extends Pick<
    Ligne<'mainCourante'>,
    | 'arriveLe'
    | 'survenuLe'
    | 'saisiLe'
    | 'source'
    | 'canal'
    | 'vers'
    | 'contenu'
    | 'classe'
    | 'decideur'
    | 'duLe'
    | 'renvoiGenre'
    | 'auteur'
    | 'organisationId'
    | 'confirme'
    | 'tardive'
    | 'automatique'
  > {
  numero: number;
  renvoi: number | null;
  ecartMs: number;
  /** Entries that correct it; the one that says it done. */
  corrigeePar: number[];
  faitePar: number | null;
}
/** `jusqua`: as it stood when the main courante went to that number. Said done of what corrects it, it is done. */
const renvois = (jusqua: number | undefined) => {
  const alors = jusqua === undefined ? sql`` : sql`and x.numero <= ${jusqua}`;
  return sql`
  array(select x.numero::int from main_courante x where x.contrat_id = m.contrat_id and x.crise_id = m.crise_id and x.renvoi = m.numero
    and x.renvoi_genre = 'correction' ${alors} order by x.numero) as "corrigeePar",
  (select min(x.numero)::int from main_courante x where x.contrat_id = m.contrat_id and x.crise_id = m.crise_id and x.renvoi_genre = 'fait' ${alors}
    and (x.renvoi = m.numero or x.renvoi = any(array(select y.numero from main_courante y
      where y.contrat_id = m.contrat_id and y.crise_id = m.crise_id and y.renvoi = m.numero and y.renvoi_genre = 'correction')))) as "faitePar"`;
};
const COLONNES = sql`m.numero::int as numero, m.arrive_le, m.survenu_le, m.saisi_le, m.ecart_ms::float8 as "ecartMs",
  m.source, m.canal, m.vers, m.contenu, m.classe, m.decideur, m.du_le as "duLe", m.renvoi_genre, m.renvoi::int as renvoi, m.auteur,
  m.organisation_id as "organisationId", m.confirme, m.tardive, m.automatique`;

export interface Portion {
  /** Entries after that number, and those that they point to. */
  apres?: number;
  /** Entries after that number, and no other. */
  apresSeul?: number;
  /** As it stood at that number: nothing after it. */
  jusqua?: number;
  /** The last ones before that number. */
  avant?: number;
  nombre?: number;
  classe?: string;
  /** From the oldest. */
  enOrdre?: boolean;
}
export async function listEntrees(db: Db, contratId: number, criseId: string, p: Portion = {}): Promise<Entree[]> {
  const ici = sql`m.contrat_id = ${contratId} and m.crise_id = ${uuid(criseId)}`;
  const { rows } = await sql<Entree>`
    select ${COLONNES}, ${renvois(p.jusqua)} from main_courante m
    where ${ici}
      ${p.jusqua === undefined ? sql`` : sql`and m.numero <= ${p.jusqua}`}
      ${
        p.apres === undefined
          ? sql``
          : sql`and (m.numero > ${p.apres} or m.numero in (select x.renvoi from main_courante x
        where x.contrat_id = m.contrat_id and x.crise_id = m.crise_id and x.numero > ${p.apres} and x.renvoi is not null))`
      }
      ${p.apresSeul === undefined ? sql`` : sql`and m.numero > ${p.apresSeul}`}
      ${p.avant === undefined ? sql`` : sql`and m.numero < ${p.avant}`}
      ${p.classe ? sql`and m.classe = ${p.classe}` : sql``}
    order by m.numero ${p.enOrdre ? sql`` : sql`desc`}
    ${p.nombre === undefined ? sql`` : sql`limit ${p.nombre}`}`.execute(db);
  return rows;
}
export interface Maillon extends Pick<Ligne<'mainCourante'>, 'ligne'> {
  numero: number;
  precedente: string;
  empreinte: string;
}
/** The chain, by pieces: `apres` the last number read. */
export async function listMaillons(db: Db, contratId: number, criseId: string, apres: number, nombre: number): Promise<Maillon[]> {
  const { rows } = await sql<Maillon>`
    select numero::int as numero, ligne, encode(precedente, 'hex') as precedente, encode(empreinte, 'hex') as empreinte
    from main_courante where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} and numero > ${apres}
    order by numero limit ${nombre}`.execute(db);
  return rows;
}
export interface Tete extends Pick<Ligne<'mainCouranteTetes'>, 'effaceeLe'> {
  numero: number;
  empreinte: string;
}
export async function getTete(db: Db, contratId: number, criseId: string): Promise<Tete | null> {
  const { rows } = await sql<Tete>`
    select numero::int as numero, encode(empreinte, 'hex') as empreinte, effacee_le
    from main_courante_tetes where contrat_id = ${contratId} and crise_id = ${uuid(criseId)}`.execute(db);
  return rows[0] ?? null;
}
