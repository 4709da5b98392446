/** The one act of validating contributions: marked, totals and debts brought to it, one entry of the journal. */
import { codes } from '../../../core/trace/details.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { suivreChiffre } from './chiffres.dus.ts';
import { retirerContestations } from './paroles.queries.ts';
import { validerVersions } from './saisie.queries.ts';
import { ajusterTotaux } from './totaux.queries.ts';

/**
 * How many were: fewer than asked when somebody corrected or validated one meanwhile. The caller has checked the right, that they are of
 * somebody else, and holds the years.
 */
export async function validerContributions(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>,
  cat: Catalogue,
  mesureId: string,
  vises: readonly { id: string; periode: string }[],
  u: Utilisateur,
): Promise<number> {
  const ids = vises.map((v) => v.id);
  const faites = await validerVersions(c.db, c.contrat.id, mesureId, ids, u, c.maintenant);
  // Who validates what their organisation contested contests it no more.
  await retirerContestations(c.db, c.contrat.id, mesureId, ids, u, c.maintenant);
  for (const annee of new Set(vises.map((v) => v.periode.slice(0, 4)))) await ajusterTotaux(c.db, cat, mesureId, annee);
  await suivreChiffre(c, mesureId);
  await c.auditer('valeur.validee', `/chiffres/${mesureId}`, { valeurs: codes(ids) });
  return faites;
}
