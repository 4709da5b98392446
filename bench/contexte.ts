/** What each theme of the bench receives, and the few ways of measuring that they share. */
import { spawn } from 'node:child_process';
import type { Bases } from '../src/core/base/bases.ts';
import type { Db } from '../src/core/base/database.ts';
import type { Plateforme } from '../src/core/module.ts';
import type { getFormulaire } from '../src/modules/indicateurs/index.ts';

/**
 * A: the demonstration. B, C: the same with the history of the `volumes` of semis.ts. F: C with facts up to ten million.
 * A is a base of its own, served beside the other, so that both are measured in turn in the same minute.
 */
export type Echelle = 'A' | 'B' | 'C' | 'F';

/** One served Concorde: its pages, its base as the application and as the owner. */
export interface Etabli {
  adresse: string;
  port: number;
  /** Folder of its data. */
  dossier: string;
  p: Plateforme;
  contratId: number;
  bases: Bases;
  /** Partners' plane, as the application. */
  db: Db;
  owner: Db;
  formulaire: Awaited<ReturnType<typeof getFormulaire>>;
  /** Cookie of a fictive person, by the start of their e-mail address: one session each. */
  temoin(persona: string): Promise<string>;
  /** Resident megabytes of the server. */
  memoire(): Promise<number>;
  /** How long it took to listen, ms. */
  demarrage: number;
}

export interface Contexte {
  /** The scale of this run of the theme. */
  echelle: Echelle;
  rapide: boolean;
  /** Seconds of load on each page. */
  duree: number;
  /** Folder of the run, removed at the end. */
  dossier: string;
  /** A base at this scale, prepared on first use. The large one only grows: B, then C, then F. */
  etabli(echelle: Echelle): Promise<Etabli>;
  noter: Noter;
  dire(ligne: string): void;
}
type Noter = (nom: string, valeur: number, unite: string) => void;

export interface Theme {
  nom: string;
  echelle: Echelle;
  mesurer(c: Contexte): Promise<void>;
}

/** Whom a page is asked as: who coordinates a district, who coordinates all, an elected person, and an agent whose mandate is bounded. */
export const PERSONAS = ['nadia.benali', 'claire.fontaine', 'fatou.ndiaye', 'karim.lefevre'] as const;
export const COORDINATRICE = 'nadia.benali';

/** What browsers ask. */
const ENTETES = { 'accept-encoding': 'gzip' };
export const avecTemoin = (temoin: string | null): Record<string, string> => (temoin ? { ...ENTETES, cookie: temoin } : ENTETES);

export const quantile = (valeurs: readonly number[], q: number): number =>
  [...valeurs].sort((a, b) => a - b)[Math.min(valeurs.length - 1, Math.floor(valeurs.length * q))] ?? 0;
export const mediane = (valeurs: readonly number[]): number => quantile(valeurs, 0.5);

export async function chronometrer(n: number, fn: () => Promise<unknown>): Promise<number[]> {
  const durees: number[] = [];
  for (let i = 0; i < n; i++) {
    const t = performance.now();
    await fn();
    durees.push(performance.now() - t);
  }
  return durees;
}

/** Several ways in turn, call by call, so that the moods of the machine fall on all; the first calls of each are left out. */
export async function tourATour(n: number, facons: readonly (() => Promise<unknown>)[], aBlanc = 5): Promise<number[][]> {
  const durees: number[][] = facons.map(() => []);
  for (let i = 0; i < n + aBlanc; i++)
    for (const [k, fn] of facons.entries()) {
      const t = performance.now();
      await fn();
      if (i >= aBlanc) durees[k]?.push(performance.now() - t);
    }
  return durees;
}

/** Reads a page to its last byte; anything but a 200 stops the bench. */
export async function lirePage(url: string, temoin: string | null): Promise<Buffer> {
  const r = await fetch(url, { headers: avecTemoin(temoin), redirect: 'manual' });
  const corps = Buffer.from(await r.arrayBuffer());
  if (r.status !== 200) throw new Error(`${url} a répondu ${r.status}.`);
  return corps;
}

export interface Charge {
  url: string;
  temoin?: string | null;
  connexions?: number;
  secondes: number;
  methode?: 'GET' | 'POST';
  /** Body of a form. */
  corps?: string;
  /** Answers that are right for it; 200 by default. */
  attendu?: number;
}
interface Resultat {
  parSeconde: number;
  p50: number;
  p95: number;
  p99: number;
  octetsParSeconde: number;
}
interface Autocannon {
  requests: { average: number; total: number };
  latency: { p50: number; p90: number; p97_5: number; p99: number };
  throughput: { average: number };
  statusCodeStats: Record<string, { count: number }>;
  errors: number;
}

/** Load by autocannon, from another process, with gzip asked as browsers do. */
export async function charger(o: Charge): Promise<Resultat> {
  const entetes = Object.entries({ ...avecTemoin(o.temoin ?? null), ...(o.corps ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) });
  const options = ['-j', '-c', String(o.connexions ?? 8), '-d', String(o.secondes), '-m', o.methode ?? 'GET', ...(o.corps ? ['-b', o.corps] : [])];
  const enfant = spawn(process.execPath, ['node_modules/autocannon/autocannon.js', ...options, ...entetes.flatMap(([k, v]) => ['-H', `${k}=${v}`]), o.url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let sortie = '';
  for await (const d of enfant.stdout) sortie += String(d);
  const r = JSON.parse(sortie) as Autocannon;
  const justes = r.statusCodeStats[String(o.attendu ?? 200)]?.count ?? 0;
  if (r.errors > 0 || justes < r.requests.total) throw new Error(`${o.url} : ${r.errors} erreurs, réponses ${JSON.stringify(r.statusCodeStats)}.`);
  return { parSeconde: r.requests.average, p50: r.latency.p50, p95: r.latency.p97_5, p99: r.latency.p99, octetsParSeconde: r.throughput.average };
}
