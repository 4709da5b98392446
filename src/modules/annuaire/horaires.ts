/**
 * Opening hours in OpenStreetMap syntax, read by the library `opening_hours` and told by the contract's clock: days off of the country
 * included. The library reads the fields of a local `Date`: here a local `Date` holds what the wall clock of the contract shows.
 */
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import type OpeningHours from 'opening_hours';
import { abreger } from '../../core/couper.ts';
import { fuseauEnVigueur } from '../../core/fuseau.ts';

/** Weeks ahead that are worked out when a card is written, and again each night. */
const JOURS = 21;

// Loaded when the first hours are read: it weighs, and most requests read none.
let lecteur: Promise<typeof OpeningHours> | null = null;
const charger = (): Promise<typeof OpeningHours> => {
  lecteur ??= import('opening_hours').then((m) => m.default);
  return lecteur;
};
const lues = new LRUCache<string, OpeningHours>({ max: 2000 });

/** Throws when the library does not understand. */
async function lire(texte: string): Promise<OpeningHours> {
  const deja = lues.get(texte);
  if (deja) return deja;
  const Lecteur = await charger();
  const lu = new Lecteur(
    texte,
    { lat: 0, lon: 0, address: { country_code: 'fr', state: '' } },
    { locale: 'fr', mode: 0, tag_key: 'opening_hours', map_value: false, warnings_severity: 4 },
  );
  lues.set(texte, lu);
  return lu;
}

