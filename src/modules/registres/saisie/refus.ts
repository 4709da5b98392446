/** An act that was refused on the page of a record: which, what is to be mended, what was typed. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Brut } from '../brut.rules.ts';

export interface RefusDActe {
  acte: 'retirer' | 'realiser' | 'annuler';
  erreurs: readonly ErreurDeChamp[];
  brut: Brut;
}
