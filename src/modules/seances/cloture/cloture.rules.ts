/** From draft to frozen minutes: who must approve what, when it may be frozen, how it is numbered. Pure. */
import { couper } from '../../../core/couper.ts';
import type { Participant } from '../seances.queries.ts';
import { type Ici, premier, rangDeLAdresse, type Siege, type Voix, voixDe } from '../paroles/voix.rules.ts';
import type { Voie, VoieDonnee } from '../releve/qualites.rules.ts';
import type { Approbation } from './contenu.queries.ts';
import type { Tenant } from './tenants.queries.ts';

export { EN_QUALITE, type Voie } from '../releve/qualites.rules.ts';

export interface LigneDApprobation {
  participant: Pick<Participant, 'id' | 'fonction' | 'nom' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'presence' | 'convocations' | 'nulConvoque'>;
  /** The same seat, as it is written to today. */
  desormais: Siege;
  /** `caduque`: approved a text that changed since. `contestee`: another noted it, and they say that they did not give it. */
  etat: 'attendue' | 'donnee' | 'caduque' | 'contestee';
  /** What was last noted in their name is contested, of this text, or by them of a former one: nothing more is noted for them, they approve themselves. */
  seule: boolean;
  approbation: Approbation | null;
  /** Who holds the chair since, when who presided that day does not. */
  successeur: Tenant | null;
}

/** One line for each president of the body, present or not. `approbations`: the latest first. */
export function suivreApprobations(
  participants: readonly Participant[],
  approbations: readonly Approbation[],
  empreinte: string,
  successeurs: ReadonlyMap<string, Tenant> = new Map(),
  desormais: readonly Participant[] = [],
): LigneDApprobation[] {
  return participants
    .filter((p) => p.qualite === 'president' && p.retireLe === null)
    .map((participant) => {
      const siennes = approbations.filter((a) => a.participantId === participant.id);
      const bonne = siennes.find((a) => a.empreinte === empreinte);
      return {
        participant,
        desormais: desormais.find((p) => p.id === participant.id) ?? participant,
        etat: bonne ? (bonne.reponse === 'contestee' ? 'contestee' : 'donnee') : siennes.length > 0 ? 'caduque' : 'attendue',
        seule: bonne?.reponse === 'contestee' || contesteParElle(siennes[0]),
        approbation: bonne ?? siennes[0] ?? null,
        successeur: successeurs.get(participant.id) ?? null,
      };
    });
}

const contesteParElle = (a: Approbation | undefined): boolean =>
  a?.reponse === 'contestee' && (a.reponseVoie === '' || a.reponseVoie === 'titulaire') && !a.reponseDepuis;
/** Somebody else wrote it: received by letter or mail. */
export const estNotee = (a: Pick<Approbation, 'noteePar' | 'piece'>): boolean => a.noteePar !== '' || a.piece !== '';

/** In which quality who gave it did; null: another noted it, or it was not kept. */
export const donneePour = (a: Pick<Approbation, 'noteePar' | 'piece' | 'voie'>): VoieDonnee | null => (estNotee(a) || a.voie === '' ? null : a.voie);
/** Not the word of who held the chair, from where they were convoked first: another noted it, or gave it, or it was given from another address. */
export function estDUnAutre({ participant, approbation: a }: Pick<LigneDApprobation, 'participant' | 'approbation'>): boolean {
  if (a === null) return false;
  const donnee = donneePour(a);
  return estNotee(a) || (donnee !== null && (donnee !== 'titulaire' || a.depuis || rangDeLAdresse(participant, donnee, a.adresse) > 0));
}

/** The account that wrote it for the president; by its name and organisation when the account was not kept. */
export const aNote = (
  a: Pick<Approbation, 'noteePar' | 'noteeDe' | 'noteeCompte'> | null,
  u: { id: string; nom: string; organisationId: string } | null,
): boolean =>
  a !== null && u !== null && a.noteePar !== '' && (a.noteeCompte === null ? a.noteePar === u.nom && a.noteeDe === u.organisationId : a.noteeCompte === u.id);

/** What another noted, or gave for who presided, of minutes that were frozen and are not the text at hand: answered all the same. */
export const suivreAnterieures = (
  participants: readonly Participant[],
  approbations: readonly Approbation[],
  empreintes: readonly string[],
  successeurs: ReadonlyMap<string, Tenant>,
  desormais: readonly Participant[] = [],
): LigneDApprobation[] =>
  empreintes.flatMap((empreinte) =>
    suivreApprobations(
      participants,
      approbations.filter((a) => a.empreinte === empreinte),
      empreinte,
      successeurs,
      desormais,
    ).filter(estDUnAutre),
  );
