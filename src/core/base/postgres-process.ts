/** The embedded server as a process: started without any password, stopped in order, its end told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** PostgreSQL refuses to run as root: under root it runs as this user. */
export const NOBODY = 65534;
export const identite = (racine: boolean) => (racine ? { uid: NOBODY, gid: NOBODY } : {});

/** What it takes to start the server: no password. */
export interface Serveur {
  natif: string;
  donnees: string;
  port: number;
  racine: boolean;
  reglages: Record<string, string>;
}
export interface ServeurLance {
  /** What it said when it ended; null while it runs. */
  mort(): string | null;
  /** Resolves with the same words when it ends. */
  fin: Promise<string>;
  stop(): Promise<void>;
}

export async function lancerServeur({ natif, donnees, port, racine, reglages }: Serveur): Promise<ServeurLance> {
  const options = Object.entries(reglages).flatMap(([cle, valeur]) => ['-c', `${cle}=${valeur}`]);
  const processus = spawn(join(natif, 'bin', 'postgres'), ['-D', donnees, '-p', String(port), ...options], {
    ...identite(racine),
    // Its own group: Ctrl-C reaches Concorde, which then stops the server in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let journal = '';
  processus.stderr?.on('data', (d: Buffer) => {
    journal = (journal + d.toString()).slice(-4000);
  });
  let mort: string | null = null;
  // Ended by itself or by a signal, once all that it said is read.
  const fin = new Promise<string>((r) =>
    processus.once('close', () => {
      mort = journal.trim().split('\n').slice(-3).join(' · ');
      r(mort);
    }),
  );
  return {
    mort: () => mort,
    fin,
    stop: () => arreter(processus),
  };
}

/** Fast shutdown: running transactions are rolled back, everything committed is written. */
async function arreter(processus: ChildProcess): Promise<void> {
  if (processus.exitCode !== null || processus.signalCode !== null) return;
  const fini = new Promise<void>((r) => processus.once('exit', () => r()));
  processus.kill('SIGINT');
  const garde = setTimeout(() => processus.kill('SIGQUIT'), 10_000);
  await fini;
  clearTimeout(garde);
}
