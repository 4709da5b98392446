/** Whose work a body's sessions are, as SQL: `peutTenir` for who would come first (`estSienne`), or whose organisation keeps it. */
import { type RawBuilder, sql } from 'kysely';
import { duRessort, siege, vueDe } from './instances.vue.ts';
import type { Utilisateur } from '../../core/authorize.ts';
import type { Lecteur } from '../echeances/index.ts';

/** Bodies `i` that this person keeps: its secretariat, and every mandate that covers it (`peutTenir`). */
export function parTenue(l: Lecteur & { u: Utilisateur }): RawBuilder<unknown> {
  const v = vueDe(l.u, l.catalogue, l.aujourdhui);
  return v.metier ? sql`(${siege(v, 'secretaire')} or ${duRessort(v)})` : sql`false`;
}

/** Bodies `i`: its secretariat, and whoever keeps it by mandate and sits there, has it in their place, or is of the organisation that keeps it. */
export function parSiegeOuRessort(l: Lecteur & { u: Utilisateur }): RawBuilder<unknown> {
  const v = vueDe(l.u, l.catalogue, l.aujourdhui);
  if (!v.metier) return sql`false`;
  const local = { ressorts: v.ressorts.filter((r) => r.territoires !== null) };
  return sql`(${siege(v, 'secretaire')}
    or (${duRessort(v)} and (${siege(v)} or ${duRessort(local)} or i.porteur_id = ${v.organisationId})))`;
}
