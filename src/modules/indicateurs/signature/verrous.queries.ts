/** Locks on periods, their dated exceptions, and who holds a contribution now. The triggers of the database have the last word. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { jourDe } from '../../../core/clock.ts';
import { enJson } from '../../../core/couper.ts';

export type Verrou = Pick<
  Ligne<'verrous'>,
  'id' | 'periode' | 'fiche' | 'motif' | 'par' | 'parOrganisation' | 'le' | 'leveMotif' | 'levePar' | 'leveParOrganisation' | 'leveLe'
>;
export type ExceptionDeVerrou = Pick<
  Ligne<'verrouExceptions'>,
  'id' | 'verrouId' | 'mesureId' | 'debiteur' | 'motif' | 'par' | 'parOrganisation' | 'le' | 'fermeePar' | 'fermeeLe'
> & { jusquAu: string };
interface VerrouCompte extends Pick<Verrou, keyof Verrou>, Pick<Ligne<'verrous'>, 'id'> {
  total: number;
}
interface VerrouSur extends Pick<Verrou, keyof Verrou>, Pick<Ligne<'verrous'>, 'id'> {
  i: number;
  refuse: boolean;
}
const colonnes = sql`id, periode, fiche, motif, par, par_organisation as "parOrganisation", le, leve_motif as "leveMotif", leve_par as "levePar",
  leve_par_organisation as "leveParOrganisation", leve_le as "leveLe"`;
const colonnesDException = sql`id, verrou_id as "verrouId", mesure_id as "mesureId", debiteur, to_char(jusqu_au, 'YYYY-MM-DD') as "jusquAu", motif, par,
  par_organisation as "parOrganisation", le, fermee_par as "fermeePar", fermee_le as "fermeeLe"`;

/** In force first, then the latest lifted. */
export async function listVerrous(db: Db, contratId: number, o: { limite: number; depuis: number }): Promise<{ verrous: Verrou[]; total: number }> {
  const { rows } = await sql<VerrouCompte>`
    select ${colonnes}, count(*) over ()::int as total from verrous where contrat_id = ${contratId}
    order by leve_le desc nulls first, left(periode, 4) desc, periode, fiche nulls first, id
    limit ${o.limite} offset ${o.depuis}`.execute(db);
  return { verrous: rows, total: rows[0]?.total ?? 0 };
}
export async function getVerrou(db: Db, contratId: number, id: string): Promise<Verrou | null> {
  const { rows } = await sql<Verrou>`select ${colonnes} from verrous where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
/** Of these locks, the latest first. */
export async function listExceptions(db: Db, contratId: number, verrous: readonly string[]): Promise<ExceptionDeVerrou[]> {
  const { rows } = await sql<ExceptionDeVerrou>`
    select ${colonnesDException} from verrou_exceptions where contrat_id = ${contratId} and verrou_id = any(${[...verrous]}::uuid[])
    order by le desc, id`.execute(db);
  return rows;
}

/** Locks that a page of figures shows: those in force that hold this period of this measure. */
export async function listVerrousSur(db: Db, contratId: number, x: { mesureId: string; periode: string }): Promise<Verrou[]> {
  const { rows } = await sql<Verrou>`
    select ${colonnes} from verrous_sur(${contratId}::smallint, ${x.mesureId}, ${x.periode}) where leve_le is null order by le`.execute(db);
  return rows;
}

export interface Visee {
  mesureId: string;
  periode: string;
  debiteur: string;
}
export interface Tenue extends Visee {
  /** The lock that refuses it; null when none does. */
  verrou: Verrou | null;
  /** A lock holds it or held it: what is validated now is a rectificatif. */
  rectifie: boolean;
}
/** What locks say of each of these contributions, on that day. */
export async function lireTenues(db: Db, contratId: number, visees: readonly Visee[], maintenant: Date): Promise<Tenue[]> {
  const lignes = enJson(visees.map((v, i) => ({ i, mesure: v.mesureId, periode: v.periode, debiteur: v.debiteur })));
  const { rows } = await sql<VerrouSur>`
    select x.i, l.id, l.periode, l.fiche, l.motif, l.par, l.par_organisation as "parOrganisation", l.le, l.leve_motif as "leveMotif", l.leve_par as "levePar",
      l.leve_par_organisation as "leveParOrganisation", l.leve_le as "leveLe", l.leve_le is null and not exists (
      select from verrou_exceptions e
      where e.contrat_id = l.contrat_id and e.verrou_id = l.id and e.mesure_id = x.mesure and (e.debiteur is null or e.debiteur = x.debiteur)
        and e.fermee_le is null and e.jusqu_au >= ${jourDe(maintenant)}::date) as refuse
    from jsonb_to_recordset(${lignes}::jsonb) as x (i int, mesure text, periode text, debiteur text)
    cross join lateral verrous_sur(${contratId}::smallint, x.mesure, x.periode) l
    order by x.i, l.le`.execute(db);
  return visees.map((v, i) => {
    const siens = rows.filter((r) => r.i === i);
    return { ...v, verrou: siens.find((r) => r.refuse) ?? null, rectifie: siens.length > 0 };
  });
}

/** Locks in force, each with the exceptions that are open on that day: all that tells whether a figure may still come in. */
export interface VerrouEnVigueur extends Pick<Verrou, 'periode' | 'fiche' | 'motif' | 'le'> {
  exceptions: readonly { mesureId: string; debiteur: string | null }[];
}
export async function listVerrousEnVigueur(db: Db, contratId: number, aujourdhui: string): Promise<VerrouEnVigueur[]> {
  const { rows } = await sql<VerrouEnVigueur>`
    select v.periode, v.fiche, v.motif, v.le, coalesce(
      (select jsonb_agg(jsonb_build_object('mesureId', e.mesure_id, 'debiteur', e.debiteur))
      from verrou_exceptions e
      where e.contrat_id = v.contrat_id and e.verrou_id = v.id and e.fermee_le is null and e.jusqu_au >= ${aujourdhui}::date), '[]') as exceptions
    from verrous v
    where v.contrat_id = ${contratId} and v.leve_le is null
    order by v.le, v.id`.execute(db);
  return rows;
}

/** From here to the end of the transaction nobody locks nor unlocks in these years. Taken before the years of measures, by everyone. */
export async function tenirLesVerrous(tx: Db, contratId: number, annees: readonly string[]): Promise<void> {
  for (const a of [...new Set(annees)].sort()) await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`verrous|${contratId}|${a}`}, 0))`.execute(tx);
}

