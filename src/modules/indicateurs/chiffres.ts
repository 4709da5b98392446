/** The reading side that pages call: figures of many measures over periods and a territory, in a handful of index reads. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Formulaire } from './calcul/cellules.queries.ts';
import { type Aire, getAgregats, getSourcesTenues, listTotauxCollectes } from './chiffres.queries.ts';
import { type Chiffre, situer, type ValeurLue } from './chiffres.rules.ts';
import { besoins, evaluer, type Lectures, type MesureSuivie, periodesUtiles } from './evaluation.rules.ts';
import { casesDe } from './saisie/grain.rules.ts';
import type { Ensemble } from './saisie/totaux.rules.ts';

export interface Demande {
  mesures: readonly string[];
  periodes: readonly string[];
  /** Territory of the figures; collected values are looked up for it alone. */
  territoireId: string;
  /** The territory and all below it; null when it is the whole contract. */
  aire: Aire;
  /** Collected values: what was validated (everyone's, where left out), or the latest given (partners'). */
  ensemble?: Ensemble;
}

/** `figures.get(periode)?.get(mesureId)`. Every measure asked has a figure, be it missing. */
export type Figures = ReadonlyMap<string, ReadonlyMap<string, Chiffre>>;

export async function getFigures(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Figures> {
  const lectures = await lireChiffres(db, contratId, f, d);
  return new Map(d.periodes.map((p) => [p, new Map(d.mesures.map((m) => [m, situer(evaluer(m, p, lectures))]))]));
}

type FormulaireSuivi = Formulaire & { mesures: ReadonlyMap<string, MesureSuivie>; catalogue?: Catalogue };

/** Everything that these figures are evaluated from. */
export async function lireChiffres(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Lectures> {
  const { atomes, collectees } = besoins(d.mesures, f.formules);
  const periodes = periodesUtiles(d.periodes);
  const [agregats, tenues, valeurs] = await lireEnsemble(db, [
    () => getAgregats(db, contratId, atomes, periodes, d.aire),
    () => (atomes.size > 0 ? getSourcesTenues(db, contratId, [...f.sources.keys()], periodes) : new Set<string>()),
    () => listTotauxCollectes(db, contratId, collectees, { periodes, territoireId: d.territoireId, ensemble: d.ensemble ?? 'valide' }),
  ]);
  return { formules: f.formules, mesures: f.mesures, agregats, tenues, valeurs: parCle(valeurs), partie: d.aire !== null, ici: duesIci(f, collectees, d) };
}

/** Those of the measures asked that somebody owes there. */
const duesIci = (f: FormulaireSuivi, ids: readonly string[], d: Demande): Set<string> => {
  const c = f.catalogue;
  if (!c || d.aire === null) return new Set();
  return new Set(
    ids.filter((id) => {
      const m = c.mesures.get(id);
      return m !== undefined && casesDe(m, c).some((x) => c.contient(d.territoireId, x.territoireId));
    }),
  );
};

const parCle = (valeurs: readonly ValeurLue[]): Map<string, ValeurLue> => new Map(valeurs.map((v) => [`${v.mesureId}|${v.periode}`, v]));
