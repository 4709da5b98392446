/** CAP messages of others, as they came. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { abreger } from '../../../core/couper.ts';
import type { Cap } from './cap.types.ts';

export type CapRecu = Omit<Ligne<'capRecus'>, 'contratId'>;
export async function listCapRecus(
  db: Db,
  contratId: number,
  page: { n: number; par: number },
): Promise<{ lignes: Omit<CapRecu, 'contenu'>[]; total: number }> {
  const { rows } = await sql<Omit<CapRecu, 'contenu'> & { total: number }>`
    select r.id, r.emetteur, r.identifiant, r.envoye_le, r.statut, r.genre, r.portee, r.titre, r.signe, r.voie, r.recu_le, r.recu_par, count(*) over ()::int as total
    from cap_recus r where r.contrat_id = ${contratId} order by r.recu_le desc, r.id desc limit ${page.par} offset ${(page.n - 1) * page.par}`.execute(db);
  return { lignes: rows.map(({ total: _, ...r }) => r), total: rows[0]?.total ?? 0 };
}
export async function getCapRecu(db: Db, contratId: number, id: string): Promise<CapRecu | null> {
  const { rows } = await sql<CapRecu>`
    select r.id, r.emetteur, r.identifiant, r.envoye_le, r.statut, r.genre, r.portee, r.titre, r.contenu, r.signe, r.voie, r.recu_le, r.recu_par
    from cap_recus r where r.contrat_id = ${contratId} and r.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
/** The same message comes once, however often it is sent. */
export async function addCapRecu(
  tx: Db,
  contratId: number,
  cap: Cap,
  r: Pick<CapRecu, 'contenu' | 'signe' | 'voie' | 'recuLe' | 'recuPar'>,
): Promise<{ id: string; deja: boolean }> {
  const titre = abreger(cap.infos[0]?.titre || cap.infos[0]?.evenement || '', 300);
  const { rows } = await sql<Pick<Ligne<'capRecus'>, 'id'>>`
    insert into cap_recus (contrat_id, emetteur, identifiant, envoye_le, statut, genre, portee, titre, contenu, signe, voie, recu_le, recu_par)
    values (${contratId}, ${cap.emetteur}, ${cap.identifiant}, ${cap.envoyeLe}, ${cap.statut}, ${cap.genre}, ${cap.portee}, ${titre}, ${r.contenu}, ${r.signe},
      ${r.voie}, ${r.recuLe}, ${r.recuPar})
    on conflict (contrat_id, emetteur, identifiant, envoye_le) do nothing
    returning id`.execute(tx);
  if (rows[0]) return { id: rows[0].id, deja: false };
  const deja = await sql<Pick<Ligne<'capRecus'>, 'id'>>`
    select r.id from cap_recus r
    where r.contrat_id = ${contratId} and r.emetteur = ${cap.emetteur} and r.identifiant = ${cap.identifiant} and r.envoye_le = ${cap.envoyeLe}`.execute(tx);
  return { id: deja.rows[0]?.id ?? '', deja: true };
}
