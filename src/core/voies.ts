/**
 * The ways by which a figure really arrives, as declarations: each module says in its manifest (`voies`) which ways it opens, for which
 * measures, and the scenario that goes through each. Which measures have which ways is computed from them (modules/contrats,
 * `voies.rules.ts`), never typed measure by measure.
 */

/** Closed list, in the order in which they are told. */
export const VOIES = {
  calcul: 'compté depuis les enregistrements',
  formulaire: 'formulaire du chiffre',
  campagne: 'page de campagne',
  classeur: 'classeur rempli',
  courriel: 'courriel',
  interface: 'interface (API)',
  enquete: 'enquête',
  recit: 'récit',
  import: 'fichier importé',
} as const;
export type CodeDeVoie = keyof typeof VOIES;
export const CODES_VOIES = Object.keys(VOIES) as CodeDeVoie[];

/** What the catalogue says of a measure, as far as its ways go. */
export interface MesureQuiArrive {
  id: string;
  obtention: 'calcul' | 'collecte' | 'narratif' | 'enquete';
  nature: string;
  /** Who owes it. */
  aupres: readonly string[];
  calcul: unknown;
}
export type MesuresQuiArrivent = ReadonlyMap<string, MesureQuiArrive>;

interface Voie {
  /** The measure whose scenario goes through it: a test named « 1.8-01, voie-formulaire : … » passed in the run that says so. */
  scenario: string;
  ouverte: (m: MesureQuiArrive, mesures: MesuresQuiArrivent) => boolean;
}
export type Voies = Readonly<Partial<Record<CodeDeVoie, Voie>>>;

export const voie = (scenario: string, ouverte: Voie['ouverte']): Voie => ({ scenario, ouverte });

/** Somebody owes it: whatever takes contributions takes it. */
export const seDonne = (m: MesureQuiArrive): boolean => m.obtention !== 'calcul' && m.aupres.length > 0;

/** What each module of a build opens, in the modules' order. */
export type Ouvertes = readonly (readonly [module: string, Voies])[];

/** Every declaration, for the gate that looks for its scenario. */
export const listVoies = (ouvertes: Ouvertes): (Voie & { module: string; code: CodeDeVoie })[] =>
  ouvertes.flatMap(([module, voies]) => CODES_VOIES.flatMap((code) => (voies[code] ? [{ module, code, ...voies[code] }] : [])));
