/** From draft to frozen minutes: who must approve what, when it may be frozen, how it is numbered. Pure. */
import { couper } from '../../../core/couper.ts';
import type { Participant } from '../seances.queries.ts';
import { adressesDuSiegeLu, estDIci, forceDe, type Parlant, premier, type Siege, voixDe } from '../paroles/voix.rules.ts';
import { EN_QUALITE, type Voie, type VoieDonnee } from '../releve/qualites.rules.ts';
import type { Approbation, Parole } from './contenu.queries.ts';
import type { Tenant } from './tenants.queries.ts';

export { EN_QUALITE } from '../releve/qualites.rules.ts';

export interface LigneDApprobation {
  participant: Siege & Pick<Participant, 'id' | 'presence'>;
  /** The same seat, as it is written to today. */
  desormais: Siege;
  /** `caduque`: approved a text that changed since. `contestee`: another noted it, and they say that they did not give it. */
  etat: 'attendue' | 'donnee' | 'caduque' | 'contestee';
  /** What was noted in their name is contested, and they hold the chair: nothing more is noted for them, they take it back or approve themselves. */
  seule: boolean;
  /** In whose name an approval that was received is noted: theirs; of who holds the chair since, once who presided that day contests. */
  nom: string;
  approbation: Approbation | null;
  /** All those of this chair, whatever the text, the latest first. */
  toutes: readonly Approbation[];
  /** Who holds the chair since, when who presided that day does not. */
  successeur: Tenant | null;
}
/** Who presides, as they were convoked, as their seats are written to today, and who holds them since. `fermees`: addresses of closed accounts. */
export interface Presidences {
  participants: readonly Participant[];
  desormais?: readonly Participant[];
  successeurs?: ReadonlyMap<string, Tenant>;
  fermees?: ReadonlySet<string>;
}

/** One line for each president of the body, present or not. `approbations`: the latest first. */
export function suivreApprobations(p: Presidences, approbations: readonly Approbation[], empreinte: string): LigneDApprobation[] {
  return p.participants
    .filter((x) => x.qualite === 'president' && x.retireLe === null)
    .map((participant) => {
      const toutes = approbations.filter((a) => a.participantId === participant.id);
      const bonne = toutes.find((a) => a.empreinte === empreinte);
      const successeur = p.successeurs?.get(participant.id) ?? null;
      const contestee = conteste(toutes, p.fermees ?? new Set());
      const voie = successeur?.enSuppleance ? 'suppleant_successeur' : 'successeur';
      return {
        participant,
        desormais: p.desormais?.find((x) => x.id === participant.id) ?? participant,
        etat: bonne ? (bonne.reponse === 'contestee' ? 'contestee' : 'donnee') : toutes.length > 0 ? 'caduque' : 'attendue',
        seule: bonne?.reponse === 'contestee' || (successeur === null && contestee),
        nom: successeur && contestee ? `${successeur.nom}${EN_QUALITE[voie]}` : participant.nom || participant.fonction,
        approbation: bonne ?? toutes[0] ?? null,
        toutes,
        successeur,
      };
    });
}
/** Who holds the chair contests what was noted of some text, and approved nothing since: by the same address, or by an account of their name. */
function conteste(toutes: readonly Approbation[], fermees: ReadonlySet<string>): boolean {
  const siennes = toutes
    .flatMap((a) => a.paroles.map((m) => ({ ...m, quand: m.rang === 0 ? a.quand : new Date(m.quand) })))
    .filter((m) => !m.ecartee && (m.voie === 'titulaire' ? m.force > 0 : m.voie === ''))
    .sort((x, y) => x.quand.getTime() - y.quand.getTime() || x.rang - y.rang);
  return siennes.some(
    (m, i) =>
      m.acte === 'contestee' && !fermees.has(m.adresse) && !siennes.slice(i + 1).some((x) => x.acte !== 'contestee' && (x.force === 7 || estDIci(m, x))),
  );
}
/** Somebody else wrote it: received by letter or mail. */
export const estNotee = (a: Pick<Approbation, 'noteePar' | 'piece'>): boolean => a.noteePar !== '' || a.piece !== '';

