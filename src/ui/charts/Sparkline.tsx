import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { cx, type Example } from '../types.ts';
import { formatPeriode } from '../typographie.ts';
import { estNombre, type Point, r, resumer } from './marks.tsx';

export interface SparklineProps {
  points: readonly Point[];
  /** What the line shows; said with its first and last values. */
  libelle: string;
  unite?: string;
  largeur?: number;
  hauteur?: number;
  /** Same scale for several lines: the largest value of all. */
  max?: number;
  classe?: string;
}

/** The trend in the size of a word: from zero, gaps where there is no number, a dot on the last full value, a hollow one, apart, on what is not over. */
export function Sparkline({ points, libelle, unite = '', largeur = 120, hauteur = 32, max, classe }: SparklineProps) {
  const valeurs = points.filter(estNombre);
  const y = scaleLinear([Math.min(0, ...valeurs.map((p) => p.valeur)), Math.max(max ?? 1, 1, ...valeurs.map((p) => p.valeur))], [hauteur - 4, 4]);
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [4, largeur - 5]);
  const trace = line<Point>(
    (_, i) => x(i),
    (p) => y(p.valeur ?? 0),
  )
    .defined((p) => estNombre(p) && !p.enCours)
    .digits(1);
  const dernier = points.findLastIndex((p) => estNombre(p) && !p.enCours);
  const fin = points[dernier];
  return (
    <svg
      className={cx('c-svg serie-1', classe ?? 'c-etincelle')}
      viewBox={`0 0 ${largeur} ${hauteur}`}
      role="img"
      aria-label={resumer(libelle, points, unite, (p) => formatPeriode(p.x))}
    >
      <path className="c-svg__base" d={`M4 ${r(y(0))}H${largeur - 5}`} />
      <path className="c-svg__ligne" d={trace([...points]) ?? ''} />
      {points.map((p, i) => {
        if (p.etat === 'manquant') return <circle key={p.x} className="c-svg__manquant" cx={r(x(i))} cy={r(y(0)) - 4} r="3" />;
        if (p.enCours && estNombre(p)) return <circle key={p.x} className="c-svg__encours" cx={r(x(i))} cy={r(y(p.valeur))} r="3" />;
        // A value between two gaps has no line: it needs its dot to be seen.
        const seul = estNombre(p) && ![points[i - 1], points[i + 1]].some((voisin) => voisin && estNombre(voisin) && !voisin.enCours);
        return seul && i !== dernier ? <circle key={p.x} className="c-svg__point" cx={r(x(i))} cy={r(y(p.valeur ?? 0))} r="3" /> : null;
      })}
      {fin && estNombre(fin) && <circle className="c-svg__point" cx={r(x(dernier))} cy={r(y(fin.valeur))} r="3.5" />}
    </svg>
  );
}

export const examples: Example[] = [
  {
    nom: 'Dans une phrase',
    rendu: (
      <p className="govuk-body">
        La tendance{' '}
        <Sparkline
          libelle="Rixes"
          points={[
            { x: '2023', etat: 'valeur', valeur: 41 },
            { x: '2024', etat: 'manquant', valeur: null },
            { x: '2025', etat: 'valeur', valeur: 31 },
            { x: '2026', etat: 'valeur', valeur: 27 },
          ]}
        />{' '}
        baisse.
      </p>
    ),
  },
];
