/** Names of the contract's own notification channels: whoever cannot read the contract's line cannot listen to them. */
import type pg from 'pg';

/** Name of channel `genre` for the contract that this connection serves. */
export async function canalDe(client: pg.ClientBase, genre: string): Promise<string> {
  const { rows } = await client.query<{ canal: string }>('select canal from contrats where id = concorde_contrat()');
  if (!rows[0]) throw new Error('Cette connexion ne sert aucun contrat : elle n’a pas de canal.');
  return `${genre}_${rows[0].canal}`;
}