/** Dawn and dusk change with the place and the day: no card says « open » by them. What stands in quotes is a comment. */
const suitLeSoleil = (ecrits: string): boolean => /\b(?:sunrise|sunset|dawn|dusk)\b/.test(ecrits.replace(/"[^"]*"/g, ''));

/** Words that people write, in the syntax: the library knows some of them, not all. */
const MOTS: readonly (readonly [RegExp, string])[] = [
  [/(\d{1,2})\s*[hH]\s*(\d{2})?(?!\w)/g, '$1:$2'],
  [/\blun(?:di)?s?\b\.?/gi, 'Mo'],
  [/\bmar(?:di)?s?\b\.?/gi, 'Tu'],
  [/\bmer(?:credi)?s?\b\.?/gi, 'We'],
  [/\bjeu(?:di)?s?\b\.?/gi, 'Th'],
  [/\bven(?:dredi)?s?\b\.?/gi, 'Fr'],
  [/\bsam(?:edi)?s?\b\.?/gi, 'Sa'],
  [/\bdim(?:anche)?s?\b\.?/gi, 'Su'],
  [/\bjours f[ée]ri[ée]s\b|\bf[ée]ri[ée]s?\b/gi, 'PH'],
  [/\bferm[ée]e?s?(?![\p{L}])/giu, 'off'],
  [/\bdu\b|\ble\b|\bles\b|\bde\b/gi, ''],
  [/\s+(?:au|à|a)\s+/gi, '-'],
  [/\s+et\s+/gi, ','],
  [/\b(\d):/g, '0$1:'],
  [/:(?!\d)/g, ':00'],
];
const enSyntaxe = (t: string): string =>
  MOTS.reduce((s, [motif, par]) => s.replace(motif, par), t)
    .replace(/\s+/g, ' ')
    .trim();

/** Its declared types leave `conf` out. */
function ecrit(lu: OpeningHours, locale: 'en' | 'fr'): string {
  const options: object = { conf: { locale } };
  return lu.prettifyValue(options);
}

export type HorairesLus = { ok: true; horaires: string; dit: string } | { ok: false; message: string };
/** As typed (« lun-ven 9:00-12:30; sam 9:00-12:00 ») to the syntax that is kept, and in French. */
export async function lireHoraires(texte: string): Promise<HorairesLus> {
  const t = texte.trim();
  if (t === '') return { ok: true, horaires: '', dit: '' };
  try {
    const lu = await lire(t).catch(() => lire(enSyntaxe(t)));
    const horaires = ecrit(lu, 'en');
    if (suitLeSoleil(horaires)) return { ok: false, message: 'Ces horaires suivent le soleil : écrivez des heures, par exemple lun-ven 09:00-17:00.' };
    return { ok: true, horaires, dit: ecrit(lu, 'fr') };
  } catch {
    return {
      ok: false,
      message: `« ${abreger(t, 60)} » n’est pas compris. Écrivez par exemple : lun-ven 09:00-12:30,13:30-17:00; sam 09:00-12:00; PH off (PH : jours fériés).`,
    };
  }
}
export async function direHoraires(horaires: string): Promise<string> {
  const lu = await lireHoraires(horaires);
  return lu.ok ? lu.dit : horaires;
}

/** What the wall clock of the contract shows, as a local `Date`; and back. */
const murale = (d: Date, fuseau: string): Date => DateTime.fromJSDate(d, { zone: fuseau }).setZone('system', { keepLocalTime: true }).toJSDate();
const instant = (d: Date, fuseau: string): Date => DateTime.fromJSDate(d).setZone(fuseau, { keepLocalTime: true }).toJSDate();

export interface Ouvertures {
  plages: (readonly [Date, Date])[];
  /** When it may be open: « sur rendez-vous ». */
  peutEtre: (readonly [Date, Date])[];
  jusqu: Date;
}
const calculees = new LRUCache<string, Ouvertures>({ max: 2000 });
/** When it is open in the weeks ahead; null when its hours are not known. What is open « perhaps » (« sur rendez-vous ») is not counted. */
export async function ouverturesDe(horaires: string, maintenant: Date, fuseau = fuseauEnVigueur()): Promise<Ouvertures | null> {
  if (horaires === '' || suitLeSoleil(horaires)) return null;
  const debut = DateTime.fromJSDate(maintenant, { zone: fuseau }).startOf('day');
  const cle = [fuseau, debut.toISODate(), horaires].join(' ');
  const deja = calculees.get(cle);
  if (deja) return deja;
  const fin = debut.plus({ days: JOURS });
  try {
    const lu = await lire(horaires);
    const lues = lu.getOpenIntervals(murale(debut.toJSDate(), fuseau), murale(fin.toJSDate(), fuseau));
    const celles = (incertaines: boolean) =>
      lues.flatMap(([de, a, x]) => ((x === true) === incertaines ? [[instant(de, fuseau), instant(a, fuseau)] as const] : []));
    const r = { plages: celles(false), peutEtre: celles(true), jusqu: fin.toJSDate() };
    calculees.set(cle, r);
    return r;
  } catch {
    return null;
  }
}
/** In PostgreSQL’s words. */
export const enMultirange = (o: Ouvertures | null): string => `{${(o?.plages ?? []).map(([a, b]) => `[${a.toISOString()},${b.toISOString()})`).join(',')}}`;

export type Moment = { etat: 'ouvert'; jusqu: Date } | { etat: 'ferme'; rouvre: Date | null } | { etat: 'peut-etre' } | { etat: 'inconnu' };
/** What a card says of now. */
export async function momentDe(horaires: string, maintenant: Date, fuseau = fuseauEnVigueur()): Promise<Moment> {
  const o = await ouverturesDe(horaires, maintenant, fuseau);
  if (!o) return { etat: 'inconnu' };
  const couvre = ([a, b]: readonly [Date, Date]) => a <= maintenant && maintenant < b;
  const la = o.plages.find(couvre);
  if (!la && o.peutEtre.some(couvre)) return { etat: 'peut-etre' };
  if (la) return { etat: 'ouvert', jusqu: la[1] };
  return { etat: 'ferme', rouvre: o.plages.find(([a]) => a > maintenant)?.[0] ?? null };
}

export interface JourOuvert {
  jour: string;
  /** « 9 h – 12 h 30 » in hours of the wall clock, `00:00`–`24:00` for a whole day. */
  plages: (readonly [string, string])[];
  peutEtre: (readonly [string, string])[];
}
/** The seven days that come, the day itself first: days off are told on their day. Null when its hours are not known. */
export async function semaineDe(horaires: string, maintenant: Date, fuseau = fuseauEnVigueur()): Promise<JourOuvert[] | null> {
  const o = await ouverturesDe(horaires, maintenant, fuseau);
  if (!o) return null;
  const premier = DateTime.fromJSDate(maintenant, { zone: fuseau }).startOf('day');
  return Array.from({ length: 7 }, (_, n) => {
    const debut = premier.plus({ days: n });
    const [de, a] = [debut.toJSDate(), debut.plus({ days: 1 }).toJSDate()];
    const celles = (plages: Ouvertures['plages']) =>
      plages
        .filter(([x, y]) => x < a && y > de)
        .map(([x, y]) => [x <= de ? '00:00' : heureMurale(x, fuseau), y >= a ? '24:00' : heureMurale(y, fuseau)] as const);
    return { jour: debut.toISODate() ?? '', plages: celles(o.plages), peutEtre: celles(o.peutEtre) };
  });
}
const heureMurale = (d: Date, fuseau: string): string => DateTime.fromJSDate(d, { zone: fuseau }).toFormat('HH:mm');
