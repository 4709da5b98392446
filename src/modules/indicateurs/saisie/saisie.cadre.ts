/** What the form of a collected figure is about: which debtor, places, period and rows, among those that this person may enter. */
import { type Contient, territoireDe, type Utilisateur } from '../../../core/authorize.ts';
import { type Catalogue, type Mesure, TOUT } from '../../contrats/index.ts';
import { type ContributionVisee, peutSaisir, repondPour } from '../indicateurs.policy.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { periode as bornes } from '../periode.rules.ts';
import { type Case, cellulesDe, cleDe, type CleDeVentilation, donts, genreDe, partition, periodesOuvertes, repondants, territoiresDe } from './grain.rules.ts';

function maisonDe(c: Catalogue, id: string): string {
  const parent = c.acteurs.get(id)?.parent;
  return parent && parent !== id && c.acteurs.has(parent) ? maisonDe(c, parent) : id;
}
/** A contribution as rights see it. */
export const viser = (c: Catalogue, m: Pick<Mesure, 'fiche'>, x: Case): ContributionVisee => ({
  fiche: m.fiche,
  territoireId: x.territoireId,
  repondants: repondants(c, x),
  locale: c.acteurs.get(x.debiteur)?.local !== undefined,
  memeMaison: (id) => maisonDe(c, id) === maisonDe(c, x.debiteur),
});
type Droit = (u: Utilisateur | null, v: ContributionVisee, contient: Contient) => boolean;
/** Debtors and places of this measure for which this person may; none when it is computed. */
export const casesPermises = (u: Utilisateur | null, c: Catalogue, m: Mesure, droit: Droit = peutSaisir): Case[] =>
  m.obtention === 'calcul'
    ? []
    : m.aupres.flatMap((debiteur) =>
        territoiresDe(m, c, debiteur).flatMap((territoireId) =>
          droit(u, viser(c, m, { debiteur, territoireId }), c.contient) ? [{ debiteur, territoireId }] : [],
        ),
      );

/** Answers for that debtor, there: what a person is asked for, and may give without being of the coordination. */
export const repondAux = (u: Utilisateur | null, c: Catalogue, x: Case & { mesureId: string }): boolean => {
  const m = c.chiffre(x.mesureId);
  return m !== undefined && repondPour(u, viser(c, m, x), c.contient);
};

export interface Rangee extends Case {
  /** End of its fields' names; empty when the form has one value. */
  suffixe: string;
  ventilation: CleDeVentilation;
  libelle: string;
  /** A total given by hand beside its parts, or some of the total only: not added up. */
  aPart: boolean;
}
/** No more rows than a person fills at once. */
const RANGEES_MAX = 90;

export interface CadreDeSaisie {
  mesure: Mesure;
  periode: string;
  debiteur: string;
  /** `tous`: every place of the debtor at once. */
  territoire: string;
  rangees: Rangee[];
  choix: { periodes: readonly string[]; debiteurs: readonly string[]; territoires: readonly string[] };
}

const nomDe = (cle: CleDeVentilation) => cle.replaceAll('=', '-').replaceAll('&', '_');
function rangeesDe(m: Mesure, c: Catalogue, debiteur: string, lieux: readonly string[]): Rangee[] {
  const parties = partition(m).length > 0;
  const cellules = cellulesDe(m);
  const plusieurs = lieux.length > 1;
  const aCote = new Set(donts(m).map((x) => x.cle));
  return lieux.flatMap((territoireId) =>
    cellules.map((x) => {
      const total = x.cle === '' && (parties || (plusieurs && territoireId === c.racine.id));
      const quoi = x.cle !== '' ? x.libelle : total ? 'total donné tel quel, s’il l’est' : '';
      const lieu = c.territoires.get(territoireId)?.nom ?? territoireId;
      return {
        debiteur,
        territoireId,
        ventilation: x.cle,
        suffixe: cellules.length === 1 && !plusieurs ? '' : `.${territoireId}${x.cle === '' ? '' : `.${nomDe(x.cle)}`}`,
        libelle: plusieurs ? [lieu, quoi].filter(Boolean).join(' : ') : quoi === '' ? 'Valeur' : quoi.charAt(0).toUpperCase() + quoi.slice(1),
        aPart: total || aCote.has(x.cle),
      };
    }),
  );
}

