/** Operations beside reports, by place and day. Pure: what differs more than chance would is said, and no more. */
import type { Catalogue } from '../../contrats/index.ts';
import type { DActivite, DeLieu, DeMoment } from './chauds.queries.ts';
import { NOMS_DES_JOURS } from './periode.rules.ts';

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
/** Two-sided, one in a hundred: there are as many comparisons as places. */
const Z = 2.58;

/** Would operations dealt as reports are come out so few, or so many, here? By the difference of two shares. */
export function direEcart(l: { signalements: number; operations: number }, tout: { signalements: number; operations: number }): string {
  if (tout.signalements < COMPARER_MIN || tout.operations < COMPARER_MIN) return '';
  const [a, b] = [l.signalements / tout.signalements, l.operations / tout.operations];
  const commune = (l.signalements + l.operations) / (tout.signalements + tout.operations);
  const ecart = Math.sqrt(commune * (1 - commune) * (1 / tout.signalements + 1 / tout.operations));
  if (ecart === 0 || Math.abs(a - b) < Z * ecart) return '';
  return a > b ? 'moins d’opérations que de signalements' : 'plus d’opérations que de signalements';
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
  return toutes
    .map((l) => ({ ...l, dit: l === general ? '' : direEcart(l, tout) }))
    .sort((x, y) => y.signalements - x.signalements || (x.nom < y.nom ? -1 : 1));
}

export const parJour = (signalements: readonly DeMoment[], operations: readonly DActivite[]): DuJour[] =>
  NOMS_DES_JOURS.map((nom, i) => ({
    nom,
    signalements: signalements.reduce((n, x) => n + (x.jourSemaine === i + 1 ? x.nombre : 0), 0),
    operations: operations.reduce((n, x) => n + (x.jourSemaine === i + 1 ? x.nombre : 0), 0),
  }));
