/** Words of what leaves by mail about a session. Pure. */
import { direMots, LIEU_A_PRECISER } from './cadre.ts';
import { capitale, duree, heure, jour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type Instance, nomEntier } from '../../instances/index.ts';
import { voieEcrite } from '../releve/approbations.rules.ts';
import { EN_QUALITE } from '../releve/qualites.rules.ts';
import type { ReleveContenu } from '../releve/releve.modele.ts';
import type { Participant, Point, Seance } from '../seances.queries.ts';
import { finDe } from '../seances.rules.ts';

export interface Envoi {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  points: readonly Point[];
  participants: readonly Participant[];
  /** Who sends it; absent when it leaves by itself. */
  expediteur?: { nom: string; fonction: string } | undefined;
}

/**
 * Where a seat is written to: its holder, their substitute when the holder is away or has no address, both once the holder has declined.
 * The address of a closed account is none, whatever the seat.
 */
export function adressesDe(
  p: Pick<Participant, 'nom' | 'fonction' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'absent' | 'parti' | 'suppleantParti' | 'reponse'>,
): { nom: string; courriel: string }[] {
  const titulaire = p.courriel && !p.parti ? [{ nom: p.nom || p.fonction, courriel: p.courriel }] : [];
  const suppleant = p.suppleantCourriel && !p.suppleantParti ? [{ nom: p.suppleantNom || p.fonction, courriel: p.suppleantCourriel }] : [];
  if (titulaire.length === 0 || (p.absent && suppleant.length > 0)) return suppleant;
  return p.reponse === 'refuse' ? [...titulaire, ...suppleant] : titulaire;
}

/** What a mail may say of a restricted body: that there is a meeting, nothing of its subject. */
export const discrete = (i: Instance): boolean => i.confidentialite === 'restreinte';
export const nomDit = (e: Pick<Envoi, 'instance' | 'catalogue'>): string =>
  discrete(e.instance) ? 'une instance dont vous êtes membre' : nomEntier(e.instance, e.catalogue);
/** Of a subject line, and of an invitation. */
const nomEnTete = (e: Pick<Envoi, 'instance' | 'catalogue'>): string => (discrete(e.instance) ? 'réunion' : nomEntier(e.instance, e.catalogue));

export function ordreDuJour(e: Envoi): string {
  if (discrete(e.instance)) return 'L’ordre du jour est sur la plateforme.';
  return e.points.length === 0 ? '' : `Ordre du jour :\n${e.points.map((p, i) => `${i + 1}. ${p.titre} (${duree(p.minutes)})`).join('\n')}`;
}

/** « mardi 15 décembre 2026, de 10 h à 12 h ». */
const quandDit = (s: Seance): string =>
  s.jour && s.heure ? `${jour(s.jour, { semaine: true })}, de ${heure(s.heure)} à ${heure(finDe(s.heure, s.dureeMinutes))}` : 'date à choisir';

/** Every mail of a session is a letter: it opens, ends and is signed alike. */
const ecrireLettre = (signe: string, ...corps: (string | false)[]): string =>
  ['Madame, Monsieur,', ...corps, 'Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.', signe].filter(Boolean).join('\n\n');
const lettre = (e: Envoi, ...corps: (string | false)[]): string => ecrireLettre(signature(e), ...corps);

/** Who signs for the body: its president, or else who keeps it; nobody signs for a vacant seat, nor who left. */
export const signataireDe = (participants: readonly Participant[]): Pick<Participant, 'nom' | 'fonction'> | undefined => {
  const assis = participants.filter((p) => p.retireLe === null && p.nom !== '' && !p.parti);
  return assis.find((p) => p.qualite === 'president') ?? assis.find((p) => p.qualite === 'secretaire');
};

/** What the session is, line by line: the body in full, its title, when, where. */
function cadreDit(e: Envoi): string {
  const { seance: s } = e;
  const mots = direMots(s);
  return [
    ...(discrete(e.instance) ? [] : [nomEntier(e.instance, e.catalogue), s.titre]),
    `${capitale(quandDit(s))}${s.jour ? '' : '.'}`,
    ...(s.lieu === '' && s.visio === '' ? [LIEU_A_PRECISER] : []),
    ...mots,
  ].join('\n');
}

const MOTIFS = {
  convocation: (e: Envoi) =>
    discrete(e.instance)
      ? 'J’ai l’honneur de vous inviter à une réunion d’une instance dont vous êtes membre.'
      : 'J’ai l’honneur de vous inviter à la séance suivante.',
  deplacee: (e: Envoi) =>
    `${discrete(e.instance) ? 'Une réunion d’une instance dont vous êtes membre change' : 'La séance suivante change'} de date ou de lieu. Je vous remercie de bien vouloir répondre à nouveau.`,
  modifiee: (e: Envoi) =>
    discrete(e.instance) ? 'Une réunion d’une instance dont vous êtes membre a un nouvel ordre du jour.' : 'L’ordre du jour de la séance suivante a changé.',
};

export function texteConvocation(e: Envoi, genre: keyof typeof MOTIFS, lien: string): Message {
  const { seance: s } = e;
  const tete = { convocation: 'Convocation', deplacee: 'Séance déplacée', modifiee: 'Ordre du jour modifié' }[genre];
  return {
    sujet: `${tete} : ${nomEnTete(e)}${s.jour ? `, ${jour(s.jour)}` : ''}`,
    texte: lettre(
      e,
      MOTIFS[genre](e),
      cadreDit(e),
      s.mot,
      ordreDuJour(e),
      `Pour dire si vous venez ou qui vous représente, et pour lire les documents :\n${lien}`,
    ),
  };
}

