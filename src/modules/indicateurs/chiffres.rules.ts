/**
 * What a figure is: one of seven states, never mixed. The algebra on figures is pure and tested by properties: missing
 * propagates, secret is never deduced, a rate without denominator has no meaning rather than a value.
 */
import type { Mesure } from '../../ui/types.ts';
import type { Variation } from '../../ui/typographie.ts';
import type { Total } from './saisie/totaux.rules.ts';

/** `attendu`: not due yet. `manquant`: late, or of a period that was locked without it. `non_ventile`: does not exist for this part of the contract, owed by nobody. */
type EtatChiffre = 'valeur' | 'zero' | 'attendu' | 'manquant' | 'non_ventile' | 'secret' | 'sans_objet';

export interface Chiffre {
  etat: EtatChiffre;
  /** Null in every state but `valeur` and `zero`. */
  valeur: number | null;
  unite: string;
  /** Narrative measures: the text itself; `valeur` is then null and the state is `valeur`. */
  texte: string | null;
  /** Records counted whose quantity is not known: the sum is « at least ». */
  incomplet: number;
  /** Acteurs who owe it, when it is awaited or missing. */
  attenduDe: readonly string[];
  /** Day it was or will be due (`YYYY-MM-DD`), when it is awaited or missing. */
  depuis: string | null;
  /** Given for the whole contract only: nobody owes it for a part of it. */
  nonVentile?: true;
  /** It holds one part of what the contract asks: which one. */
  part?: string;
  /** Collected, some of them missing: the value is « at least ». */
  contributions?: { recues: number; attendues: number };
  /** Collected: validated by somebody else than its author, or not yet. */
  validation?: 'valide' | 'provisoire';
  /** Its period was locked without it: it is missing for good, owed by nobody any more, and late no more. */
  fige?: true;
  /** Something newer was given and waits to be validated; alone with *manquant*, nothing was validated yet. */
  attendValidation?: true;
  /** The months that the value speaks of, when they are not those of the period asked: a change over the complete months of a running year. */
  sur?: string;
  /** Last month that this reader may know of it (`YYYY-MM`): the value stops there, or is that of its last packet. */
  jusqua?: string;
  /** Not told to this reader yet, owed by nobody: `depuis` is the day from which it is. */
  pasEncorePublic?: true;
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
/** Counted, and not everyone's before that day. */
export const pasEncorePublic = (unite: string, le: string): Chiffre => ({ ...vide('attendu', unite), depuis: le, pasEncorePublic: true });
/** Not told so finely to this reader: as what does not exist there, nobody owes it. */
export const tropFin = (unite: string): Chiffre => ({ ...vide('non_ventile', unite), nonVentile: true });

export const recit = (texte: string, unite: string): Chiffre => ({ ...vide('valeur', unite), texte });

/** Collected for the whole contract alone: a part of it has none, and owes none. While figures are combined it stays missing. */
export const nonVentile = (unite: string, aupres: readonly string[], depuis: string | null): Chiffre => ({
  ...manquant(unite, aupres, depuis),
  nonVentile: true,
});
/**
 * Once combined, what has no value says which of the three things it is: it does not exist there, it is not due yet, it is late.
 * The only place that says it, from the day it is due and today.
 */
export function situer(c: Chiffre, aujourdhui: string): Chiffre {
  if (c.etat !== 'manquant') return c;
  if (c.nonVentile) return { ...vide('non_ventile', c.unite), nonVentile: true };
  return c.depuis !== null && c.depuis >= aujourdhui ? { ...c, etat: 'attendu' } : c;
}

/** Nothing enters a locked period: what is not known of it is not awaited, nor late. */
export const figer = (c: Chiffre): Chiffre =>
  (c.etat === 'manquant' || c.etat === 'attendu') && !c.attendValidation ? { ...c, etat: 'manquant', depuis: null, fige: true } : c;
/** Owed, its day is past, and nothing was given. */
export const estEnRetard = (c: Chiffre): boolean => c.etat === 'manquant' && !c.attendValidation && !c.fige;

/** What was made of these figures is provisional, or partial, when one of them is. */
function portee(c: Chiffre, parts: readonly Chiffre[]): Chiffre {
  const validations = parts.flatMap((p) => p.validation ?? []);
  const incompletes = parts.flatMap((p) => p.contributions ?? []);
  return {
    ...c,
    ...(validations.length > 0 ? { validation: validations.includes('provisoire') ? 'provisoire' : 'valide' } : {}),
    ...(parts.some((p) => p.attendValidation) ? { attendValidation: true } : {}),
    ...(incompletes.length > 0
      ? { contributions: { recues: incompletes.reduce((n, x) => n + x.recues, 0), attendues: incompletes.reduce((n, x) => n + x.attendues, 0) } }
      : {}),
  };
}

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
  if (empeche) return portee(empeche, utiles);
  const total = utiles.reduce((t, c) => t + (c.valeur ?? 0), 0);
  const incomplet = utiles.reduce((t, c) => t + c.incomplet, 0);
  return portee(nombre(total, unite, incomplet), utiles);
}

/** a / b, in per cent when the unit is %. Sans objet when b is zero. */
export function rapporter(a: Chiffre, b: Chiffre, unite: string): Chiffre {
  const empeche = empechement([a, b], unite);
  if (empeche) return empeche;
  if (!b.valeur) return sansObjet(unite);
  return portee(nombre(((a.valeur ?? 0) / b.valeur) * (unite === '%' ? 100 : 1), unite, a.incomplet + b.incomplet), [a, b]);
}

