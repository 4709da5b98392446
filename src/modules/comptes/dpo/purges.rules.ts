/** What the rules of retention would remove now, in a sentence. Pure. */
import { pluriel } from '../../../ui/typographie.ts';
import type { Simulation } from './conservation.ts';

/** What waits for a decision is not what leaves by itself. */
export function direLesPurges(simulations: readonly Simulation[]): string {
  const vises = simulations.filter((s) => s.nombre > 0);
  const compter = (seule: boolean) => vises.filter((s) => (s.regle.seule === true) === seule).reduce((n, s) => n + s.nombre, 0);
  const [aDecider, parElle] = [compter(false), compter(true)];
  if (aDecider + parElle === 0) return 'Rien n’a dépassé sa durée.';
  return [
    ...(aDecider > 0 ? [`${pluriel(aDecider, 'enregistrement')} à ôter, quand vous le décidez.`] : []),
    ...(parElle > 0 ? [`${pluriel(parElle, 'enregistrement')} que la plateforme ôte elle-même, chaque nuit.`] : []),
  ].join(' ');
}
