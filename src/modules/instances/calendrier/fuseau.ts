/** VTIMEZONE of an IANA zone, as observances between two years: exact for any zone, without shipping a table. */
import { DateTime } from 'luxon';

const deuxChiffres = (n: number): string => String(Math.abs(n)).padStart(2, '0');
const decalage = (minutes: number): string => `${minutes < 0 ? '-' : '+'}${deuxChiffres(Math.trunc(minutes / 60))}${deuxChiffres(minutes % 60)}`;
const ms = (annee: number, mois: number) => Date.UTC(annee, mois, 1);

/** Minutes from UTC at that moment. */
const offset = (t: number, fuseau: string): number => DateTime.fromMillis(t, { zone: fuseau }).offset;

/** Moments (UTC ms) at which the zone changes its clock, found month by month then by halving. */
function transitions(fuseau: string, de: number, a: number): number[] {
  const trouvees: number[] = [];
  for (let annee = de; annee <= a; annee++)
    for (let mois = 0; mois < 12; mois++) {
      let [bas, haut] = [ms(annee, mois), ms(annee, mois + 1)];
      if (offset(bas, fuseau) === offset(haut, fuseau)) continue;
      while (haut - bas > 60_000) {
        const milieu = Math.floor((bas + haut) / 2 / 60_000) * 60_000;
        if (milieu <= bas) break;
        if (offset(milieu, fuseau) === offset(bas, fuseau)) bas = milieu;
        else haut = milieu;
      }
      trouvees.push(haut);
    }
  return trouvees;
}

const gardes = new Map<string, string>();

/** `de`, `a`: years covered, both included. */
export function buildVtimezone(fuseau: string, de: number, a: number): string {
  const cle = `${fuseau} ${de} ${a}`;
  const deja = gardes.get(cle);
  if (deja) return deja;
  const observance = (t: number, avant: number, apres: number): string[] => {
    const genre = apres > avant ? 'DAYLIGHT' : 'STANDARD';
    // The clock shows its former time at the moment it changes.
    const debut = DateTime.fromMillis(t, { zone: 'utc' }).plus({ minutes: avant }).toFormat("yyyyMMdd'T'HHmmss");
    return [`BEGIN:${genre}`, `DTSTART:${debut}`, `TZOFFSETFROM:${decalage(avant)}`, `TZOFFSETTO:${decalage(apres)}`, `END:${genre}`];
  };
  const depart = ms(de - 1, 0);
  const premier = offset(depart, fuseau);
  const lignes = [
    'BEGIN:VTIMEZONE',
    `TZID:${fuseau}`,
    ...observance(depart - premier * 60_000, premier, premier),
    ...transitions(fuseau, de - 1, a).flatMap((t) => observance(t, offset(t - 60_000, fuseau), offset(t, fuseau))),
    'END:VTIMEZONE',
  ];
  const texte = lignes.join('\r\n');
  if (gardes.size > 100) gardes.clear();
  gardes.set(cle, texte);
  return texte;
}