/** What was asked, where the measure and the rights have it; what suits the person otherwise. `permises` is not empty. */
export function cadrerSaisie(
  c: Catalogue,
  m: Mesure,
  u: Utilisateur | null,
  permises: readonly Case[],
  o: { aujourdhui: string; periode: string; debiteur: string; territoire: string },
): CadreDeSaisie {
  const periodes = periodesOuvertes(m, c.contrat, o.aujourdhui);
  const debiteurs = [...new Set(permises.map((x) => x.debiteur))];
  const siens = casesPermises(u, c, m, repondPour).map((x) => x.debiteur);
  const ayantLeLieu =
    permises.find((x) => x.territoireId === o.territoire && siens.includes(x.debiteur)) ?? permises.find((x) => x.territoireId === o.territoire);
  const debiteur = debiteurs.includes(o.debiteur) ? o.debiteur : (ayantLeLieu?.debiteur ?? debiteurs.find((d) => siens.includes(d)) ?? debiteurs[0] ?? '');
  const lieux = permises.flatMap((x) => (x.debiteur === debiteur ? [x.territoireId] : []));
  const ensemble = lieux.length > 1 && genreDe(m) === 'nombre' && lieux.length * cellulesDe(m).length <= RANGEES_MAX;
  const territoires = ensemble ? [TOUT, ...lieux] : lieux;
  const sien = territoireDe(u) ?? '';
  const territoire = territoires.includes(o.territoire) ? o.territoire : lieux.includes(sien) ? sien : (territoires[0] ?? '');
  // The latest period that is over is the one that is waited for.
  const echue = periodes.find((p) => bornes(p).fin <= o.aujourdhui);
  return {
    mesure: m,
    periode: periodes.includes(o.periode) ? o.periode : (echue ?? periodes[0] ?? ''),
    debiteur,
    territoire,
    rangees: rangeesDe(m, c, debiteur, territoire === TOUT ? lieux : [territoire]),
    choix: { periodes, debiteurs, territoires },
  };
}

/** Rows that still wait beside others that were given: a total given by hand makes up for its parts. */
export function manquantes(k: Pick<CadreDeSaisie, 'rangees'>, courantes: ReadonlyMap<string, unknown>): Rangee[] {
  if (courantes.size === 0) return [];
  const donnees = k.rangees.filter((r) => courantes.has(r.suffixe));
  const totaux = donnees.filter((r) => r.aPart && r.ventilation === '');
  if (totaux.some((t) => !k.rangees.some((r) => !r.aPart && r.territoireId === t.territoireId))) return [];
  return k.rangees.filter((r) => !r.aPart && !courantes.has(r.suffixe) && !totaux.some((t) => t.territoireId === r.territoireId));
}
/** « Corriger » only where nothing waits any more. */
export const titreDeSaisie = (k: Pick<CadreDeSaisie, 'rangees'>, courantes: ReadonlyMap<string, unknown>): string =>
  courantes.size > 0 && manquantes(k, courantes).length === 0 ? 'Corriger un chiffre' : 'Fournir un chiffre';

/** The versions in force of what the form speaks of, by row. */
export const courantesDe = (k: CadreDeSaisie, versions: readonly ValeurCollectee[]): Map<string, ValeurCollectee> =>
  new Map(
    k.rangees.flatMap((r) => {
      const v = versions.find(
        (x) =>
          x.courante && x.periode === k.periode && x.debiteur === r.debiteur && x.territoireId === r.territoireId && cleDe(x.ventilation) === r.ventilation,
      );
      return v ? [[r.suffixe, v] as const] : [];
    }),
  );
