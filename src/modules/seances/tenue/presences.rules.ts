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
/** The last word of each who spoke of what the line says, and what it contests. What is said of another state of the line undoes nothing said of this one. */
function dernieresDe(p: Ligne1, mots: readonly MotDePresence[]): { contestee: MotDePresence; mot: MotDePresence }[] {
  const derniers = new Map<string, { contestee: MotDePresence; mot: MotDePresence }>();
  for (const mot of mots)
    if (mot.participantId === p.id && mot.acte !== 'notee' && mot.presence === p.presence && mot.representePar === p.representePar)
      derniers.set(mot.voie, { contestee: mot.acte === 'contestee' ? mot : (derniers.get(mot.voie)?.contestee ?? mot), mot });
  return [...derniers.values()];
}
/** Those that hold. */
export const contestationsDe = (p: Ligne1, mots: readonly MotDePresence[]): MotDePresence[] =>
  dernieresDe(p, mots).flatMap(({ mot }) => (mot.acte === 'contestee' ? [mot] : []));
/** Those that who keeps the body closed, their author having left, with why. */
export const contestationsClassees = (p: Ligne1, mots: readonly MotDePresence[]): { contestee: MotDePresence; mot: MotDePresence }[] =>
  dernieresDe(p, mots).filter(({ mot }) => mot.acte === 'classee');
const ecrite = (m: MotDePresence, classee?: MotDePresence): Contestation => ({
  par: m.par,
  motif: m.motif,
  ...(m.parLien ? { parLien: true } : {}),
  ...(classee ? { classee: { par: classee.par, motif: classee.motif } } : {}),
});
/** Everything contested of that line, as minutes write it: what holds first. */
export const contestationsEcrites = (p: Ligne1, mots: readonly MotDePresence[]): Contestation[] => [
  ...contestationsDe(p, mots).map((m) => ecrite(m)),
  ...contestationsClassees(p, mots).map(({ contestee, mot }) => ecrite(contestee, mot)),
];

/** Who of a line is there no more: their account is closed, or they left the seat. */
export interface Partis {
  titulaire: boolean;
  suppleant: boolean;
}
/** Its author can take it back no more. */
function sansAuteur(p: Participant, voie: VoieDePresence, participants: readonly Participant[], partis: ReadonlyMap<string, Partis>): boolean {
  if (voie !== 'representant') return partis.get(p.id)?.[voie] ?? false;
  const adresse = adresseDuRepresentant(p, participants).toLowerCase();
  if (adresse === '' || adresse === p.suppleantCourriel.toLowerCase()) return adresse === '' || (partis.get(p.id)?.suppleant ?? false);
  const sien = participants.find((x) => x.courriel.toLowerCase() === adresse);
  return sien === undefined || (partis.get(sien.id)?.titulaire ?? false);
}
/** What is contested by somebody who left, line by line: who keeps the body may close it. */
export interface AClasser {
  participant: Participant;
  mot: MotDePresence & { voie: VoieDePresence };
}
export const aClasser = (participants: readonly Participant[], mots: readonly MotDePresence[], partis: ReadonlyMap<string, Partis>): AClasser[] =>
  participants.flatMap((participant) =>
    contestationsDe(participant, mots).flatMap((m) =>
      m.voie !== '' && sansAuteur(participant, m.voie, participants, partis) ? [{ participant, mot: { ...m, voie: m.voie } }] : [],
    ),
  );
