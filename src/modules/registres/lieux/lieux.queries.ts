/** Places and what hangs on them. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Lieu } from './lieux.rules.ts';
import type { LieuLu, LieuTenu, PlanDImport, Reglages } from './plan.rules.ts';
import { appliquer } from './plan.rules.ts';
import { enJson } from '../../../core/couper.ts';

const COLONNES = sql`l.id, l.type, l.code, l.nom, to_char(l.depuis, 'YYYY-MM-DD') as depuis, to_char(l.jusqu_au, 'YYYY-MM-DD') as "jusquAu"`;

const lireLieux = requete<Lieu, { contratId: number }>(
  (v) => sql`
    select ${COLONNES} from lieux l where l.contrat_id = ${v.contratId} and not l.remplace
    order by l.nom, l.code, l.depuis nulls first`,
);
/** Every state of every place, the latest of each last; without their boundaries. */
export const listLieux = (db: Db, contratId: number): Promise<Lieu[]> => lireLieux(db, { contratId });

export async function listTenus(db: Db, contratId: number, type: string): Promise<LieuTenu[]> {
  const { rows } = await sql<LieuTenu>`
    select ${COLONNES}, l.geometrie from lieux l where l.contrat_id = ${contratId} and l.type = ${type} and not l.remplace`.execute(db);
  return rows;
}

export interface EtatDeLieu extends LieuTenu {
  remplace: boolean;
  source: string;
  licence: string;
  importeLe: Date;
}
/** All that was ever said of a place, the latest first. */
export async function listEtatsDuLieu(db: Db, contratId: number, cle: { type: string; code: string }): Promise<EtatDeLieu[]> {
  const { rows } = await sql<EtatDeLieu>`
    select ${COLONNES}, l.geometrie, l.remplace, l.source, l.licence, l.importe_le as "importeLe"
    from lieux l where l.contrat_id = ${contratId} and l.type = ${cle.type} and l.code = ${cle.code}
    order by l.remplace, l.depuis desc nulls last, l.importe_le desc`.execute(db);
  return rows;
}

export interface CompteDuLieu {
  registre: string;
  annee: string;
  nombre: number;
}
/** What was done there, by register and year. */
export async function countParRegistre(db: Db, contratId: number, cle: { type: string; code: string }, registres: readonly string[]): Promise<CompteDuLieu[]> {
  const { rows } = await sql<CompteDuLieu>`
    select a.registre, to_char(a.jour, 'YYYY') as annee, count(distinct a.id)::int as nombre
    from activite_lieux l join activites a on a.contrat_id = l.contrat_id and a.id = l.activite_id
    where l.contrat_id = ${contratId} and l.type = ${cle.type} and l.code = ${cle.code}
      and a.statut = 'publie' and a.etape = 'realisee' and a.registre = any(${[...registres]}::text[])
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

/** Places of one record. */
export async function listLieuxDe(db: Db, contratId: number, activiteId: string): Promise<(Lieu & { choisi: boolean })[]> {
  const { rows } = await sql<Lieu & { choisi: boolean }>`
    select ${COLONNES}, r.choisi
    from activite_lieux r join lieux l on l.contrat_id = r.contrat_id and l.id = r.lieu_id
    where r.contrat_id = ${contratId} and r.activite_id = ${uuid(activiteId)}
    order by r.choisi desc, l.type, l.nom`.execute(db);
  return rows;
}

export interface Provenance {
  type: string;
  source: string;
  licence: string;
  par: string;
}

/** One import of places at a time; writers of records wait for it, so that each of them sees it whole or is looked at again after it. */
export const verrouiller = (tx: Db) => sql`select pg_advisory_xact_lock(hashtext('concorde:lieux'))`.execute(tx);

/** Writes what a plan says. Nothing is removed: a state ends, or is marked as replaced. */
export async function ecrirePlan(tx: Db, contratId: number, plan: PlanDImport, p: Provenance): Promise<void> {
  const appliques = plan.changes.map((c) => ({ id: c.tenu.id, ...appliquer(c) }));
  const fins = [
    ...plan.fermes.map((f) => ({ id: f.tenu.id, jusquAu: f.jusquAu, remplace: false })),
    ...appliques.map(({ id, jusquAu, remplace }) => ({ id, jusquAu, remplace })),
  ];
  await sql`
    update lieux l set jusqu_au = v."jusquAu", remplace = v.remplace
    from jsonb_to_recordset(${enJson(fins)}::jsonb) as v (id uuid, "jusquAu" date, remplace boolean)
    where l.contrat_id = ${contratId} and l.id = v.id`.execute(tx);
  const ouverts: LieuLu[] = [...plan.nouveaux, ...appliques.map((a) => a.ouvre)];
  await sql`
    insert into lieux (contrat_id, type, code, nom, geometrie, depuis, jusqu_au, source, licence, importe_par)
    select ${contratId}, ${p.type}, v.code, v.nom, v.geometrie, v.depuis, v."jusquAu", ${p.source}, ${p.licence}, ${p.par}
    from jsonb_to_recordset(${enJson(ouverts)}::jsonb) as v (code text, nom text, geometrie jsonb, depuis date, "jusquAu" date)`.execute(tx);
}

export interface ImportDeLieux extends Reglages {
  id: string;
  type: string;
  fichier: string;
  lus: LieuLu[];
  avertissements: string[];
  source: string;
  licence: string;
  creePar: string | null;
  auteur: string;
  creeLe: Date;
  publieLe: Date | null;
  bilan: Bilan | null;
}
export interface Bilan {
  nouveaux: number;
  changes: number;
  fermes: number;
  connus: number;
}

export async function createImport(tx: Db, contratId: number, i: Omit<ImportDeLieux, 'id' | 'creeLe' | 'publieLe' | 'bilan'>): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into lieu_imports (contrat_id, type, fichier, lus, avertissements, depuis, fermer, source, licence, cree_par, auteur)
    values (${contratId}, ${i.type}, ${i.fichier}, ${enJson(i.lus)}::jsonb, ${i.avertissements}::text[], ${i.depuis}::date, ${i.fermer},
      ${i.source}, ${i.licence}, ${i.creePar}::uuid, ${i.auteur})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

const DUN_IMPORT = sql`i.id, i.type, i.fichier, i.avertissements, to_char(i.depuis, 'YYYY-MM-DD') as depuis, i.fermer, i.source, i.licence,
  i.cree_par as "creePar", i.auteur, i.cree_le as "creeLe", i.publie_le as "publieLe", i.bilan`;
export async function getImport(db: Db, contratId: number, id: string, verrou = false): Promise<ImportDeLieux | null> {
  const { rows } = await sql<ImportDeLieux>`
    select ${DUN_IMPORT}, i.lus from lieu_imports i where i.contrat_id = ${contratId} and i.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
export async function listImports(db: Db, contratId: number): Promise<(Omit<ImportDeLieux, 'lus'> & { nombre: number })[]> {
  const { rows } = await sql<Omit<ImportDeLieux, 'lus'> & { nombre: number }>`
    select ${DUN_IMPORT}, jsonb_array_length(i.lus) as nombre from lieu_imports i where i.contrat_id = ${contratId}
    order by i.cree_le desc`.execute(db);
  return rows;
}
export async function fermerImport(tx: Db, contratId: number, id: string, quand: Date, bilan: Bilan): Promise<void> {
  await sql`update lieu_imports set publie_le = ${quand}, bilan = ${enJson(bilan)}::jsonb
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(tx);
}
