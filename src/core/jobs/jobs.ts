/**
 * Background work (bilan, imports): a row in `travaux` that people can follow, executed by graphile-worker in this process.
 * The row is written in the caller's transaction, so that a rolled-back request leaves no job behind.
 */
import { EventEmitter } from 'node:events';
import { Logger, type ParsedCronItem, type Runner, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Bases, exigerPlans } from '../base/bases.ts';
import { type Db, inTransaction } from '../base/database.ts';
import { ErreurConcorde } from '../errors.ts';
import { dansLeFuseau, getFuseau } from '../fuseau.ts';
import { type Plan, planDe } from '../base/plans.ts';
import { cronDe, type Rendezvous, tachesDe } from './rendezvous.ts';
import { uuid } from '../base/id.ts';
import { enJson } from '../couper.ts';

/** Tells how far the work is: shown to the person who waits. */
type Progres = (fait: number, total: number | null, message: string) => Promise<void>;

export interface Tache {
  /** Domain noun of the job: `bilan`, `import-dans-ma-rue`. */
  genre: string;
  /** Its module's: the pool it works on. */
  plan?: Plan;
  /** Returns what the person reads when it is done; opens its own transactions on the pool of its plane. */
  executer: (t: { db: Db; contratId: number; travailId: string; charge: Record<string, unknown>; progres: Progres }) => Promise<Record<string, unknown>>;
}

export interface Travail {
  id: string;
  genre: string;
  libelle: string;
  etat: 'attente' | 'en_cours' | 'fait' | 'echec';
  fait: number;
  total: number | null;
  message: string;
  resultat: Record<string, unknown> | null;
  demandePar: string | null;
  creeLe: Date;
}

/**
 * Writes the job in the caller's transaction and returns its id; its page is `/travaux/<id>`. Partners read its row: asked from the
 * nominative plane, it keeps no label, and what it carries is ids, dates and numbers (`demander_travail`).
 */
export async function ajouterTravail(
  tx: Db,
  contratId: number,
  t: { genre: string; libelle: string; charge: Record<string, unknown>; demandePar: string | null },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with contrat as (select set_config('concorde.contrat_id', ${String(contratId)}, true))
    select demander_travail(${t.genre}, ${t.libelle}, ${enJson(t.charge)}::jsonb, ${t.demandePar}::uuid) as id from contrat`.execute(tx);
  return rows[0]?.id ?? '';
}

export async function getTravail(db: Db, contratId: number, id: string): Promise<Travail | null> {
  const { rows } = await sql<Travail>`
    select id, genre, libelle, etat, fait, total, message, resultat, demande_par as "demandePar", cree_le as "creeLe"
    from travaux
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

/** Is one of this kind waiting, or under way? */
export async function attendUnTravail(db: Db, contratId: number, genre: string): Promise<boolean> {
  const { rows } = await sql<Pick<Travail, 'id'>>`
    select id from travaux where contrat_id = ${contratId} and genre = ${genre} and etat in ('attente', 'en_cours') limit 1`.execute(db);
  return rows.length > 0;
}

// Only what goes wrong is worth a line: people follow their jobs on their pages.
const logger = new Logger(() => (niveau, message) => {
  if (niveau === 'error') process.stderr.write(`travaux : ${message}\n`);
});

/** Makes or brings up to date graphile-worker's own tables, as the owner (`url`). */
export const installerFile = (url: string): Promise<void> => runMigrations({ connectionString: url, logger });

/** Long passages of fixed times (a night's check) hold no other: the clocks of each minute pass beside them. */
const DE_FRONT = 2;

/**
 * Starts the workers on `pool`, of the queue's own role: they listen when this resolves, or try again by themselves. Fixed times have their own,
 * so that no job that somebody asked for, however long, holds a clock. Jobs left `en_cours` by a process that died are taken up again by
 * graphile-worker's own lock.
 */
export async function startTravaux(
  pool: pg.Pool,
  bases: Bases,
  o: { contratId: number; taches: readonly Tache[]; rendezvous: readonly Rendezvous[] },
): Promise<Pick<Runner, 'stop'>> {
  exigerPlans(bases, [...o.taches, ...o.rendezvous]);
  const travaux = {
    [`travail_${o.contratId}`]: async (charge: unknown) => {
      const { contratId, id } = charge as { contratId: number; id: string };
      await executerTravail(bases, contratId, id, o.taches);
    },
  };
  const runners = [
    await ouvrirExecutant(pool, 1, travaux, []),
    ...(o.rendezvous.length > 0 ? [await ouvrirExecutant(pool, DE_FRONT, tachesDe(bases, o.contratId, o.rendezvous), cronDe(o.contratId, o.rendezvous))] : []),
  ];
  return { stop: async () => void (await Promise.all(runners.map((r) => r.stop()))) };
}

async function ouvrirExecutant(pool: pg.Pool, concurrency: number, taskList: TaskList, parsedCronItems: ParsedCronItem[]): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  // Told before its LISTEN leaves: stopped in between, it would send two statements at once.
  const ecoute = new Promise<void>((fini) => {
    events.once('pool:listen:success', ({ client }) => client.once('drain', fini));
    events.once('pool:listen:error', () => fini());
  });
  const runner = await run({ events, pgPool: pool, concurrency, noHandleSignals: true, pollInterval: 2000, parsedCronItems, logger, taskList });
  await ecoute;
  return runner;
}

