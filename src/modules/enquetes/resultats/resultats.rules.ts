/** What the counts of a wave come to: shares as given and weighted, margins, and what is too thin to be said. Pure. */
import { type Dit, type Enquete, type Question, questionsDe, type Resultat, valeursDe } from '../definition/definition.schema.ts';
import { PAS_POSEE, REPONDU, SANS_REPONSE } from '../repondre/reponse.rules.ts';
import { effectifUtile, type Intervalle, intervalleDeMoyenne, redresser, type Strate, wilson } from './statistiques.rules.ts';

export interface LigneDeCompte {
  strate: string;
  question: string;
  valeur: string;
  nombre: number;
}
export interface LigneDeResultat {
  code: string;
  libelle: Dit;
  nombre: number;
  part: number;
  /** Each stratum at its share of the population; null without strata, or when one is too thin: with the totals, it would give it away. */
  redressee: number | null;
  /** Null unless people were drawn at random, and weighted where the survey says so: who chose to answer speaks for nobody else. */
  intervalle: Intervalle | null;
}
interface Moyenne {
  valeur: number;
  redressee: number | null;
  mediane: number;
  intervalle: Intervalle | null;
}
export interface ParStrate {
  strates: { code: string; libelle: Dit; n: number }[];
  /** Share of each answer in each stratum, in the order of `strates`. */
  lignes: { code: string; libelle: Dit; parts: number[] }[];
}
export interface ResultatDeQuestion {
  question: Question;
  repondu: number;
  sans: number;
  pasPosee: number;
  /** A stratum is too thin for anything weighted. */
  strateMince: boolean;
  /** Too few answers: everything below is empty. */
  tropPeu: boolean;
  lignes: LigneDeResultat[];
  moyenne: Moyenne | null;
  /** Null without strata, or when one of them is too thin. */
  parStrate: ParStrate | null;
}

type Nombres = (question: string, valeur: string, strate?: string) => number;
function indexer(comptes: readonly LigneDeCompte[]): Nombres {
  const par = new Map<string, number>();
  const ajouter = (cle: string, n: number) => par.set(cle, (par.get(cle) ?? 0) + n);
  for (const c of comptes) {
    ajouter(`${c.question}|${c.valeur}`, c.nombre);
    ajouter(`${c.question}|${c.valeur}|${c.strate}`, c.nombre);
  }
  return (question, valeur, strate) => par.get(strate === undefined ? `${question}|${valeur}` : `${question}|${valeur}|${strate}`) ?? 0;
}

interface Depouillement {
  e: Enquete;
  n: Nombres;
  comptes: readonly LigneDeCompte[];
  /** Drawn at random: margins mean something. */
  aleatoire: boolean;
}
const strateDe = (d: Depouillement, q: Question, code: string): Strate => ({ poids: d.e.strates?.parts[code] ?? 0, n: d.n(q.code, REPONDU, code) });
const codesDesStrates = (e: Enquete): string[] => Object.keys(e.strates?.parts ?? {});

/** Somebody of that stratum answered the survey, and too few of them this question for anything to be said of them. */
const estMince = (d: Depouillement, q: Question, code: string): boolean =>
  d.n(d.e.strates?.question ?? '', REPONDU, code) > 0 && d.n(q.code, REPONDU, code) < d.e.seuil_strate;
/** A weighted figure beside the totals is an equation in small whole numbers: none is given where a stratum is thin. */
const sePese = (d: Depouillement, q: Question): boolean => !codesDesStrates(d.e).some((code) => estMince(d, q, code));
/** A margin around what should have been weighted and is not would be around the wrong figure. */
const aMarge = (d: Depouillement, redressee: number | null): boolean => d.aleatoire && (redressee !== null || !d.e.strates);

/** Share of those who gave one of these answers, which exclude each other. */
function partDe(d: Depouillement, q: Question, valeurs: readonly string[]): Omit<LigneDeResultat, 'code' | 'libelle'> {
  const repondu = d.n(q.code, REPONDU);
  const nombre = valeurs.reduce((t, v) => t + d.n(q.code, v), 0);
  const part = repondu === 0 ? 0 : nombre / repondu;
  const strates = codesDesStrates(d.e).map((code) => {
    const s = strateDe(d, q, code);
    return { ...s, valeur: s.n === 0 ? 0 : valeurs.reduce((t, v) => t + d.n(q.code, v, code), 0) / s.n };
  });
  const redressee = sePese(d, q) ? redresser(strates) : null;
  const utile = redressee === null ? repondu : effectifUtile(strates);
  return { nombre, part, redressee, intervalle: aMarge(d, redressee) ? wilson(redressee ?? part, utile) : null };
}

