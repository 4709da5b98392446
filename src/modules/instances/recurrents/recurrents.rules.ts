/** What comes back, and when. Pure. */
import type { Catalogue } from '../../contrats/index.ts';
import type { Instance } from '../instances.types.ts';
import type { Recurrent } from './recurrents.queries.ts';

/** `cle`: under which an agenda has it. */
export interface PointAttendu {
  cle: string;
  titre: string;
  expose: string;
  minutes: number;
  rapporteur: string;
  tousLes: number;
}
export const direRythme = (tousLes: number): string => (tousLes === 1 ? 'à chaque séance' : `toutes les ${tousLes} séances`);

/** What the contract asks of this kind of body, then what the body gave itself. */
export const pointsAttendus = (catalogue: Catalogue, i: Pick<Instance, 'type'>, siens: readonly Recurrent[]): PointAttendu[] => [
  ...duContrat(catalogue, i),
  ...siens.filter((r) => !r.arrete).map((r) => ({ ...r, cle: `recurrent:${r.id}` })),
];
export const duContrat = (catalogue: Catalogue, i: Pick<Instance, 'type'>): PointAttendu[] =>
  (i.type ? (catalogue.typesInstance.get(i.type)?.points ?? []) : []).map((p) => ({
    cle: `recurrent:${p.id}`,
    titre: p.titre,
    expose: '',
    minutes: p.minutes,
    rapporteur: '',
    tousLes: p.tous_les,
  }));

/** Due again: none of the sessions just before had it. `passees`: keys of each, the latest first. */
export const revient = (p: Pick<PointAttendu, 'cle' | 'tousLes'>, passees: readonly (readonly string[])[]): boolean =>
  !passees.slice(0, p.tousLes - 1).some((cles) => cles.includes(p.cle));
