/** The reading side that pages call: figures of many measures over periods and a territory, in a handful of index reads. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import type { Formulaire } from './calcul/cellules.queries.ts';
import { type Aire, getAgregats, getSourcesTenues, listTotauxCollectes } from './chiffres.queries.ts';
import { type Chiffre, situer, type ValeurLue } from './chiffres.rules.ts';
import { anneesDe, besoins, evaluer, type Lectures, type MesureSuivie, periodesUtiles } from './evaluation.rules.ts';

export interface Demande {
  mesures: readonly string[];
  periodes: readonly string[];
  /** Territory of the figures; collected values are looked up for it alone. */
  territoireId: string;
  /** The territory and all below it; null when it is the whole contract. */
  aire: Aire;
}

/** `figures.get(periode)?.get(mesureId)`. Every measure asked has a figure, be it missing. */
export type Figures = ReadonlyMap<string, ReadonlyMap<string, Chiffre>>;

export async function getFigures(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Figures> {
  const lectures = await lireChiffres(db, contratId, f, d);
  return new Map(d.periodes.map((p) => [p, new Map(d.mesures.map((m) => [m, situer(evaluer(m, p, lectures))]))]));
}

type FormulaireSuivi = Formulaire & { mesures: ReadonlyMap<string, MesureSuivie> };

/** Everything that these figures are evaluated from. */
export async function lireChiffres(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Lectures> {
  const { atomes, collectees } = besoins(d.mesures, f.formules);
  const periodes = periodesUtiles(d.periodes);
  const [agregats, tenues, valeurs] = await lireEnsemble(db, [
    () => getAgregats(db, contratId, atomes, periodes, d.aire),
    () => (atomes.size > 0 ? getSourcesTenues(db, contratId, [...f.sources.keys()], periodes) : new Set<string>()),
    () => listTotauxCollectes(db, contratId, collectees, anneesDe(periodes), d.territoireId),
  ]);
  return { formules: f.formules, mesures: f.mesures, agregats, tenues, valeurs: parCle(valeurs), partie: d.aire !== null };
}

const parCle = (valeurs: readonly ValeurLue[]): Map<string, ValeurLue> => new Map(valeurs.map((v) => [`${v.mesureId}|${v.periode}`, v]));
