/** What « Ma journée » says of sessions: bodies that should meet, sessions to come or to finish. */
import type { Utilisateur } from '../../core/authorize.ts';
import { type Db, lireEnsemble } from '../../core/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import { cadreDe } from './instances.contexte.ts';
import { estSienne, peutTenir, peutVoirInstance } from './instances.policy.ts';
import { type InstanceDeListe, listInstances, listSeancesVives, type Seance } from './instances.queries.ts';
import { vueDeLecture } from './suivi/suivi.contexte.ts';
import { type Cadence, cadenceDe } from './instances.rules.ts';

export interface Journee {
  /** Bodies that this person keeps, past their cadence or near it, with nothing planned. */
  aReunir: (InstanceDeListe & { cadence: Cadence })[];
  /** Sessions being prepared, convoked, held or reread, that concern this person: kept by them, or where they sit. */
  seances: (Seance & { instance: string; tient: boolean })[];
}

export async function getJournee(db: Db, contratId: number, catalogue: Catalogue, u: Utilisateur, aujourdhui: string): Promise<Journee> {
  const { contient } = catalogue;
  const [instances, vives] = await lireEnsemble(db, [
    () => listInstances(db, contratId, { courriel: u.courriel.toLowerCase(), aujourdhui }, vueDeLecture(u, catalogue, aujourdhui)),
    () => listSeancesVives(db, contratId),
  ]);
  const visibles = new Map(instances.filter((i) => peutVoirInstance(u, cadreDe(i), contient)).map((i) => [i.id, i]));
  // The coordination keeps everything: it is told of what it sits in, and of what is late.
  const miennes = (i: InstanceDeListe) => estSienne(u, i, contient);
  return {
    aReunir: [...visibles.values()]
      .filter((i) => peutTenir(u, cadreDe(i), contient) && i.prochaineId === null && i.confidentialite !== 'nommee')
      .map((i) => ({ ...i, cadence: cadenceDe({ ...i, mois: i.cadenceMois }, aujourdhui) }))
      .filter((i) => i.cadence.etat === 'due' || i.cadence.etat === 'jamais' || i.cadence.etat === 'bientot')
      .sort((a, b) => Number(miennes(b)) - Number(miennes(a)) || (a.cadence.limite ?? '').localeCompare(b.cadence.limite ?? '')),
    seances: vives.flatMap((s) => {
      const i = visibles.get(s.instanceId);
      return i && miennes(i) ? [{ ...s, instance: i.nom, tient: peutTenir(u, cadreDe(i), contient) }] : [];
    }),
  };
}
