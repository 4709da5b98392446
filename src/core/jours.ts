/**
 * Days as people write them, read by one rule wherever they come from. A moment with its offset is filed under the day that the
 * contract's clock showed; a month, a year or a spreadsheet's day number is asked about. Pure, but for the zone in force.
 * Days already known are counted here too, without instant nor zone.
 */
import { jourDe } from './clock.ts';
import { abrege, enAscii, type Lu, lu, refus } from './lu.ts';
import { cleTexte } from './mots.ts';

/** For what lasts that many times twenty-four hours; a day of the calendar is counted by `plusJours`. */
export const JOUR_MS = 86_400_000;

const minuit = (jour: string): number => Date.parse(`${jour}T00:00:00Z`);
const ecrire = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A day of the calendar, which PostgreSQL reads too: neither 30 February nor year zero. */
export const estJour = (v: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(v) && !v.startsWith('0000') && !Number.isNaN(minuit(v)) && ecrire(minuit(v)) === v;

/** So many days later, before when negative. */
export const plusJours = (jour: string, n: number): string => ecrire(minuit(jour) + n * JOUR_MS);
export const joursEntre = (de: string, a: string): number => Math.round((Date.parse(a) - Date.parse(de)) / JOUR_MS);
/**
 * Same day of the month `mois` months later (before, when negative), or the last day of a shorter month: 31 January + 1 is 28 or 29 February. A deadline on
 * a Sunday or a holiday is not moved: the earlier day is the safe one.
 */
export function ajouterMois(jour: string, mois: number): string {
  const [annee = 0, m = 1, j = 1] = jour.split('-').map(Number);
  const dernier = new Date(Date.UTC(annee, m + mois, 0)).getUTCDate();
  return ecrire(Date.UTC(annee, m - 1 + mois, Math.min(j, dernier)));
}
/** Months since year zero, of a month or of the month of a day: what is counted in whole months is compared by it. */
export const rangDeMois = (jour: string): number => Number(jour.slice(0, 4)) * 12 + Number(jour.slice(5, 7)) - 1;

/** A record has no day before, nor after: such a year is a slip of the hand. */
const [ANNEE_MIN, ANNEE_MAX] = [2000, 2100];

const MOIS = ['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'];
const MOIS_ANGLAIS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
/** `mars`, `mar`, `sept`, `juil`: enough letters to be one month only. */
function moisDe(mot: string): number | null {
  if (mot.length < 3) return null;
  for (const noms of [MOIS, MOIS_ANGLAIS]) {
    const lesquels = noms.flatMap((nom, i) => (nom.startsWith(mot) ? [i + 1] : []));
    if (lesquels.length === 1) return lesquels[0] ?? null;
  }
  return null;
}

const HEURE = String.raw`(?:[T ,]+(?:[aà] )?\d{1,2}(?:[:h]\d{0,2}(?::\d{2}(?:[.,]\d+)?)?)?)?`;
const ISO = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${HEURE}$`, 'i');
const FRANCAIS = new RegExp(String.raw`^(\d{1,2})([/. -])(\d{1,2})\2(\d{4}|\d{2})${HEURE}$`, 'i');
const EN_LETTRES = /^(\d{1,2})(?:er)?[ -]([a-z]+)[ -](\d{4}|\d{2})(?: (?:a )?\d{1,2}(?: ?h ?\d{0,2}| \d{2})?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i;

/** A moment that says its offset: on which day it was depends on the contract's clock. */
export const estUnMoment = (t: string): boolean => INSTANT.test(enAscii(t));

const EXEMPLE = 'Écrivez-la jj/mm/aaaa, par exemple 14/03/2026.';

/** `fuseau`: where a moment is read; the zone in force when nothing is said. */
export function lireDate(texte: string, fuseau?: string): Lu<string> {
  const t = enAscii(texte).replace(/^(?:le |du )?(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?,? (?=\d)|^le (?=\d)/i, '');
  if (t === '') return lu<string>(null);
  if (INSTANT.test(t)) return deLInstant(t, texte, fuseau);
  const iso = ISO.exec(t);
  if (iso) return composer(Number(iso[1]), Number(iso[2]), Number(iso[3]), texte, false);
  const fr = FRANCAIS.exec(t);
  if (fr) return composer(annee(fr[4] ?? ''), Number(fr[3]), Number(fr[1]), texte);
  const lettres = EN_LETTRES.exec(cleTexte(t));
  const mois = lettres && moisDe(lettres[2] ?? '');
  if (lettres && mois) return composer(annee(lettres[3] ?? ''), mois, Number(lettres[1]), texte);
  return expliquer(t, texte);
}

/** `26` is 2026. */
const annee = (a: string): number => (a.length === 2 ? 2000 + Number(a) : Number(a));

function deLInstant(t: string, texte: string, fuseau: string | undefined): Lu<string> {
  const decalage = /([+-]\d{2}):?(\d{2})?$/.exec(t.slice(10));
  const corps =
    t.slice(0, 10) +
    t
      .slice(10)
      .replace(/ ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i, '')
      .replace(' ', 'T')
      .replace(',', '.');
  const d = new Date(`${corps}${decalage ? `${decalage[1]}:${decalage[2] ?? '00'}` : 'Z'}`);
  if (Number.isNaN(d.getTime())) return refus(`« ${abrege(texte)} » n’est pas une date. ${EXEMPLE}`);
  const [a, m, j] = t.slice(0, 10).split('-').map(Number);
  const ecrit = composer(a ?? 0, m ?? 0, j ?? 0, texte);
  return ecrit.ok ? lu(jourDe(d, fuseau)) : ecrit;
}

function composer(a: number, m: number, j: number, texte: string, jourDAbord = true): Lu<string> {
  const deux = (n: number) => String(n).padStart(2, '0');
  const ecrite = `${deux(j)}/${deux(m)}/${a}`;
  if (jourDAbord && m > 12 && j >= 1 && j <= 12 && existe(a, j, m))
    return refus(`« ${abrege(texte)} » : le jour s’écrit avant le mois. Est-ce le ${deux(m)}/${deux(j)}/${a}\u00a0? Écrivez-le ainsi.`);
  if (!existe(a, m, j)) return refus(`Le ${ecrite} n’existe pas. Vérifiez le jour et le mois.`);
  if (a < ANNEE_MIN || a > ANNEE_MAX) return refus(`« ${abrege(texte)} » : l’année ${a} n’est pas possible ici. Vérifiez l’année.`);
  return lu(`${a}-${deux(m)}-${deux(j)}`);
}

function existe(a: number, m: number, j: number): boolean {
  const d = new Date(Date.UTC(2000, m - 1, j));
  d.setUTCFullYear(a, m - 1, j);
  return m >= 1 && j >= 1 && d.getUTCFullYear() === a && d.getUTCMonth() === m - 1 && d.getUTCDate() === j;
}

function expliquer(t: string, texte: string): Lu<string> {
  const dit = `« ${abrege(texte)} »`;
  const cle = cleTexte(t).split(' ');
  const unMois = (cle.length === 2 && moisDe(cle[0] ?? '') !== null && /^\d{4}$/.test(cle[1] ?? '')) || /^(\d{1,2}[/. -]\d{4}|\d{4}[/. -]\d{1,2})$/.test(t);
  if (unMois || /^(19|20)\d\d$/.test(t) || (cle.length === 1 && moisDe(t.toLowerCase()) !== null))
    return refus(`${dit} : quel jour\u00a0? Écrivez la date entière, jj/mm/aaaa, par exemple 14/03/2026.`);
  // A day as spreadsheets number it. Two systems are in use, four years apart: it is asked, not supposed.
  if (/^\d{5}([.,]\d+)?$/.test(t)) {
    const jour = new Date(Date.UTC(1899, 11, 30 + Math.floor(Number(t.replace(',', '.'))))).toISOString().slice(0, 10);
    const ecrit = jour.split('-').reverse().join('/');
    return refus(`${dit} est un numéro de jour de tableur. Est-ce le ${ecrit}\u00a0? Écrivez la date jj/mm/aaaa, ou mettez la colonne au format Date.`);
  }
  return refus(`${dit} n’est pas une date. ${EXEMPLE}`);
}
