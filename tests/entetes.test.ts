import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from './support/app.ts';

describe('Ce que chaque réponse dit au navigateur', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp({ adresse: 'https://concorde.exemple' });
  });
  afterAll(() => app.close());

  const appeler = (url: string, method: string, headers: Record<string, string> = {}) =>
    app.serveur.inject({ url, method: method as 'GET', headers, remoteAddress: '10.8.1.1' });

  test.each([
    ['une page publique', '/', 'GET'],
    ['une page qui demande une session', '/ma-journee', 'GET'],
    ['un fichier', '/calendrier/public.ics', 'GET'],
    ['l’API', '/api/v1/openapi.json', 'GET'],
    ['un refus de l’API', '/api/v1/registres/formations', 'GET'],
    ['une adresse qui n’existe pas', '/nulle-part', 'GET'],
    ['un formulaire refusé', '/connexion', 'POST'],
  ])('%s : rien d’étranger ne s’y charge, rien ne l’encadre, rien ne s’y devine, https pour un an', async (_, url, methode) => {
    const { headers } = await appeler(url, methode);
    const politique = String(headers['content-security-policy']).split(';');
    expect(politique).toEqual(
      expect.arrayContaining(["default-src 'none'", "object-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]),
    );
    expect(politique.join()).not.toMatch(/unsafe|\*/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('ce qu’on a cherché ne reste pas dans le navigateur, et aucun site où l’on va ensuite ne l’apprend', async () => {
    for (const url of ['/recherche?q=viol', '/aide', '/aide/trouver?besoin=violences-couple']) {
      for (const fois of [1, 2]) {
        const { headers, statusCode } = await appeler(url, 'GET');
        expect([url, fois, statusCode, headers['cache-control'], headers['referrer-policy'], headers.etag]).toEqual([
          url,
          fois,
          200,
          'no-store',
          'no-referrer',
          undefined,
        ]);
      }
    }
  });

  test('aucune autre origine n’est admise, et ce qui est du texte dit son codage', async () => {
    for (const url of ['/', '/api/v1/openapi.json', '/connexion']) {
      const r = await appeler(url, 'GET', { origin: 'https://ailleurs.exemple' });
      expect(r.headers['access-control-allow-origin']).toBeUndefined();
      expect(r.headers['content-type']).toMatch(/; charset=utf-8$/);
    }
  });

  test('les méthodes que rien n’emploie n’ont pas de réponse', async () => {
    for (const methode of ['TRACE', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect([methode, (await appeler('/', methode)).statusCode]).toEqual([methode, 404]);
  });
});
