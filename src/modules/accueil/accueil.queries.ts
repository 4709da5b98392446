/** What public pages read: figures, evidence and freshness through the modules that own them; never a record. */
import type { Db } from '../../core/base/database.ts';
import type { Mesure } from '../contrats/index.ts';
import { type Appuis, type Chiffre, type FormulaireDeContrat, getAppuis, getFigures, getFraicheur, getParTerritoireDe } from '../indicateurs/index.ts';

export interface FigureSuivie {
  mesure: Mesure;
  chiffre: Chiffre;
  precedent: Chiffre;
  /** From the contract's first year to the one asked. */
  annees: { annee: string; chiffre: Chiffre }[];
}

export interface Cadre {
  db: Db;
  contratId: number;
  f: FormulaireDeContrat;
  annee: string;
  territoireId: string;
}

/** Years of the contract up to the one asked. */
export function anneesJusqua(f: FormulaireDeContrat, annee: string): string[] {
  const premiere = Number(f.catalogue.contrat.debut.slice(0, 4));
  return Array.from({ length: Math.max(1, Number(annee) - premiere + 1) }, (_, i) => String(premiere + i));
}

/** Figures of these measures with their past, by measure id, in three index reads whatever their number. */
export async function getSuivi(k: Cadre, mesures: readonly Mesure[]): Promise<Map<string, FigureSuivie>> {
  const annees = anneesJusqua(k.f, k.annee);
  const avant = String(Number(k.annee) - 1);
  const periodes = [...new Set([...annees, avant])];
  const figures = await getFigures(k.db, k.contratId, k.f, {
    mesures: mesures.map((m) => m.id),
    periodes,
    territoireId: k.territoireId,
    aire: k.f.catalogue.aire(k.territoireId),
  });
  const lire = (p: string, id: string): Chiffre => {
    const c = figures.get(p)?.get(id);
    if (!c) throw new Error(`Figure non lue : ${id} ${p}`);
    return c;
  };
  return new Map(
    mesures.map((mesure) => [
      mesure.id,
      {
        mesure,
        chiffre: lire(k.annee, mesure.id),
        precedent: lire(avant, mesure.id),
        annees: annees.map((annee) => ({ annee, chiffre: lire(annee, mesure.id) })),
      },
    ]),
  );
}

/** Evidence of the year by fiche and by action line. */
export const getAppuisDe = (k: Cadre, fiches: readonly string[]): Promise<Appuis> =>
  getAppuis(k.db, k.contratId, k.f, { fiches, annee: k.annee, territoireId: k.territoireId });

/** Last month recorded of the sources that feed a measure, `YYYY-MM`. */
export async function getFraicheurDesMesures(k: Cadre): Promise<(id: string) => string | null> {
  const parSource = await getFraicheur(k.db, k.contratId, [...k.f.sources.keys()]);
  return (id) => {
    const mois = (k.f.formules.get(id)?.atomes ?? []).flatMap((a) => parSource.get(a.source) ?? []);
    return mois.sort().at(-1) ?? null;
  };
}

/** One computed measure in every territory of a level, for maps. */
export const getCarte = (k: Cadre, mesure: Mesure, territoires: readonly string[]): Promise<Map<string, Chiffre>> =>
  getParTerritoireDe(k.db, k.contratId, k.f, mesure.id, k.annee, territoires);
