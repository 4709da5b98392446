/** Which bodies residents may write to, and what is said of what they wrote. Pure. */
import type { Catalogue } from '../../contrats/index.ts';
import type { Instance } from '../instances.types.ts';
import type { Contribution, EtatDeContribution } from './contributions.queries.ts';

/** The contract opens a kind of body to residents; one that is reserved, or closed, hears nobody. */
export const estOuverteAuxHabitants = (i: Pick<Instance, 'type' | 'confidentialite' | 'closeLe'>, c: Pick<Catalogue, 'typesInstance'>): boolean =>
  i.type !== null && c.typesInstance.get(i.type)?.participation === true && i.confidentialite === 'publique' && i.closeLe === null;

/** Set aside after it was published. */
export const estRetiree = (k: Pick<Contribution, 'etat' | 'accepteeLe'>): boolean => k.etat === 'ecartee' && k.accepteeLe !== null;
const ETATS: Readonly<Record<EtatDeContribution, string>> = {
  recue: 'reçue',
  acceptee: 'à l’ordre du jour',
  ecartee: 'écartée',
  repondue: 'répondue',
};
export const direEtat = (k: Pick<Contribution, 'etat' | 'accepteeLe' | 'anonymiseeLe'>): string =>
  k.anonymiseeLe ? 'effacée' : estRetiree(k) ? 'retirée' : ETATS[k.etat];
/** Days to read one, and from then on to answer it. */
export const JOURS_POUR_LIRE = 10;
export const JOURS_POUR_REPONDRE = 90;
