/** What the head of a page says of it: a title that no other address has, and a sentence for whoever was sent its address. Pure. */
import { abreger, couper } from './core/couper.ts';
import { estJour } from './core/jours.ts';
import { formatPeriode, nombre } from './ui/typographie.ts';

/** Of a catalogue, all that a title needs. */
type Connu = {
  territoires: ReadonlyMap<string, { nom: string }>;
  fiches: ReadonlyMap<string, unknown>;
  acteurs: ReadonlyMap<string, unknown>;
  mesures: ReadonlyMap<string, { court: string }>;
  nomActeur: (id: string) => string;
} | null;
type Dire = (v: string, c: Connu) => string | null;

const periode: Dire = (v) => (/^20\d\d(-(\d\d|[ST]\d))?$/.test(v) ? formatPeriode(v) : null);
const territoire: Dire = (v, c) => c?.territoires.get(v)?.nom ?? (v === 'tous' ? 'tout le contrat' : null);
const acteur: Dire = (v, c) => (c?.acteurs.has(v) ? c.nomActeur(v) : null);
/** A code of a closed list, in words: only what such a code may hold, for whoever writes an address could write anything. */
const code =
  (nom: string): Dire =>
  (v) =>
    /^[\p{L}\d][\p{L}\d._-]{0,40}$/u.test(v) ? `${nom}\u00a0${v.replace(/[_-]+/g, ' ')}` : null;
/** A code of the contract, as it is written there: CONV-05, 1.6-R2.6. */
const numero =
  (nom: string): Dire =>
  (v) =>
    /^[A-Za-z\d][\w.-]{0,30}$/.test(v) ? `${nom}\u00a0${v}` : null;

/** Parts of an address that make another page of it, and what each is called; the others (where to go back, what was just done) are not said. */
const PRECISIONS: Readonly<Record<string, Dire>> = {
  annee: periode,
  periode,
  mois: periode,
  territoire,
  pres: territoire,
  fiche: (v, c) => (c?.fiches.has(v) ? `fiche\u00a0${v}` : null),
  mesure: (v, c) => c?.mesures.get(v)?.court ?? null,
  carte: (v, c) => (c?.mesures.has(v) ? `carte\u00a0: ${c.mesures.get(v)?.court ?? v}` : null),
  ...Object.fromEntries(['acteur', 'organisation', 'porteur', 'responsable', 'aupres', 'partie'].map((nom) => [nom, acteur])),
  vue: code('vue'),
  genre: code('genre'),
  type: code('type'),
  etat: code('état'),
  theme: code('thème'),
  nature: code('nature'),
  systeme: numero('dispositif'),
  ligne: numero('ligne'),
  dans: (v) => (/^\d{1,2}$/.test(v) ? `dans ${Number(v)}\u00a0mois` : null),
  archetype: code('archétype'),
  instance: () => 'une instance',
  du: (v) => (estJour(v) ? `depuis le ${v}` : null),
  au: (v) => (estJour(v) ? `jusqu’au ${v}` : null),
  tri: code('tri'),
  sens: code('ordre'),
  langue: code('langue'),
  trimestre: code('trimestre'),
  serie: code('série'),
  apres: () => 'suite',
  q: (v) => `«\u00a0${abreger(v, 60)}\u00a0»`,
  page: (v) => (/^\d{1,6}$/.test(v) && Number(v) > 1 ? `page\u00a0${nombre(Number(v))}` : null),
};

/**
 * The title of the page, with what its address adds to it: « Dispositifs, fiche 1.6, page 2 ». What it says already is not said twice.
 * `discrete`: a page that one may have to leave in a hurry, whose tab and history say nothing of what was looked for.
 */
export function precise(titre: string, url: URL, connu: Connu, discrete = false): string {
  const retenus = [...url.searchParams].filter(([nom]) => !discrete || nom === 'page');
  const dites = retenus.flatMap(([nom, v]) => (v.trim() === '' ? [] : (PRECISIONS[nom]?.(v.trim(), connu) ?? [])));
  return dites.reduce((t, dite) => (t.includes(dite) || (dite.startsWith('«') && t.includes(dite.slice(2, -2))) ? t : `${t}, ${dite}`), titre);
}

const ENTITES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': '’' };
const LARGEUR = 280;

/** What the page says it is, under its title; null when it says nothing there. `html`: its body, as rendered. */
export function chapoDe(html: string): string | null {
  const dit = /<div class="c-chapo">(.*?)<\/div>/s.exec(html)?.[1];
  const texte = (dit ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#x27);/g, (e) => ENTITES[e] ?? e)
    .replace(/\s+/g, ' ')
    .trim();
  if (texte === '') return null;
  if (texte.length <= LARGEUR) return texte;
  const coupe = couper(texte, LARGEUR);
  return `${coupe.slice(0, coupe.lastIndexOf(' '))}…`;
}
