/** Choices of forms and filters that the contract itself gives: one order and one wording everywhere. */
import type { Lexique } from '../../core/faits.ts';

interface Option {
  valeur: string;
  libelle: string;
}
interface Acteurs {
  acteurs: ReadonlyMap<string, { id: string; nom: string }>;
}
interface Fiches {
  fiches: ReadonlyMap<string, { numero: string; titre: string }>;
}

/** By name. */
export const optionsDActeurs = (c: Acteurs): Option[] =>
  [...c.acteurs.values()].map((a) => ({ valeur: a.id, libelle: a.nom })).sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr'));

/** In the contract's order. `seules`: those that a form may name. */
export const optionsDeFiches = (c: Fiches, seules: (numero: string) => boolean = () => true): Option[] =>
  [...c.fiches.values()].filter((f) => seules(f.numero)).map((f) => ({ valeur: f.numero, libelle: `${f.numero} ${f.titre}` }));

/** Values of a closed list, in its order. `retirees`: those that what was written before may still hold, for a filter. */
export const optionsDeListe = (c: Pick<Lexique, 'listes'>, liste: string, o: { retirees?: boolean } = {}): Option[] =>
  (c.listes.get(liste) ?? []).filter((v) => o.retirees || !v.retiree).map((v) => ({ valeur: v.code, libelle: v.libelle }));
