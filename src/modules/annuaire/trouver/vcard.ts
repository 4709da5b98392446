/** A card as a telephone keeps it: vCard 4.0 (RFC 6350). Lines are folded at 75 bytes. */
import type { Structure } from '../structures/structures.queries.ts';
import { adresseDAppel } from '../telephone.rules.ts';

const echapper = (t: string): string => t.replace(/[\\,;]/g, (c) => `\\${c}`).replace(/\r?\n/g, '\\n');

function plier(ligne: string): string {
  const morceaux: string[] = [];
  let courant = '';
  for (const c of ligne) {
    if (Buffer.byteLength(courant + c) > (morceaux.length === 0 ? 75 : 74)) {
      morceaux.push(courant);
      courant = '';
    }
    courant += c;
  }
  return [...morceaux, courant].join('\r\n ');
}

type Dite = Pick<
  Structure,
  'id' | 'nom' | 'telephone' | 'courriel' | 'adresse' | 'commune' | 'codePostal' | 'latitude' | 'longitude' | 'siteWeb' | 'complement' | 'venir' | 'majLe'
>;
export function ecrireVcard(s: Dite, o: { adresse: string; horaires: string }): string {
  const appel = adresseDAppel(s.telephone);
  // What is not one whole number is read, not dialled.
  const note = [s.complement, o.horaires, s.venir, appel ? '' : s.telephone].filter(Boolean).join('\n');
  const lignes = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'KIND:org',
    `UID:urn:uuid:${s.id}`,
    `FN:${echapper(s.nom)}`,
    ...(appel ? [`TEL;VALUE=uri:${appel}`] : []),
    ...(s.courriel ? [`EMAIL:${echapper(s.courriel)}`] : []),
    ...(s.adresse ? [`ADR:;;${[s.adresse, s.commune, '', s.codePostal, ''].map(echapper).join(';')}`] : []),
    ...(s.latitude !== null && s.longitude !== null ? [`GEO:geo:${s.latitude},${s.longitude}`] : []),
    ...(s.siteWeb ? [`URL:${s.siteWeb}`] : []),
    `SOURCE:${o.adresse}`,
    ...(note ? [`NOTE:${echapper(note)}`] : []),
    `REV:${s.majLe.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    'END:VCARD',
  ];
  return `${lignes.map(plier).join('\r\n')}\r\n`;
}
