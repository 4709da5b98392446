/** What a rule of quality says of contributions, and the contributions it reads. */
import { cleDeContribution, type CleDeContribution } from '../saisie/grain.rules.ts';

export interface CleDeCellule extends CleDeContribution {
  mesureId: string;
}
/** A contribution as somebody wants to give it, or as it stands. */
export interface Proposee extends CleDeCellule {
  etat: 'valeur' | 'secret' | 'sans_objet';
  /** Null when it is secret, without object, or a text. */
  nombre: number | null;
}
/** A contribution in force. */
export interface Connue extends Proposee {
  /** Signed off: everybody may read it. */
  valide?: boolean;
}
/** Whether whoever gives the lot may read this contribution before it is validated. */
export type Lit = (x: CleDeCellule) => boolean;
export type Gravite = 'refus' | 'a_expliquer';

/** An answer given before, whatever the way. */
export interface Reponse extends CleDeCellule {
  regle: string;
  valeur: number;
  reference: number | null;
  explication: string;
}
/** What is known when a lot comes: contributions in force of its measures and of those that rules bind to them, and answers. */
export interface Connues {
  contributions: readonly Connue[];
  reponses: readonly Reponse[];
}

export interface Avertissement {
  /** The rule, the cell and both numbers: the same facts give the same key. */
  cle: string;
  regle: string;
  gravite: Gravite;
  mesure: string;
  debiteur: string;
  territoire: string;
  periode: string;
  ventilation: string;
  /** Names the cell and both numbers; the rule alone when its reader may not read one of those. */
  message: string;
  /** The same with its numbers: what is kept, for partners. */
  entier: string;
  /** Why the rule holds. */
  raison: string;
  /** The proposed contribution to correct or to explain (`cleDeCellule`): where a form shows it. */
  cellule: string;
  valeur: number;
  reference: number | null;
  /** Contributions whose numbers the message tells: it is told no more once one of them is secret. */
  cite: readonly string[];
  /** Given before for these very numbers: not asked again. */
  explication: string | null;
  /** Given before for this rule and cell, with other numbers: proposed again. */
  precedente: string | null;
}

export const cleDeCellule = (x: CleDeCellule): string => `${x.mesureId}|${cleDeContribution(x)}`;
export function lireCellule(cle: string): CleDeCellule {
  const [mesureId = '', debiteur = '', territoireId = '', periode = '', ...reste] = cle.split('|');
  return { mesureId, debiteur, territoireId, periode, ventilation: reste.join('|') };
}
