import { joursEntre } from '../../../core/jours.ts';
import { ajouterMois } from '../../echeances/index.ts';
/**
 * A person's request, from its reception to the answer.
 *
 *   recue -> en_cours -> repondue | refusee
 *   recue | en_cours -> prolongee -> repondue | refusee
 *
 * The answer is due one month after reception (GDPR, article 12.3). The period may be extended by two further months for a
 * complex request, provided that the person is told why within the first month. A refusal says why, and that one may complain
 * to the CNIL (article 12.4). What is answered or refused is closed: a person who comes back makes a new request.
 */
export const NATURES = {
  acces: { libelle: 'Accès', article: 'art. 15' },
  rectification: { libelle: 'Rectification', article: 'art. 16' },
  effacement: { libelle: 'Effacement', article: 'art. 17' },
  limitation: { libelle: 'Limitation', article: 'art. 18' },
  opposition: { libelle: 'Opposition', article: 'art. 21' },
  information: { libelle: 'Information', article: 'art. 13 et 14' },
} as const;
export type Nature = keyof typeof NATURES;

export const MOYENS = { courriel: 'Courriel', courrier: 'Courrier', guichet: 'Au guichet', telephone: 'Téléphone', autre: 'Autre' } as const;
export type Moyen = keyof typeof MOYENS;

export const ETATS = {
  recue: 'Reçue',
  en_cours: 'En cours',
  prolongee: 'Prolongée',
  repondue: 'Répondue',
  refusee: 'Refusée',
} as const;
export type EtatDemande = keyof typeof ETATS;

export interface Transition {
  vers: EtatDemande;
  /** What the person at the desk does. */
  acte: string;
  aide: string;
  /** Texts without which it is not done. */
  exige: readonly ('motif' | 'reponse')[];
}
const EN_COURS: Transition = { vers: 'en_cours', acte: 'Commencer', aide: 'La recherche dans les données commence.', exige: [] };
const PROLONGER: Transition = {
  vers: 'prolongee',
  acte: 'Prolonger de deux mois',
  aide: 'Demande complexe : la personne doit en être informée, avec le motif, avant la fin du premier mois (art. 12.3).',
  exige: ['motif'],
};
const REPONDRE: Transition = { vers: 'repondue', acte: 'Répondre', aide: 'Écrivez ce qui a été répondu et fait.', exige: ['reponse'] };
const REFUSER: Transition = {
  vers: 'refusee',
  acte: 'Refuser',
  aide: 'Dites pourquoi ; la réponse mentionne la réclamation possible auprès de la CNIL (art. 12.4).',
  exige: ['motif'],
};

export const TRANSITIONS: Readonly<Record<EtatDemande, readonly Transition[]>> = {
  recue: [EN_COURS, PROLONGER, REPONDRE, REFUSER],
  en_cours: [PROLONGER, REPONDRE, REFUSER],
  prolongee: [REPONDRE, REFUSER],
  repondue: [],
  refusee: [],
};
export const estClose = (etat: EtatDemande): boolean => TRANSITIONS[etat].length === 0;

/** One month after reception, three when extended; the database computes the same (`demandes_droits.echeance`). */
export const echeanceDe = (recueLe: string, prolongee: boolean): string => ajouterMois(recueLe, prolongee ? 3 : 1);

/** Days left until the deadline, negative when it is past. */
export const joursRestants = (echeance: string, aujourdhui: string): number => joursEntre(aujourdhui, echeance);

export interface Changement {
  vers: EtatDemande;
  motif: string;
  reponse: string;
  /** Day of the answer; empty means today. */
  repondueLe: string;
}
export type Resultat = { ok: true } | { ok: false; champ: string; raison: string };
const non = (champ: string, raison: string): Resultat => ({ ok: false, champ, raison });

/** May this request pass to that state, on that day? */
export function verifierChangement(d: { etat: EtatDemande; recueLe: string }, c: Changement, aujourdhui: string): Resultat {
  const t = TRANSITIONS[d.etat].find((x) => x.vers === c.vers);
  if (!t)
    return non(
      'etat',
      estClose(d.etat)
        ? 'Cette demande est close. Si la personne revient, enregistrez une nouvelle demande.'
        : `Une demande « ${ETATS[d.etat].toLowerCase()} » ne peut pas devenir « ${ETATS[c.vers].toLowerCase()} ».`,
    );
  if (t.exige.includes('motif') && c.motif === '') return non('motif', 'Dites pourquoi : ce motif est dû à la personne.');
  if (t.exige.includes('reponse') && c.reponse === '') return non('reponse', 'Écrivez ce qui a été répondu.');
  if (c.vers === 'prolongee' && aujourdhui > echeanceDe(d.recueLe, false))
    return non('etat', 'Le premier mois est passé : il est trop tard pour prolonger. Répondez au plus vite, en disant le retard.');
  if (estClose(c.vers) && c.repondueLe !== '' && (c.repondueLe < d.recueLe || c.repondueLe > aujourdhui))
    return non('repondue_le', 'La réponse est datée entre la réception de la demande et aujourd’hui.');
  return { ok: true };
}
