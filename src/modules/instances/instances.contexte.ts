/** Loads what a route speaks of and checks, in one place, that this person may see it. Unknown and hidden answer alike: 404. */
import { jourDe } from '../../core/clock.ts';
import { introuvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { type Cadre, peutTenir, peutVoirInstance } from './instances.policy.ts';
import { type Confidentialite, laPlusFermee } from './instances.rules.ts';
import { getInstance } from './instances.queries.ts';
import type { Instance, Lecteur } from './instances.types.ts';

export const lecteurDe = (c: Contexte): Lecteur => ({ courriel: c.utilisateur?.courriel.toLowerCase() ?? '', aujourdhui: jourDe(c.maintenant) });
export const cadreDe = ({ confidentialite, territoireId, fiches, sieges, reservee }: Instance): Cadre => ({
  ...{ confidentialite, territoireId, fiches, sieges },
  reservee,
});

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

/**
 * The body as it is for what was recorded under that promise: mails, documents and rights follow. Never for a session, which may be reserved
 * (`pourSeance`): its type refuses it.
 */
export const sousPromesse = <I extends Instance>(i: I, tenu: { confidentialite: Confidentialite; reserveA?: never }): I => ({
  ...i,
  confidentialite: laPlusFermee(i.confidentialite, tenu.confidentialite),
});
/** The same for a session. `reserveA`: the seats that a reserved part names; the reader sits there by none of the others. */
export function pourSeance<I extends Instance>(i: I, s: { confidentialite: Confidentialite; reserveA: readonly string[] | null }): I {
  const promise = sousPromesse(i, { confidentialite: s.confidentialite });
  const { reserveA } = s;
  if (reserveA === null) return promise;
  return { ...promise, sieges: i.sieges.filter((_, n) => reserveA.includes(i.siegesIds[n] ?? '')), reservee: true };
}
