/** Someone who sits in a body, signed in: their account has the address of the seat. */
import { sql } from 'kysely';
import { creerMembre } from '../../src/modules/instances/instances.fixtures.ts';
import type { Qualite } from '../../src/modules/instances/instances.rules.ts';
import type { AppDeTest, Qui } from './app.ts';

export async function siegeant(app: AppDeTest, instance: string, o: { qualite?: Qualite; fonction?: string; qui?: Qui } = {}) {
  const { qui = { comme: 'agent', organisation: 'PP', territoire: 'mairie-5' }, ...siege } = o;
  const cookie = await app.temoin(qui);
  const { rows } = await sql<{ courriel: string }>`select courriel from comptes where contrat_id = ${app.contratId} order by cree_le desc limit 1`.execute(
    app.base.owner,
  );
  const courriel = rows[0]?.courriel ?? '';
  const membre = await creerMembre(app.base.owner, app.contratId, instance, { organisation: qui.organisation ?? 'PP', courriel, ...siege });
  return {
    membre,
    courriel,
    get: (url: string) => app.serveur.inject({ method: 'GET', url, headers: { cookie } }),
    post: (url: string, champs: Record<string, string>) =>
      app.serveur.inject({
        method: 'POST',
        url,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: 'http://concorde.exemple' },
        payload: new URLSearchParams(champs).toString(),
      }),
  };
}
