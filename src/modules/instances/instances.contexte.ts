/** Loads what a route speaks of and checks, in one place, that this person may see it. Unknown and hidden answer alike: 404. */
import type { Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable, ouIntrouvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { type Cadre, peutLireSeances, peutTenir, peutVoirInstance } from './instances.policy.ts';
import { type Confidentialite, laPlusFermee } from './instances.rules.ts';
import { getInstance, getSeance, type Instance, type Lecteur, type Seance } from './instances.queries.ts';

export const lecteurDe = (c: Contexte): Lecteur => ({ courriel: c.utilisateur?.courriel.toLowerCase() ?? '', aujourdhui: jourDe(c.maintenant) });
export const cadreDe = ({ confidentialite, territoireId, fiches, sieges }: Instance): Cadre => ({ confidentialite, territoireId, fiches, sieges });

export interface Chargee {
  catalogue: Catalogue;
  instance: Instance;
  /** May prepare, hold and close here. */
  tient: boolean;
}

export async function chargerInstance(c: Contexte, id = c.params.id ?? '', verrou = false): Promise<Chargee> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const { contient } = catalogue;
  const instance = await getInstance(c.db, c.contrat.id, id, lecteurDe(c), verrou);
  if (!instance || !peutVoirInstance(c.utilisateur, cadreDe(instance), contient)) throw introuvable('Cette instance');
  return { catalogue, instance, tient: peutTenir(c.utilisateur, cadreDe(instance), contient) };
}

/** The body as it is for what was recorded under that promise: mails, documents and rights follow. */
export const sousPromesse = <I extends Instance>(i: I, tenu: { confidentialite: Confidentialite }): I => ({
  ...i,
  confidentialite: laPlusFermee(i.confidentialite, tenu.confidentialite),
});

export interface SeanceChargee extends Chargee {
  seance: Seance;
}
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
export async function chargerPourTenir(c: Contexte, verrou = false): Promise<SeanceChargee & { u: Utilisateur }> {
  const s = await chargerSeance(c, verrou);
  if (!s.tient || !c.utilisateur) throw interdit('Seul le secrétariat de l’instance, son coordonnateur ou la coordination centrale peut le faire.');
  return { ...s, u: c.utilisateur };
}
