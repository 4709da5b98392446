/** Which figures stand first for a reader. Pure. */
import type { Catalogue, Fiche, Mesure } from '../contrats/index.ts';
import type { Chiffre } from './chiffres.rules.ts';

export interface FigureLue {
  mesure: Mesure;
  chiffre: Chiffre;
}

/** Sums of persons reached speak first, then counts; people understand agents trained before percentages. */
export function rangDeFigure(f: FigureLue): number {
  const c = f.mesure.calcul;
  const somme = typeof c === 'object' && c !== null && ('somme' in c || 'addition' in c) ? 2 : 0;
  const personnes = /agents|élèves|jeunes|personnes|bénéficiaires|participants/.test(f.mesure.unite) ? 3 : 0;
  return somme + personnes + Math.min(1, (f.chiffre.valeur ?? 0) / 1000);
}

/** The most telling computed figures, `parAxe` of each axis, at most one a fiche. */
export function choisirFigures<F extends FigureLue>(c: Pick<Catalogue, 'axes' | 'fiches'>, suivi: ReadonlyMap<string, F>, parAxe: number): F[] {
  const meilleure = (f: Fiche): F[] =>
    f.mesures
      .flatMap((m) => suivi.get(m.id) ?? [])
      .filter((x) => x.mesure.obtention === 'calcul' && x.chiffre.etat === 'valeur' && x.mesure.unite !== '%')
      .sort((a, b) => rangDeFigure(b) - rangDeFigure(a))
      .slice(0, 1);
  return c.axes.flatMap((axe) =>
    [...c.fiches.values()]
      .filter((f) => f.axe === axe.numero)
      .flatMap(meilleure)
      .sort((a, b) => rangDeFigure(b) - rangDeFigure(a))
      .slice(0, parAxe),
  );
}

/** A number that leads: computed, whole, counting something; neither a share nor a document. */
const peutMener = ({ mesure: m, chiffre: c }: FigureLue): boolean =>
  m.obtention === 'calcul' && (c.etat === 'valeur' || c.etat === 'zero') && c.valeur !== null && m.unite !== '%' && !DOCUMENT.test(m.nature);
const DOCUMENT = /document|enqu[êe]te|bilan|évolution|variation/i;

/** The few figures that stand for a fiche, the most telling first; a zero never before a number, a part never before a whole. */
export function choisirMeneurs<F extends FigureLue>(figures: readonly F[], max: number): F[] {
  const poids = (f: F) => rangDeFigure(f) + (f.chiffre.etat === 'zero' ? -20 : 0) + (f.mesure.part ? -2 : 0);
  return figures
    .filter(peutMener)
    .sort((a, b) => poids(b) - poids(a))
    .slice(0, max);
}
