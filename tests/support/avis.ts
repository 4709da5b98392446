/** Somebody answers the survey of tests: what they say, from an address of their own. */
import type { LightMyRequestResponse } from 'fastify';
import type { AppDeTest } from './app.ts';

export type Avis = Record<string, string | string[]>;
export const avis = (plus: Avis = {}): Avis => ({ 'q.secteur': 'ouest', 'q.jour': 'plutot', 'q.nuit': 'plutot', ...plus });

let n = 0;
/** The limit by minute of one address is tried apart. */
export function repondreA(app: AppDeTest, url: string, champs: Avis, ip = `10.${++n >> 8}.${n & 255}.1`): Promise<LightMyRequestResponse> {
  const corps = new URLSearchParams();
  for (const [cle, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(cle, x);
  return app.serveur.inject({
    method: 'POST',
    url,
    remoteAddress: ip,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: corps.toString(),
  });
}
