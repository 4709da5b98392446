/** Words of what leaves by mail about a session. Pure. */
import { direMots, LIEU_A_PRECISER } from './cadre.ts';
import { capitale, duree, heure, jour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type Instance, nomEntier } from '../../instances/index.ts';
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

/** Where a seat is written to: its holder, their substitute when the holder has no address or has declined. */
export function adressesDe(p: Participant): { nom: string; courriel: string }[] {
  const titulaire = p.courriel ? [{ nom: p.nom || p.fonction, courriel: p.courriel }] : [];
  const suppleant = p.suppleantCourriel ? [{ nom: p.suppleantNom || p.fonction, courriel: p.suppleantCourriel }] : [];
  if (titulaire.length === 0) return suppleant;
  return p.reponse === 'refuse' ? [...titulaire, ...suppleant] : titulaire;
}

/** What a mail may say of a restricted body: that there is a meeting, nothing of its subject. */
export const discrete = (i: Instance): boolean => i.confidentialite === 'restreinte';
export const nomDit = (e: Pick<Envoi, 'instance' | 'catalogue'>): string =>
  discrete(e.instance) ? 'une instance dont vous êtes membre' : nomEntier(e.instance, e.catalogue);
/** Of a subject line, and of an invitation. */
export const nomEnTete = (e: Pick<Envoi, 'instance' | 'catalogue'>): string => (discrete(e.instance) ? 'réunion' : nomEntier(e.instance, e.catalogue));

export function ordreDuJour(e: Envoi): string {
  if (discrete(e.instance)) return 'L’ordre du jour est sur la plateforme.';
  return e.points.length === 0 ? '' : `Ordre du jour :\n${e.points.map((p, i) => `${i + 1}. ${p.titre} (${duree(p.minutes)})`).join('\n')}`;
}

/** « mardi 15 décembre 2026, de 10 h à 12 h ». */
const quandDit = (s: Seance): string =>
  s.jour && s.heure ? `${jour(s.jour, { semaine: true })}, de ${heure(s.heure)} à ${heure(finDe(s.heure, s.dureeMinutes))}` : 'date à choisir';

export const paragraphes = (...p: (string | false | null)[]): string => p.filter(Boolean).join('\n\n');
export const salut = (nom: string) => `Bonjour${nom ? ` ${nom}` : ''},`;

/** Who signs for the body: its president, or else who keeps it. */
export const signataireDe = (participants: readonly Participant[]): Pick<Participant, 'nom' | 'fonction'> | undefined => {
  const assis = participants.filter((p) => p.retireLe === null);
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
    `${discrete(e.instance) ? 'Une réunion à laquelle vous êtes attendu change' : 'La séance suivante change'} de date ou de lieu. Je vous remercie de bien vouloir répondre à nouveau.`,
  modifiee: (e: Envoi) =>
    discrete(e.instance) ? 'Une réunion d’une instance dont vous êtes membre a un nouvel ordre du jour.' : 'L’ordre du jour de la séance suivante a changé.',
};

export function texteConvocation(e: Envoi, genre: keyof typeof MOTIFS, lien: string): { sujet: string; texte: string } {
  const { seance: s } = e;
  const tete = { convocation: 'Convocation', deplacee: 'Séance déplacée', modifiee: 'Ordre du jour modifié' }[genre];
  return {
    sujet: `${tete} : ${nomEnTete(e)}${s.jour ? `, ${jour(s.jour)}` : ''}`,
    texte: paragraphes(
      'Madame, Monsieur,',
      MOTIFS[genre](e),
      cadreDit(e),
      s.mot,
      ordreDuJour(e),
      `Pour dire si vous venez ou qui vous représente, et pour lire les documents :\n${lien}`,
      'Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.',
      signature(e),
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
