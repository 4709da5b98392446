/**
 * What a query asks for, when it is known without searching: a number of the contract (« fiche 1.6 », « figure 1.6-10 »), a place as people
 * say it (« 18e », « Château Rouge »), an acronym, words of the public whose answer its file gives, and calls for help. Pure, over the
 * contract in memory: no statement runs.
 */
import type { ContratLu } from '../contrats.schema.ts';
import type { Sigle } from '../sigles/sigles.rules.ts';
import { buildEntrees, type GenreRecherche } from './entrees.rules.ts';
import { motsDe, motsPleins, normaliser, presque, racine } from './mots.rules.ts';
import type { MotsDuContrat } from './recherche.schema.ts';

export interface Cible {
  genre: GenreRecherche | 'axe';
  id: string;
  titre: string;
  url: string;
  /** « À la limite de trois arrondissements ». */
  note?: string | undefined;
}
export type Appel = MotsDuContrat['appels'][number];
export interface Compris {
  /** Help first: the nearest call, then another. */
  appels: readonly Appel[];
  sigles: readonly Sigle[];
  cibles: readonly Cible[];
}
const RIEN: Compris = { appels: [], sigles: [], cibles: [] };
const CIBLES_AU_PLUS = 6;
const APPELS_AU_PLUS = 2;
/** Words that only introduce a number, a place or a name. */
const INTRODUIT = new Set([
  'fiche',
  'fiches',
  'figure',
  'chiffre',
  'indicateur',
  'mesure',
  'ligne',
  'action',
  'objectif',
  'axe',
  'dispositif',
  'systeme',
  'f',
  'n',
  'numero',
]);
const LIEU = new Set(['mairie', 'arrondissement', 'arr', 'quartier', 'commissariat']);

interface Expression<T> {
  mots: readonly string[];
  racines: readonly string[];
  /** A number is a call only when it is all that was typed: « 18 » in « Mairie du 18 » is a place. */
  seule: boolean;
  /** One word among others that name nothing (« dans ma rue »): said as a whole, for « rue » is not that. */
  entiere: string | null;
  sens: T;
}

