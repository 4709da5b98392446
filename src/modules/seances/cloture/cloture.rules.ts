/** From draft to frozen minutes: who must approve what, when it may be frozen, how it is numbered. Pure. */
import { couper } from '../../../core/couper.ts';
import type { Participant } from '../seances.queries.ts';
import { cedeA, type Dit, type Ici, premier, repondALaMemeVoix, type Siege, type Voix, voixDe } from '../paroles/voix.rules.ts';
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
  /** They contested what was last noted in their name, of this text or of a former one: nothing more is noted for them, they approve themselves. */
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
        seule: [bonne, siennes[0]].some((a) => a?.reponse === 'contestee'),
        approbation: bonne ?? siennes[0] ?? null,
        successeur: successeurs.get(participant.id) ?? null,
      };
    });
}

/** Somebody else wrote it: received by letter or mail. */
export const estNotee = (a: Pick<Approbation, 'noteePar' | 'piece'>): boolean => a.noteePar !== '' || a.piece !== '';

type Donnee = Pick<Approbation, 'noteePar' | 'piece' | 'voie' | 'depuis'>;
/** By themselves, and not who held the chair that day where it was convoked: in which quality. */
export const donneePour = (a: Donnee): VoieDonnee | null => (estNotee(a) || a.voie === '' || (a.voie === 'titulaire' && !a.depuis) ? null : a.voie);
/** Not the word of who held the chair: another noted it, or their substitute gave it, who holds it since, or an account at an address given since. */
export const estDUnAutre = (a: Donnee): boolean => estNotee(a) || donneePour(a) !== null;

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
    ).filter((l) => l.approbation !== null && estDUnAutre(l.approbation)),
  );
/** The line of this chair for this very text. */
export const ligneDuTexte = (e: EtatDesApprobations, participantId: string, empreinte: string): LigneDApprobation | undefined =>
  [...e.approbations, ...e.anterieures].find((l) => l.participant.id === participantId && l.approbation?.empreinte === empreinte && l.etat !== 'caduque');
interface EtatDesApprobations {
  approbations: readonly LigneDApprobation[];
  anterieures: readonly LigneDApprobation[];
}

/** A chair for which somebody speaks, in which quality, and from where. */
export interface Chaise extends Ici, Pick<Voix, 'nom' | 'convoquee'> {
  ligne: LigneDApprobation;
  voie: Voie;
}
const RANGS: Readonly<Record<Voie, number>> = { titulaire: 0, suppleant: 1, successeur: 2, suppleant_successeur: 3, convoque_dabord: 4 };
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
  const commun = { ligne, adresse, convoquee: dite?.convoquee === true };
  if (dite) {
    const { nom, voie, place } = dite;
    return { ...commun, nom, voie: voie !== 'depuis' ? voie : place === 'suppleant' ? 'suppleant' : 'titulaire', depuis: voie === 'depuis' };
  }
  if (successeur?.courriel !== adresse) return null;
  return { ...commun, nom: successeur.nom, voie: successeur.enSuppleance ? 'suppleant_successeur' : 'successeur', depuis: false };
}

/** The president has something to say of it: another noted it, on this very text, and they did not confirm it; or they contest it. */
export const attendLaPresidence = (l: LigneDApprobation): boolean =>
  dUnAutre(l) !== null && (l.etat === 'contestee' || (l.approbation !== null && estNotee(l.approbation) && l.approbation.reponse !== 'confirmee'));
const dUnAutre = ({ etat, approbation: a }: LigneDApprobation): Approbation | null =>
  (etat === 'donnee' || etat === 'contestee') && a !== null && estDUnAutre(a) ? a : null;

/**
 * After which other voices each answers: whatever they said, or what they contest alone. The holder of that day answers them all; who holds the chair since,
 * all but what the former confirmed; a substitute, nobody else.
 */
const APRES: Readonly<Record<Voie, Partial<Record<Voie | '', 'tout' | 'contestee'>>>> = {
  titulaire: { '': 'tout', suppleant: 'tout', successeur: 'tout', suppleant_successeur: 'tout', convoque_dabord: 'tout' },
  successeur: { '': 'contestee', titulaire: 'contestee', suppleant: 'tout', suppleant_successeur: 'tout', convoque_dabord: 'tout' },
  suppleant: {},
  suppleant_successeur: { suppleant: 'contestee' },
  convoque_dabord: {},
};
const parSuppleance = (voie: Voie | ''): boolean => voie === 'suppleant' || voie === 'suppleant_successeur';
/** Who holds a chair since was not convoked to it either. */
const estDepuis = (a: Approbation): boolean => a.reponseDepuis || a.reponseVoie === 'successeur' || a.reponseVoie === 'suppleant_successeur';
const dernierMot = (a: Approbation): (Dit & { voie: Voie | '' }) | null =>
  a.reponse === null ? null : { contestee: a.reponse === 'contestee', voie: a.reponseVoie, adresse: a.reponseAdresse, depuis: estDepuis(a) };
/** Ranks between voices decide first; addresses are compared within one, and one given since answers nothing that was said where the chair was convoked. */
export function peutRepondre(l: LigneDApprobation, voie: Voie, ici: Ici): boolean {
  const a = dUnAutre(l);
  if (a === null) return false;
  // What they gave is not theirs to answer, and a substitute answers only what another noted.
  const donnee = donneePour(a);
  if (donnee !== null && (parSuppleance(voie) || (donnee === voie && (voie !== 'titulaire' || a.adresse === ici.adresse)))) return false;
  const dit = dernierMot(a);
  if (dit === null) return true;
  if (cedeA(ici, dit)) return false;
  // Convoked first where another sits, they contest what who was convoked after them did not say.
  if (voie === 'convoque_dabord') return !dit.contestee && (dit.depuis || parSuppleance(dit.voie));
  // Who holds a chair since is whoever does today, at whichever address.
  if (dit.voie === voie) return voie === 'titulaire' || voie === 'suppleant' ? repondALaMemeVoix(dit, ici) : dit.contestee;
  const apres = APRES[voie][dit.voie];
  return apres === 'tout' || (apres === 'contestee' && dit.contestee);
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
