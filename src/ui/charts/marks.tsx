/** The shapes that stand for what is not a number: hatching for *secret*, dots for *manquant*, blank for *sans objet*. */
import type { ReactNode } from 'react';
import { direChiffre } from '../Chiffre.tsx';
import type { EtatChiffre, Mesure } from '../types.ts';
import { avecUnite, FINE } from '../typographie.ts';

/** A measure on a chart; debts are said in the table behind. */
export interface Point extends Mesure {
  x: string;
  attenduDe?: string | readonly string[] | null;
  depuis?: string | null;
}

export const estNombre = <M extends Mesure>(m: M): m is M & { valeur: number } => m.valeur !== null && (m.etat === 'valeur' || m.etat === 'zero');

export const serie = (rang: number): string => `serie-${Math.min(rang + 1, 6)}`;

/** Definitions of the patterns of one SVG; `id` keeps them apart on the page. */
export const Patterns = ({ id }: { id: string }) => (
  <defs>
    <Secret id={`${id}-secret`} />
    <Manquant id={`${id}-manquant`} />
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

const FORMES: readonly { etat: EtatChiffre; texte: string }[] = [
  { etat: 'manquant', texte: 'manquant : attendu, pas encore reçu' },
  { etat: 'secret', texte: 'secret : trop peu de cas pour publier' },
  { etat: 'sans_objet', texte: 'sans objet' },
];

/** Legend, in words, of the states met on a chart. */
export function StateLegend({ id, mesures, children }: { id: string; mesures: readonly Mesure[]; children?: ReactNode }) {
  const vus = new Set(mesures.map((m) => m.etat));
  const formes = FORMES.filter((f) => vus.has(f.etat));
  if (formes.length === 0 && !children) return null;
  return (
    <ul className="c-legende">
      {children}
      {formes.map((f) => (
        <li key={f.etat}>
          <svg width="22" height="14" aria-hidden="true" focusable="false" className="c-legende__signe">
            {/* Its own pattern: the one of a drawing that is hidden on this screen would not paint. */}
            {f.etat === 'secret' && <Secret id={`${id}-legende-secret`} />}
            {f.etat === 'manquant' && <Manquant id={`${id}-legende-manquant`} />}
            {f.etat === 'sans_objet' ? (
              <rect x="1" y="1" width="20" height="12" className="c-svg__zone c-svg__zone--vide" />
            ) : (
              <rect x="1" y="1" width="20" height="12" className="c-svg__secret" fill={`url(#${id}-legende-${f.etat})`} />
            )}
          </svg>
          {f.texte.replace(' :', `${FINE}:`)}
        </li>
      ))}
    </ul>
  );
}

/** A measure in words, for the table and the descriptions. */
export const dire = (m: Mesure & Pick<Point, 'attenduDe' | 'depuis'>, unite: string): string => direChiffre({ ...m, unite });

/** What a screen reader says of a whole series: « de 12 (2023) à 43 (2026) ». */
export function resumer(nom: string, points: readonly Point[], unite: string, x: (p: Point) => string): string {
  const valeurs = points.filter(estNombre);
  const [premier] = valeurs;
  const dernier = valeurs.at(-1);
  if (!premier || !dernier) return `${nom}${FINE}: aucune valeur publiée`;
  const absents = points.length - valeurs.length;
  const fin = absents > 0 ? `, ${absents} sans valeur` : '';
  if (premier === dernier) return `${nom}${FINE}: ${avecUnite(dernier.valeur, unite)} (${x(dernier)})${fin}`;
  return `${nom}${FINE}: de ${avecUnite(premier.valeur, unite)} (${x(premier)}) à ${avecUnite(dernier.valeur, unite)} (${x(dernier)})${fin}`;
}

/** One decimal is enough on screen and halves the bytes. */
export const r = (n: number): number => Math.round(n * 10) / 10;
