/**
 * What is noted of somebody's presence, and what they say of it. The person named, their substitute, or whoever is said to stand in for them, contests
 * it, present or not. A contestation holds as long as the line says what was contested, whoever changed it meanwhile. Pure.
 */
import type { Ligne } from '../../../core/base/database.ts';
import { PAS_LA_SIENNE } from '../paroles/lien.rules.ts';
import type { Contestation } from '../releve/releve.modele.ts';
import type { Participant } from '../seances.queries.ts';
import { adressesDuSiegeLu, cleDuNom, estDIci, estProuve, type Parlant, premier, type Voix, voixDe } from '../paroles/voix.rules.ts';
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
    | 'depuis'
    | 'parLien'
    | 'adresse'
    | 'quand'
  > {
  /** Who said that it came from an address that was not theirs: it has no effect. */
  ecartee: string | null;
}
export type VoieDePresence = Voix['voie'] | 'representant';

/** « représenté par Paul Petit »; of a restricted body (`discrete`), not by whom. */
export const direPresence = (p: { presence: Presence | null; representePar: string }, discrete = false): string =>
  p.presence === null ? 'non pointé' : `${PRESENCES[p.presence]}${p.representePar && !discrete ? ` par ${p.representePar}` : ''}`;

/** Who stands in, when they are somebody of the session: the substitute of that very seat, or who sits in another. */
function representantDe(p: Participant, participants: readonly Participant[]): { siege: Participant; suppleant: boolean } | null {
  if (p.presence !== 'represente' || p.representePar === '') return null;
  const cle = cleDuNom(p.representePar);
  if (cleDuNom(p.suppleantNom) === cle) return { siege: p, suppleant: true };
  const siens = participants.filter((x) => x.id !== p.id && cleDuNom(x.nom) === cle && adressesDuSiegeLu([x]).some((a) => voixDe(x, a)?.voie === 'titulaire'));
  return siens.length === 1 && siens[0] ? { siege: siens[0], suppleant: false } : null;
}
/** Everywhere they are somebody of their seat. */
export function adressesDuRepresentant(p: Participant, participants: readonly Participant[]): string[] {
  const r = representantDe(p, participants);
  return r ? adressesDuSiegeLu([r.siege]).filter((a) => voixDe(r.siege, a)?.voie === (r.suppleant ? 'suppleant' : 'titulaire')) : [];
}
/** As whom somebody speaks of a line. */
export type VoixDeLigne = Omit<Voix, 'voie'> & { voie: VoieDePresence };
/** Null for anybody else. Their own line first, then that of who stands in. */
export function voixDeLigne(p: Participant, participants: readonly Participant[], courriel: string): VoixDeLigne | null {
  if (courriel === '') return null;
  const sienne = voixDe(p, courriel);
  if (sienne?.voie === 'titulaire' && !sienne.depuis) return sienne;
  const r = representantDe(p, participants);
  const la = r && adressesDuRepresentant(p, participants).includes(courriel.toLowerCase()) ? voixDe(r.siege, courriel) : null;
  if (!la || (la.depuis && sienne)) return sienne;
  return { ...la, voie: 'representant', nom: p.representePar };
}
/** The participants of a session: as they were convoked, then as their seats are written to today. */
export type Lectures = readonly (readonly Participant[])[];
/** As whom somebody speaks of this line, by a link as signed in. */
export const voixDite = (id: string, lectures: Lectures, courriel: string): VoixDeLigne | null =>
  premier(lectures, (participants) => {
    const p = participants.find((x) => x.id === id);
    return p && p.presence !== null ? voixDeLigne(p, participants, courriel) : null;
  });
/** Every line of which they do. */
export const mesLignes = (lectures: Lectures, courriel: string): { participant: Participant; voix: VoixDeLigne }[] =>
  (lectures[0] ?? []).flatMap((participant) => {
    const voix = voixDite(participant.id, lectures, courriel);
    return voix ? [{ participant, voix }] : [];
  });

type Ligne1 = Pick<Participant, 'id' | 'presence' | 'representePar'>;
/** One address; where it was not kept, one voice. */
const deQui = (m: MotDePresence): string => m.adresse || m.voie;
/** The last word of each who spoke of what the line says, and what it contests. What is said of another state of the line undoes nothing said of this one. */
function dernieresDe(p: Ligne1, mots: readonly MotDePresence[]): { contestee: MotDePresence; mot: MotDePresence }[] {
  const derniers = new Map<string, { contestee: MotDePresence; mot: MotDePresence }>();
  for (const mot of mots)
    if (mot.participantId === p.id && mot.acte !== 'notee' && mot.ecartee === null && mot.presence === p.presence && mot.representePar === p.representePar)
      derniers.set(deQui(mot), { contestee: mot.acte === 'contestee' ? mot : (derniers.get(deQui(mot))?.contestee ?? mot), mot });
  return [...derniers.values()];
}
/** Those that hold. */
export const contestationsDe = (p: Ligne1, mots: readonly MotDePresence[]): MotDePresence[] =>
  dernieresDe(p, mots).flatMap(({ mot }) => (mot.acte === 'contestee' ? [mot] : []));