/** In which quality who gave it did; null: another noted it, or it was not kept. */
export const donneePour = (a: Pick<Approbation, 'noteePar' | 'piece' | 'voie'>): VoieDonnee | null => (estNotee(a) || a.voie === '' ? null : a.voie);
/** Not the word of who held the chair, from an address of theirs: another noted it, or gave it; or the chair has several addresses, or it is answered. */
export function estDUnAutre(l: Pick<LigneDApprobation, 'participant' | 'desormais' | 'approbation'>): boolean {
  const a = l.approbation;
  if (a === null) return false;
  const donnee = donneePour(a);
  const dAilleurs = (x: string) => x !== a.adresse && premier([l.participant, l.desormais], (p) => voixDe(p, x))?.voie === 'titulaire';
  return (
    estNotee(a) ||
    a.reponse !== null ||
    (donnee !== null && (donnee !== 'titulaire' || a.depuis || adressesDuSiegeLu([l.participant, l.desormais]).some(dAilleurs)))
  );
}

/** The account that wrote it for the president; by its name and organisation when the account was not kept. */
export const aNote = (
  a: Pick<Approbation, 'noteePar' | 'noteeDe' | 'noteeCompte'> | null,
  u: { id: string; nom: string; organisationId: string } | null,
): boolean =>
  a !== null && u !== null && a.noteePar !== '' && (a.noteeCompte === null ? a.noteePar === u.nom && a.noteeDe === u.organisationId : a.noteeCompte === u.id);

/** What another noted, or gave for who presided, of minutes that were frozen and are not the text at hand: answered all the same. */
export const suivreAnterieures = (p: Presidences, approbations: readonly Approbation[], empreintes: readonly string[]): LigneDApprobation[] =>
  empreintes.flatMap((empreinte) => suivreApprobations(p, approbations, empreinte).filter((l) => l.approbation?.empreinte === empreinte && estDUnAutre(l)));
/** The line of this chair for this very text: at hand, or frozen; of another, for what is contested of it, which may be taken back. */
export function ligneDuTexte(e: EtatDesApprobations, participantId: string, empreinte: string): LigneDApprobation | undefined {
  const siennes = [...e.anterieures, ...e.approbations].filter((l) => l.participant.id === participantId);
  const dite = siennes.find((l) => l.approbation?.empreinte === empreinte && l.etat !== 'caduque');
  const [l] = siennes;
  const approbation = l?.toutes.find((a) => a.empreinte === empreinte && a.paroles.some((m) => m.acte === 'contestee' && !m.ecartee));
  return dite ?? (l && approbation ? { ...l, approbation, etat: 'caduque' } : undefined);
}
interface EtatDesApprobations {
  approbations: readonly LigneDApprobation[];
  anterieures: readonly LigneDApprobation[];
}

