/** Year and territory of an address. */
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, exiger } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { anneesDe } from './bilan.contenu.ts';
import { demandeSchema } from './bilan.schema.ts';

/** 404 for a year or a territory that the contract does not have. */
export function lireAdresse(c: Pick<Contexte, 'params' | 'maintenant'>, catalogue: Catalogue): { annee: number; territoireId: string } {
  const { annee } = exiger(demandeSchema.pick({ annee: true }), { annee: c.params.annee });
  const territoireId = c.params.territoire ?? '';
  if (!catalogue.territoires.has(territoireId) || !anneesDe(catalogue, c.maintenant).includes(annee)) throw introuvable('Ce bilan');
  return { annee, territoireId };
}
