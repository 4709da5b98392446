/**
 * Whose answer it is: of who holds the seat, noted for them by another, or of their substitute, which stands beside it. What another says never
 * replaces what the holder said; the holder replaces what was noted for them. Pure.
 */
import type { Ligne } from '../../../core/base/database.ts';
import type { Participant } from '../seances.queries.ts';
import { REPONSES, type ReponseConvocation } from '../seances.rules.ts';

export type Voie = 'titulaire' | 'notee' | 'suppleant';
export interface QuiRepond {
  voie: Voie;
  /** The account that wrote, when it is not that of the person; empty: only the link is known. */
  par: string;
}
interface Lecteur {
  /** Address for which the link was made, or `lettre:…`. */
  lien: string;
  titulaire: string;
  suppleant: string;
  /** Who is signed in on the page. */
  compte: { courriel: string; dit: string } | null;
}
/** By the account first, when one is signed in: a link may be followed by somebody else. */
export function quiRepond(o: Lecteur): QuiRepond {
  const [titulaire, suppleant, compte] = [o.titulaire, o.suppleant, o.compte?.courriel ?? ''].map((x) => x.toLowerCase());
  if (compte && compte === titulaire) return { voie: 'titulaire', par: '' };
  if (compte && compte === suppleant) return { voie: 'suppleant', par: '' };
  const par = o.compte?.dit ?? '';
  const lien = o.lien.toLowerCase();
  if (lien !== titulaire && !lien.startsWith('lettre:')) return { voie: 'suppleant', par };
  return { voie: lien === titulaire && !par ? 'titulaire' : 'notee', par };
}

type Repondu = Pick<Participant, 'nom' | 'fonction' | 'suppleantNom' | 'reponse' | 'reponseVoie' | 'reponsePar' | 'suppleantReponse' | 'suppleantReponsePar'>;
/** The holder said it themselves: nobody else changes it. */
export const aReponduLuiMeme = (p: Pick<Participant, 'reponse' | 'reponseVoie'>): boolean => p.reponse !== null && p.reponseVoie === 'titulaire';

/** « noté par Nadia Benali, DPMP »; nothing for what the person said. */
const direVoie = (voie: Participant['reponseVoie'], par: string): string =>
  voie === 'titulaire' ? '' : voie === null ? 'on n’a pas gardé par qui' : par ? `noté par ${par}` : 'par le lien de sa lettre';

/** « ne vient pas, représenté par Bo Li ; Paul Petit, en suppléance : vient ». */
export function direReponse(p: Repondu & Pick<Participant, 'representeDit' | 'reponseMot' | 'suppleantReponseMot'>): string {
  const mot = (m: string) => (m ? ` (${m})` : '');
  const dits = p.reponse
    ? [[`${REPONSES[p.reponse]}${direRepresentant(p)}${mot(p.reponseMot)}`, direVoie(p.reponseVoie, p.reponsePar)].filter(Boolean).join(', ')]
    : [];
  if (!p.suppleantReponse) return dits[0] ?? 'sans réponse';
  const note = p.suppleantReponsePar ? `, noté par ${p.suppleantReponsePar}` : '';
  return [
    dits[0] ?? 'sans réponse du titulaire',
    `${p.suppleantNom || 'la personne suppléante'}, en suppléance : ${REPONSES[p.suppleantReponse]}${mot(p.suppleantReponseMot)}${note}`,
  ].join(' ; ');
}

type Represente = Pick<Participant, 'representeDit' | 'reponseVoie' | 'reponsePar' | 'presence' | 'representePar'>;
export const direRepresentant = (p: Pick<Participant, 'representeDit'>): string => (p.representeDit ? `, représenté par ${p.representeDit}` : '');
const cle = (nom: string): string => nom.normalize('NFKC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('fr');
/** The line says of who stands in what the answer to the convocation said. */
const suitLaReponse = (p: Represente): boolean => p.representeDit !== '' && p.presence === 'represente' && cle(p.representePar) === cle(p.representeDit);
/** And the holder gave that answer themselves. */
export const estSaParole = (p: Represente): boolean => p.reponseVoie === 'titulaire' && suitLaReponse(p);
/** Of a line that is noted: whose word it is, or that it was noted otherwise. `note`: by whom the answer itself was noted; empty when it is theirs. */
export const representantDit = (p: Represente): { dit: string; suivi: boolean; note: string } | null =>
  p.representeDit === '' || p.presence === null ? null : { dit: p.representeDit, suivi: suitLaReponse(p), note: direVoie(p.reponseVoie, p.reponsePar) };
/** « selon sa réponse à la convocation » ; « sa réponse disait : représenté par Bo Li ». */
export function direMandat(p: Represente): string {
  const m = representantDit(p);
  if (m === null) return '';
  const note = m.note ? `, ${m.note}` : '';
  return m.suivi ? `selon sa réponse à la convocation${note}` : `sa réponse à la convocation disait : représenté par ${m.dit}${note}`;
}

/** Of the seat, for counts: the holder's; the substitute's, when the holder does not come or said nothing. */
export function reponseDuSiege(p: Pick<Participant, 'reponse' | 'suppleantReponse'>): { reponse: ReponseConvocation | null; suppleant: boolean } {
  const parSuppleant = p.suppleantReponse !== null && (p.reponse === null || (p.reponse === 'refuse' && p.suppleantReponse !== 'refuse'));
  return { reponse: parSuppleant ? p.suppleantReponse : p.reponse, suppleant: parSuppleant };
}

/** Who settled what the seat owed. */
export const direQuiARepondu = (o: { nom: string; suppleantNom: string; voie: Ligne<'seanceDatesReponses'>['voie'] | null; par: string }): string =>
  o.voie === 'suppleant'
    ? `${o.suppleantNom || o.nom}, en suppléance${o.par ? `, noté par ${o.par}` : ''}`
    : [o.nom, direVoie(o.voie || null, o.par)].filter(Boolean).join(', ');

export type ReponseDate = Ligne<'seanceDatesReponses'>['reponse'];
/** Answers to one date, by way. */
export type ReponsesDUneDate = Partial<Record<Ligne<'seanceDatesReponses'>['voie'], { reponse: ReponseDate; par: string }>>;
const ORDRE = ['titulaire', '', 'notee', 'suppleant'] as const;
/** The one that counts. */
export function reponseQuiCompte(r: ReponsesDUneDate | undefined): { reponse: ReponseDate; voie: (typeof ORDRE)[number]; par: string } | null {
  const voie = ORDRE.find((v) => r?.[v]);
  const dite = voie === undefined ? undefined : r?.[voie];
  return voie !== undefined && dite ? { voie, ...dite } : null;
}
/** As the page of this reader shows it: a substitute's own, or the holder's. */
export const reponseAMontrer = (r: ReponsesDUneDate | undefined, voie: Voie): ReponseDate | '' =>
  (voie === 'suppleant' ? r?.suppleant : (r?.titulaire ?? r?.[''] ?? r?.notee))?.reponse ?? '';
