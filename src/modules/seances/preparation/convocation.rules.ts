/** Words of what leaves by mail about a session. Pure. */
import { direMots } from './cadre.ts';
import { capitale, duree, jour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Instance } from '../../instances/index.ts';
import type { Participant, Point, Seance } from '../seances.queries.ts';
import { quand } from '../pages/EnteteSeance.tsx';

export interface Envoi {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  points: readonly Point[];
  participants: readonly Participant[];
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
export const nomDit = (i: Instance): string => (discrete(i) ? 'une instance dont vous êtes membre' : i.nom);

export function ordreDuJour(e: Envoi): string {
  if (discrete(e.instance)) return 'L’ordre du jour est sur la plateforme.';
  return e.points.length === 0 ? '' : `Ordre du jour :\n${e.points.map((p, i) => `${i + 1}. ${p.titre} (${duree(p.minutes)})`).join('\n')}`;
}

export const paragraphes = (...p: (string | false | null)[]): string => p.filter(Boolean).join('\n\n');
export const salut = (nom: string) => `Bonjour${nom ? ` ${nom}` : ''},`;
const lieuDit = (s: Seance): string => direMots(s).join('\n');

export function texteConvocation(e: Envoi, genre: 'convocation' | 'deplacee' | 'modifiee', nom: string, lien: string): { sujet: string; texte: string } {
  const { seance: s, instance: i } = e;
  const tete = { convocation: 'Convocation', deplacee: 'Séance déplacée', modifiee: 'Ordre du jour modifié' }[genre];
  const premiere = {
    convocation: discrete(i) ? `Vous êtes convié à une séance : ${nomDit(i)}.` : `Vous êtes convié à une séance de l’instance « ${i.nom} » : ${s.titre}.`,
    deplacee: `${discrete(i) ? 'Une séance' : `La séance « ${s.titre} »`} (${nomDit(i)}) change de date ou de lieu. Merci de répondre à nouveau.`,
    modifiee: `${discrete(i) ? 'Une séance' : `La séance « ${s.titre} »`} (${nomDit(i)}) a un nouvel ordre du jour.`,
  }[genre];
  return {
    sujet: `${tete} : ${discrete(i) ? 'réunion' : i.nom}, ${s.jour ? jour(s.jour) : ''}`,
    texte: paragraphes(salut(nom), premiere, `${capitale(quand(s))}.\n${lieuDit(s)}`.trim(), s.mot, ordreDuJour(e), `Répondre et lire les documents : ${lien}`),
  };
}
