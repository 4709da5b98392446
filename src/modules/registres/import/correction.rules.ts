/** Mending rows on the screen: what a cell may be chosen from, and how its field is named. Pure. */
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { colonnesDeFichier } from './colonnes.rules.ts';

export const nomDeCellule = (rang: number): string => `c${rang}`;

/** What this field takes, as people write it; empty when anything may be written. */
export function choixDe(d: DefinitionRegistre, rep: Repertoire, cle: string): readonly string[] {
  if (cle === 'territoire_id') return nomsUniques(rep);
  const acteur = d.champs.some((c) => `donnees.${c.code}` === cle && c.type === 'acteur');
  if (cle === 'organisation_id' || acteur) return [...rep.acteurs.values()].map((a) => a.nom);
  return colonnesDeFichier(d).find((c) => c.cle === cle)?.options ?? [];
}

/** Names that mean one territory only; the others are written by their code. */
const nomsUniques = (rep: Repertoire): string[] => [...rep.territoires.values()].map((t) => (rep.trouverTerritoire(t.nom) === t.id ? t.nom : t.id));
