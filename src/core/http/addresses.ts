/** Where a request comes from, as limits count it: an IPv4 address, or the /64 that an IPv6 connection is given whole. */
import ipaddr from 'ipaddr.js';

export function prefixeDe(adresse: string): string {
  const nue = adresse.split('%')[0] ?? '';
  if (!ipaddr.isValid(nue)) return nue;
  // An IPv4 address inside an IPv6 one is the former.
  const lue = ipaddr.process(nue);
  if (!(lue instanceof ipaddr.IPv6)) return lue.toString();
  return `${lue.parts
    .slice(0, 4)
    .map((groupe) => groupe.toString(16))
    .join(':')}::/64`;
}
