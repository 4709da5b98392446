/**
 * Delivery notices (RFC 3464) tied to their letters: each letter leaves with an envelope address of its own, signed, to which whoever could not deliver it
 * writes. What a notice says is believed of that letter alone. Pure.
 */
import type { Coffre } from '../coffre.ts';
import { ecrireEtiquette, idSigne } from './etiquette.ts';

/** Beside the mailboxes that modules declare. */
export const BOITE_DES_RETOURS = 'retours';
const USAGE = 'retour';
export const adresseDeRetour = (coffre: Coffre, id: string, domaine: string): string => `${BOITE_DES_RETOURS}+${ecrireEtiquette(coffre, USAGE, id)}@${domaine}`;
/** Id of the letter; null when the address is none of ours. */
export const lettreDuRetour = (coffre: Coffre, etiquette: string): string | null => idSigne(coffre, USAGE, etiquette);

const LU_MAX = 262_144;
/**
 * Why the address will never take the letter, as the part « message/delivery-status » of a report says it; null for a delay, a delivery, an answering
 * machine, or a letter that is no report. Only the code is kept: the rest quotes the address.
 */
export function refusDefinitif(contenu: Buffer): string | null {
  const texte = contenu.subarray(0, LU_MAX).toString('latin1').replace(/\r\n/g, '\n');
  const tete = texte.slice(0, texte.indexOf('\n\n')).replace(/\n[ \t]+/g, ' ');
  if (!/^content-type:\s*multipart\/report\b[^\n]*report-type="?delivery-status/im.test(tete)) return null;
  const part = /^content-type:\s*message\/(?:global-)?delivery-status\b[\s\S]*?\n\n([\s\S]*?)(?=\n--|$(?![\s\S]))/im.exec(texte)?.[1];
  if (part === undefined || !/^action:\s*failed\b/im.test(part)) return null;
  const code = /^status:\s*(5\.\d{1,3}\.\d{1,3})/im.exec(part)?.[1];
  return code ? `Avis de remise : l’adresse n’a pas reçu la lettre (${code})` : null;
}
