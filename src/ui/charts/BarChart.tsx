import { scaleLinear } from 'd3-scale';
import { ancre } from '../Abbr.tsx';
import { cx, type Example, type Mesure, MOTS_DES_ETATS } from '../types.ts';
import { avecUnite } from '../typographie.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { aUnMotif, dire, estNombre, Patterns, r, StateLegend } from './marks.tsx';

interface Barre extends Mesure {
  libelle: string;
  href?: string;
  attenduDe?: string | readonly string[] | null;
  depuis?: string | null;
}
export interface BarChartProps {
  titre: string;
  barres: readonly Barre[];
  unite?: string;
  /** A level to compare with: mean, decided target. */
  repere?: { libelle: string; valeur: number };
  id?: string;
}
const RANG = 46;

/** Horizontal bars, each under its name, with its value at its end: long names fit on a phone. */
export function BarChart(p: BarChartProps) {
  const id = p.id ?? `barres-${ancre(p.titre)}`;
  return (
    <>
      <Trace {...p} id={id} largeur={680} />
      <Trace {...p} id={`${id}-etroit`} largeur={320} etroit />
    </>
  );
}

function Trace({ titre, barres, unite = '', repere, id, largeur, etroit = false }: BarChartProps & { id: string; largeur: number; etroit?: boolean }) {
  const valeurs = barres.filter(estNombre).map((b) => b.valeur);
  const texteMax = Math.max(8, ...barres.filter(estNombre).map((b) => dire(b, unite).length));
  const marge = Math.min(largeur * 0.45, texteMax * 7.4 + 12);
  const bas = Math.min(0, ...valeurs);
  const x = scaleLinear([bas, Math.max(1, repere?.valeur ?? 0, ...valeurs)], [bas < 0 ? marge / 2 : 0, largeur - marge]);
  const zero = r(x(0));
  const hauteur = barres.length * RANG + (repere ? 20 : 0);
  const haut = repere ? 20 : 0;
  return (
    <svg
      className={cx('c-svg', etroit ? 'c-svg--etroit' : 'c-svg--large')}
      viewBox={`0 0 ${largeur} ${hauteur}`}
      role={barres.some((b) => b.href) ? 'group' : 'img'}
      aria-labelledby={`${id}-t ${id}-d`}
    >
      <title id={`${id}-t`}>{titre}</title>
      <desc id={`${id}-d`}>{barres.map((b) => `${b.libelle} : ${dire(b, unite)}`).join(' ; ')}</desc>
      <Patterns id={id} />
      {repere && (
        <g>
          <path className="c-svg__base" d={`M${r(x(repere.valeur))} 16V${hauteur}`} strokeDasharray="4 3" />
          <text className="c-svg__axe" x={r(x(repere.valeur))} y="11" textAnchor={x(repere.valeur) > largeur / 2 ? 'end' : 'start'}>
            {`${repere.libelle} ${avecUnite(repere.valeur, unite)}`}
          </text>
        </g>
      )}
      <g className="serie-1">
        {barres.map((b, rang) => (
          <Rang key={b.libelle} barre={b} y={haut + rang * RANG} x={x} zero={zero} id={id} unite={unite} />
        ))}
      </g>
    </svg>
  );
}

interface RangProps {
  barre: Barre;
  y: number;
  x: (v: number) => number;
  zero: number;
  id: string;
  unite: string;
}
function Rang({ barre: b, y, x, zero, id, unite }: RangProps) {
  const nom = (
    <text x={0} y={y + 14}>
      {b.libelle}
    </text>
  );
  const v = estNombre(b) ? b.valeur : 0;
  const fin = r(x(v));
  const largeur = r(Math.abs(fin - zero));
  return (
    <g>
      {b.href ? (
        <a href={b.href} className="c-svg__lien">
          {nom}
        </a>
      ) : (
        nom
      )}
      {estNombre(b) ? (
        <>
          <rect className="c-svg__barre" x={Math.min(zero, fin)} y={y + 20} width={Math.max(largeur, 1.5)} height="16" rx="2" />
          <text className="c-svg__valeur" x={Math.max(zero, fin) + 7} y={y + 33}>
            {avecUnite(v, unite)}
          </text>
        </>
      ) : (
        <>
          {aUnMotif(b.etat) && <rect className="c-svg__secret" x={zero + 0.5} y={y + 20.5} width="34" height="15" fill={`url(#${id}-${b.etat})`} />}
          <text className="c-svg__mot" x={zero + (aUnMotif(b.etat) ? 42 : 0)} y={y + 33}>
            {MOTS_DES_ETATS[b.etat]}
          </text>
        </>
      )}
    </g>
  );
}

/** The chart with its table behind. */
export function BarFigure({ description, source, colonne = 'Nom', ...p }: BarChartProps & { description?: string; source?: string; colonne?: string }) {
  const id = p.id ?? `barres-${ancre(p.titre)}`;
  return (
    <ChartFigure
      titre={p.titre}
      description={description}
      source={source}
      legende={<StateLegend id={id} mesures={p.barres.filter((b) => aUnMotif(b.etat))} />}
      tableau={{
        legende: p.titre,
        colonnes: [colonne, p.unite && p.unite !== '%' ? `Valeur (${p.unite})` : 'Valeur'],
        lignes: p.barres.map((b) => [
          b.href ? (
            <a key={b.libelle} className="govuk-link" href={b.href}>
              {b.libelle}
            </a>
          ) : (
            b.libelle
          ),
          dire(b, p.unite === '%' ? '%' : ''),
        ]),
      }}
    >
      {p.barres.some((b) => b.valeur !== null) ? <BarChart {...p} id={id} /> : <p className="govuk-body">Aucune valeur à dessiner.</p>}
    </ChartFigure>
  );
}

export const examples: Example[] = [
  {
    nom: 'Barres avec repère et absences',
    rendu: (
      <BarFigure
        titre="Élèves rencontrés par mairie"
        unite="élèves"
        colonne="Mairie"
        repere={{ libelle: 'moyenne', valeur: 1450 }}
        barres={[
          { libelle: 'Mairie du 19e', etat: 'valeur', valeur: 2840, href: '/t/19' },
          { libelle: 'Mairie du 12e', etat: 'valeur', valeur: 1312, href: '/t/12' },
          { libelle: 'Mairie du 16e', etat: 'zero', valeur: 0 },
          { libelle: 'Mairie du 7e', etat: 'secret', valeur: null },
          { libelle: 'Mairie du 5e', etat: 'manquant', valeur: null, attenduDe: 'Rectorat', depuis: '2026-07-31' },
          { libelle: 'Paris Centre', etat: 'sans_objet', valeur: null },
        ]}
      />
    ),
  },
];