/** The line of this chair for this very text; or for a former one that they contest, so that they may stop. */
export const ligneDuTexte = (e: EtatDesApprobations, participantId: string, empreinte: string): LigneDApprobation | undefined =>
  [...e.approbations, ...e.anterieures].find(
    (l) => l.participant.id === participantId && l.approbation?.empreinte === empreinte && (l.etat !== 'caduque' || l.seule),
  );
interface EtatDesApprobations {
  approbations: readonly LigneDApprobation[];
  anterieures: readonly LigneDApprobation[];
}

/** A chair for which somebody speaks, in which quality, and from where. */
export interface Chaise extends Ici, Omit<Voix, 'voie'> {
  ligne: LigneDApprobation;
  voie: Voie;
}
/** Who holds it that day speaks after everybody; who holds it since, after any substitute; a substitute, after nobody. Empty: who spoke was not kept. */
const RANGS: Readonly<Record<Voie | '', number>> = { titulaire: 0, '': 1, successeur: 1, suppleant: 2, suppleant_successeur: 2, convoque_dabord: 3 };
/** All those of this person, their own first. Each is spoken for by itself. */
export function chaisesDe(lignes: readonly LigneDApprobation[], courriel: string): Chaise[] {
  const siennes = lignes.flatMap((ligne) => chaiseDe(ligne, courriel) ?? []);
  return siennes.sort((a, b) => RANGS[a.voie] - RANGS[b.voie]);
}
/** Signed in or by a link: as the seat was convoked, else as it is written to today, else of who holds it since. */
export function chaiseDe(ligne: LigneDApprobation, courriel: string): Chaise | null {
  const adresse = courriel.toLowerCase();
  if (adresse === '') return null;
  const { participant, desormais, successeur } = ligne;
  const dite = premier([participant, desormais], (p) => voixDe(p, adresse));
  // Convoked first, replaced, and given the chair again since: they hold it.
  if (dite && (dite.voie !== 'convoque_dabord' || successeur?.courriel !== adresse)) return { ...dite, ligne, adresse };
  if (successeur?.courriel !== adresse) return null;
  const voie = successeur.enSuppleance ? 'suppleant_successeur' : 'successeur';
  return { ligne, adresse, voie, depuis: false, convoquee: dite?.convoquee === true, nom: successeur.nom };
}

/** The president has something to say of it: another noted it, on this very text, and they did not confirm it; or they contest it. */
export const attendLaPresidence = ({ etat, approbation: a }: LigneDApprobation): boolean =>
  etat === 'contestee' || (etat === 'donnee' && a !== null && estNotee(a) && a.reponse !== 'confirmee');

/** Its last word: an answer, else that of who gave it. Null: another noted it, and nobody answered. */
function dernierMot(a: Approbation): { contestee: boolean; voie: VoieDonnee | ''; adresse: string } | null {
  if (a.reponse !== null) return { contestee: a.reponse === 'contestee', voie: a.reponseVoie, adresse: a.reponseAdresse };
  return estNotee(a) ? null : { contestee: false, voie: a.voie || 'titulaire', adresse: a.adresse };
}
/**
 * Each takes back what they contest. Within one voice, the address convoked first speaks after the others; between voices, ranks decide, and an address
 * written since the session answers no other voice. Who was convoked first says once, beside, that what is not theirs is not so: nothing of it is answered.
 */
export function peutRepondre(l: LigneDApprobation, voie: Voie, { adresse }: Pick<Ici, 'adresse'>): boolean {
  const a = l.approbation;
  const changee = l.etat === 'caduque';
  if (a === null || (changee && !l.seule)) return false;
  if (voie === 'convoque_dabord') return !changee && estDUnAutre(l) && !a.dabord.some((x) => x.adresse === adresse);
  const dit = dernierMot(a);
  if (dit === null) return true;
  if (dit.voie === voie && (dit.adresse === '' || dit.adresse === adresse)) return dit.contestee;
  if (changee) return false;
  const [ici, la] = [rangDeLAdresse(l.participant, voie, adresse), rangDeLAdresse(l.participant, dit.voie, dit.adresse)];
  if (dit.voie === voie) return ici < la;
  return RANGS[voie] < RANGS[dit.voie] && (Number.isFinite(ici) || !Number.isFinite(la));
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
