/** Choices made for the reader: which figures stand first, what a person owes. Pure. */
import type { Catalogue, Fiche } from '../contrats/index.ts';
import { type Completude, completude, rangDeFigure } from '../indicateurs/index.ts';
import type { FigureSuivie } from './accueil.queries.ts';

/** The year a page speaks of: the one asked when the contract has it, otherwise this year within the contract. */
export function choisirAnnee(demandee: string, c: Catalogue, aujourdhui: string): string {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  const n = /^\d{4}$/.test(demandee) ? Number(demandee) : Number(aujourdhui.slice(0, 4));
  return String(Math.min(Math.max(n, premiere), derniere));
}

/** The figure that a fiche is best known by: the first computed one with a value, else the first known. */
function figureDeTete(fiche: Fiche, suivi: ReadonlyMap<string, FigureSuivie>): FigureSuivie | null {
  const figures = fiche.mesures.flatMap((m) => suivi.get(m.id) ?? []);
  const connues = figures.filter((f) => f.chiffre.valeur !== null);
  return connues.filter((f) => f.mesure.obtention === 'calcul').sort((a, b) => rangDeFigure(b) - rangDeFigure(a))[0] ?? connues[0] ?? null;
}

export interface EtatFiche {
  fiche: Fiche;
  completude: Completude;
  tete: FigureSuivie | null;
  lignesAvecPreuve: number;
  preuves: number;
}
export function etatDeFiche(fiche: Fiche, suivi: ReadonlyMap<string, FigureSuivie>, preuves: ReadonlyMap<string, number>): EtatFiche {
  const nombres = fiche.lignes.map((l) => preuves.get(l.id) ?? 0);
  return {
    fiche,
    completude: completude(fiche.mesures.flatMap((m) => suivi.get(m.id)?.chiffre ?? [])),
    tete: figureDeTete(fiche, suivi),
    lignesAvecPreuve: nombres.filter((n) => n > 0).length,
    preuves: nombres.reduce((a, b) => a + b, 0),
  };
}