/** From here to the end of the transaction nobody writes there: those who were are done. */
export async function tenirSeul(tx: Db, contratId: number, periode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`verrous|${contratId}|${periode.slice(0, 4)}`}, 0))`.execute(tx);
}
/** Contributions of that period that nobody validated. */
export async function compterAValider(db: Db, contratId: number, x: { periode: string; mesures: readonly string[] }): Promise<number> {
  const { rows } = await sql<Pick<VerrouCompte, 'total'>>`
    select count(*)::int as total from valeurs
    where contrat_id = ${contratId} and courante and valide_le is null and mesure_id = any(${[...x.mesures]}::text[])
      and left(periode, 4) = ${x.periode.slice(0, 4)} and mois_de_periode(periode) <@ mois_de_periode(${x.periode})`.execute(db);
  return rows[0]?.total ?? 0;
}

/** Null when that period is locked already. */
export async function addVerrou(
  tx: Db,
  contratId: number,
  v: { periode: string; fiche: string | null; motif: string },
  u: Utilisateur,
  quand: Date,
): Promise<string | null> {
  const { rows } = await sql<Pick<Verrou, 'id'>>`
    insert into verrous (contrat_id, periode, fiche, motif, par, par_id, par_organisation, le)
    values (${contratId}, ${v.periode}, ${v.fiche}, ${v.motif}, ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand})
    on conflict (contrat_id, periode, coalesce(fiche, '')) where leve_le is null do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}
/** False when it was lifted already. */
export async function leverVerrou(tx: Db, contratId: number, id: string, motif: string, u: Utilisateur, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update verrous set leve_motif = ${motif}, leve_par = ${u.nom}, leve_par_id = ${u.id}::uuid, leve_par_organisation = ${u.organisationId}, leve_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(id)} and leve_le is null returning id`.execute(tx);
  return rows.length === 1;
}
export async function addException(
  tx: Db,
  contratId: number,
  e: { verrouId: string; mesureId: string; debiteur: string | null; jusquAu: string; motif: string },
  u: Utilisateur,
  quand: Date,
): Promise<string> {
  const { rows } = await sql<Pick<Verrou, 'id'>>`
    insert into verrou_exceptions (contrat_id, verrou_id, mesure_id, debiteur, jusqu_au, motif, par, par_id, par_organisation, le)
    values (${contratId}, ${uuid(e.verrouId)}, ${e.mesureId}, ${e.debiteur}, ${e.jusquAu}::date, ${e.motif}, ${u.nom}, ${u.id}::uuid, ${u.organisationId},
      ${quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** False when it is not of that lock, or was closed already. */
export async function fermerException(tx: Db, contratId: number, x: { verrouId: string; id: string }, u: Utilisateur, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update verrou_exceptions set fermee_par = ${u.nom}, fermee_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(x.id)} and verrou_id = ${uuid(x.verrouId)} and fermee_le is null returning id`.execute(tx);
  return rows.length === 1;
}
