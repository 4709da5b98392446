/** What a thread says: its trend, and where a rule of the contract is met. Pure. */
import { joursEntre, plusJours } from '../../echeances/index.ts';
import { nombre, pluriel, pourcents } from '../../../ui/typographie.ts';
import { rangDe } from './veille.donnees.ts';
import type { Regle, Veille } from './veille.schema.ts';

/** What rules look at. */
export interface Signal {
  id: string;
  jour: string;
  /** When it was said: after a decision, it counts anew. */
  ecriteLe: Date;
  territoireId: string;
  nature: string;
  /** Rank, 1 for the least sure. */
  fiabilite: number;
}
/** Days in each of the two spans that are compared. */
export const FENETRE = 28;
/** Under this, two numbers say more than a percentage. */
const PETIT = 20;

export interface Tendance {
  recents: number;
  avant: number;
}
/** `aujourdhui` ends the recent span. */
export function tendanceDe(signaux: readonly Pick<Signal, 'jour'>[], aujourdhui: string): Tendance {
  const debut = plusJours(aujourdhui, 1 - FENETRE);
  const plusTot = plusJours(debut, -FENETRE);
  const dans = (de: string, a: string) => signaux.filter((s) => s.jour >= de && s.jour <= a).length;
  return { recents: dans(debut, aujourdhui), avant: dans(plusTot, plusJours(debut, -1)) };
}
/** No arrow and no colour: the numbers, and what they cannot say. */
export function direTendance({ recents, avant }: Tendance): string {
  const dits = `${pluriel(recents, 'signal', 'signaux')} en quatre semaines, ${nombre(avant)} les quatre d’avant`;
  if (recents === 0 && avant === 0) return 'Aucun signal depuis huit semaines';
  if (recents < PETIT || avant < PETIT) return `${dits} : trop peu pour parler de tendance`;
  const part = Math.round(((recents - avant) / avant) * 100);
  return `${dits} : ${part === 0 ? 'stable' : `${part > 0 ? '+' : ''}${pourcents(part)}`}`;
}

interface Atteinte {
  regle: Regle;
  /** The zone. */
  territoireId: string;
  signaux: number;
  depuis: string;
}
interface Lieux {
  ascendants(t: string): readonly { id: string; type: string }[];
}
/** Zone of the rule in which this place lies; null when it is said more widely than that. */
const zoneDe = (regle: Regle, territoireId: string, lieux: Lieux): string | null =>
  lieux.ascendants(territoireId).find((t) => t.type === regle.echelle)?.id ?? null;

/**
 * Zones where a rule is met today. `decidees`: when somebody last said what became of it, by rule and zone; what was known then counts no more.
 */
export function atteintes(
  v: Veille,
  signaux: readonly Signal[],
  lieux: Lieux,
  aujourdhui: string,
  decidees: ReadonlyMap<string, Date> = new Map(),
): Atteinte[] {
  return v.regles.flatMap((regle) => {
    const depuis = plusJours(aujourdhui, 1 - regle.jours);
    const seuil = rangDe(v, regle.fiabilite);
    const parZone = new Map<string, number>();
    for (const s of signaux) {
      if (s.jour < depuis || s.jour > aujourdhui || s.fiabilite < seuil || (regle.natures && !regle.natures.includes(s.nature))) continue;
      const zone = zoneDe(regle, s.territoireId, lieux);
      const decidee = zone === null ? undefined : decidees.get(cleDe(regle.code, zone));
      if (zone === null || (decidee && s.ecriteLe <= decidee)) continue;
      parZone.set(zone, (parZone.get(zone) ?? 0) + 1);
    }
    return [...parZone].filter(([, n]) => n >= regle.signaux).map(([territoireId, n]) => ({ regle, territoireId, signaux: n, depuis }));
  });
}
export const cleDe = (regle: string, zone: string): string => `${regle} ${zone}`;

/** « Trois signaux recoupés en une semaine » as the screen says why. */
export const direAtteinte = (a: Pick<Atteinte, 'signaux' | 'depuis'>, regle: Regle | undefined, aujourdhui: string): string =>
  `${pluriel(a.signaux, 'signal', 'signaux')} depuis ${pluriel(joursEntre(a.depuis, aujourdhui) + 1, 'jour')}${regle ? ` (règle : ${regle.libelle.charAt(0).toLowerCase()}${regle.libelle.slice(1)})` : ''}`;
