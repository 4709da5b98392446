/** What a survey says that its contract, or itself, does not hold: each fault a sentence. Pure. */
import type { ContratLu } from '../../../core/module.ts';
import { type DefinitionLue, type Question, questionsDe, valeursDe } from './definition.schema.ts';

type Contrat = Pick<ContratLu, 'acteurs' | 'mesures'>;

const inconnus = (dits: readonly string[], connus: readonly string[]): string[] => dits.filter((d) => !connus.includes(d));

function fautesDesQuestions(questions: readonly Question[]): string[] {
  const fautes: string[] = [];
  const vues = new Map<string, Question>();
  for (const q of questions) {
    if (vues.has(q.code)) fautes.push(`question « ${q.code} » : ce code sert deux fois`);
    if (q.si) {
      const avant = vues.get(q.si.question);
      if (!avant) fautes.push(`question « ${q.code} », si : « ${q.si.question} » n’est pas une question posée avant elle`);
      else if (avant.type !== 'choix' && avant.type !== 'plusieurs') fautes.push(`question « ${q.code} », si : « ${q.si.question} » n’est pas à choix`);
      else
        for (const x of inconnus(
          q.si.dans,
          avant.options.map((o) => o.code),
        ))
          fautes.push(`question « ${q.code} », si : réponse « ${x} » inconnue`);
    }
    const doubles = valeursDe(q).filter((o, i, toutes) => toutes.findIndex((p) => p.code === o.code) !== i);
    for (const o of doubles) fautes.push(`question « ${q.code} » : la réponse « ${o.code} » est là deux fois`);
    vues.set(q.code, q);
  }
  return fautes;
}

function fautesDesStrates(e: DefinitionLue, questions: readonly Question[]): string[] {
  if (!e.strates) return [];
  const q = questions.find((x) => x.code === e.strates?.question);
  if (q?.type !== 'choix' || !q.obligatoire || q.si)
    return [`strates : « ${e.strates.question} » n’est pas une question à un choix, obligatoire et posée à tous`];
  const codes = q.options.map((o) => o.code);
  const parts = Object.entries(e.strates.parts);
  const total = parts.reduce((s, [, part]) => s + part, 0);
  return [
    ...inconnus(
      parts.map(([c]) => c),
      codes,
    ).map((x) => `strates : « ${x} » n’est pas une réponse de « ${q.code} »`),
    ...inconnus(
      codes,
      parts.map(([c]) => c),
    ).map((x) => `strates : il manque la part de « ${x} »`),
    ...(Math.abs(total - 1) > 0.005 ? [`strates : les parts font ${total.toFixed(3)}, et non 1`] : []),
  ];
}

function fautesDesResultats(e: DefinitionLue, questions: readonly Question[], c: Contrat): string[] {
  return e.resultats.flatMap((r) => {
    const m = c.mesures.get(r.mesure);
    const ici = `résultat ${r.mesure} :`;
    if (!m) return [`${ici} cette mesure n’est pas au contrat`];
    const fautes = m.obtention === 'enquete' ? [] : [`${ici} cette mesure ne s’obtient pas par une enquête`];
    for (const d of inconnus(e.demandeurs, m.aupres)) fautes.push(`${ici} elle n’est pas attendue de « ${d} »`);
    const q = questions.find((x) => x.code === r.question);
    if (!q) return [...fautes, `${ici} question « ${r.question} » inconnue`];
    if (r.genre === 'moyenne' && q.type !== 'echelle' && q.type !== 'nombre') fautes.push(`${ici} « ${q.code} » n’a pas de moyenne`);
    if (r.genre === 'part' && (q.type === 'nombre' || q.type === 'texte')) fautes.push(`${ici} « ${q.code} » n’a pas de réponses à compter`);
    if (r.genre === 'part' && q.type === 'plusieurs' && r.dans.length > 1)
      fautes.push(`${ici} les réponses de « ${q.code} » se cumulent : n’en comptez qu’une`);
    if (r.genre === 'part')
      for (const x of inconnus(
        r.dans,
        valeursDe(q).map((o) => o.code),
      ))
        fautes.push(`${ici} réponse « ${x} » inconnue de « ${q.code} »`);
    return fautes;
  });
}

export function verifierEnquete(e: DefinitionLue, c: Contrat): string[] {
  const questions = questionsDe(e);
  return [
    ...(e.langues.includes('fr') ? [] : ['langues : le français en est toujours']),
    ...e.demandeurs.filter((d) => !c.acteurs.has(d)).map((d) => `demandeurs : acteur « ${d} » inconnu`),
    ...fautesDesQuestions(questions),
    ...fautesDesStrates(e, questions),
    ...fautesDesResultats(e, questions, c),
  ];
}
