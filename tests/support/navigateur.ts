/** A browser without screen, and what a person does in it to sign in. */
import { randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { TOTP } from 'otpauth';
import type { AppDeTest } from './app.ts';

export const MOT_DE_PASSE = 'Un cheval correct, 7 agrafes';

/** Keeps its cookies, follows nothing by itself. */
export class Navigateur {
  private temoins = new Map<string, string>();
  constructor(
    private readonly app: AppDeTest,
    private readonly adresse = `10.${randomBytes(3).join('.')}`,
  ) {}
  private async aller(method: 'GET' | 'POST', url: string, champs?: Record<string, string | string[]>, json?: object): Promise<LightMyRequestResponse> {
    const corps = new URLSearchParams(Object.entries(champs ?? {}).flatMap(([cle, v]) => [v].flat().map((x) => [cle, x])));
    const r = await this.app.serveur.inject({
      method,
      url,
      remoteAddress: this.adresse,
      headers: {
        cookie: [...this.temoins].map(([n, v]) => `${n}=${v}`).join('; '),
        ...(json ? { 'content-type': 'application/json' } : method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { payload: json ? JSON.stringify(json) : corps.toString() } : {}),
    });
    for (const t of [r.headers['set-cookie'] ?? []].flat()) {
      const [nom = '', valeur = ''] = (t.split(';')[0] ?? '').split('=');
      if (valeur === '') this.temoins.delete(nom);
      else this.temoins.set(nom, valeur);
    }
    return r;
  }
  get = (url: string) => this.aller('GET', url);
  post = (url: string, champs: Record<string, string | string[]> = {}) => this.aller('POST', url, champs);
  json = (url: string, corps: object) => this.aller('POST', url, undefined, corps);
  entrer = (courriel: string, motDePasse = MOT_DE_PASSE) => this.post('/connexion', { courriel, mot_de_passe: motDePasse, retour: '/registres' });
}

/** Sets up an authenticator and gives what the telephone would then show. */
export async function poserTotp(nav: Navigateur) {
  const page = (await nav.get('/mon-compte/second-facteur')).body;
  const secret = (/c-secret">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
  const ferme = /name="ferme" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const totp = new TOTP({ secret, period: 30, digits: 6 });
  const code = (pas = 0) => totp.generate({ timestamp: Date.now() + pas * 30_000 });
  // The code of the step before, so that the next ones are still to be used; asked again should a step begin between writing and reading it.
  const poser = () => nav.post('/mon-compte/second-facteur', { ferme, code: code(-1) });
  const premier = await poser();
  const pose = premier.statusCode === 200 ? premier : await poser();
  const codes = [...pose.body.matchAll(/c-secret">([a-z0-9]{5}-[a-z0-9]{5})</g)].map((m) => m[1] ?? '');
  return { code, codes, pose };
}
