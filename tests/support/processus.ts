/** A real Concorde process: what a person who types `npm start` meets, and what a power cut leaves. Its bundle is built before. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface Processus {
  enfant: ChildProcess;
  /** All that it has written so far. */
  sortie: () => string;
  /** Resolves with its address once it listens and has said all it says, rejects when it ends before. */
  ecoute: Promise<string>;
  /** Exit code. */
  fin: Promise<number | null>;
}

const lances: ChildProcess[] = [];

/** Only what is given reaches it: no setting of who runs the tests. */
export function lancerConcorde(env: Record<string, string>): Processus {
  const enfant = spawn(process.execPath, ['dist/src-main.mjs'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      CONCORDE_DEMO: '0',
      CONCORDE_URL: `http://localhost:${env.PORT ?? 0}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  lances.push(enfant);
  let texte = '';
  const fin = new Promise<number | null>((r) => enfant.once('close', (code) => r(code)));
  const ecoute = new Promise<string>((oui, non) => {
    const lire = (d: Buffer) => {
      texte += d.toString();
      const adresse = /Concorde écoute sur (\S+)/.exec(texte)?.[1];
      if (adresse && texte.includes('arrêter        Ctrl-C')) oui(adresse);
    };
    enfant.stdout.on('data', lire);
    enfant.stderr.on('data', lire);
    void fin.then((code) => non(new Error(`arrêté (${code}) : ${texte}`)));
  });
  ecoute.catch(() => {});
  return { enfant, sortie: () => texte, ecoute, fin };
}

/** Ends, in order, what this file has started and not ended. */
export async function arreterConcorde(): Promise<void> {
  for (const enfant of lances.splice(0).filter((e) => e.exitCode === null && e.signalCode === null)) {
    const fini = new Promise((r) => enfant.once('exit', r));
    enfant.kill('SIGINT');
    await fini;
  }
}
