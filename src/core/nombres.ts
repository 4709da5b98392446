/**
 * Numbers as people write them, read by one rule wherever they come from: registers, collected figures, files, the API's texts.
 * What has two meanings is asked about, never chosen. Pure.
 */
import { abrege, enAscii, type Lu, lu, refus } from './lu.ts';
import { cleTexte } from './mots.ts';

/** `entier`: a count of people or things. `unite`: what may be written after it. */
export interface GenreDeNombre {
  entier: boolean;
  unite?: string;
}

const FINE = '\u202f';
const ENTRE_MILLIERS = /\B(?=(\d{3})+$)/g;

/** For reading. Three decimals after one to three digits would be taken for thousands: a zero more tells them apart. */
export function nombreEcrit(n: number): string {
  const [entier = '0', decimales] = enDecimal(Math.abs(n)).split('.');
  return `${n < 0 ? '-' : ''}${entier.replace(ENTRE_MILLIERS, FINE)}${decimales ? `,${decimales}${estDouble(entier, decimales) ? '0' : ''}` : ''}`;
}
/** For a field to be filled in or a cell of a file: the same, without spaces. */
export const nombreSaisi = (n: number): string => nombreEcrit(n).replaceAll(FINE, '');

const estDouble = (entier: string, decimales: string): boolean => decimales.length === 3 && /^[1-9]\d{0,2}$/.test(entier);
/** Never `1e-7`. */
const enDecimal = (n: number): string => (/e/.test(String(n)) && n < 1 ? n.toFixed(20).replace(/0+$/, '') : String(n));

const nonNombre = (t: string) => refus(`« ${abrege(t)} » n’est pas un nombre. Écrivez-le en chiffres, ou laissez vide si vous ne le savez pas.`);

export function lireNombre(texte: string, g: GenreDeNombre): Lu<number> {
  if (texte.trim() === '') return lu<number>(null);
  const unite = g.unite ?? '';
  const sansUnite = oterUnite(enAscii(texte), unite);
  if (!sansUnite.ok) return refus(sansUnite.message.replace('…', abrege(texte)));
  const t = sansUnite.valeur ?? '';
  const heures = cleTexte(unite).startsWith('heure') ? /^(\d{1,4}) ?(?:h|:) ?([0-5]\d)(?::00)?$/i.exec(t) : null;
  if (heures) return fini(Number(heures[1]) + Number(heures[2]) / 60, texte, g);
  if (/^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i.test(t)) {
    const n = Number(t.replace(',', '.'));
    const propose = Number.isFinite(n) && Math.abs(n) < 1e12 ? ` : ${nombreEcrit(n)}` : '';
    return refus(`« ${abrege(texte)} » est écrit en puissances de dix. Écrivez-le en toutes décimales${propose}.`);
  }
  if (/^\(.*\d.*\)$/.test(t)) return refus(`« ${abrege(texte)} » : des parenthèses peuvent vouloir dire moins. Écrivez le nombre sans parenthèses.`);
  const double = /^([+-]?)([1-9]\d{0,2})[.,](\d{3})$/.exec(t);
  if (double) {
    const [, signe = '', a = '', b = ''] = double;
    const s = signe === '-' ? '-' : '';
    const decimal = nombreEcrit(Number(`${a}.${b}`));
    return refus(`${abrege(texte)} : est-ce ${s}${nombreEcrit(Number(a + b))} ou ${s}${decimal}\u00a0? Écrivez l’un des deux.`);
  }
  const n = chiffres(t);
  if (n === null) return expliquer(texte, t);
  return fini(n, texte, g);
}

function fini(n: number, texte: string, g: GenreDeNombre): Lu<number> {
  if (!Number.isFinite(n) || Math.abs(n) > Number.MAX_SAFE_INTEGER) return refus(`« ${abrege(texte)} » est trop grand. Vérifiez le nombre.`);
  if (g.entier && !Number.isInteger(n))
    return refus(`« ${abrege(texte)} » doit être un nombre entier${g.unite ? `\u00a0: ce sont des ${g.unite}` : ''}. Corrigez-le ou laissez vide.`);
  return lu(n === 0 ? 0 : n);
}

