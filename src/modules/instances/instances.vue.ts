/** What a reader may see of bodies and of what they hold, decided from mandates and seats: `instances.policy.ts` as lists write it in SQL. */
import { type RawBuilder, sql } from 'kysely';
import { ROLES_INSTANCES } from './instances.policy.ts';
import type { Qualite } from './instances.rules.ts';
import { auTravail, limitesDe, type Utilisateur } from '../../core/authorize.ts';
import type { Catalogue } from '../contrats/index.ts';

/** What the reader may see, decided from mandates: `peutLireSeances` as lists write it in SQL. */
export interface Vue {
  /** Works on the contract's data: sees bodies that are not restricted, and those where they sit. */
  metier: boolean;
  /** Bodies kept by mandate, restricted or not: of these territories (null: all) and this fiche (null: any). */
  ressorts: readonly { territoires: readonly string[] | null; fiche: string | null }[];
  courriel: string;
  organisationId: string;
  aujourdhui: string;
}
export const vueDe = (u: Utilisateur, catalogue: Catalogue, aujourdhui: string): Vue => ({
  metier: auTravail(u),
  ressorts: limitesDe(u, ROLES_INSTANCES)
    .filter((m) => !m.registre)
    .map((m) => ({ territoires: m.territoireId === null ? null : catalogue.descendants(m.territoireId), fiche: m.fiche })),
  courriel: u.courriel.toLowerCase(),
  organisationId: u.organisationId,
  aujourdhui,
});

/** Null for the public and for whoever has no work on the contract. */
export const vueDeLecture = (u: Utilisateur | null, catalogue: Catalogue, aujourdhui: string): Vue | null =>
  u && auTravail(u) ? vueDe(u, catalogue, aujourdhui) : null;

/** Bodies `i` whose sessions and decisions this reader sees; `tenu` is what one of them was promised. */
export const visible = (v: Vue, tenu: RawBuilder<unknown>): RawBuilder<unknown> =>
  v.metier ? sql`('restreinte' not in (i.confidentialite, ${tenu}) or ${duRessort(v)} or ${siege(v)})` : sql`false`;

/** Bodies `i` that this reader keeps by mandate. */
export const duRessort = (v: Pick<Vue, 'ressorts'>): RawBuilder<unknown> =>
  sql`(${sql.join(
    [
      sql`false`,
      ...v.ressorts.map(
        (r) => sql`(${r.territoires === null ? sql`true` : sql`i.territoire_id = any(${[...r.territoires]}::text[])`}
          and ${r.fiche === null ? sql`true` : sql`${r.fiche} = any(i.fiches)`})`,
      ),
    ],
    sql` or `,
  )})`;

/** Bodies `i` where this person sits today (in this quality), as member or substitute. */
export const siege = (p: Pick<Vue, 'courriel' | 'aujourdhui'>, qualite?: Qualite): RawBuilder<unknown> => sql`exists (
  select 1 from instance_membres m
  where m.contrat_id = i.contrat_id and m.instance_id = i.id and ${p.courriel} <> '' and ${p.courriel} in (m.courriel, m.suppleant_courriel)
    and m.debut <= ${p.aujourdhui}::date and (m.fin is null or m.fin >= ${p.aujourdhui}::date)
    ${qualite ? sql`and m.qualite = ${qualite}` : sql``})`;

/** Bodies `i` where this person sits today by one of these seats. */
export const siegeParmi = (p: Pick<Vue, 'courriel' | 'aujourdhui'>, sieges: RawBuilder<unknown>): RawBuilder<unknown> => sql`exists (
  select 1 from instance_membres m
  where m.contrat_id = i.contrat_id and m.instance_id = i.id and ${p.courriel} <> '' and ${p.courriel} in (m.courriel, m.suppleant_courriel)
    and m.debut <= ${p.aujourdhui}::date and (m.fin is null or m.fin >= ${p.aujourdhui}::date) and m.id = any(${sieges}))`;