export function buildComprendre(lu: ContratLu, sigles: ReadonlyMap<string, Sigle>): (q: string) => Compris {
  const entrees = buildEntrees(lu);
  const cibles = new Map<string, Cible>(entrees.map((e) => [`${e.genre} ${e.id}`, e]));
  for (const a of lu.contrat.axes) cibles.set(`axe ${a.numero}`, { genre: 'axe', id: String(a.numero), titre: a.titre, url: `/axes/${a.numero}` });
  const parCode = new Map<string, Cible[]>();
  const noter = (code: string, c: Cible | undefined) => c && parCode.set(normaliser(code), [...(parCode.get(normaliser(code)) ?? []), c]);
  for (const e of entrees) if (!['acteur', 'terme', 'territoire'].includes(e.genre)) noter(e.id, e);
  for (const i of lu.fiches.flatMap((f) => f.indicateurs)) for (const m of i.mesures) if (m.id !== i.id) noter(i.id, cibles.get(`mesure ${m.id}`));
  const parNom = new Map<string, Cible[]>();
  const nommer = (nom: string, c: Cible | undefined) => {
    const deja = parNom.get(normaliser(nom)) ?? [];
    if (c && !deja.includes(c)) parNom.set(normaliser(nom), [...deja, c]);
  };
  for (const t of lu.territoires) for (const n of [t.nom, t.court, t.code ?? t.id]) nommer(n, cibles.get(`territoire ${t.id}`));
  for (const l of lu.recherche.lieux)
    for (const n of l.noms)
      for (const t of l.territoires) {
        const c = cibles.get(`territoire ${t}`);
        nommer(n, c && (l.note ? { ...c, note: l.note } : c));
      }
  for (const e of entrees) if (['fiche', 'acteur', 'systeme'].includes(e.genre)) nommer(e.titre, cibles.get(`${e.genre} ${e.id}`));
  const ensemble = normaliser(lu.territoires.find((t) => !t.parent)?.nom ?? '');

  const lire = <T>(phrase: string, sens: T): Expression<T> => {
    const mots = motsPleins(phrase);
    const tous = motsDe(phrase);
    const entiere = mots.length === 1 && tous.length > 1 ? ` ${tous.join(' ')} ` : null;
    return { mots, racines: mots.map(racine), seule: mots.every((m) => /^\d+$/.test(m)), entiere, sens };
  };
  const appels = lu.recherche.appels.flatMap((a) => a.phrases.map((p) => lire(p, a)));
  const reponses = lu.recherche.reponses.flatMap((r) => r.phrases.map((p) => lire(p, r)));
  // A word that exists is what it says: « plaine » is not « plainte » mistyped.
  const connus = new Set([...entrees.flatMap((e) => motsDe(e.titre)), ...[...appels, ...reponses].flatMap((e) => e.mots)].map(racine));

  const lieux = (q: string): readonly Cible[] => {
    const entier = parNom.get(q);
    if (entier) return entier;
    const mots = motsDe(q);
    const reste = motsPleins(mots.filter((m) => m !== ensemble && !LIEU.has(racine(m)) && !LIEU.has(m)).join(' '));
    if (reste.length === 0 || reste.length > 4) return [];
    const nom = reste.join(' ');
    const ordinal = /^(\d{1,2})(?: ?(?:e|er|eme|ieme|ere|nd|nde))?$/.exec(nom);
    if (ordinal) return parNom.get(`${ordinal[1]}e`) ?? parNom.get(`${ordinal[1]}er`) ?? [];
    return parNom.get(nom) ?? [];
  };

  const parents = new Map(lu.territoires.map((t) => [t.id, t.parent]));
  /** One place comes with the one that holds it, unless that is the whole contract. */
  const avecLeSien = (trouves: readonly Cible[]): readonly Cible[] => {
    const [seul, autre] = trouves;
    const parent = seul?.genre === 'territoire' && !autre ? parents.get(seul.id) : undefined;
    const c = parent && parents.get(parent) !== undefined ? cibles.get(`territoire ${parent}`) : undefined;
    return c ? [...trouves, c] : trouves;
  };

  return (saisie) => {
    const q = normaliser(saisie);
    const mots = motsPleins(saisie);
    if (mots.length === 0) return RIEN;
    const racines = mots.map(racine);
    const dit = (e: string, m: string): boolean =>
      racines.some((r, i) => r === m || ((mots[i]?.length ?? 0) > 4 && e.length > 4 && !connus.has(r) && presque(mots[i] ?? '', e)));
    const combien = (e: Expression<unknown>): number => {
      if (e.seule) return e.mots.join(' ') === mots.join(' ') ? e.mots.length : 0;
      if (e.entiere !== null) return ` ${q} `.includes(e.entiere) ? e.entiere.trim().split(' ').length : 0;
      return e.racines.every((m, i) => dit(e.mots[i] ?? m, m)) ? e.racines.length : 0;
    };
    /** What the words say, the longest expression first; `part`: of the words that must be its own. */
    const trouver = <T>(parmi: readonly Expression<T>[], part: number): T[] => {
      const notes = new Map<T, number>();
      for (const e of parmi) {
        const n = combien(e);
        if (n > 0 && n / mots.length >= part) notes.set(e.sens, Math.max(notes.get(e.sens) ?? 0, n));
      }
      return [...notes].toSorted(([, a], [, b]) => b - a).map(([sens]) => sens);
    };
    const code = motsDe(q)
      .filter((m) => !INTRODUIT.has(m))
      .join(' ');
    const axe = /^axe ([1-9])$/.exec(q);
    const numerotees = axe ? [cibles.get(`axe ${axe[1]}`)] : (parCode.get(code) ?? parCode.get(q) ?? []);
    const situees = avecLeSien(lieux(q));
    const voulues = trouver(reponses, 0.5)
      .slice(0, 2)
      .flatMap((r) => r.vers.map((v) => cibles.get(v)));
    return {
      appels: trouver(appels, 0.25).slice(0, APPELS_AU_PLUS),
      sigles: siglesDe(saisie, mots, sigles),
      cibles: [...new Map([...numerotees, ...situees, ...voulues].flatMap((c) => (c ? [[c.url, c] as const] : []))).values()].slice(0, CIBLES_AU_PLUS),
    };
  };
}

/** Those written in capitals; in small letters, only when nothing else is asked: « par » and « save » are words too. */
function siglesDe(saisie: string, mots: readonly string[], sigles: ReadonlyMap<string, Sigle>): Sigle[] {
  const ecrits = saisie.match(/\p{Lu}[\p{Lu}\d]*(?:[.&-][\p{Lu}\d]+)*/gu) ?? [];
  const seul = mots.length === 1 || normaliser(saisie).split(' ').length <= 2 ? [saisie.trim().toUpperCase(), (mots.at(-1) ?? '').toUpperCase()] : [];
  return [...new Set([...ecrits, ...seul])].flatMap((s) => sigles.get(s) ?? []).slice(0, 3);
}
