/**
 * Where what people send waits on disk: one folder for the files of requests (each request its own, removed with it), one
 * for files that a job reads later. What a process that was killed left behind is removed when the next one starts.
 */
import { couper } from '../couper.ts';
import { JOUR_MS } from '../jours.ts';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A job waits for its turn or its next try: never that long. */
const ATTENTE_JOURS = 7;

let racine = join(tmpdir(), `concorde-depots-${process.getuid?.() ?? 'moi'}`);

const machine = (): string => couper(hostname().replace(/[^a-zA-Z0-9-]/g, ''), 60) || 'machine';
const enVie = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as { code?: string }).code === 'EPERM';
  }
};

/** Below the folder of data, so that a job finds its file again after a restart. Removes what nobody will read any more. */
export async function ouvrirDepots(dossier: string): Promise<void> {
  racine = join(dossier, 'depots');
  await mkdir(racine, { recursive: true, mode: 0o700 });
  await nettoyerRequetes();
  await nettoyerAttente();
}

async function nettoyerRequetes(): Promise<void> {
  for (const nom of await readdir(racine)) {
    const m = /^requetes-(.+)-(\d+)$/.exec(nom);
    if (!m) continue;
    const chemin = join(racine, nom);
    // Several processes, even on several machines, may share this folder: theirs stay while they can be alive.
    const vieux =
      Date.now() -
        (await stat(chemin).then(
          (s) => s.mtimeMs,
          () => Date.now(),
        )) >
      JOUR_MS;
    const pid = Number(m[2]);
    if (vieux || (m[1] === machine() && (pid === process.pid || !enVie(pid)))) await rm(chemin, { recursive: true, force: true });
  }
}

async function nettoyerAttente(): Promise<void> {
  const dossier = await dossierDAttente();
  for (const nom of await readdir(dossier)) {
    const { mtimeMs } = await stat(join(dossier, nom)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ATTENTE_JOURS * JOUR_MS) await rm(join(dossier, nom), { recursive: true, force: true });
  }
}

/** A folder of one's own, to remove when the request is over. */
export async function dossierDeRequete(): Promise<string> {
  const parent = join(racine, `requetes-${machine()}-${process.pid}`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  return mkdtemp(join(parent, 'r-'));
}

/** Files that outlive their request: the job that reads one removes it. */
export async function dossierDAttente(): Promise<string> {
  const chemin = join(racine, 'travaux');
  await mkdir(chemin, { recursive: true, mode: 0o700 });
  return chemin;
}