/** A chair for which somebody speaks, in which quality, and from where. */
export interface Chaise extends Parlant {
  ligne: LigneDApprobation;
}
/** Who held it that day, who presides since, substitutes, who was convoked first. */
const ORDRE: readonly Voie[] = ['titulaire', 'successeur', 'suppleant', 'suppleant_successeur', 'convoque_dabord'];
/** All those of this account, their own first. Each is spoken for by itself. */
export function chaisesDe(lignes: readonly LigneDApprobation[], u: { courriel: string; nom: string } | null): Chaise[] {
  const siennes = u ? lignes.flatMap((ligne) => chaiseDe(ligne, u.courriel, u.nom) ?? []) : [];
  return siennes.sort((a, b) => ORDRE.indexOf(a.voie) - ORDRE.indexOf(b.voie));
}
/** As the seat was convoked, else as it is written to today, else of who holds it since. `compte`: name of their account; null: by the link of a letter. */
export function chaiseDe(ligne: LigneDApprobation, courriel: string, compte: string | null): Chaise | null {
  const adresse = courriel.toLowerCase();
  const { participant, desormais, successeur } = ligne;
  if (adresse === '' || participant.ecartees.includes(adresse)) return null;
  const dite = premier([participant, desormais], (p) => voixDe(p, adresse));
  const parlant = { ligne, adresse, parLien: compte === null };
  // Convoked first, replaced, and given the chair again since: they hold it.
  if (dite && (dite.voie !== 'convoque_dabord' || successeur?.courriel !== adresse)) return { ...dite, ...parlant, par: compte ?? dite.nom };
  if (successeur?.courriel !== adresse) return null;
  const voie = successeur.enSuppleance ? 'suppleant_successeur' : 'successeur';
  return { ...parlant, voie, depuis: false, convoquee: dite?.convoquee === true, nom: successeur.nom, par: compte ?? successeur.nom };
}
/** Everybody of this chair, in the order in which they are written to. `comptes`: names of open accounts, by address; none: by the link of their letter. */
export const chaisesDeLaLigne = (ligne: LigneDApprobation, comptes: ReadonlyMap<string, string>): Chaise[] =>
  adressesDuSiegeLu([ligne.participant, ligne.desormais], ligne.successeur?.courriel ?? '').flatMap((a) => {
    const chaise = chaiseDe(ligne, a, comptes.get(a) ?? null);
    return chaise ?? [];
  });

/** The president has something to say of it: another noted it, on this very text, and they did not confirm it; or they contest it. */
export const attendLaPresidence = ({ etat, approbation: a }: LigneDApprobation): boolean =>
  etat === 'contestee' || (etat === 'donnee' && a !== null && estNotee(a) && a.reponse !== 'confirmee');

/** Voices of one person, whatever the address; who presides since may be another person than who did. */
const AVEC_ADRESSES: readonly Voie[] = ['titulaire', 'suppleant'];
export type Acte = 'confirmee' | 'contestee' | 'reprise';
/**
 * What this person may say of that approval, by a form as by a link. Each takes back what they contest. Where somebody else spoke, who is stronger than they
 * answers, and so does another address of the same voice: both are said. Who was convoked first says, beside, that what is not theirs is not so.
 */
export function actesDe(p: Chaise): Acte[] {
  const { approbation: a, etat } = p.ligne;
  if (a === null) return [];
  const dabord = p.voie === 'convoque_dabord';
  const [mienne] = a.paroles.filter((m) => (m.voie === 'convoque_dabord') === dabord && estDIci(m, p));
  if (mienne?.acte === 'contestee') return dabord || etat === 'caduque' ? ['reprise'] : ['confirmee', 'reprise'];
  if (etat === 'caduque') return [];
  if (dabord) return estDUnAutre(p.ligne) ? ['contestee'] : [];
  const force = forceDe(p);
  const autres = a.paroles.filter((m) => !m.ecartee && m.voie !== 'convoque_dabord' && m !== mienne);
  if (mienne && !(mienne.force < force && a.reponse === 'contestee')) return [];
  return autres.every((m) => m.force < force || (m.voie === p.voie && m.force === force && AVEC_ADRESSES.includes(p.voie))) ? ['confirmee', 'contestee'] : [];
}
/** What is said beside what holds: by who was convoked first, by another address of the same voice, by an address that was not theirs. */
export function ditACote(a: Approbation): Parole[] {
  const [force] = a.paroles
    .filter((m) => !m.ecartee && m.voie !== 'convoque_dabord')
    .map((m) => m.force)
    .sort((x, y) => y - x);
  return a.paroles.filter(
    (m) =>
      m.rang > 0 &&
      (m.ecartee ||
        m.voie === 'convoque_dabord' ||
        (m.force === force && !(m.adresse === a.reponseAdresse && m.voie === a.reponseVoie && m.acte === a.reponse))),
  );
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
