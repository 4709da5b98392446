/** What every act on the minutes reads first. */
import { conflit, introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { chargerPourTenir } from '../seances.contexte.ts';
import type { Participant } from '../seances.queries.ts';
import * as q from './cloture.queries.ts';

export const courrielDe = (c: Contexte): string => c.utilisateur?.courriel.toLowerCase() ?? '';
export const estPresent = (p: Participant | undefined): boolean => p?.presence === 'present' || p?.presence === 'represente';
/** The seat from which this person speaks of the session: one that was there before one that was not, their own before one where they are the substitute. */
export function siegeDe(participants: readonly Participant[], courriel: string): Participant | undefined {
  if (courriel === '') return undefined;
  const siens = participants.filter((p) => p.retireLe === null && (p.courriel === courriel || p.suppleantCourriel === courriel));
  const rang = (p: Participant) => Number(!estPresent(p)) * 2 + Number(p.courriel !== courriel);
  return siens.sort((a, b) => rang(a) - rang(b))[0];
}

/** Locked, kept by this person, still a draft. */
export async function exigerRelecture(c: Contexte) {
  const s = await chargerPourTenir(c, true);
  if (s.seance.etat === 'figee') throw conflit('Ce relevé vient d’être arrêté : il ne se change plus que par un rectificatif.');
  if (s.seance.etat !== 'relecture') throw conflit('La séance n’est pas levée : son relevé n’existe pas encore.');
  return s;
}

/** Someone answered first: what they said, and what was about to be said. */
export async function dejaTraite(c: Contexte, ou: { seanceId: string; id: string }, reponse: string) {
  const a = (await q.listAmendements(c.db, c.contrat.id, ou.seanceId)).find((x) => x.id === ou.id);
  if (!a) return introuvable('Cet amendement');
  const suite = a.etat === 'retenu' ? 'retenu' : `écarté avec cette réponse : « ${a.reponse} »`;
  return conflit(`Cet amendement vient d’être ${suite}.${reponse ? ` La vôtre n’est pas enregistrée : « ${reponse} ».` : ''}`);
}
