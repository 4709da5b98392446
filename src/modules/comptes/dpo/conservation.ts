/**
 * Retention: what is kept for how long, and what happens then. Each module declares the rules of its tables; the desk counts (dry run) and
 * purges from the same condition, so that they cannot disagree.
 * Everything runs as the application role, inside the contract. The audit trail has its own purge (`concorde audit purger`).
 */
import { JOUR_MS } from '../../../core/jours.ts';
import { sql } from 'kysely';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { type Db, inTransaction, lireEnsemble } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import { ageDe, plusVieuxQue, type Regle } from '../../../core/trace/retention.ts';

export const regleDe = (regles: readonly Regle[], code: string): Regle | undefined => regles.find((r) => r.code === code);

/** The moment before which this rule removes. */
const limiteDe = (r: Regle, maintenant: Date): Date => new Date(maintenant.getTime() - r.jours * JOUR_MS);

const vises = (r: Regle, contratId: number, limite: Date) => sql`
  contrat_id = ${contratId} and ${plusVieuxQue(r, limite)} and ${r.condition}`;

export interface Simulation {
  regle: Regle;
  limite: Date;
  nombre: number;
  /** Age of the oldest thing it would remove; null when there is none. */
  plusAncien: Date | null;
}

/** What the rule would remove now. Reads only. */
export async function simulerPurge(db: Db, contratId: number, regle: Regle, maintenant: Date): Promise<Simulation> {
  const limite = limiteDe(regle, maintenant);
  const { rows } = await sql<{ nombre: number; plusAncien: Date | null }>`
    select count(*)::int as nombre, min(${ageDe(regle)})::timestamptz as "plusAncien"
    from ${sql.table(regle.table)}
    where ${vises(regle, contratId, limite)}`.execute(db);
  return { regle, limite, nombre: rows[0]?.nombre ?? 0, plusAncien: rows[0]?.plusAncien ?? null };
}
export const simulerPurges = (db: Db, contratId: number, regles: readonly Regle[], maintenant: Date): Promise<Simulation[]> =>
  lireEnsemble(
    db,
    regles.map((r) => () => simulerPurge(db, contratId, r, maintenant)),
  );

/**
 * Applies the rule and records it, in the caller's transaction; a simulation is recorded and removes nothing. Throws 409, which
 * puts everything back, when what it removed is not what `vise` counted.
 */
export async function purger(
  tx: Db,
  contratId: number,
  vise: Simulation,
  o: { maintenant: Date; compteId: string | null; simulation: boolean },
): Promise<void> {
  const { regle, limite, nombre } = vise;
  if (!o.simulation && (await appliquer(tx, contratId, vise, o.maintenant)) !== nombre)
    throw conflit('Le nombre a changé pendant la purge : rien n’a été purgé. Revenez à la page, relisez puis confirmez.');
  await sql`
    insert into purges (contrat_id, quand, regle, nombre, limite, simulation, par)
    values (${contratId}, ${o.maintenant}, ${regle.code}, ${nombre}, ${limite}, ${o.simulation}, ${o.compteId}::uuid)`.execute(tx);
}

/** Each in its own transaction, with its line in the list of purges; returns how many rows went. One that fails stops none of the others, and is thrown at the end. */
export async function purgerSeules(db: Db, contratId: number, regles: readonly Regle[], maintenant: Date): Promise<number> {
  let total = 0;
  const fautes: unknown[] = [];
  for (const regle of regles.filter((r) => r.seule))
    total += await inTransaction(db, { contratId }, async (tx) => {
      const vise = await simulerPurge(tx, contratId, regle, maintenant);
      if (vise.nombre === 0) return 0;
      await purger(tx, contratId, vise, { maintenant, compteId: null, simulation: false });
      const qui = { utilisateur: null, quand: maintenant, adresse: null };
      await ecrireAudit(tx, contratId, [entree(qui, 'purge.faite', `/dpo/conservation/${regle.code}`, { nombre: vise.nombre, jours: regle.jours })]);
      return vise.nombre;
    }).catch((e: unknown) => {
      fautes.push(new Error(`Conservation « ${regle.code} » : ${e instanceof Error ? e.message : String(e)}`, { cause: e }));
      return 0;
    });
  if (fautes.length > 0) throw fautes.length === 1 ? fautes[0] : new AggregateError(fautes, fautes.map(String).join(' ; '));
  return total;
}

async function appliquer(tx: Db, contratId: number, { regle, limite }: Simulation, maintenant: Date): Promise<number> {
  const table = sql.table(regle.table);
  const faite =
    regle.acte === 'supprimer'
      ? await sql`delete from ${table} where ${vises(regle, contratId, limite)}`.execute(tx)
      : // Everything that could name the person goes with this mark: see the trigger of the table.
        await sql`update ${table} set anonymisee_le = ${maintenant} where ${vises(regle, contratId, limite)}`.execute(tx);
  return Number(faite.numAffectedRows ?? 0);
}

export interface Purge {
  quand: Date;
  regle: string;
  nombre: number;
  simulation: boolean;
  par: string | null;
}
/** The latest first. */
export async function listPurges(db: Db, contratId: number, limite: number): Promise<Purge[]> {
  const { rows } = await sql<Purge>`
    select p.quand, p.regle, p.nombre, p.simulation, c.nom as par
    from purges p
    left join comptes c on c.contrat_id = p.contrat_id and c.id = p.par
    where p.contrat_id = ${contratId}
    order by p.id desc
    limit ${limite}`.execute(db);
  return rows;
}
