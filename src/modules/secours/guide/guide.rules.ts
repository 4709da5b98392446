/** Walking the guide, and what makes one that can be walked: no dead end, no way round, nothing out of reach. Pure. */
import type { SecoursFichier } from '../secours.schema.ts';
import type { Guide, Question, Resultat } from './guide.schema.ts';

export interface Pas {
  question: Question;
  dit: string;
  /** Address of the question, to answer it otherwise. */
  chemin: string;
}
export type Etape = { pas: readonly Pas[] } & ({ question: Question } | { resultat: Resultat });

/** Where these letters lead; null when one of them answers nothing. */
export function marcher(g: Guide, chemin: string): Etape | null {
  const pas: Pas[] = [];
  let ici = g.depart;
  for (const [rang, lettre] of [...chemin].entries()) {
    const question = g.questions.find((q) => q.code === ici);
    const reponse = question?.reponses.find((r) => r.lettre === lettre);
    if (!question || !reponse) return null;
    pas.push({ question, dit: reponse.dit, chemin: chemin.slice(0, rang) });
    ici = reponse.vers;
  }
  const question = g.questions.find((q) => q.code === ici);
  if (question) return { pas, question };
  const resultat = g.resultats.find((r) => r.code === ici);
  return resultat ? { pas, resultat } : null;
}

/** Every way through the guide, its start left out. Only of a guide without faults. */
export function listChemins(g: Guide, debut = ''): string[] {
  const ici = marcher(g, debut);
  if (!ici || !('question' in ici)) return [];
  return ici.question.reponses.flatMap((r) => [debut + r.lettre, ...listChemins(g, debut + r.lettre)]);
}

export interface Contrat {
  systemes: ReadonlyMap<string, unknown>;
  acteurs: ReadonlyMap<string, unknown>;
  mesures: ReadonlyMap<string, unknown>;
  /** Codes of its circuits. */
  circuits: readonly string[];
}

/** Faults of a guide, one French sentence each. */
export function verifierGuide(g: Guide, s: Pick<SecoursFichier, 'numeros'>, c: Contrat): string[] {
  const questions = new Map(g.questions.map((q) => [q.code, q]));
  const resultats = new Set(g.resultats.map((r) => r.code));
  const demarches = new Set(g.demarches.map((d) => d.code));
  const numeros = new Set(s.numeros.map((n) => n.code));
  const codes = [...g.questions, ...g.resultats].map((x) => x.code);
  const fautes = [
    ...doubles(codes).map((x) => `deux fois « ${x} »`),
    ...doubles(g.demarches.map((d) => d.code)).map((x) => `deux fois la démarche « ${x} »`),
    ...g.questions.flatMap((q) => doubles(q.reponses.map((r) => r.lettre)).map((l) => `question ${q.code} : deux fois la lettre « ${l} »`)),
    ...(questions.has(g.depart) ? [] : [`depart : « ${g.depart} » n’est pas une question`]),
    ...g.questions.flatMap((q) =>
      q.reponses
        .filter((r) => !questions.has(r.vers) && !resultats.has(r.vers))
        .map((r) => `question ${q.code}, réponse ${r.lettre} : « ${r.vers} » ne mène nulle part`),
    ),
    ...[...g.resultats.map((r) => ['résultat', r] as const), ...g.demarches.map((d) => ['démarche', d] as const)].flatMap(([quoi, x]) =>
      x.numeros.filter((n) => !numeros.has(n)).map((n) => `${quoi} ${x.code} : numéro « ${n} » inconnu`),
    ),
    ...g.resultats.flatMap((r) => r.demarches.filter((d) => !demarches.has(d)).map((d) => `résultat ${r.code} : démarche « ${d} » inconnue`)),
    ...g.resultats
      .filter((r) => r.numeros.length === 0 && r.demarches.length === 0 && r.besoin === undefined)
      .map((r) => `résultat ${r.code} : ni numéro, ni démarche, ni lieu`),
    ...g.demarches.filter((d) => d.systeme !== undefined && !c.systemes.has(d.systeme)).map((d) => `démarche ${d.code} : dispositif « ${d.systeme} » inconnu`),
    ...g.demarches.flatMap((d) =>
      [...d.tenu_par, ...d.circuit.flatMap((x) => [...x.de, x.vers])]
        .filter((a) => !c.acteurs.has(a))
        .map((a) => `démarche ${d.code} : acteur « ${a} » inconnu`),
    ),
    ...g.demarches.flatMap((d) => [
      ...(d.dehors?.garde !== undefined && !c.circuits.includes(d.dehors.garde) ? [`démarche ${d.code} : circuit « ${d.dehors.garde} » inconnu`] : []),
      ...(d.dehors?.compte ?? []).filter((m) => !c.mesures.has(m)).map((m) => `démarche ${d.code} : mesure « ${m} » inconnue`),
    ]),
    ...g.demarches.filter((d) => d.systeme === undefined && d.sources.length === 0).map((d) => `démarche ${d.code} : ni dispositif ni source`),
  ];
  const { tours, atteints } = parcourir(g.depart, questions);
  return [
    ...fautes,
    ...tours.map((t) => `question ${t} : on y revient en y répondant`),
    ...codes.filter((x) => !atteints.has(x)).map((x) => `« ${x} » : aucune réponse n’y mène`),
    ...g.demarches.filter((d) => !g.resultats.some((r) => r.demarches.includes(d.code))).map((d) => `démarche ${d.code} : aucun résultat ne la donne`),
  ];
}

const doubles = (codes: readonly string[]): string[] => [...new Set(codes.filter((x, i) => codes.indexOf(x) !== i))];

/** Everything that answers lead to, and the questions that lead back to themselves. */
function parcourir(depart: string, questions: ReadonlyMap<string, Question>): { tours: string[]; atteints: Set<string> } {
  const [tours, atteints] = [new Set<string>(), new Set<string>()];
  const aller = (ici: string, venus: readonly string[]): void => {
    if (venus.includes(ici)) {
      tours.add(ici);
      return;
    }
    if (atteints.has(ici)) return;
    atteints.add(ici);
    for (const r of questions.get(ici)?.reponses ?? []) aller(r.vers, [...venus, ici]);
  };
  aller(depart, []);
  return { tours: [...tours], atteints };
}
