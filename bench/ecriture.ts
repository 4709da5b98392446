/**
 * One record saved from its form, by 1, 8 and 32 people at once, against a bare POST that does one INSERT on the same PostgreSQL. Every
 * form carries its own once-only key, as the browser's does; the two are loaded in turn, in processes of their own.
 */
import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import type { Db } from '../src/core/base/database.ts';

interface Banc {
  /** Of the real server. */
  adresse: string;
  /** Cookie of someone who may write in the register. */
  temoin: string;
  /** Of the owner, for the bare server. */
  url: string;
  owner: Db;
  noter(nom: string, valeur: number, unite: string): void;
  /** Seconds of each load. */
  duree: number;
  passages?: number;
}

/** A record like any other, on a day of the demonstration. */
const CHAMPS = {
  jour: '12/03/2026',
  titre: 'Session de mars',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  commentaire: 'Deux heures sur place.',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'agents-accueil',
  'donnees.participants': '12',
};

interface Charge {
  '3xx': number;
  '4xx': number;
  '5xx': number;
  errors: number;
  duration: number;
}
async function charger(url: string, connexions: number, duree: number, corps: string, temoin: string): Promise<number> {
  const enfant = spawn(process.execPath, ['scripts/run.mjs', 'bench/ecriture.charge.ts', url, String(connexions), String(duree), corps, temoin], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let sortie = '';
  for await (const d of enfant.stdout) sortie += String(d);
  const r = JSON.parse(sortie) as Charge;
  if (r['3xx'] === 0 || r['4xx'] + r['5xx'] + r.errors > 0)
    throw new Error(`${url} : ${r['3xx']} enregistrés, ${r['4xx']} refus, ${r['5xx']} échecs, ${r.errors} sans réponse.`);
  return r['3xx'] / r.duration;
}

async function serveurNu(url: string): Promise<{ adresse: string; stop(): void }> {
  const enfant = spawn(process.execPath, ['scripts/run.mjs', 'bench/ecriture.nu.ts'], {
    env: { ...process.env, BANC_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((pret, echec) => {
    enfant.once('exit', (code) => echec(new Error(`Le serveur nu s’est arrêté (${code}).`)));
    enfant.stdout.on('data', (d: Buffer) => {
      const lu = /écoute sur (\d+)/.exec(d.toString())?.[1];
      if (lu) pret(lu);
    });
  });
  enfant.removeAllListeners('exit');
  return { adresse: `http://127.0.0.1:${port}/`, stop: () => enfant.kill('SIGTERM') };
}

const mediane = (v: readonly number[]): number => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)] ?? 0;

export async function mesurerEcriture(b: Banc): Promise<void> {
  await sql`create table banc_ecriture (id uuid primary key default gen_random_uuid(), jour date, titre text, territoire_id text,
    organisation_id text, commentaire text, donnees jsonb, cree_le timestamptz default now())`.execute(b.owner);
  const nu = await serveurNu(b.url);
  const corps = new URLSearchParams(CHAMPS).toString();
  const nous = (connexions: number, duree: number) => charger(`${b.adresse}/registres/formations/nouveau`, connexions, duree, corps, b.temoin);
  const lui = (connexions: number, duree: number) => charger(nu.adresse, connexions, duree, corps, b.temoin);
  try {
    await nous(8, 2);
    await lui(8, 1);
    const debits = new Map<number, number>();
    for (const connexions of [1, 8, 32]) {
      const lus: { nous: number; lui: number }[] = [];
      for (let i = 0; i < (b.passages ?? 3); i++) lus.push({ nous: await nous(connexions, b.duree), lui: await lui(connexions, b.duree) });
      debits.set(connexions, mediane(lus.map((l) => l.nous)));
      b.noter(`ecriture-${connexions}-par-s`, mediane(lus.map((l) => l.nous)), 'enregistrements/s');
      b.noter(`ecriture-${connexions}-nu-par-s`, mediane(lus.map((l) => l.lui)), 'enregistrements/s');
      b.noter(`ecriture-${connexions}`, mediane(lus.map((l) => l.lui / l.nous)), 'ratio');
    }
    b.noter('ecriture-8-sur-1', (debits.get(8) ?? 0) / (debits.get(1) ?? 1), 'ratio');
  } finally {
    nu.stop();
    await sql`drop table banc_ecriture`.execute(b.owner);
  }
}
