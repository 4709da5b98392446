/**
 * The process that reads one file of rows and ends: an entry of its own, started by `tableur.ts`. It writes the rows beside the
 * file, one JSON text a line, and says what it found. A thread watches its time and memory, since reading cannot be interrupted.
 */
import { createWriteStream } from 'node:fs';
import { setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { type ErreurId, ErreurConcorde } from '../errors.ts';
import type { Ligne, Trouve } from './lignes.ts';
import { lireLignes } from './lire.ts';
import { LIGNES_MAX, MEMOIRE_MO, TEMPS_MS } from './limites.ts';

export interface Demande {
  chemin: string;
  nom: string;
  feuille: string | null;
  titres: readonly string[];
  signes: boolean;
  sortie: string;
}
export type Resultat = { trouve: Trouve } | { refus: { id: ErreurId; message: string } };

/** SIGTERM says memory, SIGKILL says time. */
const GARDE = `
const { workerData: { memoire, temps } } = require('node:worker_threads');
const debut = Date.now();
setInterval(() => {
  if (process.memoryUsage.rss() > memoire) process.kill(process.pid, 'SIGTERM');
  else if (Date.now() - debut > temps) process.kill(process.pid, 'SIGKILL');
}, 50);`;

process.once('message', (d: Demande) => {
  new Worker(GARDE, { eval: true, workerData: { memoire: MEMOIRE_MO * 1_048_576, temps: TEMPS_MS + 1000 } }).unref();
  // People who read pages come first.
  setPriority(10);
  void lire(d).then((r) => process.send?.(r, () => process.exit(0)));
});
process.once('disconnect', () => process.exit(1));

async function lire(d: Demande): Promise<Resultat> {
  try {
    const { lignes, ...trouve } = await lireLignes(d.chemin, d.nom, d.feuille, d.titres, d.signes);
    await pipeline(Readable.from(enTexte(lignes)), createWriteStream(d.sortie));
    return { trouve };
  } catch (e) {
    if (e instanceof ErreurConcorde) return { refus: { id: e.id, message: e.message } };
    throw e;
  }
}

function* enTexte(lignes: Iterable<Ligne>): Generator<string> {
  let n = 0;
  for (const l of lignes) {
    yield `${JSON.stringify(l)}\n`;
    // One more than what is accepted is enough to refuse.
    if (++n > LIGNES_MAX + 1) return;
  }
}
