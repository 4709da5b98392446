/** When a place comes back: which days of the week, which parts of the day. Nothing is said of what too few reports show. Pure. */
import { jourDeSemaine } from '../circuits/routage.rules.ts';

export interface Fait {
  jour: string;
  heure: number | null;
}
/** Rows: Monday to Sunday; columns: quarters of the day, and the hour that nobody said. */
export type Grille = readonly (readonly number[])[];

/** Under this, a day or an hour that stands out is chance. */
const ASSEZ = 5;
const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const MOMENTS = ['entre minuit et 6 h', 'entre 6 h et midi', 'entre midi et 18 h', 'entre 18 h et minuit'] as const;

export function grilleDe(faits: readonly Fait[]): Grille {
  const grille = JOURS.map(() => [0, 0, 0, 0, 0]);
  for (const f of faits) {
    const ligne = grille[jourDeSemaine(f.jour) - 1];
    const colonne = f.heure === null ? 4 : Math.floor(f.heure / 6);
    if (ligne) ligne[colonne] = (ligne[colonne] ?? 0) + 1;
  }
  return grille;
}

/** The fewest of them that hold two thirds, of at most `max`; null when it takes more, or when there are too few to say. */
function quiRessortent(nombres: readonly number[], max: number): { rangs: number[]; nombre: number; total: number } | null {
  const total = nombres.reduce((n, x) => n + x, 0);
  if (total < ASSEZ) return null;
  const ranges = nombres.map((n, rang) => ({ n, rang })).sort((a, b) => b.n - a.n || a.rang - b.rang);
  for (let k = 1; k <= max; k++) {
    const pris = ranges.slice(0, k);
    const nombre = pris.reduce((n, x) => n + x.n, 0);
    // Equal ones are not told apart.
    if (nombre * 3 >= total * 2 && pris.at(-1)?.n !== ranges[k]?.n) return { rangs: pris.map((x) => x.rang).sort((a, b) => a - b), nombre, total };
  }
  return null;
}
const enumerer = (mots: readonly string[]): string => (mots.length < 2 ? (mots[0] ?? '') : `${mots.slice(0, -1).join(', ')} et ${mots.at(-1)}`);

/** What stands out, as a sentence; empty when nothing does. */
export function direMotif(grille: Grille): string {
  const jours = quiRessortent(
    grille.map((l) => l.reduce((n, x) => n + x, 0)),
    3,
  );
  const moments = quiRessortent(
    MOMENTS.map((_, i) => grille.reduce((n, l) => n + (l[i] ?? 0), 0)),
    2,
  );
  const dits = [
    jours && `le ${enumerer(jours.rangs.map((r) => JOURS[r] ?? ''))} (${jours.nombre} sur ${jours.total})`,
    moments && `${enumerer(moments.rangs.map((r) => MOMENTS[r] ?? ''))} (${moments.nombre} sur ${moments.total} dont l’heure est dite)`,
  ].filter((x) => x !== null);
  return dits.length > 0 ? `Surtout ${dits.join(', ')}.` : '';
}
export const nombreDe = (grille: Grille): number => grille.flat().reduce((n, x) => n + x, 0);
