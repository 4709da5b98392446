/** One sequential scale in five steps, cut at round numbers, with its legend in words. */
import { cx, type Mesure } from '../types.ts';
import { avecUnite, nombre } from '../typographie.ts';
import { estNombre, StateLegend } from '../charts/marks.tsx';

export interface Gamme {
  /** Class of the scale (1 to 5) of a value. */
  classe: (valeur: number) => number;
  pas: readonly { classe: number; libelle: string }[];
}

/** Cuts at quantiles, rounded: each shade holds about as many territories as the others. */
export function buildGamme(mesures: readonly Mesure[], unite: string): Gamme {
  const valeurs = [...new Set(mesures.filter(estNombre).map((m) => m.valeur))].sort((a, b) => a - b);
  if (valeurs.length <= 5) {
    // Few values: each has its own shade, spread over the scale.
    const rang = new Map(valeurs.map((v, i) => [v, valeurs.length === 1 ? 3 : 1 + Math.round((i * 4) / (valeurs.length - 1))]));
    return {
      classe: (v) => rang.get(v) ?? 1,
      pas: valeurs.map((v) => ({ classe: rang.get(v) ?? 1, libelle: avecUnite(v, unite) })),
    };
  }
  const toutes = mesures
    .filter(estNombre)
    .map((m) => m.valeur)
    .sort((a, b) => a - b);
  const bornes = [...new Set([0.2, 0.4, 0.6, 0.8].map((q) => arrondir(toutes[Math.floor(q * toutes.length)] ?? 0)))].filter((b) => b > (toutes[0] ?? 0));
  const classe = (v: number) => 1 + bornes.filter((b) => v >= b).length;
  const pas = [...bornes, null].map((b, i) => {
    const debut = bornes[i - 1];
    const libelle =
      debut === undefined
        ? `moins de ${avecUnite(b ?? 0, unite)}`
        : b === null
          ? `${avecUnite(debut, unite)} et plus`
          : `de ${nombre(debut)} à moins de ${avecUnite(b, unite)}`;
    return { classe: i + 1, libelle };
  });
  return { classe, pas: pas.filter((p) => toutes.some((v) => classe(v) === p.classe)) };
}

/** Two significant digits: 1 437 → 1 400. */
function arrondir(v: number): number {
  if (v === 0) return 0;
  const ordre = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(v))) - 1);
  return Math.round(v / ordre) * ordre;
}

/** Fill of a territory in each state. */
export const remplir = (m: Mesure, gamme: Gamme, id: string): { className: string; fill?: string } => {
  if (estNombre(m)) return { className: cx('c-svg__zone', `gamme-${gamme.classe(m.valeur)}`) };
  if (m.etat === 'sans_objet') return { className: 'c-svg__zone c-svg__zone--vide' };
  return { className: 'c-svg__zone c-svg__zone--motif', fill: `url(#${id}-${m.etat})` };
};

/** Text that stands on a shade keeps its contrast. */
export const encreSur = (m: Mesure, gamme: Gamme): string | undefined => (estNombre(m) ? (gamme.classe(m.valeur) >= 4 ? 'sur-fonce' : 'sur-clair') : undefined);

export function GammeLegend({ id, gamme, mesures }: { id: string; gamme: Gamme; mesures: readonly Mesure[] }) {
  return (
    <StateLegend id={id} mesures={mesures}>
      {gamme.pas.map((p) => (
        <li key={p.classe}>
          <svg width="22" height="14" aria-hidden="true" focusable="false">
            <rect x="1" y="1" width="20" height="12" className={cx('c-svg__zone', `gamme-${p.classe}`)} />
          </svg>
          {p.libelle}
        </li>
      ))}
    </StateLegend>
  );
}
