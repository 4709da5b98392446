import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { ancre } from '../Abbr.tsx';
import { cx, type Example } from '../types.ts';
import { avecUnite, formatPeriode, nombre } from '../typographie.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { dire, estNombre, Patterns, type Point, r, resumer, StateLegend, serie } from './marks.tsx';

interface Serie {
  nom: string;
  points: readonly Point[];
}
export interface LineChartProps {
  titre: string;
  series: readonly Serie[];
  unite?: string;
  hauteur?: number;
  id?: string;
}

/** Lines from zero, with gaps where there is no number, that stop before what is not over. Drawn twice: wide, and narrow for phones (CSS shows one). @public */
export function LineChart(p: LineChartProps) {
  const id = p.id ?? `ligne-${ancre(p.titre)}`;
  return (
    <>
      <Trace {...p} id={id} largeur={680} />
      <Trace {...p} id={`${id}-etroit`} largeur={320} etroit />
    </>
  );
}

function Trace({ titre, series, unite = '', hauteur = 260, id, largeur, etroit = false }: LineChartProps & { id: string; largeur: number; etroit?: boolean }) {
  const xs = [...new Set(series.flatMap((s) => s.points.map((pt) => pt.x)))];
  const max = Math.max(1, ...series.flatMap((s) => s.points.filter(estNombre).map((pt) => pt.valeur)));
  const min = Math.min(0, ...series.flatMap((s) => s.points.filter(estNombre).map((pt) => pt.valeur)));
  const bouts = series.map((s) => ({ nom: s.nom, fin: s.points.filter(estNombre).at(-1) }));
  const texteDe = (b: (typeof bouts)[number]) =>
    b.fin ? (etroit || series.length === 1 ? avecUnite(b.fin.valeur, etroit ? '' : unite) : `${b.nom} ${nombre(b.fin.valeur)}`) : '';
  const droite = Math.min(largeur * 0.38, 14 + Math.max(...bouts.map((b) => texteDe(b).length), 0) * 7.2);
  const y = scaleLinear([min, max], [hauteur - 30, 14]).nice(4);
  const graduations = y.ticks(4);
  const gauche = 10 + Math.max(...graduations.map((g) => nombre(g).length)) * 7;
  const x = scalePoint(xs, [gauche + 8, largeur - droite - 8]);
  const base = r(y(0));
  const pas = Math.max(1, Math.ceil((xs.length * 62) / (largeur - gauche - droite)));
  const trace = line<Point>(
    (pt) => x(pt.x) ?? 0,
    (pt) => y(pt.valeur ?? 0),
  )
    .defined((pt) => estNombre(pt) && !pt.enCours)
    .digits(1);
  const etiquettes = ecarter(bouts.flatMap((b, i) => (b.fin ? [{ rang: i, texte: texteDe(b), y: y(b.fin.valeur), x: r((x(b.fin.x) ?? 0) + 8) }] : [])));
  return (
    <svg
      className={cx('c-svg', etroit ? 'c-svg--etroit' : 'c-svg--large')}
      viewBox={`0 0 ${largeur} ${hauteur}`}
      role="img"
      aria-labelledby={`${id}-t ${id}-d`}
    >
      <title id={`${id}-t`}>{titre}</title>
      <desc id={`${id}-d`}>{series.map((s) => resumer(s.nom, s.points, unite, (pt) => formatPeriode(pt.x))).join(' ; ')}</desc>
      <Patterns id={id} />
      {graduations.map((g) => (
        <g key={g}>
          <path className={g === 0 ? 'c-svg__base' : 'c-svg__grille'} d={`M${gauche} ${r(y(g))}H${r(largeur - droite)}`} />
          <text className="c-svg__axe" x={gauche - 6} y={r(y(g)) + 4} textAnchor="end">
            {nombre(g)}
          </text>
        </g>
      ))}
      {xs.map((v, i) =>
        (xs.length - 1 - i) % pas === 0 ? (
          <text key={v} className="c-svg__axe" x={r(x(v) ?? 0)} y={hauteur - 8} textAnchor="middle">
            {formatPeriode(v, true)}
          </text>
        ) : null,
      )}
      {series.map((s, rang) => (
        <g key={s.nom} className={serie(rang)}>
          <path className="c-svg__ligne" d={trace([...s.points]) ?? ''} />
          {s.points.map((pt) => (
            <Marque
              key={pt.x}
              point={pt}
              x={r(x(pt.x) ?? 0)}
              y={estNombre(pt) ? r(y(pt.valeur)) : base}
              id={id}
              nombreux={xs.length > 20}
              unite={unite}
              nom={s.nom}
            />
          ))}
        </g>
      ))}
      {etiquettes.map((e) => (
        <text key={e.rang} className={cx('c-svg__nom', serie(e.rang))} x={e.x} y={r(e.y) + 4}>
          {e.texte}
        </text>
      ))}
    </svg>
  );
}

