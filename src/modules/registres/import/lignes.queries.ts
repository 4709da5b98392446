/** Rows of a batch: written as they are read, listed page by page, mended one by one or by value. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Auteur, EtatLigne, LigneDeLot } from '../activite.ts';
import type { Contenu } from '../registres.rules.ts';
import type { ErreurDeCellule } from './colonnes.rules.ts';
import { enBloc, type Ou } from './lots.queries.ts';
import { enJson } from '../../../core/couper.ts';

export interface LignePreparee {
  numero: number;
  etat: 'nouvelle' | 'erreur';
  id_externe: string | null;
  cellules: string[];
  contenu: Contenu | null;
  erreurs: ErreurDeCellule[];
  avertissements: ErreurDeCellule[];
}
const LUES = sql`as p (numero int, etat text, id_externe text, cellules jsonb, contenu jsonb, erreurs jsonb, avertissements jsonb)`;

export async function addLignes(tx: Db, ou: Ou, lotId: string, lignes: readonly LignePreparee[]): Promise<void> {
  await sql`
    insert into lot_lignes (contrat_id, lot_id, numero, etat, id_externe, cellules, contenu, erreurs, avertissements)
    select ${ou.contratId}, ${lotId}::uuid, p.numero, p.etat, p.id_externe, p.cellules, nullif(p.contenu, 'null'), p.erreurs, p.avertissements
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) ${LUES}`.execute(tx);
}

/** Rows that someone mended, checked again: each keeps its number, its revision goes up. */
export async function updateLignes(tx: Db, ou: Ou, lotId: string, lignes: readonly LignePreparee[], m: { auteur: Auteur; quand: Date }): Promise<void> {
  await enBloc(tx, () =>
    sql`
    update lot_lignes l
    set etat = p.etat, id_externe = p.id_externe, cellules = p.cellules, contenu = nullif(p.contenu, 'null'), erreurs = p.erreurs,
      avertissements = p.avertissements, activite_id = null, version = null, revision = l.revision + 1, revue_par = ${m.auteur.nom}, revue_le = ${m.quand}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) ${LUES}
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.numero = p.numero`.execute(tx),
  );
}

const COLONNES = sql`l.numero, l.etat, l.id_externe as "idExterne", l.cellules, l.contenu, l.erreurs, l.avertissements, l.activite_id as "activiteId",
  l.revision, l.revue_par as "revuePar", l.revue_le as "revueLe"`;

/** One page of rows; a row that changes a record comes with what it says today. */
export async function listLignes(db: Db, ou: Ou, lotId: string, etat: EtatLigne | null, limite: number, depuis: number): Promise<LigneDeLot[]> {
  const { rows } = await sql<LigneDeLot>`
    select ${COLONNES}, case when l.etat = 'corrigee' then activite_contenu(a) end as avant
    from lot_lignes l
    left join activites a on l.etat = 'corrigee' and a.contrat_id = l.contrat_id and a.id = l.activite_id
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid ${etat ? sql`and l.etat = ${etat}` : sql``}
    order by l.numero
    limit ${limite} offset ${depuis}`.execute(db);
  return rows;
}

export async function getLigne(db: Db, ou: Ou, lotId: string, numero: number): Promise<LigneDeLot | null> {
  const { rows } = await sql<LigneDeLot>`
    select ${COLONNES}, null as avant from lot_lignes l
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.numero = ${numero}::int`.execute(db);
  return rows[0] ?? null;
}

type Cellules = Pick<Ligne<'lotLignes'>, 'numero'> & { cellules: string[] };

/** Rows in error whose cell of this column, from 0, says this. */
export async function listLignesPortant(db: Db, ou: Ou, lotId: string, rang: number, valeur: string): Promise<Cellules[]> {
  const { rows } = await sql<Cellules>`
    select numero, cellules from lot_lignes
    where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid and etat = 'erreur' and btrim(cellules ->> ${rang}::int) = ${valeur}
    order by numero`.execute(db);
  return rows;
}

/** What was mended on the screen, when the file is read again. */
export async function listRevues(db: Db, ou: Ou, lotId: string): Promise<Map<number, string[]>> {
  const { rows } = await sql<Cellules>`
    select numero, cellules from lot_lignes where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid and revision > 1`.execute(db);
  return new Map(rows.map((r) => [r.numero, r.cellules]));
}

/** Which other rows of the batch bear these identifiers. */
export async function listPorteurs(db: Db, ou: Ou, lotId: string, ids: readonly string[], sauf: readonly number[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Pick<Ligne<'lotLignes'>, 'numero' | 'idExterne'>>`
    select min(numero) as numero, id_externe as "idExterne" from lot_lignes
    where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid and id_externe = any(${[...ids]}::text[]) and numero <> all(${[...sauf]}::int[])
    group by id_externe`.execute(db);
  return new Map(rows.flatMap((r) => (r.idExterne === null ? [] : [[r.idExterne, r.numero] as const])));
}

type Faute = Pick<Ligne<'lotLignes'>, 'numero'> & { rang: number; valeur: string; fois: number; erreur: ErreurDeCellule };

/** The same cell wrong in several rows, the most frequent first. `colonnes`: field and rank, from 0, of each column. */
export async function listFautesRepetees(db: Db, ou: Ou, lotId: string, colonnes: readonly { champ: string; rang: number }[]): Promise<Faute[]> {
  const { rows } = await sql<Faute>`
    select c.rang, btrim(l.cellules ->> c.rang) as valeur, count(*)::int as fois, min(l.numero) as numero, (array_agg(e.erreur order by l.numero))[1] as erreur
    from lot_lignes l
    cross join lateral jsonb_array_elements(l.erreurs) as e (erreur)
    join jsonb_to_recordset(${enJson(colonnes)}::jsonb) as c (champ text, rang int) on c.champ = e.erreur ->> 'champ'
    where l.contrat_id = ${ou.contratId} and l.lot_id = ${lotId}::uuid and l.etat = 'erreur' and c.champ <> 'id_externe'
      and btrim(l.cellules ->> c.rang) <> ''
    group by 1, 2
    having count(*) > 1
    order by 3 desc, 1, 2
    limit 12`.execute(db);
  return rows;
}

/** Rows in error, to be read in packets. */
export const requeteDesErreurs = (ou: Ou, lotId: string): RawBuilder<Cellules & { erreurs: ErreurDeCellule[] }> => sql`
    select numero, cellules, erreurs from lot_lignes
    where contrat_id = ${ou.contratId} and lot_id = ${lotId}::uuid and etat = 'erreur'
    order by numero`;
