/** « Ces chiffres ont bougé » : from the deltas that a write applied to the cells, whatever the number of records behind. */
import type { Db } from '../../../core/base/database.ts';
import type { Delta } from '../calcul/cellules.queries.ts';
import { horloge, jourDe } from '../../../core/clock.ts';
import { situer } from '../chiffres.rules.ts';
import { lireChiffres } from '../chiffres.ts';
import { besoins, evaluer, type Lectures, periodesUtiles } from '../evaluation.rules.ts';
import { type FormulaireDeContrat, getFormulaire } from '../formulaires.ts';
import { getDistinctsMus, getEnregistrementsParAnnee } from './mouvements.queries.ts';
import {
  agregatsAvant,
  anneeDuDelta,
  choisirMouvements,
  ecrireDit,
  enregistrementsSans,
  type Mouvement,
  type Mouvements,
  netter,
  RIEN_NE_BOUGE,
  type Tenues,
  tenuesAvant,
} from './mouvements.rules.ts';

const MESURES_MAX = 12;
const ANNEES_MAX = 4;
/** Places told beside the whole contract: those of a file that speaks of a few, the first ones of a file that speaks of all. */
const LIEUX_MAX = 5;

/** What a write added, and what was written after it and is in the figures already. */
interface Ecriture {
  deltas: readonly Delta[];
  ensuite: readonly Delta[];
  /** Both: the `ensuite` of the write before. */
  avecElle: readonly Delta[];
}

/**
 * Which displayed figures these deltas changed: the whole contract and the places touched, ratios included. Call it in the
 * transaction of the write, after its last delta, with all of them. Reads cells only: a write of ten thousand rows costs what
 * one of ten costs.
 */
export async function ceQuiABouge(tx: Db, contratId: number, deltas: readonly Delta[], max = MESURES_MAX): Promise<Mouvements> {
  return (await raconter(tx, contratId, [{ deltas, ensuite: [], avecElle: netter(deltas) }], max))[0] ?? RIEN_NE_BOUGE;
}

/** The same for several writes, whose figures are read once. */
export async function raconter(tx: Db, contratId: number, ecritures: readonly Ecriture[], max = MESURES_MAX): Promise<Mouvements[]> {
  const f = await getFormulaire(tx, contratId);
  const aujourdhui = jourDe(horloge(), f.catalogue.contrat.fuseau);
  const sourcesDes = (deltas: readonly Delta[]) => [...new Set(deltas.flatMap((d) => (d.cle.startsWith(REGISTRE) ? [d.cle.slice(REGISTRE.length)] : [])))];
  const tenus = await getEnregistrementsParAnnee(tx, contratId, sourcesDes(ecritures.flatMap((e) => [...e.deltas, ...e.ensuite])));
  const aDire = ecritures.map((e) => {
    const nets = netter(e.deltas);
    const sources = sourcesDes(nets);
    return {
      ...e,
      nets,
      periodes: [...new Set(nets.map(anneeDuDelta))].sort().reverse().slice(0, ANNEES_MAX),
      mesures: nets.length === 0 ? [] : mesuresTouchees(f, nets, sources, enregistrementsSans(tenus, e.ensuite)),
    };
  });
  const mesures = [...new Set(aDire.flatMap((e) => e.mesures))];
  const periodes = [...new Set(aDire.flatMap((e) => e.periodes))].sort().reverse();
  const utiles = periodesUtiles(periodes, aujourdhui);
  const lus = new Map<string, Lectures>();
  const lire = async (territoireId: string): Promise<Lectures> => {
    const deja = lus.get(territoireId);
    if (deja) return deja;
    const aire = f.catalogue.aire(territoireId);
    const [faite] = await lireChiffres(tx, contratId, f, { territoireId, aire }, [{ mesures, periodes, aujourdhui }]);
    lus.set(territoireId, faite);
    return faite;
  };
  /** The figures of a place without these deltas. */
  const avantEux = new Map<readonly Delta[], Map<string, Lectures>>();
  const sans = async (territoireId: string, deltas: readonly Delta[]): Promise<Lectures> => {
    const lectures = await lire(territoireId);
    if (deltas.length === 0) return lectures;
    const faites = avantEux.get(deltas) ?? new Map<string, Lectures>();
    avantEux.set(deltas, faites);
    const deja = faites.get(territoireId) ?? (await retrancher(territoireId, lectures, deltas));
    faites.set(territoireId, deja);
    return deja;
  };
  const retrancher = async (territoireId: string, lectures: Lectures, deltas: readonly Delta[]): Promise<Lectures> => {
    const aire = f.catalogue.aire(territoireId);
    const lieu = aire === null ? null : new Set(aire);
    const siens = lieu === null ? deltas : deltas.filter((d) => lieu.has(d.territoireId));
    const distincts = await getDistinctsMus(tx, contratId, siens, aire, periodes);
    return {
      ...lectures,
      agregats: agregatsAvant(lectures.agregats, siens, utiles, distincts),
      tenues: tenuesAvant(lectures.tenues, tenus, deltas, sourcesDes(deltas), utiles),
    };
  };
  const dits: Mouvements[] = [];
  for (const e of aDire) {
    const tous: Mouvement[] = [];
    for (const territoireId of e.mesures.length === 0 ? [] : lieuxTouches(f, e.nets)) {
      const apres = await sans(territoireId, e.ensuite);
      const avant = await sans(territoireId, e.avecElle);
      for (const p of e.periodes)
        for (const id of e.mesures) {
          const m = f.mesures.get(id);
          if (!m) continue;
          const [av, ap] = [avant, apres].map((l) => situer(evaluer(id, p, l), aujourdhui));
          if (!av || !ap || ecrireDit(av, m.unite) === ecrireDit(ap, m.unite)) continue;
          const [dAvant, dApres] = [av, ap].map((x) => ({ etat: x.etat, valeur: x.valeur }));
          if (dAvant && dApres) tous.push({ mesureId: id, libelle: m.court, unite: m.unite, periode: p, territoireId, avant: dAvant, apres: dApres });
        }
    }
    dits.push(tous.length === 0 ? RIEN_NE_BOUGE : choisirMouvements(tous, max));
  }
  return dits;
}
const REGISTRE = '_registre/';

