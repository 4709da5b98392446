/** Every rule in force, in words: those of nature, then those that the contract writes. Pure. */
import { enumerer, pourcents } from '../../../ui/typographie.ts';
import { type Catalogue, mesuresDe, REGLES_DE_NATURE, type RegleDuContrat } from '../../contrats/index.ts';
import { dire, nommer } from './constat.ts';
import { MOTS_DE_NATURE, type MotsDeRegle } from './nature.rules.ts';

export interface Regle extends MotsDeRegle {
  id: string;
  /** Measures that it binds; none: every measure by its nature. */
  mesures: readonly string[];
}

export const listRegles = (c: Catalogue): Regle[] => [
  ...REGLES_DE_NATURE.map((id) => ({ id, mesures: [], ...MOTS_DE_NATURE[id] })),
  ...c.regles.map((r) => ({ id: r.id, mesures: mesuresDe(r), libelle: direRegle(c, r), raison: r.raison, gravite: r.gravite })),
];

/** Words of a rule by its name; of one that the contract no longer has, its name. */
export function motsDeRegle(c: Catalogue, id: string): string {
  return listRegles(c).find((r) => r.id === id)?.libelle ?? `Règle retirée (${id})`;
}

function direRegle(c: Catalogue, r: RegleDuContrat): string {
  const noms = (ids: readonly string[]) => enumerer(ids.map((id) => (c.mesures.has(id) ? nommer(c.mesures.get(id) as { court: string }) : id)));
  switch (r.type) {
    case 'part':
      return `${noms([r.partie])} ne dépasse pas ${noms([r.tout])}, dont c’est une partie`;
    case 'au-plus':
      return `${noms([r.petit])} ne dépasse pas ${noms(r.grand)}${r.grand.length > 1 ? ' ensemble' : ''}`;
    case 'egal':
      return `${noms([r.mesure])} est égal à ${noms(r.somme)}${r.somme.length > 1 ? ' ensemble' : ''}`;
    case 'suppose':
      return `${noms([r.mesure])} est à 0 quand ${noms([r.suppose])} est à 0`;
    case 'bornes':
      return `${noms(r.mesures)} : ${[r.min === undefined ? '' : `${dire(r.min)} au moins`, r.max === undefined ? '' : `${dire(r.max)} au plus`].filter(Boolean).join(', ')}`;
    case 'entier':
      return `${noms(r.mesures)} : un nombre entier`;
    case 'variation':
      return `${noms(r.mesures)} : moins de ${dire(r.rapport)} fois plus ou moins d’une période à l’autre`;
    case 'atypique':
      return `${noms(r.mesures)} : pas plus loin de sa série que ${dire(r.seuil)} fois son écart médian (${r.points} points au moins)`;
    case 'lieux':
      return `${noms(r.mesures)} : la somme des territoires est le total, à ${pourcents(r.tolerance, 3)} près`;
    case 'zero-habituel':
      return `${noms(r.mesures)} : un zéro y est habituel et ne surprend pas`;
  }
}
