/** What a measure of the contract and a following figure are read in alike. Pure. */
import type { z } from 'zod';
import type { Grain } from './contrats.schema.ts';
import type { mesureSchema } from './mesures.schema.ts';

type Mesurable = Pick<
  z.output<typeof mesureSchema>,
  'id' | 'libelle' | 'court' | 'nature' | 'unite' | 'periodicite' | 'delai_jours' | 'ventilations' | 'calcul' | 'exclus' | 'precision' | 'tenu_par' | 'grain'
>;
export const mesurable = (m: Mesurable) => ({
  id: m.id,
  libelle: m.libelle,
  court: m.court ?? m.libelle,
  nature: m.nature,
  unite: m.unite,
  periodicite: m.periodicite,
  delaiJours: m.delai_jours ?? null,
  ventilations: m.ventilations,
  calcul: m.calcul,
  exclus: m.exclus,
  precision: m.precision ?? null,
  tenuPar: m.tenu_par,
  grain: m.grain ?? ({ debiteurs: 'somme', ventilations: [] } satisfies Grain),
});
