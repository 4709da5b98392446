/** What an address that leads nowhere was likely meant to open: read from the contract and from the pages that exist. Pure. */
import { couper } from './core/couper.ts';
import { sansAccents } from './core/mots.ts';

export interface Piste {
  libelle: string;
  href: string;
}
/** Of a catalogue, all that an address may name. */
interface Connu {
  fiches: ReadonlyMap<string, { titre: string }>;
  mesures: ReadonlyMap<string, { court: string }>;
  territoires: ReadonlyMap<string, { nom: string }>;
  axes: readonly { numero: number; titre: string }[];
  acteurs: ReadonlyMap<string, { nom: string }>;
}
const MAX = 5;

/** « /fiche/1.6 » gives `fiche` and `1.6`. */
const motsDe = (chemin: string): string[] =>
  sansAccents(chemin)
    .split(/[^a-z0-9.]+/)
    .map((m) => m.replace(/^\.+|\.+$/g, ''))
    .filter((m) => m !== '' && !/^(html?|php|aspx?|www|index)$/.test(m));
const singulier = (m: string): string => (m.length > 3 ? m.replace(/[sx]$/, '') : m);

/** What the contract and the navigation are called is compared with every lost address: read once. */
function retenir<T>(lire: (t: string) => T): (t: string) => T {
  const lus = new Map<string, T>();
  return (t) => {
    const deja = lus.get(t) ?? lire(t);
    if (lus.size > 10_000) lus.clear();
    lus.set(t, deja);
    return deja;
  };
}
const motsConnus = retenir(motsDe);
const plat = retenir(sansAccents);
/** The code stands by itself in the address, its dots written as dots, dashes or underscores. */
const motifDe = retenir((code) => new RegExp(`(^|[^a-z0-9.])${sansAccents(code).replace(/[.-]/g, '[._-]')}($|[^a-z0-9.-]|\\.html?$)`));

/** Words of the address, for the search box. */
export const enMots = (chemin: string): string => couper(motsDe(chemin).join(' '), 100);

/** `entrees`: pages that exist, by what they are called. */
export function deviner(chemin: string, connu: Connu | null, entrees: readonly Piste[]): Piste[] {
  const mots = motsDe(chemin);
  // « 1-6 » is 1.6, « 1.6-10b » is written whole.
  const dit = sansAccents(chemin);
  const pistes: Piste[] = [];
  if (connu) {
    for (const [id, m] of connu.mesures) if (contientCode(dit, id)) pistes.push({ libelle: `Chiffre ${id} : ${m.court}`, href: `/chiffres/${id}` });
    for (const [numero, f] of connu.fiches) if (contientCode(dit, numero)) pistes.push({ libelle: `Fiche ${numero} : ${f.titre}`, href: `/fiches/${numero}` });
    for (const a of connu.axes)
      if (/(^|\W)axes?\W/.test(dit) && mots.includes(String(a.numero))) pistes.push({ libelle: `Axe ${a.numero} : ${a.titre}`, href: `/axes/${a.numero}` });
    for (const [id, t] of connu.territoires) if (memeLieu(mots, id, t.nom)) pistes.push({ libelle: t.nom, href: `/territoires/${id}` });
    for (const [id, a] of connu.acteurs)
      if (mots.includes(plat(id)) || plat(a.nom) === mots.join(' ')) pistes.push({ libelle: a.nom, href: `/acteurs/${encodeURIComponent(id)}` });
  }
  for (const e of entrees)
    if ([...motsConnus(e.href), ...motsConnus(e.libelle)].some((m) => m.length > 3 && mots.some((x) => proche(singulier(x), singulier(m))))) pistes.push(e);
  const vues = new Set<string>();
  return pistes.filter((p) => !vues.has(p.href) && vues.add(p.href)).slice(0, MAX);
}

const contientCode = (chemin: string, code: string): boolean => motifDe(code).test(chemin);

/** « 18e », « 75018 », « mairie-18 », « paris centre ». */
function memeLieu(mots: readonly string[], id: string, nom: string): boolean {
  const numero = /(\d+)$/.exec(id)?.[1];
  const dits = motsConnus(nom).filter((m) => m.length > 3 && !/^(mairie|arrondissement|paris)$/.test(m));
  return (
    motsConnus(id).every((m) => mots.includes(m)) ||
    (numero !== undefined && mots.some((m) => m === `${Number(numero)}e` || m === `${Number(numero)}eme`) && motsConnus(nom).includes(`${Number(numero)}e`)) ||
    (dits.length > 0 && dits.every((m) => mots.includes(m)))
  );
}

/** The same word, or one letter off it. */
function proche(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
  let [i, j, fautes] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else {
      fautes += 1;
      if (fautes > 1) return false;
      if (a.length >= b.length) i += 1;
      if (b.length >= a.length) j += 1;
    }
  }
  return fautes + (a.length - i) + (b.length - j) <= 1;
}
