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
