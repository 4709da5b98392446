/** Where a form comes from. */
import type { FastifyRequest } from 'fastify';
import { interdit } from '../errors.ts';

interface Ici {
  adresse: string;
  demonstration: boolean;
}

/**
 * Cross-site requests never write: the browser says where a form comes from (Sec-Fetch-Site, or Origin on older ones),
 * and the session cookie is SameSite=Lax besides. A client without either header is not a browser and has no ambient cookie.
 */
export function exigerMemeOrigine(request: FastifyRequest, o: Ici): void {
  const site = request.headers['sec-fetch-site'];
  const origine = request.headers.origin;
  // A page of a sibling domain is another site's: without Origin nothing says otherwise.
  const etrangere = origine === undefined ? site === 'cross-site' || site === 'same-site' : site === 'cross-site' || !estIci(origine, o);
  if (etrangere) throw interdit('Ce formulaire a été envoyé depuis un autre site. Rechargez la page et recommencez.');
}
/** The public address; on one's own machine, a demonstration goes by each of its names. What the request calls itself proves nothing. */
function estIci(origine: string, o: Ici): boolean {
  if (!URL.canParse(origine)) return false;
  const [ici, venue] = [new URL(o.adresse), new URL(origine)];
  if (venue.origin === ici.origin) return true;
  return (
    o.demonstration &&
    ici.protocol === venue.protocol &&
    ici.port === venue.port &&
    [ici, venue].every((u) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(u.hostname))
  );
}
