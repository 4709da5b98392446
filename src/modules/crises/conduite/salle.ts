/** What pages and acts of the conduct of a crisis share: the room as it is loaded, fields of a form, addresses. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { SalleNommee } from '../conduite.policy.ts';
import type { Chargee } from '../crises.contexte.ts';
import type { Outils } from '../crises.outils.ts';
import type { Scenario } from '../exercices/scenario.schema.ts';
import type { Soutien } from '../soutien.schema.ts';

export interface OutilsDeConduite extends Outils {
  soutien: Soutien;
  scenarios: readonly Scenario[];
}
export type Champs = Readonly<Record<string, string>>;

/** One field of a form: what was typed, what is wrong with it. */
export const champ =
  (champs: Champs, erreurs: readonly ErreurDeChamp[], prefixe = '') =>
  (nom: string, propose = '') => ({
    nom,
    id: `${prefixe}${nom}`,
    valeur: champs[nom] ?? propose,
    erreur: erreurs.find((e) => e.champ === `${prefixe}${nom}`)?.message,
  });

export interface Salle extends Chargee {
  salle: SalleNommee;
  /** Who asks, as they sign. */
  qui: { par: string; organisationId: string; le: Date; id: string };
  fini: boolean;
}
export const cheminDe = (criseId: string, suite = ''): string => `/crises/${criseId}${suite}`;
