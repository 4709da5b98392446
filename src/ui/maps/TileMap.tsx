import { ancre } from '../Abbr.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { aUnMotif, dire, estNombre, Patterns } from '../charts/marks.tsx';
import { cx, type Example, MOTS_DES_ETATS } from '../types.ts';
import { avecUnite, nombre } from '../typographie.ts';
import { buildGamme, ditQuelqueChose, encreSur, type Gamme, GammeLegend, type MesureDeCarte, REGLE_DES_TEINTES, remplir, SANS_ECART } from './scale.tsx';

interface Tuile extends MesureDeCarte {
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
  /** Of the rate that shades it. */
  unite?: string;
  /** Of the count behind. */
  uniteDuNombre?: string;
  /** Its own shades, where what it shows is counted whole and not estimated (`buildPresence`). */
  gamme?: Gamme;
  id?: string;
}
const COTE = 64;

/** A map without boundaries: one tile for each territory, all of the same size, placed as neighbours. @public */
export function TileMap({ titre, tuiles, unite = '', uniteDuNombre = '', id = `tuiles-${ancre(titre)}`, gamme = buildGamme(tuiles, unite) }: TileMapProps) {
  const colonnes = Math.max(1, ...tuiles.map((t) => t.x + 1));
  const rangs = Math.max(1, ...tuiles.map((t) => t.y + 1));
  return (
    <svg className="c-svg c-carte-svg c-carte-svg--tuiles" viewBox={`0 0 ${colonnes * COTE} ${rangs * COTE}`} role="group" aria-label={titre}>
      <Patterns id={id} />
      {tuiles.map((t) => (
        <Case key={t.id} tuile={t} gamme={gamme} id={id} texte={direZone(t, unite, uniteDuNombre)} />
      ))}
    </svg>
  );
}

function Case({ tuile: t, gamme, id, texte }: { tuile: Tuile; gamme: Gamme; id: string; texte: string }) {
  const [x, y] = [t.x * COTE, t.y * COTE];
  const encre = encreSur(t, gamme);
  const dessin = (
    <>
      <rect x={x + 1.5} y={y + 1.5} width={COTE - 3} height={COTE - 3} rx="4" {...remplir(t, gamme, id)} />
      {aUnMotif(t.etat) && <rect x={x + 4} y={y + 11} width={COTE - 8} height="40" rx="3" className="c-svg__fond-mot" />}
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
        {estNombre(t) ? enMilliers(t.valeur) : aUnMotif(t.etat) ? MOTS_DES_ETATS[t.etat] : '–'}
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
const enMilliers = (v: number): string => (Math.abs(v) >= 10_000 ? `${nombre(v / 1000, Math.abs(v) >= 100_000 ? 0 : 1)}\u202fk` : nombre(v));

/** « Mairie du 18e : 3,1 pour 10 000 habitants (58 contacts) ». */
export const direZone = (z: MesureDeCarte & { nom: string }, unite: string, uniteDuNombre: string): string => `${z.nom} : ${direTaux(z, unite, uniteDuNombre)}`;
const direTaux = (z: MesureDeCarte, unite: string, uniteDuNombre: string): string =>
  `${dire(z, unite)}${z.nombre !== null && estNombre(z) ? ` (${avecUnite(z.nombre, uniteDuNombre)})` : ''}`;

/** What is said under every map: how its shades are made, and where its base comes from. */
export const lignesSous = (description?: string): string => [description, REGLE_DES_TEINTES].filter(Boolean).join(' ');

/** The map with its legend and its table; where it would say nothing, the sentence that says so, and the table. */
export function TileMapFigure({ description, source, ...p }: TileMapProps & { description?: string; source?: string }) {
  const id = p.id ?? `tuiles-${ancre(p.titre)}`;
  const parle = ditQuelqueChose(p.tuiles);
  return (
    <ChartFigure
      titre={p.titre}
      description={parle ? lignesSous(description) : description}
      source={source}
      legende={parle && <GammeLegend id={id} gamme={buildGamme(p.tuiles, p.unite ?? '')} mesures={p.tuiles} />}
      tableau={tableauDe(p.titre, p.tuiles, p.unite, p.uniteDuNombre)}
    >
      {parle ? <TileMap {...p} id={id} /> : <p className="govuk-body">{SANS_ECART}</p>}
    </ChartFigure>
  );
}

/** Table behind a map: each territory, its rate and its count in words. */
export const tableauDe = (titre: string, zones: readonly (MesureDeCarte & { nom: string; href?: string })[], unite = '', uniteDuNombre = '') => ({
  legende: titre,
  colonnes: ['Territoire', unite ? `Taux (${unite})` : 'Taux', uniteDuNombre ? `Nombre (${uniteDuNombre})` : 'Nombre'],
  lignes: zones.map((z) => [
    z.href ? (
      <a key={z.nom} className="govuk-link" href={z.href}>
        {z.nom}
      </a>
    ) : (
      z.nom
    ),
    estNombre(z) ? nombre(z.valeur) : '–',
    estNombre(z) ? nombre(z.nombre ?? 0) : dire(z, ''),
  ]),
});

const tuile = (id: number, x: number, y: number, nombre: number | null, etat: Tuile['etat'] = nombre === 0 ? 'zero' : 'valeur'): Tuile => ({
  id: `${id}`,
  court: id === 0 ? 'Centre' : `${id}e`,
  nom: id === 0 ? 'Secteur central' : `${id}e secteur`,
  x,
  y,
  nombre,
  base: 100_000,
  valeur: nombre === null ? null : nombre / 10,
  etat,
  href: `/t/${id}`,
});
export const examples: Example[] = [
  {
    nom: 'Territoires en tuiles',
    rendu: (
      <TileMapFigure
        titre="Signalements par secteur"
        unite="pour 10 000 habitants"
        uniteDuNombre="signalements"
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
          tuile(14, 1, 4, null, 'attendu'),
          tuile(2, 2, 4, null, 'non_ventile'),
        ]}
      />
    ),
  },
];
