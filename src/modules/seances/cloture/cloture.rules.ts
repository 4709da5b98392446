/** From draft to frozen minutes: who must approve what, when it may be frozen, how it is numbered. Pure. */
import { couper } from '../../../core/couper.ts';
import type { Participant } from '../seances.queries.ts';
import { type Ici, selonLAdresse } from '../paroles/voix.rules.ts';
import type { Successeur } from '../paroles/paroles.queries.ts';
import type { Approbation } from './contenu.queries.ts';

export interface LigneDApprobation {
  participant: Pick<Participant, 'id' | 'fonction' | 'nom' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'presence' | 'convocations'>;
  /** `caduque`: approved a text that changed since. `contestee`: another noted it, and they say that they did not give it. */
  etat: 'attendue' | 'donnee' | 'caduque' | 'contestee';
  /** They contested what was last noted in their name, of this text or of a former one: nothing more is noted for them, they approve themselves. */
  seule: boolean;
  approbation: Approbation | null;
  /** Who holds the chair since, when who presided that day does not. */
  successeur: Successeur | null;
}

/** One line for each president of the body, present or not. `approbations`: the latest first. */
export function suivreApprobations(
  participants: readonly Participant[],
  approbations: readonly Approbation[],
  empreinte: string,
  successeurs: ReadonlyMap<string, Successeur> = new Map(),
): LigneDApprobation[] {
  return participants
    .filter((p) => p.qualite === 'president' && p.retireLe === null)
    .map((participant) => {
      const siennes = approbations.filter((a) => a.participantId === participant.id);
      const bonne = siennes.find((a) => a.empreinte === empreinte);
      return {
        participant,
        etat: bonne ? (bonne.reponse === 'contestee' ? 'contestee' : 'donnee') : siennes.length > 0 ? 'caduque' : 'attendue',
        seule: [bonne, siennes[0]].some((a) => a?.reponse === 'contestee'),
        approbation: bonne ?? siennes[0] ?? null,
        successeur: successeurs.get(participant.id) ?? null,
      };
    });
}

/** Somebody else wrote it: received by letter or mail. */
export const estNotee = (a: Pick<Approbation, 'noteePar' | 'piece'>): boolean => a.noteePar !== '' || a.piece !== '';

/** By themselves, in the place of who presides. */
export const donneeEnSuppleance = (a: Pick<Approbation, 'noteePar' | 'piece' | 'suppleant'>): boolean => a.suppleant && !estNotee(a);
/** Not the word of who holds the chair: another noted it, or their substitute gave it. */
export const estDUnAutre = (a: Pick<Approbation, 'noteePar' | 'piece' | 'suppleant'>): boolean => estNotee(a) || a.suppleant;

/** The account that wrote it for the president; by its name and organisation when the account was not kept. */
export const aNote = (
  a: Pick<Approbation, 'noteePar' | 'noteeDe' | 'noteeCompte'> | null,
  u: { id: string; nom: string; organisationId: string } | null,
): boolean =>
  a !== null && u !== null && a.noteePar !== '' && (a.noteeCompte === null ? a.noteePar === u.nom && a.noteeDe === u.organisationId : a.noteeCompte === u.id);

/** What another noted, or a substitute gave, of minutes that were frozen and are not the text at hand: answered all the same. */
export const suivreAnterieures = (
  participants: readonly Participant[],
  approbations: readonly Approbation[],
  empreintes: readonly string[],
  successeurs: ReadonlyMap<string, Successeur>,
): LigneDApprobation[] =>
  empreintes.flatMap((empreinte) =>
    suivreApprobations(
      participants,
      approbations.filter((a) => a.empreinte === empreinte),
      empreinte,
      successeurs,
    ).filter((l) => l.approbation !== null && estDUnAutre(l.approbation)),
  );
/** The line of this chair for this very text. */
export const ligneDuTexte = (e: EtatDesApprobations, participantId: string, empreinte: string): LigneDApprobation | undefined =>
  [...e.approbations, ...e.anterieures].find((l) => l.participant.id === participantId && l.approbation?.empreinte === empreinte && l.etat !== 'caduque');
interface EtatDesApprobations {
  approbations: readonly LigneDApprobation[];
  anterieures: readonly LigneDApprobation[];
}