interface MarqueProps {
  point: Point;
  x: number;
  y: number;
  id: string;
  nombreux: boolean;
  unite: string;
  nom: string;
}
function Marque({ point, x, y, id, nombreux, unite, nom }: MarqueProps) {
  const bulle = <title>{`${nom}, ${formatPeriode(point.x)} : ${dire(point, unite)}`}</title>;
  if (estNombre(point) && point.enCours)
    return (
      <circle className="c-svg__encours" cx={x} cy={y} r="5">
        {bulle}
      </circle>
    );
  if (estNombre(point))
    return nombreux ? null : (
      <circle className="c-svg__point" cx={x} cy={y} r="4">
        {bulle}
      </circle>
    );
  if (point.etat === 'manquant' || point.etat === 'attendu' || point.etat === 'donne')
    return (
      <circle className={`c-svg__${point.etat === 'donne' ? 'attendu' : point.etat}`} cx={x} cy={y - 7} r="5">
        {bulle}
      </circle>
    );
  if (point.etat === 'secret')
    return (
      <rect className="c-svg__secret" x={x - 6} y={y - 18} width="12" height="18" fill={`url(#${id}-secret)`}>
        {bulle}
      </rect>
    );
  return null;
}

/** Labels at the ends of lines pushed apart so that none covers another. */
function ecarter<T extends { y: number }>(etiquettes: readonly T[], hauteur = 15): T[] {
  const triees = [...etiquettes].sort((a, b) => a.y - b.y);
  for (let i = 1; i < triees.length; i += 1) {
    const avant = triees[i - 1];
    const ici = triees[i];
    if (avant && ici && ici.y - avant.y < hauteur) triees[i] = { ...ici, y: avant.y + hauteur };
  }
  return triees;
}

/** The chart with its table behind. */
export function LineFigure({ description, source, ...p }: LineChartProps & { description?: string; source?: string }) {
  const id = p.id ?? `ligne-${ancre(p.titre)}`;
  const xs = [...new Set(p.series.flatMap((s) => s.points.map((pt) => pt.x)))];
  const points = p.series.map((s) => new Map(s.points.map((pt) => [pt.x, pt])));
  return (
    <ChartFigure
      titre={p.titre}
      description={description}
      source={source}
      legende={
        <StateLegend id={id} mesures={p.series.flatMap((s) => s.points.filter((pt) => pt.etat !== 'sans_objet'))}>
          {p.series.length > 1 && p.series.map((s, rang) => <NomDeSerie key={s.nom} nom={s.nom} rang={rang} />)}
        </StateLegend>
      }
      tableau={{
        legende: p.titre,
        colonnes: ['Période', ...p.series.map((s) => s.nom)],
        lignes: xs.map((v) => [formatPeriode(v), ...points.map((m) => dire(m.get(v) ?? { etat: 'sans_objet', valeur: null }, p.unite ?? ''))]),
      }}
    >
      {p.series.some((s) => s.points.some(estNombre)) ? <LineChart {...p} id={id} /> : <p className="govuk-body">Aucune valeur à dessiner.</p>}
    </ChartFigure>
  );
}

/** On a phone the names leave the ends of the lines for a list under the chart. */
const NomDeSerie = ({ nom, rang }: { nom: string; rang: number }) => (
  <li className={cx('c-legende__serie', serie(rang))}>
    <svg width="22" height="14" aria-hidden="true" focusable="false" className="c-svg__trait">
      <g className={serie(rang)}>
        <path className="c-svg__ligne" d="M1 7H21" />
      </g>
    </svg>
    {nom}
  </li>
);

const P = (x: string, valeur: number | null, etat: Point['etat'] = valeur === 0 ? 'zero' : 'valeur'): Point => ({ x, valeur, etat });
export const examples: Example[] = [
  {
    nom: 'Une série, avec manquant et secret',
    rendu: (
      <LineFigure
        titre="Signalements de rixes"
        unite="rixes"
        description="Niveau de chaque semestre depuis 2023."
        source="Registre des alertes, données fictives"
        series={[
          {
            nom: 'Rixes',
            points: [
              P('2023-S1', 41),
              P('2023-S2', 38),
              P('2024-S1', 44),
              P('2024-S2', null, 'manquant'),
              P('2025-S1', 31),
              P('2025-S2', null, 'secret'),
              P('2026-S1', 27),
            ],
          },
        ]}
      />
    ),
  },
  {
    nom: 'Trois séries',
    rendu: (
      <LineFigure
        titre="Interventions par thème"
        series={[
          { nom: 'Rixes', points: [P('2023', 120), P('2024', 180), P('2025', 260), P('2026', 241)] },
          { nom: 'Numérique', points: [P('2023', 60), P('2024', 130), P('2025', 255), P('2026', 310)] },
          { nom: 'Addictions', points: [P('2023', null, 'sans_objet'), P('2024', 40), P('2025', 0), P('2026', 230)] },
        ]}
      />
    ),
  },
];
