/** Where a wave stands, and what may be said of it. Pure. */
export type EtatDeVague = 'a-venir' | 'ouverte' | 'finie' | 'close';
export const etatDe = (v: { debut: string; fin: string; closeLe: Date | null }, aujourdhui: string): EtatDeVague =>
  v.closeLe !== null ? 'close' : aujourdhui < v.debut ? 'a-venir' : aujourdhui > v.fin ? 'finie' : 'ouverte';

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
