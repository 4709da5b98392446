/**
 * What a figure is: one of five states, never mixed. The algebra on figures is pure and tested by properties: missing
 * propagates, secret is never deduced, a rate without denominator has no meaning rather than a value.
 */
import type { Variation } from '../../ui/typographie.ts';

type EtatChiffre = 'valeur' | 'zero' | 'manquant' | 'secret' | 'sans_objet';

export interface Chiffre {
  etat: EtatChiffre;
  /** Null in every state but `valeur` and `zero`. */
  valeur: number | null;
  unite: string;
  /** Narrative measures: the text itself; `valeur` is then null and the state is `valeur`. */
  texte: string | null;
  /** Records counted whose quantity is not known: the sum is « at least ». */
  incomplet: number;
  /** Acteurs who owe it, when missing. */
  attenduDe: readonly string[];
  /** Day it was due (`YYYY-MM-DD`), when missing. */
  depuis: string | null;
  /** Given for the whole contract only: nobody owes it for a part of it. */
  nonVentile?: true;
}

export const nombre = (valeur: number, unite: string, incomplet = 0): Chiffre => ({
  etat: valeur === 0 ? 'zero' : 'valeur',
  valeur,
  unite,
  texte: null,
  incomplet,
  attenduDe: [],
  depuis: null,
});
const vide = (etat: EtatChiffre, unite: string): Chiffre => ({ ...nombre(0, unite), etat, valeur: null });
export const secret = (unite: string): Chiffre => vide('secret', unite);
export const sansObjet = (unite: string): Chiffre => vide('sans_objet', unite);
export const manquant = (unite: string, attenduDe: readonly string[], depuis: string | null): Chiffre => ({
  ...vide('manquant', unite),
  attenduDe,
  depuis,
});
export const recit = (texte: string, unite: string): Chiffre => ({ ...vide('valeur', unite), texte });

/** Collected for the whole contract alone: a part of it has none, and owes none. While figures are combined it stays missing. */
export const nonVentile = (unite: string, aupres: readonly string[], depuis: string | null): Chiffre => ({
  ...manquant(unite, aupres, depuis),
  nonVentile: true,
});
/** Once combined: what is only missing for that reason is *sans objet* there. */
export const situer = (c: Chiffre): Chiffre => (c.etat === 'manquant' && c.nonVentile ? { ...sansObjet(c.unite), nonVentile: true } : c);

/** The state that wins when figures are combined and not all are numbers: missing first, then secret, then sans objet. */
function empechement(chiffres: readonly Chiffre[], unite: string): Chiffre | null {
  const manquants = chiffres.filter((c) => c.etat === 'manquant');
  if (manquants.length > 0) {
    const depuis =
      manquants
        .map((c) => c.depuis)
        .filter((d): d is string => d !== null)
        .sort()[0] ?? null;
    const tous = manquant(unite, [...new Set(manquants.flatMap((c) => c.attenduDe))], depuis);
    return manquants.some((c) => c.nonVentile) ? { ...tous, nonVentile: true } : tous;
  }
  if (chiffres.some((c) => c.etat === 'secret')) return secret(unite);
  if (chiffres.some((c) => c.etat === 'sans_objet' || c.valeur === null)) return sansObjet(unite);
  return null;
}

/** Sum; parts without object are left out, but one missing part makes the sum missing. */
export function additionner(chiffres: readonly Chiffre[], unite: string): Chiffre {
  const utiles = chiffres.filter((c) => c.etat !== 'sans_objet');
  if (utiles.length === 0) return sansObjet(unite);
  const empeche = empechement(utiles, unite);
  if (empeche) return empeche;
  return nombre(
    utiles.reduce((t, c) => t + (c.valeur ?? 0), 0),
    unite,
    utiles.reduce((t, c) => t + c.incomplet, 0),
  );
}

/** a / b, in per cent when the unit is %. Sans objet when b is zero. */
export function rapporter(a: Chiffre, b: Chiffre, unite: string): Chiffre {
  const empeche = empechement([a, b], unite);
  if (empeche) return empeche;
  if (!b.valeur) return sansObjet(unite);
  return nombre(((a.valeur ?? 0) / b.valeur) * (unite === '%' ? 100 : 1), unite, a.incomplet + b.incomplet);
}

/** Evolution in per cent from `avant` to `apres`. Sans objet when there was nothing before. */
export function varier(apres: Chiffre, avant: Chiffre): Chiffre {
  const empeche = empechement([apres, avant], '%');
  if (empeche) return empeche;
  if (!avant.valeur) return sansObjet('%');
  return nombre((((apres.valeur ?? 0) - avant.valeur) / avant.valeur) * 100, '%', apres.incomplet + avant.incomplet);
}

/** The two figures of which a change is told (`ui/typographie.ts`); null when it would not be honest to tell one. */
export function evolution(apres: Chiffre, avant: Chiffre | undefined): Variation | null {
  if (!avant || apres.valeur === null || avant.valeur === null) return null;
  return { avant: avant.valeur, apres: apres.valeur, unite: apres.unite };
}

export interface Completude {
  attendus: number;
  connus: number;
  secrets: number;
  manquants: number;
  sansObjet: number;
  /** Among `sansObjet`: those that exist for the whole contract only. */
  nonVentiles: number;
}
/** How many of the figures are known. Sans objet is not owed, so it is not counted among the expected. */
export function completude(chiffres: readonly Chiffre[]): Completude {
  const n = (e: EtatChiffre) => chiffres.filter((c) => c.etat === e).length;
  const horsObjet = n('sans_objet');
  return {
    attendus: chiffres.length - horsObjet,
    connus: n('valeur') + n('zero'),
    secrets: n('secret'),
    manquants: n('manquant'),
    sansObjet: horsObjet,
    nonVentiles: chiffres.filter((c) => c.nonVentile).length,
  };
}

/** What the cells of one atom say over one period and area. */
export interface Agregat {
  nombre: number;
  somme: number;
  sansValeur: number;
  distincts: number;
  /** Stock: opened before the period's end, closed before its start. */
  ouverts: number;
  fermes: number;
}
export const AGREGAT_VIDE: Agregat = { nombre: 0, somme: 0, sansValeur: 0, distincts: 0, ouverts: 0, fermes: 0 };

/** A collected or narrative value as it was entered, with its versions' metadata. */
export interface ValeurCollectee {
  id: string;
  mesureId: string;
  periode: string;
  territoireId: string;
  ventilation: Record<string, string>;
  version: number;
  etat: 'valeur' | 'secret' | 'sans_objet';
  valeur: number | null;
  texte: string | null;
  source: string;
  commentaire: string;
  saisiPar: string;
  saisiParOrganisation: string;
  saisiLe: Date;
  validePar: string | null;
  valideLe: Date | null;
  courante: boolean;
}

/** The part of a value that its figure is made of. */
export type ValeurLue = Pick<ValeurCollectee, 'mesureId' | 'periode' | 'etat' | 'valeur' | 'texte'>;
