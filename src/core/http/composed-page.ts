/**
 * A page made of pieces, each compressed once: DEFLATE blocks that end on a byte and look at nothing before them follow one another as
 * one gzip member (RFC 1951, RFC 1952), so that what a person reads is compressed no more often than it is rendered.
 */
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const serrer = promisify<Buffer, { finishFlush: number }, Buffer>(deflateRaw);
const DEBUT = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty block, the last one. */
const FIN = Buffer.from([3, 0]);

export interface Morceau {
  octets: Buffer;
  /** Compressed once, when first asked. */
  serre(): Promise<Buffer>;
}
export function morceauDe(html: string): Morceau {
  const octets = Buffer.from(html);
  let serre: Promise<Buffer> | null = null;
  return {
    octets,
    serre: () => {
      serre ??= serrer(octets, { finishFlush: constants.Z_FULL_FLUSH });
      return serre;
    },
  };
}

async function serrerEnsemble(morceaux: readonly Morceau[]): Promise<Buffer> {
  const serres = await Promise.all(morceaux.map((m) => m.serre()));
  const fin = Buffer.alloc(8);
  fin.writeUInt32LE(
    morceaux.reduce((somme, m) => crc32(m.octets, somme), 0),
    0,
  );
  fin.writeUInt32LE(
    morceaux.reduce((n, m) => n + m.octets.length, 0),
    4,
  );
  return Buffer.concat([DEBUT, ...serres, FIN, fin]);
}

export async function composer(request: FastifyRequest, reply: FastifyReply, morceaux: readonly Morceau[]): Promise<unknown> {
  reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(Buffer.concat(morceaux.map((m) => m.octets)));
  return reply.header('content-encoding', 'gzip').send(await serrerEnsemble(morceaux));
}
