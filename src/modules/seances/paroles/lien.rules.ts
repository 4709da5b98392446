/**
 * The link by which somebody answers what is noted in their name, without account: it opens one approval of one text, or one presence as it was noted,
 * for one address. Nothing of it is kept: the platform's key signs it. It ends with the address, with what it speaks of, or after 90 days. Pure.
 */
import type { Coffre } from '../../../core/coffre.ts';
import { JOUR_MS } from '../../../core/jours.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Presence } from '../seances.rules.ts';

const USAGE = 'parole';
/** Days during which it opens; each reminder carries another. */
export const JOURS_DU_LIEN = 90;
/** How minutes, pages and letters say that an answer came by it: it proves a mailbox, not who reads there. */
export const PAR_LIEN = 'par le lien envoyé à l’adresse de la convocation';
/** « par Paul Petit »; « par le lien envoyé à l’adresse de la convocation de Paul Petit ». */
export const direPar = (par: string, parLien: boolean): string => (parLien ? `${PAR_LIEN}${par ? ` de ${par}` : ''}` : `par ${par}`);

/** What was noted of somebody, exactly: another text, another presence, is another link. */
export type Notee = { genre: 'approbation'; empreinte: string } | { genre: 'presence'; presence: Presence; representePar: string };
export interface Siege {
  seanceId: string;
  participantId: string;
}
const direNotee = (n: Notee): string[] => (n.genre === 'approbation' ? [n.genre, n.empreinte] : [n.genre, n.presence, n.representePar]);
const partiesDe = (s: Siege, n: Notee, adresse: string, fin: number): string[] => [
  s.seanceId,
  s.participantId,
  ...direNotee(n),
  adresse.toLowerCase(),
  String(fin),
];
const numeroDuJour = (jour: string): number => Math.floor(Date.parse(`${jour}T00:00:00Z`) / JOUR_MS);

/** Path of the page where it is answered. */
export function cheminDeParole(coffre: Coffre, s: Siege, n: Notee, o: { adresse: string; aujourdhui: string }): string {
  const fin = numeroDuJour(o.aujourdhui) + JOURS_DU_LIEN;
  return `/paroles/${s.participantId}/${fin.toString(36)}-${signerLien(coffre, USAGE, partiesDe(s, n, o.adresse, fin))}`;
}

/** To whom something noted may have been written. */
export interface Possible<N extends Notee = Notee> {
  notee: N;
  adresses: readonly string[];
}
interface LienLu {
  notee: Notee;
  adresse: string;
  expire: boolean;
}
/** Of those possible, the one that this key signed; null for a link that it never made, or of an address that is not theirs any more. */
export function lireLien(coffre: Coffre, recu: string, s: Siege & { possibles: readonly Possible[]; aujourdhui: string }): LienLu | null {
  const m = /^([0-9a-z]{1,6})-([\w-]{32})$/.exec(recu);
  if (!m) return null;
  const [fin, signature] = [Number.parseInt(m[1] ?? '', 36), m[2] ?? ''];
  for (const { notee, adresses } of s.possibles)
    for (const adresse of adresses)
      if (adresse !== '' && estLienSigne(coffre, USAGE, partiesDe(s, notee, adresse, fin), signature))
        return { notee, adresse: adresse.toLowerCase(), expire: numeroDuJour(s.aujourdhui) > fin };
  return null;
}

/** From an address to which the seat was not convoked, one speaks signed in alone: what its link says to who is not. */
export const SE_CONNECTER = {
  siege: 'La convocation de ce siège n’est pas partie à cette adresse. Pour répondre, connectez-vous avec le compte de cette adresse.',
  depuis:
    'Ce siège n’a pas été convoqué à cette adresse. Pour répondre, connectez-vous avec le compte de cette adresse, ou prenez le lien envoyé à celle de la convocation.',
  successeur: 'Vous tenez désormais cette présidence. Pour répondre, connectez-vous avec le compte de cette adresse.',
  suppleant_successeur: 'Vous êtes en suppléance de qui tient désormais cette présidence. Pour répondre, connectez-vous avec le compte de cette adresse.',
} as const;
/** As minutes say why a word of theirs has no effect. */
export const PAS_LA_SIENNE = 'cette adresse n’était pas la sienne';
/** Under the button that takes back what one contests of an approval. */
export const NE_PLUS_CONTESTER = 'Ne plus contester ne confirme rien : l’approbation redevient ce qu’elle était avant que vous ne la contestiez.';
/** Of who was convoked first, where another person sits. */
export const UNE_AUTRE_PERSONNE =
  'Une autre personne tient ce siège depuis votre convocation : vous pouvez dire que ce n’est pas exact, non confirmer en son nom. Le relevé le dira à côté.';
export const FINS = {
  texte: 'Le texte de ce relevé a changé depuis : l’approbation que ce lien montrait ne compte plus.',
  presence: 'Cette présence a été notée autrement depuis. Si un courriel plus récent vous l’a dit, ouvrez son lien.',
  parti: 'Le compte de la personne à qui ce lien a été envoyé est fermé : le lien ne sert plus. Le secrétariat de l’instance dira comment répondre.',
  expire: `Ce lien a expiré : il sert ${JOURS_DU_LIEN} jours. Demandez-en un autre au secrétariat de l’instance, ou attendez le prochain rappel.`,
} as const;
export type FinDeParole = keyof typeof FINS;
