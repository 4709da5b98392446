/** A circuit in the words of another language, which a file of the contract gives for each of its French words. Pure. */
import { z } from 'zod';
import type { Circuit, Question } from '../circuits/circuit.schema.ts';
import { type CodeEtat, CODES_ETATS } from '../circuits/etats.ts';
import { type Mots, motsDEtat } from './mots.rules.ts';

export const DOSSIER_DES_LANGUES = 'langues';
/** `contrats/<slug>/langues/<code>.yaml`. */
export const motsDuContratSchema = z.strictObject({
  /** Who reviewed them, a native speaker; null until somebody did. */
  relu: z.string().nullable(),
  /** By French words. */
  mots: z.record(z.string(), z.string().min(1)),
});
export type MotsDuContrat = z.output<typeof motsDuContratSchema>;

type Dire = (mots: string) => string;
const question = (q: Question, t: Dire): Question => {
  const commun = { libelle: t(q.libelle), ...(q.aide === undefined ? {} : { aide: t(q.aide) }) };
  return 'options' in q ? { ...q, ...commun, options: q.options.map((o) => ({ ...o, libelle: t(o.libelle) })) } : { ...q, ...commun };
};
/** All that its form and its follow-up say; answers of services, and where else to go, which they send, stay as they are written. */
export function direCircuit(c: Circuit, t: Dire): Circuit {
  return {
    ...c,
    titre: t(c.titre),
    objet: t(c.objet),
    ...(c.exclut === undefined ? {} : { exclut: t(c.exclut) }),
    ...(c.urgence === undefined
      ? {}
      : { urgence: { question: t(c.urgence.question), numeros: c.urgence.numeros.map((n) => ({ ...n, libelle: t(n.libelle) })) } }),
    categories: c.categories.map((k) => ({
      ...k,
      libelle: t(k.libelle),
      ...(k.aide === undefined ? {} : { aide: t(k.aide) }),
      questions: k.questions.map((q) => question(q, t)),
    })),
    texte: c.texte && { ...c.texte, libelle: t(c.texte.libelle), ...(c.texte.aide === undefined ? {} : { aide: t(c.texte.aide) }) },
    etats: Object.fromEntries(
      Object.entries(c.etats).map(([code, e]) => [
        code,
        { ...e, ...(e.libelle === undefined ? {} : { libelle: t(e.libelle) }), ...(e.dit === undefined ? {} : { dit: t(e.dit) }) },
      ]),
    ),
  };
}
/** What a state is called and means in that language, where the circuit has no words of its own. */
export const avecLesEtats = (c: Circuit, m: Mots): Circuit => ({
  ...c,
  etats: Object.fromEntries(
    Object.entries(c.etats).map(([code, e]) => {
      const { libelle, dit } = motsDEtat(m, code as CodeEtat);
      return [code, CODES_ETATS.includes(code as CodeEtat) ? { ...e, libelle: e.libelle ?? libelle, dit: e.dit ?? dit } : e];
    }),
  ),
});

/** The French words that circuits open to everyone say. */
function motsDesCircuits(circuits: readonly Circuit[]): string[] {
  const mots = new Set<string>();
  for (const c of circuits)
    if (c.declarants.public)
      direCircuit(c, (t) => {
        mots.add(t);
        return t;
      });
  return [...mots];
}
/** A circuit is one file, whatever the languages: a word without translation is read in French, and the page says so. */
export const estTraduit = (c: Circuit, l: MotsDuContrat): boolean => motsDesCircuits([c]).every((t) => l.mots[t] !== undefined);
/** Words without translation, and translations of words that no circuit says any more. */
export function compterMots(l: MotsDuContrat, circuits: readonly Circuit[]): { manquants: string[]; inutiles: string[] } {
  const attendus = new Set(motsDesCircuits(circuits));
  return { manquants: [...attendus].filter((t) => l.mots[t] === undefined), inutiles: Object.keys(l.mots).filter((t) => !attendus.has(t)) };
}
