/** The shapes that stand for what is not a number: hatching for *secret*, dots for *manquant*, rings for *attendu*, strokes for what
 * waits for its validation, blank for what is owed by nobody. */
import type { ReactNode } from 'react';
import { direChiffre } from '../Chiffre.tsx';
import type { EtatDessine, Mesure } from '../types.ts';
import { avecUnite, FINE } from '../typographie.ts';

/** A measure on a chart; debts are said in the table behind. */
export interface Point extends Mesure {
  x: string;
  attenduDe?: string | readonly string[] | null;
  depuis?: string | null;
  /** Its period is not over: how far it goes, « jusqu’au 25 novembre ». */
  enCours?: string | undefined;
}

export const estNombre = <M extends Mesure>(m: M): m is M & { valeur: number } => m.valeur !== null && (m.etat === 'valeur' || m.etat === 'zero');

export const serie = (rang: number): string => `serie-${Math.min(rang + 1, 6)}`;

/** Definitions of the patterns of one SVG; `id` keeps them apart on the page. */
export const Patterns = ({ id }: { id: string }) => (
  <defs>
    <Secret id={`${id}-secret`} />
    <Manquant id={`${id}-manquant`} />
    <Attendu id={`${id}-attendu`} />
    <Donne id={`${id}-donne`} />
  </defs>
);
const Secret = ({ id }: { id: string }) => (
  <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <path className="c-svg__hachure" d="M0 0V6" />
  </pattern>
);
const Manquant = ({ id }: { id: string }) => (
  <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse">
    <circle className="c-svg__pointille" cx="2" cy="2" r="1.3" />
  </pattern>
);

const Attendu = ({ id }: { id: string }) => (
  <pattern id={id} width="9" height="9" patternUnits="userSpaceOnUse">
    <circle className="c-svg__cercle" cx="4" cy="4" r="2" />
  </pattern>
);

const Donne = ({ id }: { id: string }) => (
  <pattern id={id} width="9" height="6" patternUnits="userSpaceOnUse">
    <path className="c-svg__hachure" d="M2 3H7" />
  </pattern>
);

/** States drawn with a pattern; the others leave their place blank. */
const MOTIFS = { secret: Secret, manquant: Manquant, attendu: Attendu, donne: Donne } as const;
export const aUnMotif = (etat: EtatDessine): etat is keyof typeof MOTIFS => Object.hasOwn(MOTIFS, etat);

const FORMES: readonly { etat: EtatDessine; texte: string }[] = [
  { etat: 'donne', texte: 'donné : en attente de validation' },
  { etat: 'attendu', texte: 'attendu : pas encore dû' },
  { etat: 'manquant', texte: 'manquant : en retard' },
  { etat: 'non_ventile', texte: 'non ventilé : n’existe pas à cette échelle' },
  { etat: 'secret', texte: 'secret : trop peu de cas pour publier' },
  { etat: 'sans_objet', texte: 'sans objet' },
];

/** Legend, in words, of the states met on a chart, and of the points whose period is not over. */
export function StateLegend({ id, mesures, children }: { id: string; mesures: readonly (Mesure & Pick<Point, 'enCours'>)[]; children?: ReactNode }) {
  const vus = new Set(mesures.map((m) => m.etat));
  const formes = FORMES.filter((f) => vus.has(f.etat));
  const enCours = mesures.find((m) => m.enCours && estNombre(m))?.enCours;
  if (formes.length === 0 && !enCours && !children) return null;
  return (
    <ul className="c-legende">
      {children}
      {enCours && (
        <li>
          <svg width="22" height="14" aria-hidden="true" focusable="false" className="c-legende__signe serie-1">
            <circle className="c-svg__encours" cx="11" cy="7" r="5" />
          </svg>
          {enCours}
        </li>
      )}
      {formes.map((f) => {
        const Motif = aUnMotif(f.etat) ? MOTIFS[f.etat] : null;
        return (
          <li key={f.etat}>
            <svg width="22" height="14" aria-hidden="true" focusable="false" className="c-legende__signe">
              {/* Its own pattern: the one of a drawing that is hidden on this screen would not paint. */}
              {Motif && <Motif id={`${id}-legende-${f.etat}`} />}
              <rect
                x="1"
                y="1"
                width="20"
                height="12"
                {...(Motif ? { className: 'c-svg__secret', fill: `url(#${id}-legende-${f.etat})` } : { className: 'c-svg__zone c-svg__zone--vide' })}
              />
            </svg>
            {f.texte.replace(' :', `${FINE}:`)}
          </li>
        );
      })}
    </ul>
  );
}

/** A measure in words, for the table and the descriptions. */
export const dire = (m: Mesure & Pick<Point, 'attenduDe' | 'depuis' | 'enCours'>, unite: string): string =>
  `${direChiffre({ ...m, ...(m.etat === 'donne' ? { etat: 'attendu' as const, attendValidation: true } : { etat: m.etat }), unite })}${m.enCours && estNombre(m) ? ` (${m.enCours})` : ''}`;

/** What a screen reader says of a whole series: « de 12 (2023) à 43 (2025) ; 37 (2026, année en cours…) ». */
export function resumer(nom: string, points: readonly Point[], unite: string, x: (p: Point) => string): string {
  const valeurs = points.filter(estNombre);
  const finies = valeurs.filter((p) => !p.enCours);
  const enCours = valeurs.filter((p) => p.enCours).map((p) => `${avecUnite(p.valeur, unite)} (${x(p)}, ${p.enCours})`);
  const [premier] = finies;
  const dernier = finies.at(-1);
  if (valeurs.length === 0) return `${nom}${FINE}: aucune valeur publiée`;
  const absents = points.length - valeurs.length;
  const suite = premier && dernier && premier !== dernier ? `de ${avecUnite(premier.valeur, unite)} (${x(premier)}) à ` : '';
  const dit = dernier ? [`${suite}${avecUnite(dernier.valeur, unite)} (${x(dernier)})`] : [];
  return `${nom}${FINE}: ${[...dit, ...enCours].join(' ; ')}${absents > 0 ? `, ${absents} sans valeur` : ''}`;
}

/** One decimal is enough on screen and halves the bytes. */
export const r = (n: number): number => Math.round(n * 10) / 10;
