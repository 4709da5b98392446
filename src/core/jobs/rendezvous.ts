/**
 * What is done at fixed times (seals, reminders), on graphile-worker's crontab: once whatever the number of processes, caught
 * up once after a stop, its last passage kept for the administration page. Times are UTC.
 */
import { abreger } from '../couper.ts';
import { JOUR_MS } from '../jours.ts';
import { parseCronItem, type ParsedCronItem, type Task } from 'graphile-worker';
import { sql } from 'kysely';
import type { Bases } from '../base/bases.ts';
import { type Db, inTransaction } from '../base/database.ts';
import { ErreurConcorde } from '../errors.ts';
import { dansLeFuseau, getFuseau } from '../fuseau.ts';
import { type Plan, planDe } from '../base/plans.ts';

export interface Rendezvous {
  code: string;
  /** What people read on the administration page. */
  libelle: string;
  /** Five crontab fields. */
  quand: string;
  /** Its module's: the pool it works on. */
  plan?: Plan;
  /** Opens its own transactions on that pool; returns what it did, in a few words (not kept when they are of the nominative plane). */
  executer: (t: { db: Db }) => Promise<string>;
}

/** How long a missed passage is still caught up after a stop. */
const RATTRAPAGE_MS = JOUR_MS;

const tacheDe = (contratId: number, code: string): string => `rendezvous_${contratId}_${code}`;

/** Missed passages share one key and one queue, and one that a success already covers does nothing: a stop of ten hours is caught up once. */
export const cronDe = (contratId: number, liste: readonly Rendezvous[]): ParsedCronItem[] =>
  liste.map((r) => {
    const task = tacheDe(contratId, r.code);
    return parseCronItem({
      task,
      match: r.quand,
      identifier: task,
      options: { backfillPeriod: RATTRAPAGE_MS, maxAttempts: 3, jobKey: task, jobKeyMode: 'replace', queueName: task },
    });
  });

export const tachesDe = (bases: Bases, contratId: number, liste: readonly Rendezvous[]): Record<string, Task> =>
  Object.fromEntries(liste.map((r) => [tacheDe(contratId, r.code), (charge) => passer(bases, contratId, r, heureDe(charge))]));

/** The time for which graphile-worker wrote this job. */
const heureDe = (charge: unknown): Date | null => {
  const ts = (charge as { _cron?: { ts?: string } } | null)?._cron?.ts;
  return ts ? new Date(ts) : null;
};

/** Runs one now and keeps what became of it; throws again, so that the worker tries later. `pour`: its time; a later success covers it. */
export async function passer(bases: Bases, contratId: number, r: Rendezvous, pour: Date | null = null): Promise<void> {
  const db = bases.partenariat;
  const reserve = planDe(r) === 'nominatif';
  const { rows } = await sql<{ couvert: boolean }>`
    select coalesce(dernier_succes_le >= ${pour}, false) as couvert from rendezvous_passages
    where contrat_id = ${contratId} and code = ${r.code}`.execute(db);
  if (rows[0]?.couvert) return;
  await inTransaction(db, { contratId }, (tx) =>
    sql`
      insert into rendezvous_passages (contrat_id, code, etat, commence_le) values (${contratId}, ${r.code}, 'en_cours', now())
      on conflict (contrat_id, code) do update set etat = 'en_cours', commence_le = now(), fini_le = null`.execute(tx),
  );
  const noter = (etat: 'fait' | 'echec', message: string) =>
    inTransaction(db, { contratId }, (tx) =>
      sql`
        update rendezvous_passages
        set etat = ${etat}, fini_le = now(), message = ${abreger(message, 500)},
          echecs_de_suite = case when ${etat} = 'echec' then echecs_de_suite + 1 else 0 end,
          dernier_succes_le = case when ${etat} = 'fait' then now() else dernier_succes_le end
        where contrat_id = ${contratId} and code = ${r.code}`.execute(tx),
    );
  try {
    const fait = await dansLeFuseau(await getFuseau(db, contratId), () => r.executer({ db: bases[planDe(r)] }));
    await noter('fait', reserve ? '' : fait);
  } catch (e) {
    // The text of an unexpected error may quote data: its kind is kept here, the whole goes to the process's own log.
    await noter('echec', e instanceof ErreurConcorde && !reserve ? e.message : `erreur inattendue (${(e as { code?: string }).code ?? (e as Error).name})`);
    throw e;
  }
}

export interface Passage {
  code: string;
  libelle: string;
  /** Null until its first passage. */
  etat: 'en_cours' | 'fait' | 'echec' | null;
  commenceLe: Date | null;
  finiLe: Date | null;
  message: string;
  echecsDeSuite: number;
  dernierSuccesLe: Date | null;
  prochainLe: Date;
}

export async function listPassages(db: Db, contratId: number, liste: readonly Rendezvous[], maintenant: Date): Promise<Passage[]> {
  const { rows } = await sql<Omit<Passage, 'libelle' | 'prochainLe'>>`
    select code, etat, commence_le as "commenceLe", fini_le as "finiLe", message, echecs_de_suite as "echecsDeSuite",
      dernier_succes_le as "dernierSuccesLe"
    from rendezvous_passages
    where contrat_id = ${contratId}`.execute(db);
  const lus = new Map(rows.map((r) => [r.code, r]));
  const jamais = { etat: null, commenceLe: null, finiLe: null, message: '', echecsDeSuite: 0, dernierSuccesLe: null };
  return liste.map((r) => ({ ...jamais, ...lus.get(r.code), code: r.code, libelle: r.libelle, prochainLe: prochain(r.quand, maintenant) }));
}

const MINUTE = 60_000;
/** A schedule of five fields comes round within eight years (29 February). */
const HORIZON_MIN = 8 * 366 * 24 * 60;

/** Next time, after `apres`, that graphile-worker's own reading of the crontab gives. */
export function prochain(quand: string, apres: Date): Date {
  const { match } = parseCronItem({ task: 'prochain', match: quand });
  const d = new Date(Math.floor(apres.getTime() / MINUTE) * MINUTE);
  for (let n = 0; n < HORIZON_MIN; n++) {
    d.setTime(d.getTime() + MINUTE);
    if (match({ min: d.getUTCMinutes(), hour: d.getUTCHours(), date: d.getUTCDate(), month: d.getUTCMonth() + 1, dow: d.getUTCDay() })) return d;
  }
  throw new Error(`« ${quand} » ne revient jamais.`);
}

/** Late by more than this after its time, a rendezvous was missed: nothing runs, or it fails. */
const TOLERANCE_MS = 15 * MINUTE;

/** The last time should have been followed by a success, and was not. */
export const enRetard = (p: Passage, quand: string, maintenant: Date): boolean =>
  p.dernierSuccesLe !== null && prochain(quand, p.dernierSuccesLe).getTime() + TOLERANCE_MS < maintenant.getTime();
