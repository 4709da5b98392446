import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { DEHORS, type EtatMoyen } from './moyens.rules.ts';

export type DemandeDeMoyen = Omit<Ligne<'criseMoyens'>, 'contratId'>;
export type Passage = Pick<Ligne<'criseMoyenEtats'>, 'demandeId' | 'rang' | 'etat' | 'motif' | 'par' | 'organisationId' | 'le'>;
export type Stock = Pick<Ligne<'criseStocks'>, 'moyen' | 'total' | 'ditPar' | 'ditLe'> & { dehors: number };
export interface Qui {
  par: string;
  organisationId: string;
  le: Date;
}

/** What is out in real crises, or in this exercise alone: an exercise takes nothing from them. */
const dehors = (contratId: number, crise: { id: string; exercice: boolean }) => sql`
  select m.moyen, sum(m.nombre)::int as dehors
  from crise_moyens m join crises c on c.contrat_id = m.contrat_id and c.id = m.crise_id
  where m.contrat_id = ${contratId} and m.etat = any(${[...DEHORS]}::text[])
    and ${crise.exercice ? sql`m.crise_id = ${uuid(crise.id)}` : sql`not c.exercice`}
  group by m.moyen`;

export async function listStocks(db: Db, contratId: number, crise: { id: string; exercice: boolean }): Promise<Stock[]> {
  const { rows } = await sql<Stock>`
    select coalesce(s.moyen, d.moyen) as moyen, s.total, coalesce(s.dit_par, '') as dit_par, s.dit_le, coalesce(d.dehors, 0) as dehors
    from (select * from crise_stocks where contrat_id = ${contratId}) s
    full join (${dehors(contratId, crise)}) d on d.moyen = s.moyen`.execute(db);
  return rows;
}

/** Holds the stock of this means until commit: two who grant at once come one after the other. */
export async function tenirStock(tx: Db, contratId: number, crise: { id: string; exercice: boolean }, moyen: string): Promise<Stock> {
  await sql`insert into crise_stocks (contrat_id, moyen) values (${contratId}, ${moyen}) on conflict do nothing`.execute(tx);
  await sql`select from crise_stocks where contrat_id = ${contratId} and moyen = ${moyen} for update`.execute(tx);
  const stock = (await listStocks(tx, contratId, crise)).find((s) => s.moyen === moyen);
  return stock ?? { moyen, total: null, ditPar: '', ditLe: null, dehors: 0 };
}
/** More out than said, in real crises or in one exercise: the largest of them. */
export async function plusDehors(tx: Db, contratId: number, moyen: string): Promise<number> {
  const { rows } = await sql<Pick<DemandeDeMoyen, 'nombre'>>`
    select coalesce(max(n), 0)::int as nombre from (
      select sum(m.nombre) as n from crise_moyens m join crises c on c.contrat_id = m.contrat_id and c.id = m.crise_id
      where m.contrat_id = ${contratId} and m.moyen = ${moyen} and m.etat = any(${[...DEHORS]}::text[])
      group by case when c.exercice then m.crise_id end) x`.execute(tx);
  return rows[0]?.nombre ?? 0;
}
export async function setStock(tx: Db, contratId: number, s: { moyen: string; total: number; par: string; le: Date }): Promise<void> {
  await sql`
    insert into crise_stocks (contrat_id, moyen, total, dit_par, dit_le) values (${contratId}, ${s.moyen}, ${s.total}, ${s.par}, ${s.le})
    on conflict (contrat_id, moyen) do update set total = excluded.total, dit_par = excluded.dit_par, dit_le = excluded.dit_le`.execute(tx);
}

