/** A program may send the moment of what happened instead of its day: the day is that of the contract's clock. */
import { estUnMoment, lireDate } from '../../../core/jours.ts';
import type { DefinitionRegistre } from '../definition.ts';

const jourDuMoment = (v: unknown): unknown => {
  if (typeof v !== 'string' || !estUnMoment(v)) return v;
  const l = lireDate(v);
  return l.ok ? l.valeur : v;
};

export function joursDesMoments(d: DefinitionRegistre, corps: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const dates = d.champs.filter((c) => c.type === 'date').map((c) => c.code);
  const donnees = corps.donnees;
  const sontDonnees = typeof donnees === 'object' && donnees !== null && !Array.isArray(donnees);
  return {
    ...corps,
    ...(corps.jour === undefined ? {} : { jour: jourDuMoment(corps.jour) }),
    ...(corps.fin === undefined ? {} : { fin: jourDuMoment(corps.fin) }),
    ...(sontDonnees
      ? { donnees: Object.fromEntries(Object.entries(donnees as object).map(([k, v]: [string, unknown]) => [k, dates.includes(k) ? jourDuMoment(v) : v])) }
      : {}),
  };
}
