/** Where a wave stands, and what may be said of it. Pure. */
import { joursEntre, plusJours } from '../../echeances/index.ts';

export type EtatDeVague = 'a-venir' | 'ouverte' | 'finie' | 'close';
export const etatDe = (v: { debut: string; fin: string; closeLe: Date | null }, aujourdhui: string): EtatDeVague =>
  v.closeLe !== null ? 'close' : aujourdhui < v.debut ? 'a-venir' : aujourdhui > v.fin ? 'finie' : 'ouverte';

/** From then on, too few answers are something to do about. */
export const miParcours = (v: { debut: string; fin: string }): string => plusJours(v.debut, Math.ceil(joursEntre(v.debut, v.fin) / 2));
/** After the last day, to close: the figure comes from it. */
export const JOURS_POUR_CLORE = 7;

/** What a wave gave to a measure, and what became of it. */
export interface Figure {
  mesure: string;
  validee: boolean;
  courante: boolean;
  secret: boolean;
}
export type Publication = 'publiee' | 'a-valider' | 'secrete' | 'remplacee' | 'sans-chiffre';
/** Public while each figure that it gave is the one that the public reads, and none was made secret since. */
export function publicationDe(figures: readonly Figure[]): Publication {
  if (figures.length === 0) return 'sans-chiffre';
  if (figures.some((f) => f.secret)) return 'secrete';
  if (figures.every((f) => f.validee)) return 'publiee';
  return figures.some((f) => !f.validee && !f.courante) ? 'remplacee' : 'a-valider';
}
/** Said of what was published, or could have been, and is no more. */
export const RETIREE = {
  secrete: 'Le chiffre que cette vague a donné est couvert par le secret : ses résultats ne sont pas publiés.',
  remplacee: 'Le chiffre que cette vague a donné a été remplacé : ses résultats ne sont pas publiés. Lisez celui qui vaut aujourd’hui.',
} as const;

/** Answers for a hundred people asked; null when nobody knows how many were. */
export const tauxDe = (v: { reponses: number }, invites: number | null): number | null =>
  invites === null || invites === 0 ? null : (100 * v.reponses) / invites;

export const TIRAGES = {
  volontaires: 'Personnes volontaires : qui le veut répond',
  aleatoire: 'Personnes tirées au sort dans la population',
  tous: 'Toutes les personnes concernées sont invitées',
} as const;
export type Tirage = keyof typeof TIRAGES;
export const DIRE_ETAT: Readonly<Record<EtatDeVague, string>> = { 'a-venir': 'À venir', ouverte: 'Ouverte', finie: 'Terminée, à clore', close: 'Close' };
