/** Counter-values: proposed once for each contribution and organisation, settled once. */
import { type RawBuilder, sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { type CleDeContribution, cleDe, lireCle } from '../saisie/grain.rules.ts';
import { enJson } from '../../../core/couper.ts';

type Commune = Pick<
  Ligne<'contreValeurs'>,
  | 'id'
  | 'mesureId'
  | 'periode'
  | 'territoireId'
  | 'debiteur'
  | 'motif'
  | 'source'
  | 'par'
  | 'parId'
  | 'organisation'
  | 'le'
  | 'issueMotif'
  | 'issuePar'
  | 'issueOrganisation'
  | 'issueLe'
> & { valeur: number; issue: 'gardee' | 'prise' | 'retiree' | null };
export type ContreValeur = Commune & CleDeContribution;
type Lue = Commune & Pick<Ligne<'contreValeurs'>, 'id'> & { ventilation: Record<string, string> };

async function lire(db: Db, contratId: number, ou: RawBuilder<unknown>): Promise<ContreValeur[]> {
  const { rows } = await sql<Lue>`
    select id, mesure_id as "mesureId", periode, territoire_id as "territoireId", debiteur, ventilation, valeur::float8 as valeur, motif, source, par,
      par_id as "parId", organisation, le, issue, issue_motif as "issueMotif", issue_par as "issuePar", issue_organisation as "issueOrganisation",
      issue_le as "issueLe"
    from contre_valeurs where contrat_id = ${contratId} and ${ou}
    order by issue_le desc nulls first, le desc, id`.execute(db);
  return rows.map((r) => ({ ...r, ventilation: cleDe(r.ventilation) }));
}
/** Of a measure and a year, open ones first. */
export const listContreValeurs = (db: Db, contratId: number, x: { mesureId: string; periode: string }): Promise<ContreValeur[]> =>
  lire(db, contratId, sql`mesure_id = ${x.mesureId} and left(periode, 4) = ${x.periode.slice(0, 4)}`);
export const getContreValeur = async (db: Db, contratId: number, mesureId: string, id: string): Promise<ContreValeur | null> =>
  (await lire(db, contratId, sql`mesure_id = ${mesureId} and id = ${uuid(id)}`))[0] ?? null;

/** False when that organisation has one open there. */
export async function addContreValeur(
  tx: Db,
  contratId: number,
  x: CleDeContribution & { mesureId: string; valeur: number; motif: string; source: string },
  u: Utilisateur,
  quand: Date,
): Promise<string | null> {
  const { rows } = await sql<Pick<Lue, 'id'>>`
    insert into contre_valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, valeur, motif, source, par, par_id, organisation, le)
    values (${contratId}, ${x.mesureId}, ${x.periode}, ${x.territoireId}, ${x.debiteur}, ${enJson(lireCle(x.ventilation))}::jsonb, ${x.valeur},
      ${x.motif}, ${x.source}, ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand})
    on conflict (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, organisation) where issue is null do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}
/** False when it was settled already. */
export async function reglerContreValeur(
  tx: Db,
  contratId: number,
  x: { id: string; issue: 'gardee' | 'prise' | 'retiree'; motif: string | null },
  u: Utilisateur,
  quand: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update contre_valeurs set issue = ${x.issue}, issue_motif = ${x.motif}, issue_par = ${u.nom}, issue_par_id = ${u.id}::uuid,
      issue_organisation = ${u.organisationId}, issue_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(x.id)} and issue is null returning id`.execute(tx);
  return rows.length === 1;
}
