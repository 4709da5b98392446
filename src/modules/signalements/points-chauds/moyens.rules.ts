/** Operations beside reports, by place and day. Pure: what differs more than chance would is said, and no more. */
import type { Catalogue } from '../../contrats/index.ts';
import type { DActivite, DeLieu, DeMoment } from './chauds.queries.ts';
import { NOMS_DES_JOURS } from './periode.rules.ts';
import { corriger, NIVEAU, queueHypergeometrique } from './statistique.rules.ts';

export interface DuLieu {
  id: string;
  nom: string;
  signalements: number;
  operations: number;
  dit: string;
}
export type DuJour = Omit<DuLieu, 'id' | 'dit'>;

/** Fewer in all, and parts are not compared. */
const COMPARER_MIN = 20;
/**
 * Would operations dealt as reports are come out so few, or so many, here? Of all that happened here, how much is operations: hypergeometric, on
 * both sides; 1 where there is too little to compare.
 */
export function parHasard(l: Pick<DuLieu, 'signalements' | 'operations'>, tout: Pick<DuLieu, 'signalements' | 'operations'>): number {
  if (tout.signalements < COMPARER_MIN || tout.operations < COMPARER_MIN) return 1;
  const ici = { tirages: l.signalements + l.operations, total: tout.signalements + tout.operations };
  const plus = queueHypergeometrique(l.operations, { ...ici, marques: tout.operations });
  const moins = queueHypergeometrique(l.signalements, { ...ici, marques: tout.signalements });
  return Math.min(1, 2 * Math.min(plus, moins));
}
const direEcart = (l: Pick<DuLieu, 'signalements' | 'operations'>, tout: Pick<DuLieu, 'signalements' | 'operations'>): string =>
  l.operations * tout.signalements < l.signalements * tout.operations ? 'moins d’opérations que de signalements' : 'plus d’opérations que de signalements';

/** Each place with what is said of it: as many comparisons as places, one in twenty of what is said may be chance (Benjamini-Hochberg). */
export function comparer<T extends Pick<DuLieu, 'signalements' | 'operations'>>(
  lieux: readonly T[],
  tout: Pick<DuLieu, 'signalements' | 'operations'>,
): (T & Pick<DuLieu, 'dit'>)[] {
  return corriger(lieux.map((l) => ({ l, p: parHasard(l, tout), q: 1 }))).map(({ l, q }) => ({ ...l, dit: q <= NIVEAU ? direEcart(l, tout) : '' }));
}

/** Rows: places right under the one looked at, or itself when nothing is under it. */
export function parLieu(
  cat: Pick<Catalogue, 'enfants' | 'descendants' | 'territoires'>,
  ici: string,
  signalements: readonly DeLieu[],
  operations: readonly DActivite[],
): DuLieu[] {
  const enfants = cat.enfants(ici).map((t) => t.id);
  const lignes = (enfants.length > 0 ? enfants : [ici]).map((id) => {
    const siens = new Set(cat.descendants(id));
    const compter = (x: readonly { territoireId: string; nombre: number }[]) => x.reduce((n, l) => n + (siens.has(l.territoireId) ? l.nombre : 0), 0);
    return { id, nom: cat.territoires.get(id)?.nom ?? id, signalements: compter(signalements), operations: compter(operations) };
  });
  // What is known of the whole only is a row of its own: nothing is left out of the total.
  const reste = (x: readonly { territoireId: string; nombre: number }[]) =>
    x.reduce((n, l) => n + (enfants.length > 0 && l.territoireId === ici ? l.nombre : 0), 0);
  const general = { id: `${ici} sans précision`, nom: 'Sans lieu plus précis', signalements: reste(signalements), operations: reste(operations) };
  const toutes = general.signalements + general.operations > 0 ? [...lignes, general] : lignes;
  const tout = { signalements: toutes.reduce((n, l) => n + l.signalements, 0), operations: toutes.reduce((n, l) => n + l.operations, 0) };
  const dites = comparer(lignes, tout);
  return (toutes.length > lignes.length ? [...dites, { ...general, dit: '' }] : dites).sort(
    (x, y) => y.signalements - x.signalements || (x.nom < y.nom ? -1 : 1),
  );
}

export const parJour = (signalements: readonly DeMoment[], operations: readonly DActivite[]): DuJour[] =>
  NOMS_DES_JOURS.map((nom, i) => ({
    nom,
    signalements: signalements.reduce((n, x) => n + (x.jourSemaine === i + 1 ? x.nombre : 0), 0),
    operations: operations.reduce((n, x) => n + (x.jourSemaine === i + 1 ? x.nombre : 0), 0),
  }));
