/** Files that come with a narrative: of one version, in their order. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import { type CleDeContribution, lireCle } from '../saisie/grain.rules.ts';
import type { Place } from './recits.queries.ts';
import { enJson } from '../../../core/couper.ts';

export interface Piece extends Pick<Ligne<'valeurPieces'>, 'valeurId' | 'rang' | 'fichierId' | 'nom'> {}
export async function listPieces(db: Db, contratId: number, valeurs: readonly string[]): Promise<Piece[]> {
  if (valeurs.length === 0) return [];
  const { rows } = await sql<Piece>`
    select valeur_id as "valeurId", rang, fichier_id as "fichierId", nom from valeur_pieces
    where contrat_id = ${contratId} and valeur_id = any(${uuids(valeurs)})
    order by valeur_id, rang`.execute(db);
  return rows;
}

/** Of the version in force, which was just written. */
export async function addPieces(tx: Db, contratId: number, p: Place, pieces: readonly Pick<Piece, 'fichierId' | 'nom'>[]): Promise<void> {
  await sql`
    insert into valeur_pieces (contrat_id, valeur_id, rang, fichier_id, nom)
    select v.contrat_id, v.id, x.rang::smallint, (x.piece ->> 'fichierId')::uuid, x.piece ->> 'nom'
    from valeurs v, jsonb_array_elements(${enJson(pieces)}::jsonb) with ordinality as x (piece, rang)
    where v.contrat_id = ${contratId} and v.mesure_id = ${p.mesureId} and v.periode = ${p.periode} and v.territoire_id = ${p.territoireId}
      and v.debiteur = ${p.debiteur} and v.ventilation = '{}'::jsonb and v.courante`.execute(tx);
}

/** A version that says nothing of files keeps those of the one that it corrects. */
export async function reprendrePieces(tx: Db, contratId: number, x: CleDeContribution & { mesureId: string; derniere: number }): Promise<void> {
  await sql`
    insert into valeur_pieces (contrat_id, valeur_id, rang, fichier_id, nom)
    select n.contrat_id, n.id, p.rang, p.fichier_id, p.nom
    from valeurs n
    join valeurs a on a.contrat_id = n.contrat_id and a.mesure_id = n.mesure_id and a.periode = n.periode and a.territoire_id = n.territoire_id
      and a.debiteur = n.debiteur and a.ventilation = n.ventilation and a.version = ${x.derniere}
    join valeur_pieces p on p.contrat_id = a.contrat_id and p.valeur_id = a.id
    where n.contrat_id = ${contratId} and n.mesure_id = ${x.mesureId} and n.periode = ${x.periode} and n.territoire_id = ${x.territoireId}
      and n.debiteur = ${x.debiteur} and n.ventilation = ${enJson(lireCle(x.ventilation))}::jsonb and n.courante`.execute(tx);
}
