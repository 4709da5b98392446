/** In which language the page being drawn speaks. */
import { createContext, useContext } from 'react';
import { direJour, FRANCAIS, type Mots, type Parle } from './mots.rules.ts';

export const Langue = createContext<Parle>(FRANCAIS);
export const useMots = (): Mots => useContext(Langue).mots;
export const useJour = (): ((iso: string) => string) => {
  const parle = useContext(Langue);
  return (iso) => direJour(parle, iso);
};
