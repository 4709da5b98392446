/** « Ces chiffres ont bougé » : from the deltas that a write applied to the cells, whatever the number of records behind. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Delta } from '../calcul/cellules.queries.ts';
import { horloge, jourDe } from '../../../core/clock.ts';
import { situer } from '../chiffres.rules.ts';
import { lireChiffres } from '../chiffres.ts';
import { besoins, evaluer, periodesUtiles } from '../evaluation.rules.ts';
import { type FormulaireDeContrat, getFormulaire } from '../formulaires.ts';
import { addMouvements, type Cause, getDistinctsMus, getEnregistrementsParAnnee } from './mouvements.queries.ts';
import {
  agregatsAvant,
  anneeDuDelta,
  choisirMouvements,
  ecrireDit,
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

/**
 * Which displayed figures these deltas changed: the whole contract and the places touched, ratios included. Call it in the
 * transaction of the write, after its last delta, with all of them. Reads cells only: a write of ten thousand rows costs what
 * one of ten costs.
 */
export async function ceQuiABouge(tx: Db, contratId: number, deltas: readonly Delta[], max = MESURES_MAX): Promise<Mouvements> {
  const nets = netter(deltas);
  if (nets.length === 0) return RIEN_NE_BOUGE;
  const f = await getFormulaire(tx, contratId);
  const periodes = [...new Set(nets.map(anneeDuDelta))].sort().reverse().slice(0, ANNEES_MAX);
  const sources = [...new Set(nets.flatMap((d) => (d.cle.startsWith('_registre/') ? [d.cle.slice('_registre/'.length)] : [])))];
  const enregistrements = await getEnregistrementsParAnnee(tx, contratId, sources);
  const mesures = mesuresTouchees(f, nets, sources, enregistrements);
  if (mesures.length === 0) return RIEN_NE_BOUGE;
  const aujourdhui = jourDe(horloge(), f.catalogue.contrat.fuseau);
  const tous: Mouvement[] = [];
  for (const territoireId of lieuxTouches(f, nets)) {
    const aire = f.catalogue.aire(territoireId);
    const lieu = aire === null ? null : new Set(aire);
    const siens = lieu === null ? nets : nets.filter((d) => lieu.has(d.territoireId));
    const [lectures, distincts] = await lireEnsemble(tx, [
      () => lireChiffres(tx, contratId, f, { mesures, periodes, territoireId, aire, aujourdhui }),
      () => getDistinctsMus(tx, contratId, siens, aire, periodes),
    ]);
    const utiles = periodesUtiles(periodes, aujourdhui);
    const avant = {
      ...lectures,
      agregats: agregatsAvant(lectures.agregats, siens, utiles, distincts),
      tenues: tenuesAvant(lectures.tenues, enregistrements, nets, sources, utiles),
    };
    for (const periode of periodes)
      for (const id of mesures) {
        const m = f.mesures.get(id);
        if (!m) continue;
        const [av, ap] = [avant, lectures].map((l) => situer(evaluer(id, periode, l), aujourdhui));
        if (!av || !ap) continue;
        if (ecrireDit(av, m.unite) === ecrireDit(ap, m.unite)) continue;
        tous.push({
          mesureId: id,
          libelle: m.court,
          unite: m.unite,
          periode,
          territoireId,
          avant: { etat: av.etat, valeur: av.valeur },
          apres: { etat: ap.etat, valeur: ap.valeur },
        });
      }
  }
  return choisirMouvements(tous, max);
}

/** The same, kept with the write: its page tells it as long as it is there. */
export async function noterMouvements(tx: Db, contratId: number, cause: Cause, deltas: readonly Delta[]): Promise<void> {
  const m = await ceQuiABouge(tx, contratId, deltas);
  if (m.chiffres.length > 0) await addMouvements(tx, contratId, cause, m);
}

/** Measures that read a cell that moved; and all those of a register that has just begun, or ceased, to be kept in a year. */
function mesuresTouchees(f: FormulaireDeContrat, nets: readonly Delta[], sources: readonly string[], enregistrements: Tenues): string[] {
  const cles = new Set(nets.map((d) => d.cle));
  const avant = (t: Tenues[number]) =>
    t.nombre - nets.filter((d) => d.cle === `_registre/${t.source}` && anneeDuDelta(d) === t.annee).reduce((n, d) => n + d.nombre, 0);
  const basculees = new Set(
    sources.filter((s) => {
      const siennes = enregistrements.filter((t) => t.source === s);
      // A year whose cells are gone has no line any more.
      const finies = nets.some((d) => d.cle === `_registre/${s}` && d.nombre < 0 && !siennes.some((t) => t.annee === anneeDuDelta(d)));
      return finies || siennes.some((t) => t.nombre > 0 !== avant(t) > 0);
    }),
  );
  for (const x of f.formules.values()) for (const a of x.atomes) if (a.tenues.some((t) => basculees.has(t))) cles.add(a.cle);
  return [...f.formules.keys()].filter((id) => [...besoins([id], f.formules).atomes.keys()].some((cle) => cles.has(cle)));
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
