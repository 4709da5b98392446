/** What an address or a form says is to be followed, found in the contract; 404 when it has no such thing. */
import { introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Suivi, suivi } from './suivre.rules.ts';

export interface Voulu {
  fiche?: string | undefined;
  territoire?: string | undefined;
}
export async function lireSuivi(c: Contexte, voulu: Voulu): Promise<[Catalogue, Suivi]> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const s = suivi(cat, voulu);
  if (!s) throw introuvable(voulu.fiche ? 'Cette fiche' : 'Ce territoire');
  return [cat, s];
}
