/** A report just received, as its view of facts shows it (`faits_demandes`); a test holds one against the other. Pure. */
import { jourDe } from '../../../core/clock.ts';
import type { FaitNouveau } from '../../indicateurs/index.ts';
import type { NouvelleDemande } from './demandes.queries.ts';

/** Columns of the view. */
const [LIEU_COMPTE, DITES] = ['lieu_compte', 'dites'];

export function faitDe(d: NouvelleDemande): FaitNouveau {
  const { circuit, canal, categorie, theme } = d;
  const colonnes = new Map<string, unknown>(Object.entries({ circuit, canal, categorie, theme, service: d.serviceId, traitee: false, [LIEU_COMPTE]: d.id }));
  const dites = new Set(Object.entries(d.reponses).flatMap(([question, v]) => (typeof v === 'string' ? [] : v.map((option) => `${question}-${option}`))));
  return {
    id: d.id,
    jour: jourDe(d.recuLe),
    fin: null,
    territoireId: d.territoireId,
    fiches: [],
    lignes: [],
    valeur: (colonne) => colonnes.get(colonne),
    dedans: (colonne, cle) => (colonne === DITES && dites.has(cle) ? true : undefined),
    // A place that is counted has the number of its address, which the database draws.
    ignore: (colonne) => colonne === LIEU_COMPTE && d.compteLieu === true,
  };
}
