/** What public pages read: figures, evidence and freshness through the modules that own them; never a record. */
import type { Db } from '../../core/base/database.ts';
import { lireGarde } from '../../core/base/kept-reads.ts';
import type { Mesure } from '../contrats/index.ts';
import {
  type Appuis,
  type Chiffre,
  type Comparaison,
  direPortee,
  type EnDirect,
  type FormulaireDeContrat,
  getAppuis,
  getComparaisons,
  getFigures,
  getFraicheur,
} from '../indicateurs/index.ts';

export interface FigureSuivie {
  mesure: Mesure;
  chiffre: Chiffre;
  /** The same months of two years; null where like would not stand beside like, or until they are asked. */
  comparaison: Comparaison | null;
  /** From the contract's first year to the one asked. */
  annees: { annee: string; chiffre: Chiffre; enCours: string | undefined }[];
}

export interface Cadre {
  db: Db;
  contratId: number;
  f: FormulaireDeContrat;
  annee: string;
  territoireId: string;
  /** Day of the request, on the contract's clock. */
  aujourdhui: string;
  /** Sources that the reader has as they are written, and their names: what is kept for them is for those who read the same. */
  enDirect: EnDirect;
  vue: string;
}

/** Years of the contract up to the one asked. */
export function anneesJusqua(f: FormulaireDeContrat, annee: string): string[] {
  const premiere = Number(f.catalogue.contrat.debut.slice(0, 4));
  return Array.from({ length: Math.max(1, Number(annee) - premiere + 1) }, (_, i) => String(premiere + i));
}

/** Figures of these measures with their past, by measure id, in three index reads whatever their number; `comparer` adds what they compare with. */
export function getSuivi(k: Cadre, mesures: readonly Mesure[]): Promise<ReadonlyMap<string, FigureSuivie>> {
  const octets = (s: ReadonlyMap<string, FigureSuivie>) => s.size * (1 + anneesJusqua(k.f, k.annee).length) * OCTETS_PAR_CHIFFRE;
  return lireGarde(k.db, cle(k, 'suivi', mesures), octets, () => lireSuivi(k, mesures));
}

/** Reads are the same for everybody: contract, year, place and day, and the measures that are asked. */
const cle = (k: Cadre, quoi: string, mesures: readonly Mesure[]): string =>
  [
    quoi,
    k.contratId,
    k.vue,
    k.annee,
    k.territoireId,
    k.aujourdhui,
    mesures.length === k.f.catalogue.mesures.size ? 'toutes' : mesures.map((m) => m.id).join(),
  ].join(' ');
/** About what a figure takes in memory. */
const OCTETS_PAR_CHIFFRE = 200;

async function lireSuivi(k: Cadre, mesures: readonly Mesure[]): Promise<Map<string, FigureSuivie>> {
  const annees = anneesJusqua(k.f, k.annee);
  const figures = await getFigures(k.db, k.contratId, k.f, {
    mesures: mesures.map((m) => m.id),
    periodes: annees,
    aujourdhui: k.aujourdhui,
    territoireId: k.territoireId,
    aire: k.f.catalogue.aire(k.territoireId),
    enDirect: k.enDirect,
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
        comparaison: null,
        annees: annees.map((annee) => ({
          annee,
          chiffre: lire(annee, mesure.id),
          enCours: direPortee(lire(annee, mesure.id), annee, k.aujourdhui),
        })),
      },
    ]),
  );
}

/** The same figures with the complete months of this year and of the one before: asked for those that are shown. */
export async function comparer<F extends FigureSuivie>(k: Cadre, figures: readonly F[]): Promise<F[]> {
  const mesures = figures.map((x) => x.mesure);
  const comparaisons = await lireGarde(
    k.db,
    cle(k, 'comparaisons', mesures),
    (lues) => (1 + lues.size) * OCTETS_PAR_CHIFFRE,
    () =>
      getComparaisons(k.db, k.contratId, k.f, {
        mesures: mesures.map((m) => m.id),
        periode: k.annee,
        territoireId: k.territoireId,
        aire: k.f.catalogue.aire(k.territoireId),
        aujourdhui: k.aujourdhui,
        enDirect: k.enDirect,
      }),
  );
  return figures.map((x) => ({ ...x, comparaison: comparaisons.get(x.mesure.id) ?? null }));
}

/** Evidence of the year by fiche and by action line. */
export const getAppuisDe = (k: Cadre, fiches: readonly string[]): Promise<Appuis> =>
  lireGarde(
    k.db,
    `${cle(k, 'appuis', [])} ${fiches.join()}`,
    (a) => (a.fiches.size + a.lignes.size) * OCTETS_PAR_CHIFFRE,
    () => getAppuis(k.db, k.contratId, k.f, { fiches, annee: k.annee, territoireId: k.territoireId, aujourdhui: k.aujourdhui, enDirect: k.enDirect }),
  );

/** Last month recorded of the sources that feed a measure, `YYYY-MM`. */
export async function getFraicheurDesMesures(k: Cadre): Promise<(id: string) => string | null> {
  const parSource = await lireGarde(
    k.db,
    `fraicheur ${k.contratId} ${k.vue} ${k.aujourdhui}`,
    (f) => f.size * OCTETS_PAR_CHIFFRE,
    () => getFraicheur(k.db, k.contratId, k.f.sources.values(), k),
  );
  return (id) => {
    const mois = (k.f.formules.get(id)?.atomes ?? []).flatMap((a) => parSource.get(a.source) ?? []);
    return mois.sort().at(-1) ?? null;
  };
}
