/** Names of the contract's own notification channels: whoever cannot read the contract's line cannot listen to them. */
import type pg from 'pg';

/** Name of channel `genre` for the contract that this connection serves. */
export async function canalDe(client: pg.ClientBase, genre: string): Promise<string> {
  const { rows } = await client.query<{ canal: string | null }>('select canal_du_contrat($1) as canal', [genre]);
  if (!rows[0]?.canal) throw new Error('Cette connexion ne sert aucun contrat : elle n’a pas de canal.');
  return rows[0].canal;
}
