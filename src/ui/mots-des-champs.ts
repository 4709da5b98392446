/** The few words that fields and messages say by themselves. A page in another language gives its own. */
import { createContext, useContext } from 'react';
import { FINE, pluriel } from './typographie.ts';

export interface MotsDesChamps {
  facultatif: string;
  /** Before a message of error, for screen readers. */
  erreur: string;
  attention: string;
  cEstFait: string;
  aCorriger: (n: number) => string;
  auPlus: (max: number) => string;
  /** `%{count}` is replaced while one types; null: what remains is not counted. */
  compte: Readonly<Record<'reste' | 'restent' | 'rien' | 'trop' | 'trops', string>> | null;
}
const FRANCAIS: MotsDesChamps = {
  facultatif: 'facultatif',
  erreur: `Erreur${FINE}:`,
  attention: 'Attention',
  cEstFait: 'C’est fait',
  aCorriger: (n) => (n === 1 ? 'Une information est à corriger' : `${n} informations sont à corriger`),
  auPlus: (max) => `${pluriel(max, 'caractère')} au plus`,
  compte: {
    reste: 'Il reste %{count} caractère',
    restent: 'Il reste %{count} caractères',
    rien: 'Il ne reste aucun caractère',
    trop: '%{count} caractère de trop',
    trops: '%{count} caractères de trop',
  },
};
export const ContexteDesMots = createContext<MotsDesChamps>(FRANCAIS);
export const useMotsDesChamps = (): MotsDesChamps => useContext(ContexteDesMots);