/** Who speaks for a chair: who held it that day, their substitute, or who holds it since. */
export type Voie = 'titulaire' | 'suppleant' | 'successeur';
/** « confirmée par Anne Roux, en suppléance ». */
export const EN_QUALITE: Readonly<Partial<Record<Voie | '', string>>> = { suppleant: ', en suppléance', successeur: ', qui préside désormais' };
/** The chair for which this person speaks. */
export function chaiseDe(lignes: readonly LigneDApprobation[], courriel: string): { ligne: LigneDApprobation; voie: Voie } | null {
  if (courriel === '') return null;
  const sienne = lignes.find(({ participant: p }) => p.courriel === courriel || p.suppleantCourriel === courriel);
  if (sienne) return { ligne: sienne, voie: voieDe(sienne.participant, courriel) };
  const reprise = lignes.find((l) => l.successeur?.courriel === courriel);
  return reprise ? { ligne: reprise, voie: 'successeur' } : null;
}
const voieDe = (p: Pick<Participant, 'courriel'>, courriel: string): Voie => (p.courriel === courriel ? 'titulaire' : 'suppleant');

/** The president has something to say of it: another noted it, on this very text, and they did not confirm it; or they contest it. */
export const attendLaPresidence = (l: LigneDApprobation): boolean =>
  dUnAutre(l) !== null && (l.etat === 'contestee' || (l.approbation !== null && estNotee(l.approbation) && l.approbation.reponse !== 'confirmee'));
const dUnAutre = ({ etat, approbation: a }: LigneDApprobation): Approbation | null =>
  (etat === 'donnee' || etat === 'contestee') && a !== null && estDUnAutre(a) ? a : null;

/**
 * The holder answers until they confirmed it themselves, whatever their substitute said; the substitute, of what another noted, as long as the holder said
 * nothing; who holds the chair since, as long as who held it that day did not confirm it.
 */
export function peutRepondre(l: LigneDApprobation, voie: Voie, ici: Ici): boolean {
  const a = dUnAutre(l);
  if (a === null || (voie === 'suppleant' && !estNotee(a))) return false;
  const selon = selonLAdresse(a, voie, ici);
  if (selon !== null) return selon;
  const { reponse, reponseVoie } = a;
  if (reponse === null) return true;
  if (voie === 'successeur') return reponse === 'contestee' || reponseVoie === 'suppleant';
  return voie === 'titulaire' ? reponse === 'contestee' || reponseVoie !== 'titulaire' : reponse === 'contestee' && reponseVoie === 'suppleant';
}

/** What still stands between the draft and its freezing, as sentences; empty when it may be frozen. */
export function obstacles(o: {
  relectureJusqua: string | null;
  aujourdhui: string;
  amendementsOuverts: number;
  approbations: readonly LigneDApprobation[];
  /** Begun in the session, neither added nor set aside. */
  commencees: number;
}): string[] {
  const attendues = o.approbations.filter((a) => a.etat !== 'donnee');
  return [
    ...(o.commencees > 0
      ? [
          `${o.commencees} ${o.commencees > 1 ? 'saisies commencées ne sont ni ajoutées ni écartées' : 'saisie commencée n’est ni ajoutée ni écartée'} : ${o.commencees > 1 ? 'réglez chacune' : 'réglez-la'} ci-dessus.`,
        ]
      : []),
    ...(o.relectureJusqua !== null && o.relectureJusqua >= o.aujourdhui ? ['La relecture par les présents est encore ouverte.'] : []),
    ...(o.amendementsOuverts > 0 ? [`${o.amendementsOuverts} ${o.amendementsOuverts > 1 ? 'amendements attendent' : 'amendement attend'} une réponse.`] : []),
    ...(attendues.length > 0
      ? [`${attendues.length > 1 ? 'Manquent les approbations' : 'Manque l’approbation'} de : ${attendues.map((a) => a.participant.fonction).join(', ')}.`]
      : []),
  ];
}

/** « CSPDA-18e/2026/3 »: the body's short name and place, the year of the session, its rank among the relevés of that year. */
export function numeroter(i: { nom: string; sigle: string | null; territoire: string | null }, annee: string, rang: number): string {
  const initiales = couper(
    i.nom
      .split(/[\s’'(),-]+/)
      .filter((m) => /^[\p{Lu}\d]/u.test(m) || m.length > 4)
      .map((m) => (/^[\p{Lu}\d]+$/u.test(m) ? m : (m[0] ?? '').toUpperCase()))
      .join(''),
    12,
  );
  return `${i.sigle ?? (initiales || 'SEANCE')}${i.territoire ? `-${i.territoire}` : ''}/${annee}/${rang}`;
}
