/** Choices made for the reader: which figures stand first, what a person owes. Pure. */
import type { Catalogue, Fiche } from '../contrats/index.ts';
import { type Appuis, appuiDeLigne, type Completude, completude, estEnRetard, estSansRien, rangDeFigure } from '../indicateurs/index.ts';
import type { FigureSuivie } from './accueil.queries.ts';

/** The year a page speaks of: the one asked when the contract has it, otherwise this year within the contract. */
export function choisirAnnee(demandee: string, c: Catalogue, aujourdhui: string): string {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  const n = /^\d{4}$/.test(demandee) ? Number(demandee) : Number(aujourdhui.slice(0, 4));
  return String(Math.min(Math.max(n, premiere), derniere));
}

/** What is late for the years before the one shown: the newest first. */
export function retardsDAvant(suivi: ReadonlyMap<string, FigureSuivie>, annee: string): { annee: string; nombre: number }[] {
  const parAnnee = new Map<string, number>();
  for (const f of suivi.values())
    for (const a of f.annees) if (a.annee < annee && estEnRetard(a.chiffre)) parAnnee.set(a.annee, (parAnnee.get(a.annee) ?? 0) + 1);
  return [...parAnnee].map(([a, nombre]) => ({ annee: a, nombre })).sort((a, b) => b.annee.localeCompare(a.annee));
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
  /** When no figure is known: the one that is late, awaited, or does not exist here. */
  absente: FigureSuivie | null;
  lignesAvecPreuve: number;
  /** Records that are evidence for the fiche. */
  preuves: number;
}
export function etatDeFiche(fiche: Fiche, suivi: ReadonlyMap<string, FigureSuivie>, appuis: Appuis): EtatFiche {
  const figures = fiche.mesures.flatMap((m) => suivi.get(m.id) ?? []);
  return {
    fiche,
    completude: completude(figures.map((x) => x.chiffre)),
    tete: figureDeTete(fiche, suivi),
    absente: figures.find((x) => x.chiffre.etat === 'manquant') ?? figures.find((x) => x.chiffre.etat === 'attendu') ?? figures[0] ?? null,
    lignesAvecPreuve: fiche.lignes.filter((l) => !estSansRien(appuiDeLigne(appuis, l.id))).length,
    preuves: appuis.fiches.get(fiche.numero) ?? 0,
  };
}
