/** Counts by inhabitant divide by the population that was imported last, in the last year that speaks of every place; by that of the contract otherwise. */
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { jour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { getSerie, listDates } from './contexte.queries.ts';
import { serieDe } from './contexte.rules.ts';
import { INDICATEUR } from './formats/insee.ts';
import { POPULATION } from './serie.schema.ts';

/** The same catalogue, with the people of the last census file and the words that cite it. */
export async function avecPopulation(db: Db, catalogue: Catalogue): Promise<Catalogue> {
  const points = await getSerie(db, catalogue.contratId, POPULATION, INDICATEUR);
  const lieux = catalogue.enfants(catalogue.racine.id);
  const annees = [...new Set(points.map((p) => p.annee))].sort((a, b) => b - a);
  const habitantsEn = (annee: number) => {
    const siens = points.filter((p) => p.annee === annee);
    return (id: string): number | null => serieDe(siens, id, catalogue)[0]?.valeur ?? null;
  };
  const annee = annees.find((a) => lieux.every((t) => habitantsEn(a)(t.id)));
  if (annee === undefined) return catalogue;
  const habitants = habitantsEn(annee);
  const importee = (await listDates(db, catalogue.contratId)).get(POPULATION);
  const population = `Insee, populations municipales ${annee}${importee ? `, importées le ${jour(jourDe(importee.le))}` : ''}, Licence Ouverte 2.0`;
  return { ...catalogue, habitants: (id) => habitants(id) ?? catalogue.habitants(id), contrat: { ...catalogue.contrat, population } };
}