/** What is out and where, in real crises, or in this exercise alone. */
export async function listDehors(
  db: Db,
  contratId: number,
  crise: { id: string; exercice: boolean },
): Promise<Pick<DemandeDeMoyen, 'moyen' | 'criseId' | 'nombre'>[]> {
  const { rows } = await sql<Pick<DemandeDeMoyen, 'moyen' | 'criseId' | 'nombre'>>`
    select m.moyen, m.crise_id, sum(m.nombre)::int as nombre
    from crise_moyens m join crises c on c.contrat_id = m.contrat_id and c.id = m.crise_id
    where m.contrat_id = ${contratId} and m.etat = any(${[...DEHORS]}::text[])
      and ${crise.exercice ? sql`m.crise_id = ${uuid(crise.id)}` : sql`not c.exercice`}
    group by m.moyen, m.crise_id, c.ouverte_le order by m.moyen, c.ouverte_le desc, m.crise_id`.execute(db);
  return rows;
}
/** Those that are not over first, the last asked first; `limite` null: all of them. */
export async function listMoyens(db: Db, contratId: number, criseId: string, limite: number | null): Promise<{ demandes: DemandeDeMoyen[]; enTout: number }> {
  const { rows } = await sql<DemandeDeMoyen & { enTout: number }>`
    select id, crise_id, numero, moyen, nombre, lieu, demandeur_id, etat, etat_le, count(*) over ()::int as en_tout from crise_moyens
    where contrat_id = ${contratId} and crise_id = ${uuid(criseId)}
    order by etat in ('refuse', 'retire', 'rendu'), numero desc limit ${limite}`.execute(db);
  return { demandes: rows.map(({ enTout: _, ...d }) => d), enTout: rows[0]?.enTout ?? 0 };
}
export const listPassages = (db: Db, contratId: number, criseId: string): Promise<Passage[]> =>
  db
    .selectFrom('criseMoyenEtats')
    .innerJoin('criseMoyens', (j) =>
      j.onRef('criseMoyens.id', '=', 'criseMoyenEtats.demandeId').onRef('criseMoyens.contratId', '=', 'criseMoyenEtats.contratId'),
    )
    .select(['criseMoyenEtats.demandeId', 'criseMoyenEtats.rang', 'criseMoyenEtats.etat', 'criseMoyenEtats.motif', 'criseMoyenEtats.par'])
    .select(['criseMoyenEtats.organisationId', 'criseMoyenEtats.le'])
    .where('criseMoyenEtats.contratId', '=', contratId)
    .where('criseMoyens.criseId', '=', criseId)
    .orderBy('criseMoyenEtats.demandeId')
    .orderBy('criseMoyenEtats.rang')
    .execute();
/** Locked: whoever moves it on decides from its state. */
export async function getMoyen(tx: Db, contratId: number, criseId: string, id: string): Promise<DemandeDeMoyen | undefined> {
  const { rows } = await sql<DemandeDeMoyen>`
    select id, crise_id, numero, moyen, nombre, lieu, demandeur_id, etat, etat_le from crise_moyens
    where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} and id = ${uuid(id)} for update`.execute(tx);
  return rows[0];
}

async function addPassage(tx: Db, contratId: number, demandeId: string, p: Qui & { etat: EtatMoyen; motif: string }): Promise<void> {
  await sql`
    insert into crise_moyen_etats (contrat_id, demande_id, rang, etat, motif, par, organisation_id, le)
    select ${contratId}, ${demandeId}::uuid, coalesce(max(x.rang), 0) + 1, ${p.etat}, ${p.motif}, ${p.par}, ${p.organisationId}, ${p.le}
    from crise_moyen_etats x where x.contrat_id = ${contratId} and x.demande_id = ${demandeId}::uuid`.execute(tx);
}
/** The caller holds the crisis: numbers follow each other. */
export async function addMoyen(
  tx: Db,
  contratId: number,
  d: Pick<DemandeDeMoyen, 'criseId' | 'moyen' | 'nombre' | 'lieu' | 'demandeurId'>,
  qui: Qui,
): Promise<Pick<DemandeDeMoyen, 'id' | 'numero'>> {
  const { rows } = await sql<Pick<DemandeDeMoyen, 'id' | 'numero'>>`
    insert into crise_moyens (contrat_id, crise_id, numero, moyen, nombre, lieu, demandeur_id, etat, etat_le)
    select ${contratId}, ${d.criseId}::uuid, coalesce(max(x.numero), 0) + 1, ${d.moyen}, ${d.nombre}, ${d.lieu}, ${d.demandeurId}, 'demande', ${qui.le}
    from crise_moyens x where x.contrat_id = ${contratId} and x.crise_id = ${d.criseId}::uuid
    returning id, numero`.execute(tx);
  const cree = rows[0];
  if (!cree) throw new Error('La demande de moyen n’a pas été écrite.');
  await addPassage(tx, contratId, cree.id, { ...qui, etat: 'demande', motif: '' });
  return cree;
}
export async function passerMoyen(tx: Db, contratId: number, id: string, p: Qui & { etat: EtatMoyen; motif: string }): Promise<void> {
  await sql`update crise_moyens set etat = ${p.etat}, etat_le = ${p.le} where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
  await addPassage(tx, contratId, id, p);
}
