import { sql } from 'kysely';
import type { Db } from '../base/database.ts';
import type { Constat } from '../diagnostic.ts';

/** Letters received that nobody handled: acknowledged, so that nobody will send them again. */
export async function verifierRecus(db: Db, contratId: number, ouverte: boolean): Promise<Constat> {
  const sujet = 'Courriels reçus';
  const { rows } = await sql<{ attente: number; echecs: number; recus: number }>`
    select count(*) filter (where etat = 'recu' and recu_le < now() - interval '1 hour')::int as attente,
      count(*) filter (where etat = 'echec')::int as echecs, count(*) filter (where recu_le > now() - interval '7 days')::int as recus
    from courriels_recus where contrat_id = ${contratId}`.execute(db);
  const { attente = 0, echecs = 0, recus = 0 } = rows[0] ?? {};
  const conseil = 'Vérifiez qu’un processus Concorde tourne sur ce contrat, puis son journal.';
  if (attente > 0) return { sujet, etat: 'faute', constat: `${attente} attendent depuis plus d’une heure`, conseil };
  if (echecs > 0) return { sujet, etat: 'alerte', constat: `${echecs} n’ont pas pu être traités`, conseil: 'Voyez le journal ; leur contenu est gardé.' };
  return { sujet, etat: 'bon', constat: ouverte ? `${recus} cette semaine` : 'aucun : COURRIER_ENTRANT_PORT n’est pas réglé', conseil: '' };
}
