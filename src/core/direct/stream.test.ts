import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import type { Utilisateur } from '../authorize.ts';
import { compterFlux, envoyerFlux, FLUX_MAX } from './stream.ts';

const ANNE: Utilisateur = { id: 'a', nom: 'Anne Essai', courriel: '', organisationId: 'X', fonction: '', mandats: [], forte: true };

describe('Un flux d’événements', () => {
  let app: FastifyInstance;
  let source: Readable;
  /** Who holds the session, and whether they may still read. */
  let qui: () => Promise<Utilisateur | null>;
  let peut: () => Promise<boolean>;
  afterEach(() => app.close());

  async function ouvrir(methode = 'GET'): Promise<Response> {
    qui = async () => ANNE;
    peut = async () => true;
    source = new Readable({ read() {} });
    source.push('data: 1\n\n');
    app = Fastify({ forceCloseConnections: true });
    app.route({
      method: ['GET', 'HEAD'],
      url: '/',
      handler: (request, reply) =>
        envoyerFlux(
          request,
          reply,
          source,
          () => peut(),
          () => qui(),
          20,
        ),
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`, { method: methode });
  }
  /** Reads until the stream ends, whichever way. */
  const finDe = (r: Response) => r.text().catch(() => 'coupé');

  test('il part aussitôt, sans compression ni mise en attente', async () => {
    const r = await ouvrir();
    expect(Object.fromEntries(r.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const premier = await r.body?.getReader().read();
    expect(new TextDecoder().decode(premier?.value)).toBe('data: 1\n\n');
    source.destroy();
  });

  test('il se ferme quand la session prend fin, ou quand le droit est perdu', async () => {
    for (const perdre of [() => (qui = async () => null), () => (peut = async () => false)]) {
      const r = await ouvrir();
      perdre();
      await finDe(r);
      expect(source.destroyed).toBe(true);
      await app.close();
    }
  });

  test('une base qui ne répond pas un instant ne le ferme pas ; un lecteur qui part, si', async () => {
    const r = await ouvrir();
    qui = () => Promise.reject(new Error('base absente'));
    await laisserPasser(100);
    expect(source.destroyed).toBe(false);
    await r.body?.cancel();
    await expect.poll(() => source.destroyed).toBe(true);
  });

  test('demander seulement l’en-tête n’ouvre rien', async () => {
    expect((await ouvrir('HEAD')).status).toBe(200);
    expect(source.destroyed).toBe(true);
  });
});

test('une personne garde vingt directs ouverts ; le suivant est refusé clairement, et une place se libère quand elle en ferme un', () => {
  const serveur = {};
  const ouvrir = (qui: string) => {
    const source = new PassThrough();
    compterFlux(serveur, qui, source);
    return source;
  };
  const siens = Array.from({ length: FLUX_MAX }, () => ouvrir('anne'));
  const deTrop = new PassThrough();
  expect(() => compterFlux(serveur, 'anne', deTrop)).toThrow(/déjà 20 pages en direct/);
  expect(deTrop.destroyed).toBe(true);
  ouvrir('bo');
  siens[0]?.destroy();
  return new Promise<void>((fini) =>
    setImmediate(() => {
      ouvrir('anne');
      expect(() => ouvrir('anne')).toThrow();
      fini();
    }),
  );
});
