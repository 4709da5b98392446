/**
 * One record saved from its form, by 1, 8 and 32 people at once, against a bare POST that does one INSERT on the same PostgreSQL. Every
 * form carries its own once-only key, as the browser's does; the two are loaded in turn, in processes of their own.
 */
import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { type Contexte, COORDINATRICE, mediane } from './contexte.ts';

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
async function ecrire(url: string, connexions: number, duree: number, corps: string, temoin: string): Promise<number> {
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

const PASSAGES = 3;

export async function mesurerEcriture(c: Contexte): Promise<void> {
  const e = await c.etabli(c.echelle);
  const temoin = await e.temoin(COORDINATRICE);
  await sql`create table banc_ecriture (id uuid primary key default gen_random_uuid(), jour date, titre text, territoire_id text,
    organisation_id text, commentaire text, donnees jsonb, cree_le timestamptz default now())`.execute(e.owner);
  const nu = await serveurNu(e.p.url);
  const corps = new URLSearchParams(CHAMPS).toString();
  const nous = (connexions: number, duree: number) => ecrire(`${e.adresse}/registres/formations/nouveau`, connexions, duree, corps, temoin);
  const lui = (connexions: number, duree: number) => ecrire(nu.adresse, connexions, duree, corps, temoin);
  try {
    await nous(8, 2);
    await lui(8, 1);
    const debits = new Map<number, number>();
    for (const connexions of [1, 8, 32]) {
      const lus: { nous: number; lui: number }[] = [];
      for (let i = 0; i < PASSAGES; i++) lus.push({ nous: await nous(connexions, c.duree), lui: await lui(connexions, c.duree) });
      debits.set(connexions, mediane(lus.map((l) => l.nous)));
      c.noter(`ecriture-${connexions}-par-s`, mediane(lus.map((l) => l.nous)), 'enregistrements/s');
      c.noter(`ecriture-${connexions}-nu-par-s`, mediane(lus.map((l) => l.lui)), 'enregistrements/s');
      c.noter(`ecriture-${connexions}`, mediane(lus.map((l) => l.lui / l.nous)), 'ratio');
    }
    c.noter('ecriture-8-sur-1', (debits.get(8) ?? 0) / (debits.get(1) ?? 1), 'ratio');
  } finally {
    nu.stop();
    await sql`drop table banc_ecriture`.execute(e.owner);
  }
}