/** Evolution in per cent from `avant` to `apres`. Sans objet when there was nothing before. */
export function varier(apres: Chiffre, avant: Chiffre): Chiffre {
  const empeche = empechement([apres, avant], '%');
  if (empeche) return empeche;
  if (!avant.valeur) return sansObjet('%');
  return portee(nombre((((apres.valeur ?? 0) - avant.valeur) / avant.valeur) * 100, '%', apres.incomplet + avant.incomplet), [apres, avant]);
}

/** Given, and validated by nobody yet: neither missing nor a number. */
export const estAValider = (c: Pick<Chiffre, 'etat' | 'attendValidation'>): boolean =>
  c.attendValidation === true && (c.etat === 'manquant' || c.etat === 'attendu');
/** As charts and maps draw it. */
export const dessin = (c: Pick<Chiffre, 'etat' | 'attendValidation' | 'valeur'>): Mesure => ({ etat: estAValider(c) ? 'donne' : c.etat, valeur: c.valeur });
/** Of a collected figure, whether somebody else than its author vouches for it; empty for what is counted, and for what is not given. */
export function direValidation(c: Pick<Chiffre, 'etat' | 'attendValidation' | 'validation'>): string {
  if (estAValider(c)) return 'en attente de validation';
  if (c.validation !== 'valide') return c.validation ?? '';
  return c.attendValidation ? 'validé, une valeur plus récente attend' : 'validé';
}
/** « 12 sur 17 »; empty when none is missing. */
export const direContributions = (c: Pick<Chiffre, 'contributions'>): string =>
  c.contributions ? `${c.contributions.recues} sur ${c.contributions.attendues}` : '';

/** Two values of one figure that may stand side by side: the same months, one year after the other. */
export interface Comparaison extends Variation {
  periode: string;
  precedente: string;
  /** Quantities added up (people met, agents trained): one record may make much of it. */
  somme?: true;
}

export interface Completude {
  /** That exist here: known, secret, awaited or late. */
  total: number;
  connus: number;
  secrets: number;
  enRetard: number;
  /** Missing for good: their period was locked without them. */
  figes: number;
  /** Given, and validated by nobody yet. */
  aValider: number;
  aVenir: number;
  /** Last day on which those of `aVenir` are due. */
  jusquAu: string | null;
  sansObjet: number;
  nonVentiles: number;
}
/** How many of the figures are known. What does not exist here, or has no object, is not counted among those that could be. */
export function completude(tous: readonly Chiffre[]): Completude {
  // What this reader is told later is owed by nobody.
  const chiffres = tous.filter((c) => !c.pasEncorePublic);
  const aValider = chiffres.filter(estAValider).length;
  const n = (e: EtatChiffre) => chiffres.filter((c) => c.etat === e && !estAValider(c)).length;
  return {
    total: chiffres.length - n('sans_objet') - n('non_ventile'),
    connus: n('valeur') + n('zero'),
    secrets: n('secret'),
    enRetard: chiffres.filter(estEnRetard).length,
    figes: chiffres.filter((c) => c.fige).length,
    aValider,
    aVenir: n('attendu'),
    jusquAu:
      chiffres
        .flatMap((c) => (c.etat === 'attendu' && c.depuis && !estAValider(c) ? [c.depuis] : []))
        .sort()
        .at(-1) ?? null,
    sansObjet: n('sans_objet'),
    nonVentiles: n('non_ventile'),
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

/**
 * - `contestee`: somebody contests it and has not taken it back; validating lifts only the validator's own contestation;
 * - `a_confirmer`: given in another's name and vouched for by nobody but its author's organisation;
 * - `a_valider`: nobody validated it; `acquise`: validated, contested by nobody, said by another than its author: no less is told as valid.
 */
type EtatDeVersion = 'contestee' | 'a_confirmer' | 'a_valider' | 'acquise';
export interface Contestation {
  organisationId: string;
  /** The account that said it: it takes it back wherever its mandates went. */
  parId: string | null;
  le: string;
  motif: string;
  retireeLe: string | null;
}
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
  debiteur: string;
  saisiPar: string;
  saisiParId: string | null;
  /** Accounts that entrusted or prepared it. */
  preparePar?: readonly string[];
  saisiParOrganisation: string;
  /** Its author did not answer for its debtor. */
  pourAutrui: boolean;
  saisiLe: Date;
  validePar: string | null;
  valideLe: Date | null;
  valideOrganisation: string | null;
  /** Its debtor said that it is so. */
  confirmeLe: Date | null;
  confirmeOrganisation: string | null;
  courante: boolean;
  /** The last version that was validated: what the public reads. */
  validee: boolean;
  /** Organisations that contest it now. */
  contesteePar: readonly string[];
  parole: EtatDeVersion;
  /** Everything that was said against it, taken back or not; for partners. */
  contestations: readonly Contestation[];
  lien: string | null;
  fichierId: string | null;
  fichierNom: string | null;
  documentLe: string | null;
  documentAuteur: string | null;
}

/** A total of contributions as figures read it. */
export type ValeurLue = Pick<ValeurCollectee, 'mesureId' | 'periode' | 'valeur' | 'texte'> &
  Pick<Total, 'etat' | 'recues' | 'attendues' | 'partiel' | 'provisoire' | 'attend'> & { manquent: readonly string[] };
