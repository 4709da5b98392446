/** What the files of help must hold together, and how a number is said. Pure. */
import { Info } from 'luxon';
import { jour as enJour, mois } from '../../ui/typographie.ts';
import { LANGUES } from './langues/langues.ts';
import type { SecoursLu } from './verifications/verifications.rules.ts';
import { PAGES, type PageDAide, type Plage, type SecoursFichier, sansBlancs, type Traduction } from './secours.schema.ts';

export interface Connus {
  systemes: ReadonlyMap<string, unknown>;
}
const doubles = (codes: readonly string[]): string[] => codes.filter((c, i) => codes.indexOf(c) !== i);

/** Faults of `numeros.yaml`, one French sentence each. */
export function verifierNumeros(s: SecoursFichier, c: Connus): string[] {
  const groupes = new Set(s.groupes.map((g) => g.code));
  const numeros = new Set(s.numeros.map((n) => n.code));
  const systemes = [...s.numeros, ...s.signaler].flatMap((x) => x.systemes).concat(s.ecartes.map((e) => e.systeme));
  return [
    ...doubles(s.groupes.map((x) => x.code)).map((x) => `deux fois le groupe « ${x} »`),
    ...doubles(s.numeros.map((x) => x.code)).map((x) => `deux fois « ${x} »`),
    ...doubles(s.numeros.map((n) => `${sansBlancs(n.numero)} par ${n.par}`)).map((x) => `deux fois le ${x}`),
    ...s.numeros.filter((n) => !groupes.has(n.groupe)).map((n) => `${n.code} : groupe « ${n.groupe} » inconnu`),
    ...s.groupes.filter((g) => !s.numeros.some((n) => n.groupe === g.code)).map((g) => `groupe ${g.code} : il n’a aucun numéro`),
    ...s.signaler.flatMap((q) => q.numeros.filter((n) => !numeros.has(n)).map((n) => `signaler, « ${q.titre} » : numéro « ${n} » inconnu`)),
    ...s.signaler
      .filter((q) => q.numeros.length + q.liens.length + q.courriels.length === 0)
      .map((q) => `signaler, « ${q.titre} » : ni numéro, ni lien, ni adresse`),
    ...s.signaler
      .filter((q) => q.liens.some((l) => !l.adresse.startsWith('/')) || q.courriels.length > 0)
      .filter((q) => q.sources.length === 0)
      .map((q) => `signaler, « ${q.titre} » : sans source`),
    ...PAGES.filter((p) => !s.groupes.some((g) => g.pages.includes(p))).map((p) => `la page ${p} n’a aucun groupe`),
    ...[...new Set(systemes)].filter((x) => !c.systemes.has(x)).map((x) => `dispositif « ${x} » inconnu`),
  ];
}

/** A translation says every group and number, and nothing else. */
export function verifierTraduction(s: SecoursFichier, langue: string, t: Traduction): string[] {
  const comparer = (quoi: string, voulus: readonly string[], dits: readonly string[]) => [
    ...voulus.filter((x) => !dits.includes(x)).map((x) => `${quoi} « ${x} » n’est pas traduit`),
    ...dits.filter((x) => !voulus.includes(x)).map((x) => `${quoi} « ${x} » inconnu`),
  ];
  return [
    ...(langue in LANGUES ? [] : ['cette langue n’a pas de mots dans le module (langues/)']),
    ...comparer(
      'groupe',
      s.groupes.map((g) => g.code),
      Object.keys(t.groupes),
    ),
    ...comparer(
      'numéro',
      s.numeros.map((n) => n.code),
      Object.keys(t.numeros),
    ),
  ];
}

/** Groups of a page with their numbers, in the order of the file: the most urgent first. */
export const groupesDe = (s: SecoursLu, page: PageDAide) =>
  s.groupes.filter((g) => g.pages.includes(page)).map((g) => ({ ...g, numeros: s.numeros.filter((n) => n.groupe === g.code) }));

/** « lundi–vendredi, 09:00–18:00 », in the words of a language. */
export function direPlage(p: Plage, langue: string, tousLesJours: string): string {
  const nom = (rang: number) => Info.weekdays('long', { locale: langue })[rang - 1] ?? '';
  const [debut, fin] = p.jours;
  const jours = debut === 1 && fin === 7 ? tousLesJours : debut === fin ? nom(debut) : `${nom(debut)} – ${nom(fin)}`;
  return `${jours}, ${p.de} – ${p.a}`;
}

export const direLangues = (codes: readonly string[], langue: string): string => {
  const noms = new Intl.DisplayNames([langue], { type: 'language' });
  return new Intl.ListFormat(langue).format(codes.map((c) => noms.of(c) ?? c));
};

/** « 2025-07-31 » or « 2019-11 », in words. */
export const direDate = (le: string): string => (le.length > 7 ? enJour(le) : mois(`${le}-01`, { annee: true }));
