/** What an organisation owes. Pure. */
import type { Mesure } from '../../contrats/index.ts';
import type { Chiffre } from '../chiffres.rules.ts';

export interface Dette {
  mesure: Mesure;
  periode: string;
  chiffre: Chiffre;
}
/** Collected figures that an organisation owes and has not given, in the order of the periods given. */
export function listDettes(mesures: Iterable<Mesure>, organisationId: string, figures: ReadonlyMap<string, ReadonlyMap<string, Chiffre>>): Dette[] {
  const siennes = [...mesures].filter((m) => m.obtention !== 'calcul' && m.aupres.includes(organisationId));
  return [...figures].flatMap(([periode, parMesure]) =>
    siennes.flatMap((mesure) => {
      const chiffre = parMesure.get(mesure.id);
      return chiffre?.etat === 'manquant' ? [{ mesure, periode, chiffre }] : [];
    }),
  );
}
