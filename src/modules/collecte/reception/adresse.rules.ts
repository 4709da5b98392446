/** The address by which one person answers a campaign by letter: signed, as their link is, and read whatever its case. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Coffre } from '../../../core/coffre.ts';
import type { Acces } from '../campagnes/campagnes.queries.ts';

export const BOITE = 'collecte';

type Signe = Pick<Acces, 'id' | 'campagneId' | 'organisationId' | 'courriel'>;
/** Relays may lower the case of an address, and 64 characters is all it may have: hexadecimal, shorter. */
const sceller = (coffre: Coffre, a: Signe): string =>
  createHash('sha256')
    .update(coffre.signer(['collecte par courriel', a.id, a.campagneId, a.organisationId, a.courriel.toLowerCase()].join('\n')))
    .digest('hex')
    .slice(0, 20);

export const adresseDeReponse = (coffre: Coffre, a: Signe, domaine: string): string => `${BOITE}+${a.id.replaceAll('-', '')}${sceller(coffre, a)}@${domaine}`;

/** Id that an address names; null when it names none. Not yet checked. */
export function lireEtiquette(etiquette: string): { accesId: string; sceau: string } | null {
  const m = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{20})$/.exec(etiquette);
  return m ? { accesId: m.slice(1, 6).join('-'), sceau: m[6] ?? '' } : null;
}
export const estScellee = (coffre: Coffre, a: Signe, sceau: string): boolean => {
  const [attendu, recu] = [Buffer.from(sceller(coffre, a)), Buffer.from(sceau)];
  return attendu.length === recu.length && timingSafeEqual(attendu, recu);
};
