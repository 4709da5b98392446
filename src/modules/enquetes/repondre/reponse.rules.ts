/** One answer: read, checked, and taken apart into what it adds to each count. Nothing ties the parts together again. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Enquete, type Langue, type Question, questionsDe, valeursDe } from '../definition/definition.schema.ts';
import { MOTS } from './mots.ts';

/** What was typed, by question: what the form shows again. */
export type Saisie = ReadonlyMap<string, readonly string[]>;
/** What is counted of a question besides its answers: who was asked and answered, who did not answer, who was not asked. */
export const REPONDU = '_repondu';
export const SANS_REPONSE = '_sans';
export const PAS_POSEE = '_hors';
interface Compte {
  question: string;
  valeur: string;
}
export interface ReponseLue {
  strate: string;
  comptes: Compte[];
  /** Written words, kept apart: which answer they came with is not. */
  textes: { question: string; texte: string }[];
}

/** Name of a field of the form: no code of a survey is the name of another field. */
export const champDe = (q: Pick<Question, 'code'>): string => `q.${q.code}`;
const VALEURS_MAX = 60;

export function lireSaisie(e: Enquete, corps: Readonly<Record<string, unknown>>): Saisie {
  return new Map(
    questionsDe(e).map((q) => {
      const brut = corps[champDe(q)];
      const lues = (Array.isArray(brut) ? brut : [brut]).filter((v): v is string => typeof v === 'string').slice(0, VALEURS_MAX);
      return [q.code, [...new Set(lues.map((v) => v.trim()).filter((v) => v !== ''))]];
    }),
  );
}

/** Asked of this person: what they said above decides, and a question that was not asked them decides nothing. */
function estPosee(q: Question, e: Enquete, s: Saisie): boolean {
  if (!q.si) return true;
  const { question, dans } = q.si;
  const avant = questionsDe(e).find((x) => x.code === question);
  return avant !== undefined && estPosee(avant, e, s) && (s.get(question) ?? []).some((v) => dans.includes(v));
}

const ENTIER = /^-?\d{1,6}$/;
function fauteDe(q: Question, dites: readonly string[], langue: Langue): string | null {
  const mots = MOTS[langue];
  const nom = q.libelle[langue].replace(/\s*[?:]\s*$/, '');
  const [une = ''] = dites;
  if (dites.length === 0) return !q.obligatoire ? null : q.type === 'nombre' || q.type === 'texte' ? mots.ecrire(nom) : mots.choisir(nom);
  if (q.type === 'texte') return une.length > q.max ? mots.long(nom, q.max) : null;
  if (q.type === 'nombre') return ENTIER.test(une) && Number(une) >= q.min && Number(une) <= q.max ? null : mots.entier(nom, q.min, q.max);
  const connues = valeursDe(q).map((o) => o.code);
  if (dites.some((v) => !connues.includes(v))) return mots.inconnue(nom);
  return q.type !== 'plusieurs' && dites.length > 1 ? mots.choisir(nom) : null;
}

export function lireReponse(e: Enquete, s: Saisie, langue: Langue): { ok: true; reponse: ReponseLue } | { ok: false; erreurs: ErreurDeChamp[] } {
  const erreurs: ErreurDeChamp[] = [];
  const comptes: Compte[] = [];
  const textes: ReponseLue['textes'] = [];
  for (const q of questionsDe(e)) {
    const dites = s.get(q.code) ?? [];
    if (!estPosee(q, e, s)) {
      comptes.push({ question: q.code, valeur: PAS_POSEE });
      continue;
    }
    const message = fauteDe(q, dites, langue);
    if (message) erreurs.push({ champ: champDe(q), message });
    else if (dites.length === 0) comptes.push({ question: q.code, valeur: SANS_REPONSE });
    else {
      comptes.push({ question: q.code, valeur: REPONDU });
      if (q.type === 'texte') textes.push({ question: q.code, texte: dites[0] ?? '' });
      else comptes.push(...dites.map((v) => ({ question: q.code, valeur: q.type === 'nombre' ? String(Number(v)) : v })));
    }
  }
  if (erreurs.length === 0 && !comptes.some((c) => c.valeur === REPONDU)) {
    const [premiere] = questionsDe(e);
    erreurs.push({ champ: premiere ? champDe(premiere) : '', message: MOTS[langue].rien });
  }
  if (erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, reponse: { strate: (e.strates && s.get(e.strates.question)?.[0]) ?? '', comptes, textes } };
}
