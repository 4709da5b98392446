/** Choices made for the reader: which figures stand first, what a person owes. Pure. */
import type { Catalogue, Fiche } from '../contrats/index.ts';
import { type Appuis, appuiDeLigne, type Completude, completude, estSansRien, rangDeFigure } from '../indicateurs/index.ts';
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
