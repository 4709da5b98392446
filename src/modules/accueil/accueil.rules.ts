/** Choices made for the reader: which figures stand first, what a person owes. Pure. */
import type { Catalogue, Fiche } from '../contrats/index.ts';
import { type Appuis, appuiDeLigne, type Completude, completude, estSansRien } from '../indicateurs/index.ts';
import type { FigureSuivie } from './accueil.queries.ts';

/** The year a page speaks of: the one asked when the contract has it, otherwise this year within the contract. */
export function choisirAnnee(demandee: string, c: Catalogue, aujourdhui: string): string {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  const n = /^\d{4}$/.test(demandee) ? Number(demandee) : Number(aujourdhui.slice(0, 4));
  return String(Math.min(Math.max(n, premiere), derniere));
}

/** Sums of persons reached speak first, then counts; people understand agents trained before percentages. */
function rang(f: FigureSuivie): number {
  const c = f.mesure.calcul;
  const somme = typeof c === 'object' && c !== null && ('somme' in c || 'addition' in c) ? 2 : 0;
  const personnes = /agents|élèves|jeunes|personnes|bénéficiaires|participants/.test(f.mesure.unite) ? 3 : 0;
  return somme + personnes + Math.min(1, (f.chiffre.valeur ?? 0) / 1000);
}

/** The most telling computed figures, `parAxe` of each axis, at most one a fiche. */
export function choisirFigures(c: Catalogue, suivi: ReadonlyMap<string, FigureSuivie>, parAxe: number): FigureSuivie[] {
  return c.axes.flatMap((axe) => {
    const parFiche = [...c.fiches.values()]
      .filter((f) => f.axe === axe.numero)
      .flatMap((f) => {
        const meilleures = f.mesures
          .flatMap((m) => suivi.get(m.id) ?? [])
          .filter((x) => x.mesure.obtention === 'calcul' && x.chiffre.etat === 'valeur' && x.mesure.unite !== '%')
          .sort((a, b) => rang(b) - rang(a));
        return meilleures.slice(0, 1);
      });
    return parFiche.sort((a, b) => rang(b) - rang(a)).slice(0, parAxe);
  });
}

/** The figure that a fiche is best known by: the first computed one with a value, else the first known. */
function figureDeTete(fiche: Fiche, suivi: ReadonlyMap<string, FigureSuivie>): FigureSuivie | null {
  const figures = fiche.mesures.flatMap((m) => suivi.get(m.id) ?? []);
  const connues = figures.filter((f) => f.chiffre.valeur !== null);
  return connues.filter((f) => f.mesure.obtention === 'calcul').sort((a, b) => rang(b) - rang(a))[0] ?? connues[0] ?? null;
}

export interface EtatFiche {
  fiche: Fiche;
  completude: Completude;
  tete: FigureSuivie | null;
  lignesAvecPreuve: number;
  /** Records that are evidence for the fiche. */
  preuves: number;
}
export function etatDeFiche(fiche: Fiche, suivi: ReadonlyMap<string, FigureSuivie>, appuis: Appuis): EtatFiche {
  return {
    fiche,
    completude: completude(fiche.mesures.flatMap((m) => suivi.get(m.id)?.chiffre ?? [])),
    tete: figureDeTete(fiche, suivi),
    lignesAvecPreuve: fiche.lignes.filter((l) => !estSansRien(appuiDeLigne(appuis, l.id))).length,
    preuves: appuis.fiches.get(fiche.numero) ?? 0,
  };
}
