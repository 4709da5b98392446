/** The numbers of help with who checked them. */
import type { Contexte } from '../../../core/http/http.ts';
import { jourDe } from '../../../core/clock.ts';
import type { SecoursFichier } from '../secours.schema.ts';
import { listVerifications } from './verifications.queries.ts';
import { avecVerifications, type SecoursLu } from './verifications.rules.ts';

export async function lireNumeros(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, s: SecoursFichier): Promise<SecoursLu> {
  return avecVerifications(s, await listVerifications(c.db, c.contrat.id), jourDe(c.maintenant));
}