/** Plain, grouped by three, with or without decimals; null for anything else. */
function chiffres(t: string): number | null {
  const m = /^([+-]?) ?(.+)$/.exec(t);
  const [signe, corps] = [m?.[1] === '-' ? -1 : 1, m?.[2] ?? ''];
  const formes: readonly [RegExp, (c: string) => string][] = [
    [/^\d+$/, (c) => c],
    [/^\d*[.,]\d+$/, (c) => `0${c.replace(',', '.')}`],
    [/^\d{1,3}([ '’]\d{3})+([.,]\d+)?$/, (c) => c.replace(/[ '’]/g, '').replace(',', '.')],
    [/^\d{1,3}(\.\d{3}){2,}$|^\d{1,3}(,\d{3}){2,}$/, (c) => c.replace(/[.,]/g, '')],
    [/^\d{1,3}(\.\d{3})+,\d+$/, (c) => c.replaceAll('.', '').replace(',', '.')],
    [/^\d{1,3}(,\d{3})+\.\d+$/, (c) => c.replaceAll(',', '')],
  ];
  const forme = formes.find(([motif]) => motif.test(corps));
  return forme ? signe * Number(forme[1](corps)) : null;
}

function expliquer(texte: string, t: string): Lu<number> {
  if (/^[+-]?\d[\d ]*([.,]\d+)?$/.test(t) && t.includes(' '))
    return refus(
      `« ${abrege(texte)} » : un espace coupe ce nombre ailleurs qu’entre ses milliers. Est-ce ${t.replaceAll(' ', '')}\u00a0? Écrivez-le sans espace.`,
    );
  const nombres = t.match(/\d+/g) ?? [];
  if (nombres.length >= 1 && /[a-z~<>≈/]|\d ?- ?\d/i.test(t))
    return refus(`« ${abrege(texte)} » n’est pas un nombre seul. Écrivez un nombre, sans texte, et la précision dans le commentaire.`);
  return nonNombre(texte);
}

/** What people write for a unit, besides its own name. */
const ABREGES: Readonly<Record<string, readonly string[]>> = {
  heure: ['h', 'hr', 'hrs'],
  jour: ['j', 'jrs'],
  personne: ['pers', 'p'],
  agent: ['ag'],
  euro: ['eur'],
  minute: ['min', 'mn'],
};
const singulier = (mot: string): string => mot.replace(/[sx]$/, '');

/** The number without its unit. A unit that is not the one expected is refused: `12 h` is no number of people. */
function oterUnite(t: string, unite: string): Lu<string> {
  const m = /^(.*\d[)]?) ?(%|[€$£]|[a-zà-ÿœ²³][a-zà-ÿœ²³0-9.’' -]*)$/i.exec(t);
  if (!m || /^e[+-]?\d+$/i.test(m[2] ?? '') || /^h ?[0-5]\d$/i.test(m[2] ?? '')) return lu(t);
  const [, nombre = '', ecrite = ''] = m;
  if (!/^[(]?[+-]?[\d .,:'’]+[)]?$/.test(nombre)) return lu(t);
  if (ecrite === '%' || ecrite === '€') {
    if (unite === ecrite) return lu(nombre);
    if (ecrite === '%') return refus(`« … » est un pourcentage. Écrivez ${unite === '' ? 'le nombre' : `le nombre (${unite})`}, sans %.`);
  }
  const mots = cleTexte(ecrite).split(' ').map(singulier).join(' ');
  const attendus = cleTexte(unite).split(' ').map(singulier).join(' ');
  const connue = mots !== '' && attendus !== '' && (mots === attendus || (ABREGES[attendus] ?? []).includes(cleTexte(ecrite)));
  if (connue || (ecrite === unite && unite !== '')) return lu(nombre);
  return refus(`« … » n’est pas un nombre seul. Écrivez-le sans « ${abrege(ecrite)} »${unite === '' ? '' : ` ; ici on compte en ${unite}`}.`);
}

/** Degrees: a longitude has no thousands, so that `2,344` and `2.344` are the same. */
export function lireCoordonnee(texte: string): Lu<number> {
  const t = enAscii(texte);
  if (t === '') return lu<number>(null);
  if (!/^[+-]?\d{1,3}([.,]\d+)?$/.test(t)) return refus(`« ${abrege(texte)} » n’est pas une coordonnée. Écrivez des degrés décimaux, par exemple 48,8566.`);
  return lu(Number(t.replace(',', '.')));
}
