/** Who is in charge of a report, by what it is, where and when. Pure. */
import type { Circuit, RegleDeRoutage } from './circuit.schema.ts';

export interface ARouter {
  categorie: string;
  territoireId: string;
  /** Of the facts, when it was said. */
  heure: number | null;
  /** 1, Monday, to 7. */
  jourDeSemaine: number;
  reponses: Readonly<Record<string, readonly string[]>>;
}
/** Is `territoire` this one or below it? */
type Contient = (ancetre: string, territoire: string) => boolean;

export const dansLesHeures = ([de, a]: readonly [number, number], h: number): boolean => (de <= a ? h >= de && h < a : h >= de || h < a);

function convient(r: RegleDeRoutage, d: ARouter, contient: Contient): boolean {
  if (r.categories && !r.categories.includes(d.categorie)) return false;
  if (r.territoires && !r.territoires.some((t) => contient(t, d.territoireId))) return false;
  if (r.heures && (d.heure === null || !dansLesHeures(r.heures, d.heure))) return false;
  if (r.jours && !r.jours.includes(d.jourDeSemaine)) return false;
  return !r.si || (d.reponses[r.si.question] ?? []).some((v) => r.si?.dans.includes(v));
}

/** Whom the rules name: a service, and the role whose referents come before it. The last rule fits everything (checked at load). */
export function destinationDe(c: Pick<Circuit, 'routage' | 'pilote'>, d: ARouter, contient: Contient): { service: string; role: string } {
  const nomme = c.routage.find((r) => convient(r, d, contient))?.service ?? c.pilote;
  return typeof nomme === 'string' ? { service: nomme, role: '' } : { service: nomme.sinon, role: nomme.role };
}

/** The service that the rules name for it, when it is not the one in charge and may be given it. */
export function autreService(
  c: Pick<Circuit, 'routage' | 'pilote' | 'services'>,
  d: Omit<ARouter, 'jourDeSemaine' | 'reponses'> & { jour: string; serviceId: string; reponses: Readonly<Record<string, readonly string[] | string>> },
  cat: { contient: Contient },
): string | null {
  const reponses = Object.fromEntries(Object.entries(d.reponses).map(([q, v]) => [q, typeof v === 'string' ? [] : v]));
  const { service, role } = destinationDe(c, { ...d, reponses, jourDeSemaine: jourDeSemaine(d.jour) }, cat.contient);
  // Referents are those of the place where it is now: nobody else is to be given it.
  return role === '' && service !== d.serviceId && c.services.includes(service) ? service : null;
}

/** 1, Monday, to 7, of a day written `YYYY-MM-DD`. */
export const jourDeSemaine = (jour: string): number => ((new Date(`${jour}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
