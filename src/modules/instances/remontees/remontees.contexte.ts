/** Loads what was passed from one body to another, with what this person may know of each end. Unknown and hidden answer alike: 404. */
import { introuvable, siIntrouvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { cadreDe, type Chargee, chargerInstance, sousPromesse } from '../instances.contexte.ts';
import { peutLireSeances, peutParlerPour } from '../instances.policy.ts';
import type { Confidentialite } from '../instances.rules.ts';
import type { Instance } from '../instances.types.ts';
import { getRemontee, type Remontee } from './remontees.queries.ts';

/** One end, as this person may know it. */
export interface Bout {
  instance: Instance;
  /** Reads what was passed, from this end. */
  lit: boolean;
  parle: boolean;
}
export interface RemonteeChargee {
  catalogue: Chargee['catalogue'];
  remontee: Remontee;
  /** Null: this person may not know of that body. */
  de: Bout | null;
  vers: Bout | null;
}

async function bout(c: Contexte, id: string, tenu: Confidentialite): Promise<(Bout & { catalogue: Chargee['catalogue'] }) | null> {
  const chargee = await chargerInstance(c, id).catch(siIntrouvable(null));
  if (!chargee) return null;
  const { instance, catalogue } = chargee;
  const lit = peutLireSeances(c.utilisateur, cadreDe(sousPromesse(instance, { confidentialite: tenu })), catalogue.contient);
  return { instance, catalogue, lit, parle: lit && peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient) };
}

/** Read by whoever reads what either body held under that promise. */
export async function chargerRemontee(c: Contexte, verrou = false): Promise<RemonteeChargee> {
  const remontee = await getRemontee(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!remontee) throw introuvable('Cette transmission');
  const de = await bout(c, remontee.deId, remontee.deConfidentialite);
  const vers = await bout(c, remontee.versId, remontee.versConfidentialite);
  const catalogue = (de?.lit ? de : vers?.lit ? vers : null)?.catalogue;
  if (!catalogue) throw introuvable('Cette transmission');
  return { catalogue, remontee, de, vers };
}
