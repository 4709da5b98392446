/**
 * Ids as they are said outside. Ours tell when a report was received, to the thousandth of a second; these tell nothing, and open only here:
 * the sixteen bytes under AES, one block, which is a permutation of ids.
 */
import { estUuid } from '../../../core/base/id.ts';
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Coffre } from '../../../core/coffre.ts';

const cleDe = (coffre: Pick<Coffre, 'signer'>): Buffer => createHash('sha256').update(coffre.signer('open311\nids')).digest().subarray(0, 16);
const enId = (o: Buffer): string => {
  const h = o.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
};
const octets = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

export function scellerId(coffre: Pick<Coffre, 'signer'>, id: string): string {
  const c = createCipheriv('aes-128-ecb', cleDe(coffre), null).setAutoPadding(false);
  return enId(Buffer.concat([c.update(octets(id)), c.final()]));
}
/** Null for what could not be one. */
export function ouvrirId(coffre: Pick<Coffre, 'signer'>, dit: string): string | null {
  if (!estUuid(dit)) return null;
  const d = createDecipheriv('aes-128-ecb', cleDe(coffre), null).setAutoPadding(false);
  return enId(Buffer.concat([d.update(octets(dit)), d.final()]));
}
