import { ancre } from '../Abbr.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { dire, estNombre, Patterns } from '../charts/marks.tsx';
import { cx, type Example, type Mesure } from '../types.ts';
import { nombre } from '../typographie.ts';
import { buildGamme, encreSur, type Gamme, GammeLegend, remplir } from './scale.tsx';

interface Tuile extends Mesure {
  id: string;
  /** What is written on the tile: « 12e ». */
  court: string;
  nom: string;
  /** Place on the grid, from 0. */
  x: number;
  y: number;
  href?: string;
  attenduDe?: string | readonly string[] | null;
  depuis?: string | null;
}
export interface TileMapProps {
  titre: string;
  tuiles: readonly Tuile[];
  unite?: string;
  id?: string;
}
const COTE = 64;
const ABSENCES = { manquant: 'manquant', secret: 'secret', sans_objet: '–' } as const;

/** A map without boundaries: one tile for each territory, all of the same size, placed as neighbours. @public */
export function TileMap({ titre, tuiles, unite = '', id = `tuiles-${ancre(titre)}` }: TileMapProps) {
  const gamme = buildGamme(tuiles, unite);
  const colonnes = Math.max(1, ...tuiles.map((t) => t.x + 1));
  const rangs = Math.max(1, ...tuiles.map((t) => t.y + 1));
  return (
    <svg className="c-svg c-carte-svg c-carte-svg--tuiles" viewBox={`0 0 ${colonnes * COTE} ${rangs * COTE}`} role="group" aria-label={titre}>
      <Patterns id={id} />
      {tuiles.map((t) => (
        <Case key={t.id} tuile={t} gamme={gamme} id={id} unite={unite} />
      ))}
    </svg>
  );
}

function Case({ tuile: t, gamme, id, unite }: { tuile: Tuile; gamme: Gamme; id: string; unite: string }) {
  const [x, y] = [t.x * COTE, t.y * COTE];
  const encre = encreSur(t, gamme);
  const texte = `${t.nom} : ${dire(t, unite)}`;
  const dessin = (
    <>
      <rect x={x + 1.5} y={y + 1.5} width={COTE - 3} height={COTE - 3} rx="4" {...remplir(t, gamme, id)} />
      {!estNombre(t) && t.etat !== 'sans_objet' && <rect x={x + 4} y={y + 11} width={COTE - 8} height="40" rx="3" className="c-svg__fond-mot" />}
      <text className={cx('c-tuile-carte__court', encre)} x={x + COTE / 2} y={y + 26} textAnchor="middle" aria-hidden="true">
        {t.court}
      </text>
      <text
        className={cx(estNombre(t) ? 'c-tuile-carte__valeur' : 'c-tuile-carte__mot', encre)}
        x={x + COTE / 2}
        y={y + 45}
        textAnchor="middle"
        aria-hidden="true"
      >
        {estNombre(t) ? abreger(t.valeur) : ABSENCES[t.etat as keyof typeof ABSENCES]}
      </text>
    </>
  );
  return t.href ? (
    <a href={t.href} aria-label={texte}>
      <title>{texte}</title>
      {dessin}
    </a>
  ) : (
    <g role="img" aria-label={texte}>
      <title>{texte}</title>
      {dessin}
    </g>
  );
}

/** A tile has room for five signs: 12 840 → « 12,8 k ». */
const abreger = (v: number): string => (Math.abs(v) >= 10_000 ? `${nombre(v / 1000, Math.abs(v) >= 100_000 ? 0 : 1)}\u202fk` : nombre(v));

/** The map with its legend and its table. */
export function TileMapFigure({ description, source, ...p }: TileMapProps & { description?: string; source?: string }) {
  const id = p.id ?? `tuiles-${ancre(p.titre)}`;
  return (
    <ChartFigure
      titre={p.titre}
      description={description}
      source={source}
      legende={<GammeLegend id={id} gamme={buildGamme(p.tuiles, p.unite ?? '')} mesures={p.tuiles} />}
      tableau={tableauDe(p.titre, p.tuiles, p.unite)}
    >
      <TileMap {...p} id={id} />
    </ChartFigure>
  );
}

/** Table behind a map: each territory and its figure in words. */
export const tableauDe = (titre: string, zones: readonly (Mesure & { nom: string; href?: string })[], unite = '') => ({
  legende: titre,
  colonnes: ['Territoire', unite && unite !== '%' ? `Valeur (${unite})` : 'Valeur'],
  lignes: zones.map((z) => [
    z.href ? (
      <a key={z.nom} className="govuk-link" href={z.href}>
        {z.nom}
      </a>
    ) : (
      z.nom
    ),
    dire(z, unite === '%' ? '%' : ''),
  ]),
});

const tuile = (id: number, x: number, y: number, valeur: number | null, etat: Tuile['etat'] = valeur === 0 ? 'zero' : 'valeur'): Tuile => ({
  id: `${id}`,
  court: id === 0 ? 'Centre' : `${id}e`,
  nom: id === 0 ? 'Secteur central' : `${id}e secteur`,
  x,
  y,
  valeur,
  etat,
  href: `/t/${id}`,
});
export const examples: Example[] = [
  {
    nom: 'Territoires en tuiles',
    rendu: (
      <TileMapFigure
        titre="Signalements par secteur"
        source="Registre des signalements, données fictives"
        tuiles={[
          tuile(17, 1, 0, 412),
          tuile(18, 2, 0, 1284),
          tuile(19, 3, 0, 980),
          tuile(16, 0, 1, 130),
          tuile(8, 1, 1, 300),
          tuile(9, 2, 1, 344),
          tuile(10, 3, 1, 612),
          tuile(20, 4, 1, 870),
          tuile(7, 1, 2, null, 'secret'),
          tuile(0, 2, 2, 702),
          tuile(11, 3, 2, 560),
          tuile(12, 4, 2, null, 'manquant'),
          tuile(15, 0, 3, 0),
          tuile(6, 1, 3, 98),
          tuile(5, 2, 3, 204),
          tuile(13, 3, 3, 12_840),
          tuile(14, 1, 4, null, 'sans_objet'),
        ]}
      />
    ),
  },
];
