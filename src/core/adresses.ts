/** Where a request comes from, as limits count it: an IPv4 address, or the /64 that an IPv6 connection is given whole. */
import { isIPv4, isIPv6 } from 'node:net';

export function prefixeDe(adresse: string): string {
  const nue = adresse.split('%')[0] ?? '';
  if (isIPv4(nue) || !isIPv6(nue)) return nue;
  // The URL parser writes any IPv6 address in one way, IPv4 inside included.
  const [tete = '', queue] = new URL(`http://[${nue}]`).hostname.slice(1, -1).split('::');
  const debut = tete === '' ? [] : tete.split(':');
  const fin = queue ? queue.split(':') : [];
  const zeros = queue === undefined ? [] : Array<string>(8 - debut.length - fin.length).fill('0');
  const groupes = [...debut, ...zeros, ...fin];
  const nombre = (i: number) => Number.parseInt(groupes[i] ?? '0', 16);
  if (groupes.slice(0, 5).every((g) => g === '0') && groupes[5] === 'ffff') return [nombre(6) >> 8, nombre(6) & 255, nombre(7) >> 8, nombre(7) & 255].join('.');
  return `${groupes.slice(0, 4).join(':')}::/64`;
}