interface Message {
  sujet: string;
  texte: string;
}
/** Which session it was: the body, its title, when. */
const seanceDite = (e: Envoi): string =>
  [...(discrete(e.instance) ? [] : [nomEntier(e.instance, e.catalogue), e.seance.titre]), capitale(quandDit(e.seance))].join('\n');
const leJour = (e: Envoi): string => (e.seance.jour ? `, ${jour(e.seance.jour)}` : '');

export const texteAnnulation = (e: Envoi, motif: string): Message => ({
  sujet: `Séance annulée : ${nomEnTete(e)}${leJour(e)}`,
  texte: lettre(
    e,
    `J’ai le regret de vous informer que la ${discrete(e.instance) ? 'réunion suivante, d’une instance dont vous êtes membre,' : 'séance suivante'} est annulée.`,
    seanceDite(e),
    !discrete(e.instance) && `Motif : ${motif}`,
  ),
});

/** To who no longer sits there: a restricted body is not named to them either. */
export const texteRetrait = (e: Envoi): Message => ({
  sujet: `Convocation retirée : ${nomEnTete(e)}${leJour(e)}`,
  texte: lettre(
    e,
    discrete(e.instance)
      ? 'Vous avez reçu une convocation à la réunion suivante d’une instance dont vous étiez membre. Vous n’y siégez plus : cette convocation est sans objet.'
      : 'Vous avez reçu une convocation à la séance suivante. Vous ne siégez plus dans cette instance : cette convocation est sans objet.',
    seanceDite(e),
  ),
});

export const texteSondage = (e: Envoi, dates: readonly { jour: string; heure: string }[], lien: string): Message => ({
  sujet: `Choix d’une date : ${nomEnTete(e)}`,
  texte: lettre(
    e,
    discrete(e.instance)
      ? 'Une réunion d’une instance dont vous êtes membre se prépare. Je vous remercie de bien vouloir dire quelles dates vous conviennent.'
      : 'La séance suivante se prépare. Je vous remercie de bien vouloir dire quelles dates vous conviennent.',
    !discrete(e.instance) && [nomEntier(e.instance, e.catalogue), e.seance.titre].join('\n'),
    `${dates.length > 1 ? 'Dates proposées' : 'Date proposée'} :\n${dates.map((d) => `- ${jour(d.jour, { semaine: true })} à ${heure(d.heure)}`).join('\n')}`,
    `Pour répondre :\n${lien}`,
  ),
});

/** Who answers for minutes as they leave: a president who approved them, or confirmed signed in that they did; else who froze them, by name. */
function signataireDuReleve(c: ReleveContenu, arretePar: string): { nom: string; fonction: string } {
  const rang = new Map(c.participants.filter((p) => p.qualite === 'president').map((p, i) => [p.fonction, i]));
  const [a] = c.approbations
    .filter((x) => (x.notee ? x.notee.reponse === 'confirmee' && !x.notee.reponseDepuis && !x.notee.reponseParLien : !x.depuis))
    .sort((x, y) => (rang.get(x.fonction) ?? rang.size) - (rang.get(y.fonction) ?? rang.size));
  if (!a) return { nom: arretePar, fonction: c.participants.find((p) => p.qualite === 'secretaire' && p.nom === arretePar)?.fonction ?? 'Pour le secrétariat' };
  const voie = a.notee ? a.notee.reponseVoie : voieEcrite(a);
  return { nom: a.notee?.reponsePar || a.par, fonction: `${a.fonction}${voie ? EN_QUALITE[voie] : ''}` };
}

/** The frozen minutes, which leave by themselves: a restricted body's number would name it. */
export function texteReleve(c: ReleveContenu, o: { restreinte: boolean; rectificatif: number; joint: boolean; lien: string; arretePar: string }): Message {
  const titre = o.rectificatif > 0 ? `Rectificatif n° ${o.rectificatif}` : 'Relevé de décisions';
  const quoi = o.rectificatif > 0 ? `le rectificatif n° ${o.rectificatif} du relevé de décisions` : 'le relevé de décisions';
  const s = signataireDuReleve(c, o.arretePar);
  if (o.restreinte)
    return {
      sujet: `${titre} : réunion`,
      texte: ecrireLettre(
        'Le secrétariat',
        `J’ai l’honneur de vous informer que ${quoi} d’une réunion d’une instance dont vous êtes membre est arrêté.`,
        `Pour le lire :\n${o.lien}`,
      ),
    };
  return {
    sujet: `${titre} ${c.numero} : ${c.instance.nom}`,
    texte: ecrireLettre(
      [s.nom, s.fonction, s.nom === o.arretePar ? '' : `\nRelevé arrêté par ${o.arretePar}.`].filter(Boolean).join('\n'),
      `J’ai l’honneur de vous ${o.joint ? 'adresser ci-joint' : 'faire connaître'} ${quoi} de la séance suivante, arrêté sous le numéro ${c.numero}.`,
      [c.instance.nom, c.seance.titre, capitale(jour(c.seance.reel?.jour ?? c.seance.jour, { semaine: true }))].join('\n'),
      `Pour le lire en ligne :\n${o.lien}`,
    ),
  };
}

/** Who signs, then who sent it; a restricted body is not told by the function of who keeps it. */
function signature(e: Envoi): string {
  const x = e.expediteur;
  if (discrete(e.instance)) return x ? x.nom : 'Le secrétariat';
  const s = signataireDe(e.participants) ?? { nom: '', fonction: 'Le secrétariat' };
  const signe = [s.nom, s.fonction].filter(Boolean).join('\n');
  return !x || x.nom === s.nom ? signe : `${signe}\n\nMessage envoyé par ${[x.nom, x.fonction].filter(Boolean).join(', ')}.`;
}