/** What partners may read of a nominative job: how far it is, and numbers. */
const chiffresSeuls = (resultat: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(resultat).filter(([, v]) => typeof v === 'number' || typeof v === 'boolean'));
const RESERVE = 'Ce travail est réservé : il dit ce qu’il a fait dans son module.';

export async function executerTravail(bases: Bases, contratId: number, id: string, taches: readonly Tache[]): Promise<void> {
  // Its row is core's, whatever the plane of the work.
  const db = bases.partenariat;
  const noter = (champs: { etat: Travail['etat']; fait?: number; total?: number | null; message: string; resultat?: unknown }) =>
    inTransaction(db, { contratId }, async (tx) => {
      await sql`
        update travaux
        set etat = ${champs.etat},
          fait = coalesce(${champs.fait ?? null}::bigint, fait),
          total = coalesce(${champs.total ?? null}::bigint, total),
          message = ${champs.message},
          resultat = coalesce(${champs.resultat === undefined ? null : enJson(champs.resultat)}::jsonb, resultat),
          fini_le = case when ${champs.etat} in ('fait', 'echec') then now() end
        where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(tx);
    });
  const travail = await inTransaction(db, { contratId }, async (tx) => {
    const { rows } = await sql<{ genre: string; charge: Record<string, unknown> }>`
      select genre, charge from travaux where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(tx);
    return rows[0];
  });
  const tache = taches.find((t) => t.genre === travail?.genre);
  if (!travail) return;
  if (!tache) {
    const message = `Cette version de Concorde ne sait pas faire ce travail (« ${travail.genre} »). Relancez-le après la mise à jour.`;
    process.stderr.write(`travaux : genre inconnu « ${travail.genre} » (${id})\n`);
    return noter({ etat: 'echec', message });
  }
  const reserve = planDe(tache) === 'nominatif';
  await noter({ etat: 'en_cours', message: 'Commencé' });
  let dernier = 0;
  const progres: Progres = async (fait, total, message) => {
    // A job may report each row; the person reads it twice a second at most.
    if (Date.now() - dernier < 500) return;
    dernier = Date.now();
    await noter({ etat: 'en_cours', fait, total, message: reserve ? 'En cours' : message });
  };
  try {
    const faire = () => tache.executer({ db: bases[planDe(tache)], contratId, travailId: id, charge: travail.charge, progres });
    const resultat = await dansLeFuseau(await getFuseau(db, contratId), faire);
    await noter({ etat: 'fait', message: 'Terminé', resultat: reserve ? chiffresSeuls(resultat) : resultat });
  } catch (e) {
    const message =
      e instanceof ErreurConcorde
        ? reserve
          ? RESERVE
          : e.message
        : 'Le travail s’est arrêté sur une erreur inattendue. Recommencez ; si cela dure, prévenez votre administrateur.';
    await noter({ etat: 'echec', message });
    if (!(e instanceof ErreurConcorde)) throw e;
  }
}
