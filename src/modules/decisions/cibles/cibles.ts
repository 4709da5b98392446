/** Targets in force with the figures that they speak of: what pages and files show. */
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { jour } from '../../../ui/typographie.ts';
import { type EnDirect, type FormulaireDeContrat, getFigures } from '../../indicateurs/index.ts';
import { numeroEcrit } from '../decisions.rules.ts';
import { type CibleLue, listCibles } from './cibles.queries.ts';
import { anneesComparables, type Ecart, ecartDe, type Sens } from './cibles.rules.ts';

export interface Cible extends CibleLue {
  valeur: number;
  sens: Sens;
  ecart: Ecart | null;
  reference: string;
}
export interface OuDeCibles {
  f: FormulaireDeContrat;
  territoireId: string;
  /** The year that the page shows. */
  annee: string;
  aujourdhui: string;
  /** Sources that the reader has as they are written; left out, as the public reads. */
  enDirect?: EnDirect | undefined;
}

/** « D12, Conseil de sécurité, 3 février 2026 »; what is closed to others is not named. */
export const direReference = (c: CibleLue): string =>
  c.origine === null ? `décision réservée, ${jour(jourDe(c.decideeLe))}` : `${numeroEcrit(c)}, ${c.origine}, ${jour(jourDe(c.decideeLe))}`;

type Fixee = CibleLue & { valeur: number; sens: Sens };
const estFixee = (c: CibleLue): c is Fixee => c.valeur !== null && c.sens !== null;
/** The last word on each; one that was withdrawn, or whose decision was given up, is none. */
export const enVigueur = (lues: readonly CibleLue[]): Fixee[] =>
  lues
    .filter((c, i) => lues.findIndex((x) => x.mesureId === c.mesureId && x.territoireId === c.territoireId && x.annee === c.annee) === i)
    .filter((c) => !c.abandonnee)
    .filter(estFixee);

export async function getCibles(db: Db, contratId: number, mesures: readonly string[], o: OuDeCibles): Promise<Cible[]> {
  const { catalogue } = o.f;
  const fixees = enVigueur(await listCibles(db, contratId, { mesures, territoireId: o.territoireId })).filter((c) => o.f.mesures.has(c.mesureId));
  if (fixees.length === 0) return [];
  const comparables = (c: Fixee) =>
    anneesComparables(c, { montree: Number(o.annee), debut: Number(catalogue.contrat.debut.slice(0, 4)), aujourdhui: o.aujourdhui });
  const figures = await getFigures(db, contratId, o.f, {
    mesures: [...new Set(fixees.map((c) => c.mesureId))],
    periodes: [...new Set(fixees.flatMap(comparables))].map(String),
    territoireId: o.territoireId,
    aire: catalogue.aire(o.territoireId),
    aujourdhui: o.aujourdhui,
    enDirect: o.enDirect,
  });
  return fixees.map((c) => ({
    ...c,
    ecart: ecartDe(c, comparables(c), (annee) => figures.get(String(annee))?.get(c.mesureId)),
    reference: direReference(c),
  }));
}