function moyenneDe(d: Depouillement, q: Question): Moyenne | null {
  if (q.type !== 'echelle' && q.type !== 'nombre') return null;
  const lignes = d.comptes
    .filter((c) => c.question === q.code && !c.valeur.startsWith('_'))
    .map((c) => ({ strate: c.strate, x: Number(c.valeur), n: c.nombre }))
    .sort((a, b) => a.x - b.x);
  const total = lignes.reduce((t, l) => t + l.n, 0);
  if (total === 0) return null;
  const de = (l: typeof lignes) =>
    l.reduce((t, y) => t + y.x * y.n, 0) /
    Math.max(
      1,
      l.reduce((t, y) => t + y.n, 0),
    );
  const strates = codesDesStrates(d.e).map((code) => ({ ...strateDe(d, q, code), valeur: de(lignes.filter((l) => l.strate === code)) }));
  const valeur = de(lignes);
  const redressee = sePese(d, q) ? redresser(strates) : null;
  const ecart = Math.sqrt(lignes.reduce((t, l) => t + l.n * (l.x - valeur) ** 2, 0) / Math.max(1, total - 1));
  const rang = (k: number): number => {
    let vus = 0;
    for (const l of lignes) {
      vus += l.n;
      if (vus > k) return l.x;
    }
    return lignes.at(-1)?.x ?? 0;
  };
  const mediane = (rang(Math.floor((total - 1) / 2)) + rang(Math.floor(total / 2))) / 2;
  const utile = redressee === null ? total : effectifUtile(strates);
  return { valeur, redressee, mediane, intervalle: aMarge(d, redressee) ? intervalleDeMoyenne(redressee ?? valeur, ecart, utile) : null };
}

/** Every stratum, or none: the one left out would be what remains of the total. */
function parStrateDe(d: Depouillement, q: Question): ParStrate | null {
  if (!d.e.strates || d.e.strates.question === q.code || valeursDe(q).length === 0) return null;
  const dits = valeursDe(questionsDe(d.e).find((x) => x.code === d.e.strates?.question) ?? q);
  const strates = dits.map((s) => ({ ...s, n: d.n(q.code, REPONDU, s.code) }));
  if (strates.some((s) => s.n < d.e.seuil_strate)) return null;
  return { strates, lignes: valeursDe(q).map((o) => ({ ...o, parts: strates.map((s) => d.n(q.code, o.code, s.code) / s.n) })) };
}

function depouillerQuestion(d: Depouillement, q: Question): ResultatDeQuestion {
  const repondu = d.n(q.code, REPONDU);
  const tropPeu = repondu < d.e.seuil;
  const base = { question: q, repondu, sans: d.n(q.code, SANS_REPONSE), pasPosee: d.n(q.code, PAS_POSEE), strateMince: !sePese(d, q), tropPeu };
  if (tropPeu) return { ...base, lignes: [], moyenne: null, parStrate: null };
  return {
    ...base,
    lignes: valeursDe(q).map((o) => ({ ...o, ...partDe(d, q, [o.code]) })),
    moyenne: moyenneDe(d, q),
    parStrate: parStrateDe(d, q),
  };
}

export interface ResultatDeMesure {
  resultat: Resultat;
  repondu: number;
  valeur: number;
  intervalle: Intervalle | null;
  redresse: boolean;
}
export interface Depouille {
  questions: ResultatDeQuestion[];
  /** Null for a measure whose question has too few answers. */
  mesures: (ResultatDeMesure | null)[];
  /** Strata of which nobody answered: what is weighted leaves them out. */
  stratesVides: Dit[];
}

function mesurer(d: Depouillement, r: Resultat): ResultatDeMesure | null {
  const q = questionsDe(d.e).find((x) => x.code === r.question);
  const repondu = d.n(r.question, REPONDU);
  if (!q || repondu < d.e.seuil) return null;
  if (r.genre === 'moyenne') {
    const m = moyenneDe(d, q);
    return m && { resultat: r, repondu, valeur: m.redressee ?? m.valeur, intervalle: m.intervalle, redresse: m.redressee !== null };
  }
  const p = partDe(d, q, r.dans);
  return { resultat: r, repondu, valeur: p.redressee ?? p.part, intervalle: p.intervalle, redresse: p.redressee !== null };
}

export function depouiller(e: Enquete, comptes: readonly LigneDeCompte[], o: { aleatoire: boolean }): Depouille {
  const d: Depouillement = { e, comptes, n: indexer(comptes), aleatoire: o.aleatoire };
  const deStrate = questionsDe(e).find((q) => q.code === e.strates?.question);
  return {
    questions: questionsDe(e).map((q) => depouillerQuestion(d, q)),
    mesures: e.resultats.map((r) => mesurer(d, r)),
    stratesVides: deStrate
      ? valeursDe(deStrate)
          .filter((s) => d.n(deStrate.code, REPONDU, s.code) === 0)
          .map((s) => s.libelle)
      : [],
  };
}
