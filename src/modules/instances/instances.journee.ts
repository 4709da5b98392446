/** What « Ma journée » says of sessions: those to prepare, to attend or to finish. */
import type { Utilisateur } from '../../core/authorize.ts';
import { type Db, lireEnsemble } from '../../core/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import { cadreDe, sousPromesse } from './instances.contexte.ts';
import { estSienne, peutLireSeances, peutTenir } from './instances.policy.ts';
import { listInstances, listSeancesVives, type Seance } from './instances.queries.ts';
import { vueDeLecture } from './suivi/suivi.contexte.ts';

/** `tient`: kept by this person. */
export type SeanceDuJour = Seance & { instance: string; tient: boolean };

/** Being prepared, convoked, held or reread: those of bodies where this person sits or that are of their place, and that they may open. */
export async function getJournee(db: Db, contratId: number, catalogue: Catalogue, u: Utilisateur, aujourdhui: string): Promise<SeanceDuJour[]> {
  const { contient } = catalogue;
  const [instances, vives] = await lireEnsemble(db, [
    () => listInstances(db, contratId, { courriel: u.courriel.toLowerCase(), aujourdhui }, vueDeLecture(u, catalogue, aujourdhui)),
    () => listSeancesVives(db, contratId),
  ]);
  const parId = new Map(instances.map((i) => [i.id, i]));
  return vives.flatMap((s) => {
    const i = parId.get(s.instanceId);
    if (!i || !estSienne(u, i, contient) || !peutLireSeances(u, cadreDe(sousPromesse(i, s)), contient)) return [];
    return [{ ...s, instance: i.nom, tient: peutTenir(u, cadreDe(i), contient) }];
  });
}
