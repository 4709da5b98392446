/** Keys that come elsewhere than in `Authorization`: specifications of others put them in the address or in the form. */
import type { FastifyRequest } from 'fastify';
import { couper } from '../couper.ts';

/** `api_key`, of the form, then of the address. A form with files is not read yet: its key is in the address. */
export function cleDansLaDemande(request: FastifyRequest): string | undefined {
  const dites = [request.body, request.query].map((x) => (typeof x === 'object' && x !== null && 'api_key' in x ? x.api_key : undefined));
  const dite = dites.find((v): v is string => typeof v === 'string' && v !== '');
  return dite === undefined ? undefined : couper(dite, 200);
}
