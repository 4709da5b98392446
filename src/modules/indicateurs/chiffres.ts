/** The reading side that pages call: figures of many measures over periods and a territory, in a handful of index reads. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Formulaire } from './calcul/cellules.queries.ts';
import { type Aire, getAgregats, getSourcesTenues, listTotauxCollectes } from './chiffres.queries.ts';
import { type Agregat, type Chiffre, type Comparaison, figer, situer, type ValeurLue } from './chiffres.rules.ts';
import { anneesDe, besoins, comparer, estUneEvolution, evaluer, type Lectures, type MesureSuivie, periodesUtiles } from './evaluation.rules.ts';
import { lirePeriode, periodesComparees } from './periode.rules.ts';
import { casesDe } from './saisie/grain.rules.ts';
import type { Ensemble } from './saisie/totaux.rules.ts';
import { listVerrousEnVigueur, type VerrouEnVigueur } from './signature/verrous.queries.ts';
import { verrouSur } from './signature/verrous.rules.ts';

export interface Demande {
  mesures: readonly string[];
  periodes: readonly string[];
  /** Territory of the figures; collected values are looked up for it alone. */
  territoireId: string;
  /** The territory and all below it; null when it is the whole contract. */
  aire: Aire;
  /** Collected values: what was validated (everyone's, where left out), or the latest given (partners'). */
  ensemble?: Ensemble;
  /** Day of the request, on the contract's clock: what is late, which months are complete. */
  aujourdhui: string;
}

/** `figures.get(periode)?.get(mesureId)`. Every measure asked has a figure, be it missing. */
export type Figures = ReadonlyMap<string, ReadonlyMap<string, Chiffre>>;
/** By measure; those of which nothing honest can be compared are absent. */
export type Comparaisons = ReadonlyMap<string, Comparaison>;

export async function getFigures(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Figures> {
  const [lectures, verrous] = await lireEnsemble(db, [() => lireChiffres(db, contratId, f, d), () => listVerrousEnVigueur(db, contratId, d.aujourdhui)]);
  const dire = (id: string, p: string): Chiffre => {
    const c = situer(evaluer(id, p, lectures), d.aujourdhui);
    return direPart(f, id, estFige(f, verrous, id, p) ? figer(c) : c);
  };
  return new Map(d.periodes.map((p) => [p, new Map(d.mesures.map((id) => [id, dire(id, p)]))]));
}

/** What stands beside these figures when `periode` is shown: complete months, and the same months one year before. */
export async function getComparaisons(
  db: Db,
  contratId: number,
  f: FormulaireSuivi,
  { periode, ...d }: Omit<Demande, 'periodes'> & { periode: string },
): Promise<Comparaisons> {
  const k = periodesComparees(periode, d.aujourdhui);
  const mesures = d.mesures.filter((id) => {
    const m = f.mesures.get(id);
    return m !== undefined && m.obtention !== 'narratif' && !estUneEvolution(m, f.formules.get(id));
  });
  if (!k || mesures.length === 0) return new Map();
  const lectures = await lireChiffres(db, contratId, f, { ...d, mesures, periodes: [k.periode, k.precedente] });
  return new Map(
    mesures.flatMap((id) => {
      const x = comparer(id, periode, lectures);
      return x ? [[id, x] as const] : [];
    }),
  );
}

/** Given by people, for a period in which none of them may give it any more. */
function estFige(f: FormulaireSuivi, verrous: readonly VerrouEnVigueur[], id: string, p: string): boolean {
  const m = f.mesures.get(id);
  if (!m || m.obtention === 'calcul' || verrous.length === 0 || !lirePeriode(p)) return false;
  const fiche = f.catalogue?.chiffre(id)?.fiche ?? '';
  return m.aupres.every((debiteur) => verrouSur(verrous, { mesureId: id, fiche, periode: p, debiteur }) !== undefined);
}

/** A number that holds one part of what the text asks says which, wherever it goes. */
const direPart = (f: FormulaireSuivi, id: string, c: Chiffre): Chiffre => {
  const part = f.mesures.get(id)?.part;
  return part && c.valeur !== null ? { ...c, part } : c;
};

type FormulaireSuivi = Formulaire & { mesures: ReadonlyMap<string, MesureSuivie>; catalogue?: Catalogue };

/** Everything that these figures are evaluated from. The atoms of a change are read over its own periods too, the others are not. */
export async function lireChiffres(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Lectures> {
  const { atomes, collectees, varies } = besoins(d.mesures, f.formules);
  const siennes = varies.atomes.size + varies.collectees.length > 0 ? periodesUtiles(d.periodes, d.aujourdhui).filter((p) => !d.periodes.includes(p)) : [];
  const periodes = [...d.periodes, ...siennes];
  const [agregats, desVaries, tenues, valeurs] = await lireEnsemble(db, [
    () => getAgregats(db, contratId, atomes, d.periodes, d.aire),
    () => (siennes.length > 0 ? getAgregats(db, contratId, varies.atomes, siennes, d.aire) : new Map<string, Agregat>()),
    () => (atomes.size > 0 ? getSourcesTenues(db, contratId, tenuesDe(f, atomes), periodes) : new Set<string>()),
    () => listTotauxCollectes(db, contratId, collectees, { annees: anneesDe(periodes), territoireId: d.territoireId, ensemble: d.ensemble ?? 'valide' }),
  ]);
  return {
    formules: f.formules,
    mesures: f.mesures,
    agregats: new Map([...agregats, ...desVaries]),
    tenues,
    valeurs: parCle(valeurs),
    partie: d.aire !== null,
    ici: duesIci(f, collectees, d),
    aujourdhui: d.aujourdhui,
  };
}

/** Feeds that tell a zero from a silence for these atoms. */
const tenuesDe = (f: Formulaire, atomes: ReadonlyMap<string, unknown>): string[] => [
  ...new Set([...f.formules.values()].flatMap((x) => x.atomes).flatMap((a) => (atomes.has(a.cle) ? a.tenues : []))),
];
/** Those of the measures asked that somebody owes there. */
const duesIci = (f: FormulaireSuivi, ids: readonly string[], d: Demande): Set<string> => {
  const c = f.catalogue;
  if (!c || d.aire === null) return new Set();
  return new Set(
    ids.filter((id) => {
      const m = c.chiffre(id);
      return m !== undefined && casesDe(m, c).some((x) => c.contient(d.territoireId, x.territoireId));
    }),
  );
};

const parCle = (valeurs: readonly ValeurLue[]): Map<string, ValeurLue> => new Map(valeurs.map((v) => [`${v.mesureId}|${v.periode}`, v]));
