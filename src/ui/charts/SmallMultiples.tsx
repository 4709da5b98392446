import { ancre } from '../Abbr.tsx';
import type { Example } from '../types.ts';
import { formatPeriode } from '../typographie.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { dire, estNombre, type Point } from './marks.tsx';
import { Sparkline } from './Sparkline.tsx';

interface Multiple {
  nom: string;
  href?: string;
  points: readonly Point[];
}
interface SmallMultiplesProps {
  titre: string;
  items: readonly Multiple[];
  unite?: string;
  /** Each its own scale; by default all share one, so that they compare. */
  echelles?: 'commune' | 'propre';
}

/** The same small chart for each thing, on one scale. */
function SmallMultiples({ titre, items, unite = '', echelles = 'commune' }: SmallMultiplesProps) {
  const max = Math.max(1, ...items.flatMap((i) => i.points.filter(estNombre).map((p) => p.valeur)));
  return (
    <ul className="c-multiples" aria-label={titre}>
      {items.map((i) => {
        const dernier = i.points.at(-1);
        return (
          <li key={i.nom} id={`${ancre(titre)}-${ancre(i.nom)}`}>
            <span className="c-multiples__nom">
              {i.href ? (
                <a className="govuk-link" href={i.href}>
                  {i.nom}
                </a>
              ) : (
                i.nom
              )}
            </span>
            {dernier && (
              <span className="c-multiples__dernier">
                {dire(dernier, unite)}, {formatPeriode(dernier.x, true)}
              </span>
            )}
            <Sparkline
              points={i.points}
              libelle={i.nom}
              unite={unite}
              largeur={168}
              hauteur={58}
              max={echelles === 'commune' ? max : undefined}
              classe="c-multiples__dessin"
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The small charts with one table behind. @public */
export function SmallMultiplesFigure({ description, source, ...p }: SmallMultiplesProps & { description?: string; source?: string }) {
  const xs = [...new Set(p.items.flatMap((i) => i.points.map((pt) => pt.x)))];
  const points = p.items.map((i) => new Map(i.points.map((pt) => [pt.x, pt])));
  return (
    <ChartFigure
      titre={p.titre}
      description={description}
      source={source}
      tableau={{
        legende: p.titre,
        colonnes: ['Nom', ...xs.map((x) => formatPeriode(x, true))],
        lignes: p.items.map((i, rang) => [i.nom, ...xs.map((x) => dire(points[rang]?.get(x) ?? { etat: 'sans_objet', valeur: null }, ''))]),
      }}
    >
      <SmallMultiples {...p} />
    </ChartFigure>
  );
}

const suite = (...v: (number | null)[]): Point[] =>
  v.map((valeur, i) => ({ x: `${2023 + i}`, valeur, etat: valeur === null ? 'manquant' : valeur === 0 ? 'zero' : 'valeur' }));
export const examples: Example[] = [
  {
    nom: 'Une fiche en petits dessins',
    rendu: (
      <SmallMultiplesFigure
        titre="Interventions par mairie"
        description="Même échelle partout."
        items={[
          { nom: 'Paris Centre', href: '/t/centre', points: suite(40, 52, 61, 58) },
          { nom: '12e', points: suite(80, 112, 131, 160) },
          { nom: '16e', points: suite(0, 0, 4, 6) },
          { nom: '18e', points: suite(90, null, 120, 141) },
          { nom: '20e', points: suite(70, 95, 99, null) },
        ]}
      />
    ),
  },
];