/** Those that who keeps the body closed, their author having left, or said not to come from an address of theirs, with why. */
export const contestationsClassees = (p: Ligne1, mots: readonly MotDePresence[]): { contestee: MotDePresence; mot: Pick<MotDePresence, ClasseePar> }[] => [
  ...dernieresDe(p, mots).filter(({ mot }) => mot.acte === 'classee'),
  ...dernieresDe(
    p,
    mots.flatMap((m) => (m.ecartee === null ? [] : [{ ...m, ecartee: null }])),
  )
    .filter(({ mot }) => mot.acte === 'contestee')
    .map(({ mot: { rang } }) => mots.find((m) => m.participantId === p.id && m.rang === rang))
    .flatMap((m) => (m ? [{ contestee: m, mot: { ...m, par: m.ecartee ?? '', motif: PAS_LA_SIENNE } }] : [])),
];
type ClasseePar = 'par' | 'motif' | 'quand' | 'voie' | 'adresse';
/** What this person may take back of that line: what was said from here; signed in under the name of the line, what came by a link of that voice too. */
export const contestationAReprendre = (p: Ligne1, mots: readonly MotDePresence[], ici: Ici): MotDePresence | undefined => {
  const tiennent = contestationsDe(p, mots);
  return tiennent.find((m) => estDIci(m, ici)) ?? tiennent.find((m) => estProuve(ici) && m.parLien && m.voie === ici.voie);
};
type Ici = Pick<Parlant, 'adresse' | 'nom' | 'par' | 'parLien'> & { voie: string };
export const contestationEcrite = (m: MotDePresence, classee?: Pick<MotDePresence, 'par' | 'motif'>): Contestation => ({
  par: m.ecartee === null ? m.par : 'une adresse qui n’était pas la sienne',
  motif: m.motif,
  ...(m.parLien && m.ecartee === null ? { parLien: true } : {}),
  ...(m.depuis && m.ecartee === null ? { depuis: true } : {}),
  ...(m.voie === 'convoque_dabord' && m.ecartee === null ? { dabord: true } : {}),
  ...(classee ? { classee: { par: classee.par, motif: classee.motif } } : {}),
});
/** As minutes write them: what holds first, and first from where they were convoked. */
const poids = (m: MotDePresence): number => (m.depuis ? 2 : Number(m.voie === 'convoque_dabord'));
export const parOrdre = (a: MotDePresence, b: MotDePresence): number => poids(a) - poids(b) || a.rang - b.rang;
/** Everything contested of that line. */
export const contestationsEcrites = (p: Ligne1, mots: readonly MotDePresence[]): Contestation[] => [
  ...contestationsDe(p, mots)
    .sort(parOrdre)
    .map((m) => contestationEcrite(m)),
  ...contestationsClassees(p, mots)
    .sort((a, b) => parOrdre(a.contestee, b.contestee))
    .map(({ contestee, mot }) => contestationEcrite(contestee, mot)),
];

/** Who is there no more: of a line, by place; and the words whose author is found nowhere (`cleDuMot`). */
export interface Partis {
  lignes: ReadonlyMap<string, { titulaire: boolean; suppleant: boolean }>;
  mots: ReadonlySet<string>;
}
export const cleDuMot = (m: Pick<MotDePresence, 'participantId' | 'rang'>): string => `${m.participantId} ${m.rang}`;
/** Its author can take it back no more: nobody is at the address that spoke, nor has its name; where it was not kept, nobody is in that place. */
function sansAuteur(p: Participant, mot: MotDePresence, participants: readonly Participant[], { lignes, mots }: Partis): boolean {
  if (mot.adresse !== '') return mots.has(cleDuMot(mot));
  if (mot.voie === 'titulaire' || mot.voie === 'suppleant') return lignes.get(p.id)?.[mot.voie] ?? false;
  if (mot.voie !== 'representant') return false;
  const r = representantDe(p, participants);
  return r === null || (lignes.get(r.siege.id)?.[r.suppleant ? 'suppleant' : 'titulaire'] ?? false);
}
/** What is contested by somebody who left, line by line: who keeps the body may close it. */
export interface AClasser {
  participant: Participant;
  mot: MotDePresence;
}
export const aClasser = (participants: readonly Participant[], mots: readonly MotDePresence[], partis: Partis): AClasser[] =>
  participants.flatMap((participant) =>
    contestationsDe(participant, mots).flatMap((mot) => (sansAuteur(participant, mot, participants, partis) ? [{ participant, mot }] : [])),
  );
