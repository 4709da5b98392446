/**
 * What the platform writes in the main courante, where nothing is ever taken back. A sentence is made of its own words, of words that are known
 * (`su`: of the contract, of its directory), of numbers, and of what somebody typed once it was looked at (`Relu`): a bare string does not enter.
 */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { estConfirme } from '../../../ui/Confirmer.tsx';
import { estUnSigle } from '../conduite/sigles.rules.ts';
import { demanderPourLesNoms, trouverNoms } from './preparer.rules.ts';

interface Sigles {
  has(lettres: string): boolean;
}
/** Typed by somebody, and looked at: what in it may tell who somebody is was confirmed. */
class Relu {
  readonly #vu = true;
  readonly texte: string;
  /** Kinds of what looks like somebody. */
  readonly genres: readonly string[];
  constructor(texte: string, genres: readonly string[]) {
    this.texte = texte;
    this.genres = genres;
  }
  get vu(): boolean {
    return this.#vu;
  }
}
export type { Relu };
class Su {
  readonly #su = true;
  readonly texte: string;
  constructor(texte: string) {
    this.texte = texte;
  }
  get su(): boolean {
    return this.#su;
  }
}
/** Words of the contract, of its directory, of the clock: nobody typed them here. */
export const su = (texte: string): Su => new Su(texte);

/** One sentence, ready to be written. */
class Phrase {
  readonly texte: string;
  readonly confirme: readonly string[];
  constructor(texte: string, confirme: readonly string[]) {
    this.texte = texte;
    this.confirme = confirme;
  }
}
export type { Phrase };
type Mot = number | Su | Relu | Phrase;
const motDe = (m: Mot): string => (typeof m === 'number' ? String(m) : m.texte);
const genresDe = (m: Mot): readonly string[] => (m instanceof Relu ? m.genres : m instanceof Phrase ? m.confirme : []);
export const phrase = (mots: TemplateStringsArray, ...dits: readonly Mot[]): Phrase =>
  new Phrase(String.raw({ raw: mots }, ...dits.map(motDe)), [...new Set(dits.flatMap(genresDe))]);
/** Nothing to say. */
export const RIEN = phrase``;

/** Of a text that may tell who somebody is: asked once, kept when its writer says that it does not. */
export interface Etonnement extends ErreurDeChamp {
  etonne: true;
}
const nomsDe = (texte: string, sigles: Sigles) => trouverNoms(texte).filter((t) => !estUnSigle(t.extrait, sigles));
const genres = (noms: readonly { genre: string }[]): string[] => [...new Set(noms.map((n) => n.genre))];

/**
 * Looks at what was typed, field by field. `confirme`: what the form answered to the question;  `prefixe`: of the names of its fields; `aussi`: what else surprises. What surprises and was not said to be right comes
 * back to be asked, at its field.
 */
export function relire<C extends string>(
  textes: Readonly<Record<C, string>>,
  o: { sigles: Sigles; confirme: unknown; prefixe?: string; aussi?: readonly ErreurDeChamp[] },
): { ok: true; relus: Readonly<Record<C, Relu>> } | { ok: false; etonnements: Etonnement[] } {
  const lus = (Object.entries(textes) as [C, string][]).map(([champ, texte]) => ({ champ, texte, noms: nomsDe(texte, o.sigles) }));
  const etonnements = [
    ...(o.aussi ?? []),
    ...lus.flatMap(({ champ, noms }) => demanderPourLesNoms(noms).map((e) => ({ ...e, champ: `${o.prefixe ?? ''}${champ}` }))),
  ];
  if (!estConfirme(etonnements, o.confirme)) return { ok: false, etonnements: etonnements.map((e) => ({ ...e, etonne: true })) };
  return { ok: true, relus: Object.fromEntries(lus.map((l) => [l.champ, new Relu(l.texte, genres(l.noms))])) as Record<C, Relu> };
}
/** Typed before, and asked about then: written again, it says again what it may hold. */
export const dejaEcrit = (texte: string, sigles: Sigles): Relu => new Relu(texte, genres(nomsDe(texte, sigles)));
