/** Loads a session and checks, in one place, that this person may read it. Unknown and hidden answer alike: 404. */
import type { Utilisateur } from '../../core/authorize.ts';
import { interdit, introuvable, ouIntrouvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { cadreDe, type Chargee, chargerInstance, peutLireSeances, sousPromesse } from '../instances/index.ts';
import { getSeance, type Seance } from './seances.queries.ts';

export interface SeanceChargee extends Chargee {
  seance: Seance;
}
/** With the person who writes. */
export type SeanceEcrite = SeanceChargee & { u: Utilisateur };

/** A session that this person may read; `verrou` locks its row. */
export async function chargerSeance(c: Contexte, verrou = false): Promise<SeanceChargee> {
  const seance = await getSeance(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!seance) throw introuvable('Cette séance');
  const chargee = await chargerInstance(c, seance.instanceId).catch(ouIntrouvable('Cette séance'));
  const instance = sousPromesse(chargee.instance, seance);
  if (!peutLireSeances(c.utilisateur, cadreDe(instance), chargee.catalogue.contient)) throw introuvable('Cette séance');
  return { ...chargee, instance, seance };
}

/** The same, for who keeps the body; 403 for other readers. */
export async function chargerPourTenir(c: Contexte, verrou = false): Promise<SeanceEcrite> {
  const s = await chargerSeance(c, verrou);
  if (!s.tient || !c.utilisateur) throw interdit('Seul le secrétariat de l’instance, son coordonnateur ou la coordination centrale peut le faire.');
  return { ...s, u: c.utilisateur };
}
