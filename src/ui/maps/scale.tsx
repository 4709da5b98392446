/** One sequential scale of at most five steps, no finer than the noise, with its legend in words. */
import { cx, type Mesure } from '../types.ts';
import { avecUnite, nombre } from '../typographie.ts';
import { aUnMotif, estNombre, StateLegend } from '../charts/marks.tsx';
import { classer } from './classes.ts';

/** A rate on a map, with the count that makes it and what it is counted over. */
export interface MesureDeCarte extends Mesure {
  /** Null where `valeur` is. */
  nombre: number | null;
  base: number;
}

export interface Gamme {
  /** Shade of the scale (1 to 5); by rate, which is what the map shows. */
  classe: (valeur: number) => number;
  pas: readonly { classe: number; libelle: string }[];
}

export const REGLE_DES_TEINTES =
  'D’une teinte à l’autre, les territoires pris ensemble s’écartent plus que le hasard ne le ferait : les intervalles à 95 % (loi de Poisson) de leurs taux réunis ne se recouvrent pas. Deux territoires pris à part, de teintes voisines, peuvent ne pas se distinguer.';
export const SANS_ECART = 'D’un territoire à l’autre, l’écart ne dépasse pas ce que le hasard donnerait : une carte ne montrerait rien.';

export function buildGamme(mesures: readonly MesureDeCarte[], unite: string): Gamme {
  const connues = mesures.filter(estNombre);
  const rangs = classer(connues.map((m) => ({ nombre: m.nombre ?? 0, base: m.base })));
  const total = Math.max(0, ...rangs) + 1;
  // Few classes are spread over the scale.
  const teinte = (rang: number) => (total === 1 ? 3 : 1 + Math.round((rang * 4) / (total - 1)));
  const bornes = Array.from({ length: total }, (_, rang) => {
    const siennes = connues.filter((_m, i) => rangs[i] === rang).map((m) => m.valeur);
    return { rang, min: Math.min(...siennes), max: Math.max(...siennes) };
  });
  return {
    classe: (v) => teinte(bornes.findLast((b) => v >= b.min)?.rang ?? 0),
    pas:
      connues.length === 0
        ? []
        : bornes.map((b) => ({
            classe: teinte(b.rang),
            libelle: nombre(b.min) === nombre(b.max) ? avecUnite(b.max, unite) : `de ${nombre(b.min)} à ${avecUnite(b.max, unite)}`,
          })),
  };
}

/** Where there is none, and where there is: two shades for what is counted whole, such as places or people, which chance does not move. */
export const buildPresence = (aucun: string, present: string): Gamme => ({
  classe: (v) => (v > 0 ? 3 : 1),
  pas: [
    { classe: 1, libelle: aucun },
    { classe: 3, libelle: present },
  ],
});

/** A map of one shade says nothing. */
export const ditQuelqueChose = (mesures: readonly MesureDeCarte[]): boolean => buildGamme(mesures, '').pas.length > 1;

/** Fill of a territory in each state. */
export const remplir = (m: Mesure, gamme: Gamme, id: string): { className: string; fill?: string } => {
  if (estNombre(m)) return { className: cx('c-svg__zone', `gamme-${gamme.classe(m.valeur)}`) };
  if (!aUnMotif(m.etat)) return { className: 'c-svg__zone c-svg__zone--vide' };
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
