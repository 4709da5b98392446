/** Loads a session and checks, in one place, that this person may read it. Unknown and hidden answer alike: 404. */
import type { Utilisateur } from '../../core/authorize.ts';
import { interdit, introuvable, ouIntrouvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { cadreDe, type Chargee, chargerInstance, peutLireSeances, peutTenir, pourSeance } from '../instances/index.ts';
import { getPartie, getSeance, type Seance, type Verrou } from './seances.queries.ts';

export interface SeanceChargee extends Chargee {
  seance: Seance;
}
/** With the person who writes. */
export type SeanceEcrite = SeanceChargee & { u: Utilisateur };

/** A session that this person may read; `verrou` locks its row. */
export async function chargerSeance(c: Contexte, verrou: Verrou = false): Promise<SeanceChargee> {
  const seance = await getSeance(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!seance) throw introuvable('Cette séance');
  const chargee = await chargerInstance(c, seance.instanceId).catch(ouIntrouvable('Cette séance'));
  const instance = pourSeance(chargee.instance, seance);
  const { contient } = chargee.catalogue;
  if (!peutLireSeances(c.utilisateur, cadreDe(instance), contient)) throw introuvable('Cette séance');
  return { ...chargee, instance, seance, tient: peutTenir(c.utilisateur, cadreDe(instance), contient) };
}

/** The same, for who keeps the body; 403 for other readers. */
export async function chargerPourTenir(c: Contexte, verrou: Verrou = false): Promise<SeanceEcrite> {
  const s = await chargerSeance(c, verrou);
  if (!s.tient || !c.utilisateur) throw interdit('Seul le secrétariat de l’instance, son coordonnateur ou la coordination centrale peut le faire.');
  return { ...s, u: c.utilisateur };
}

/** The reserved part of this session as this person may read it; null when there is none, or it is not for them. */
export async function partieLisible(c: Contexte, s: SeanceChargee): Promise<Seance | null> {
  const partie = await getPartie(c.db, c.contrat.id, s.seance.id);
  return partie && peutLireSeances(c.utilisateur, cadreDe(pourSeance(s.instance, partie)), s.catalogue.contient) ? partie : null;
}
