/** What is told to everyone of reports is told at night, once: the balance sheet, its quarters by quartier, and those listed without a key. */
import { indisponible } from '../../../core/errors.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { arreterOpen311 } from '../open311/arreter.ts';
import { type Faire, unParUn } from '../un-par-un.ts';
import { arreterLesBilans, circuitsDits } from './arreter.ts';
import { arreterLesQuartiers } from './quartiers.ts';

/**
 * Month by month and quarter by quarter: the first night over years of reports is many short statements. Returns how many balance sheets were told. Throws
 * once all was tried, saying what was not: another night tells it.
 */
export async function arreterLaNuit(faire: Faire, o: { catalogue: Catalogue; circuits: Circuits; maintenant: Date }): Promise<number> {
  let bilans = 0;
  const desActes: string[] = [];
  const actes = [
    { nom: 'bilan', arreter: () => arreterLesBilans(faire, o) },
    { nom: 'quartiers', arreter: () => arreterLesQuartiers(faire, { ...o, circuits: circuitsDits(o.circuits) }) },
    { nom: 'Open311', arreter: () => arreterOpen311(faire, o) },
  ];
  const { rates } = await unParUn(
    actes,
    (a) => a.nom,
    async ({ nom, arreter }) => {
      const r = await arreter();
      if (nom === 'bilan') bilans = r.faits;
      desActes.push(...r.rates.map((x) => `${nom} ${x}`));
      return true;
    },
  );
  const tous = [...desActes, ...rates];
  if (tous.length > 0) throw indisponible(`${pluriel(bilans, 'bilan arrêté', 'bilans arrêtés')} ; ceci n’a pas pu l’être : ${tous.join(' ; ')}.`);
  return bilans;
}
