/** The parent's side of the preparation: starts it, starts the embedded server it asks for, receives what serving needs. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lancerServeur, type Serveur, type ServeurLance } from './core/base/postgres-process.ts';
import type { Acces } from './core/base/roles.ts';

/** What serving receives of the preparation: nothing of the owner. */
export interface Prete {
  acces: Acces;
  contratId: number;
  slug: string;
}
/** From the preparation. */
export type Dit = { etape: string } | { lancer: Serveur } | { prete: Prete } | { erreur: string };
/** To it. */
export type Repond = { lance: true } | { mort: string };

export interface Preparation {
  /** Null when the base was prepared elsewhere (CONCORDE_DATABASE_URL_SERVICE without DATABASE_URL). */
  prete: Promise<Prete> | null;
  /** Resolves once nothing more is waited for from this process: the embedded server is starting, or none is needed. */
  lancee: Promise<unknown>;
  /** Stops the embedded server, if it was started here. */
  close(): Promise<void>;
}

/** Whose message is meant for the person who starts Concorde. Known by its name: this class is in more than one bundle. */
class ErreurPreparation extends Error {
  override readonly name = 'ErreurPreparation';
}

export function preparerAPart(debut: number): Preparation {
  const { DATABASE_URL, CONCORDE_DATABASE_URL_SERVICE } = process.env;
  if (CONCORDE_DATABASE_URL_SERVICE && !DATABASE_URL) return { prete: null, lancee: Promise.resolve(), close: async () => {} };
  let serveur: ServeurLance | null = null;
  let lancerFait: () => void = () => {};
  const lancement = new Promise<void>((r) => {
    lancerFait = r;
  });
  const enfant = fork(fileURLToPath(new URL('./src-preparer.mjs', import.meta.url)), []);
  const lancer = async (s: Serveur) => {
    const lance = await lancerServeur(s);
    serveur = lance;
    lancerFait();
    dire(enfant, { lance: true });
    void lance.fin.then((mort) => dire(enfant, { mort }));
  };
  const prete = new Promise<Prete>((oui, non) => {
    enfant.on('message', (m: Dit) => {
      if ('etape' in m) process.stdout.write(`  ${((Date.now() - debut) / 1000).toFixed(1).padStart(5)} s  ${m.etape}\n`);
      else if ('lancer' in m) lancer(m.lancer).catch(non);
      else if ('prete' in m) oui(m.prete);
      else non(new ErreurPreparation(m.erreur));
    });
    enfant.once('error', non);
    enfant.once('exit', (code, signal) => non(new ErreurPreparation(`La préparation de la base s’est arrêtée avant la fin (${signal ?? code}).`)));
  });
  // Whoever waits for it will say so; until then it must not end the process by itself.
  prete.catch(() => {});
  const lancee = DATABASE_URL ? Promise.resolve() : Promise.race([lancement, prete.catch(() => {})]);
  return { prete, lancee, close: async () => serveur?.stop() };
}

function dire(enfant: ChildProcess, m: Repond): void {
  if (enfant.connected) enfant.send(m);
}
