/** What another person did of an alert, said to who comes after. Pure. */
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Alerte } from './alertes.queries.ts';

/** Two officers at once: the first one decides, the second reads what was decided. */
export function dejaDit(a: Pick<Alerte, 'etat' | 'diffuseeLe' | 'valideePar' | 'validation'>): string {
  const quand = a.diffuseeLe ? ` le ${jourEtHeure(a.diffuseeLe)}` : '';
  if (a.etat === 'ecartee') return `${a.valideePar || 'Une autre personne'} l’a écartée : elle ne part pas.`;
  if (a.validation === 'delai') return `Elle est partie d’elle-même${quand}, le délai passé.`;
  return `${a.valideePar || 'Une autre personne'} l’a déjà validée : elle est partie${quand}.`;
}
