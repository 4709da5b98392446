/**
 * What is noted of somebody's presence, and what they say of it. The person named, their substitute, or whoever is said to stand in for them, contests
 * it, present or not. A contestation holds as long as the line says what was contested, whoever changed it meanwhile. Pure.
 */
import type { Ligne } from '../../../core/base/database.ts';
import type { Contestation } from '../releve/releve.modele.ts';
import type { Participant } from '../seances.queries.ts';
import { PRESENCES, type Presence } from '../seances.rules.ts';

export interface MotDePresence
  extends Pick<
    Ligne<'seancePresenceMots'>,
    | 'participantId'
    | 'rang'
    | 'acte'
    | 'avantPresence'
    | 'avantPar'
    | 'avantNom'
    | 'presence'
    | 'representePar'
    | 'nom'
    | 'motif'
    | 'par'
    | 'organisationId'
    | 'voie'
    | 'parLien'
    | 'quand'
  > {}
export type VoieDePresence = 'titulaire' | 'suppleant' | 'representant';

/** « représenté par Paul Petit ». */
export const direPresence = (p: { presence: Presence | null; representePar: string }): string =>
  p.presence === null ? 'non pointé' : `${PRESENCES[p.presence]}${p.representePar ? ` par ${p.representePar}` : ''}`;

const cle = (nom: string): string => nom.normalize('NFKC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('fr');
/** Who stands in, when they are somebody of the session: their own seat, or the substitute's address. */
export function adresseDuRepresentant(p: Participant, participants: readonly Participant[]): string {
  if (p.presence !== 'represente' || p.representePar === '') return '';
  if (cle(p.suppleantNom) === cle(p.representePar)) return p.suppleantCourriel;
  const siens = participants.filter((x) => x.id !== p.id && x.courriel !== '' && cle(x.nom) === cle(p.representePar));
  return siens.length === 1 ? (siens[0]?.courriel ?? '') : '';
}
/** As whom this person speaks of that line; null for anybody else. */
export function voieDeLigne(p: Participant, participants: readonly Participant[], courriel: string): VoieDePresence | null {
  if (courriel === '' || p.presence === null) return null;
  if (p.courriel.toLowerCase() === courriel) return 'titulaire';
  if (adresseDuRepresentant(p, participants).toLowerCase() === courriel) return 'representant';
  return p.suppleantCourriel.toLowerCase() === courriel ? 'suppleant' : null;
}

type Ligne1 = Pick<Participant, 'id' | 'presence' | 'representePar'>;
/** Those that hold: the last word of each who spoke of what the line says. What is said of another state of the line undoes nothing said of this one. */
export function contestationsDe(p: Ligne1, mots: readonly MotDePresence[]): MotDePresence[] {
  const derniers = new Map<string, MotDePresence>();
  for (const m of mots)
    if (m.participantId === p.id && m.acte !== 'notee' && m.presence === p.presence && m.representePar === p.representePar) derniers.set(m.voie, m);
  return [...derniers.values()].filter((m) => m.acte === 'contestee');
}
/** Of a line that anybody contests, who and why: as minutes write it. */
export function contestationEcrite(p: Ligne1, mots: readonly MotDePresence[]): Contestation | null {
  const [m] = contestationsDe(p, mots);
  return m ? { par: m.par, motif: m.motif, ...(m.parLien ? { parLien: true } : {}) } : null;
}