const lecteurs = new WeakMap<FormulaireDeContrat, ReadonlyMap<string, readonly string[]>>();
/** Which measures read the cells of each atom, through ratios and variations too. */
function lecteursDe(f: FormulaireDeContrat): ReadonlyMap<string, readonly string[]> {
  const deja = lecteurs.get(f);
  if (deja) return deja;
  const parCle = new Map<string, string[]>();
  for (const id of f.formules.keys()) for (const cle of besoins([id], f.formules).atomes.keys()) parCle.set(cle, [...(parCle.get(cle) ?? []), id]);
  lecteurs.set(f, parCle);
  return parCle;
}

/** Measures that read a cell that moved; and all those of a register that has just begun, or ceased, to be kept in a year. */
function mesuresTouchees(f: FormulaireDeContrat, nets: readonly Delta[], sources: readonly string[], enregistrements: Tenues): string[] {
  const cles = new Set(nets.map((d) => d.cle));
  const avant = (t: Tenues[number]) =>
    t.nombre - nets.filter((d) => d.cle === `${REGISTRE}${t.source}` && anneeDuDelta(d) === t.annee).reduce((n, d) => n + d.nombre, 0);
  const basculees = new Set(
    sources.filter((s) => {
      const siennes = enregistrements.filter((t) => t.source === s);
      // A year whose cells are gone has no line any more.
      const finies = nets.some((d) => d.cle === `${REGISTRE}${s}` && d.nombre < 0 && !siennes.some((t) => t.annee === anneeDuDelta(d)));
      return finies || siennes.some((t) => t.nombre > 0 !== avant(t) > 0);
    }),
  );
  for (const x of f.formules.values()) for (const a of x.atomes) if (a.tenues.some((t) => basculees.has(t))) cles.add(a.cle);
  const touchees = new Set([...cles].flatMap((cle) => lecteursDe(f).get(cle) ?? []));
  return [...f.formules.keys()].filter((id) => touchees.has(id));
}

/** The whole contract, then the places of its first level where most was written. */
function lieuxTouches(f: FormulaireDeContrat, nets: readonly Delta[]): string[] {
  const c = f.catalogue;
  const poids = new Map<string, number>();
  for (const d of nets) {
    const premier = c.ascendants(d.territoireId).at(-2);
    if (premier) poids.set(premier.id, (poids.get(premier.id) ?? 0) + Math.abs(d.nombre));
  }
  return [
    c.racine.id,
    ...[...poids]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .slice(0, LIEUX_MAX)
      .map(([id]) => id),
  ];
}
