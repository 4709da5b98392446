/** Who may reserve a part of a session, and when. */
import type { Contexte } from '../../../core/http/http.ts';
import { cadreDe } from '../../instances/index.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { peutReserver } from '../seances.policy.ts';

/** Until it is held: what was said before all is not taken back. */
export const reservable = (c: Pick<Contexte, 'utilisateur'>, s: SeanceChargee): boolean =>
  s.seance.partieDe === null &&
  (s.seance.etat === 'preparation' || s.seance.etat === 'convoquee') &&
  peutReserver(c.utilisateur, cadreDe(s.instance), s.catalogue.contient);
