/** The two bases of a run: the demonstration, and the large one that only grows. Each is made and served when a theme first asks for it. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contexte, Echelle, Etabli } from './contexte.ts';
import { RIEN, semer, volumes } from './semis.ts';
import { demarrer, etablir } from './serveur.ts';

const ORDRE: readonly Echelle[] = ['A', 'B', 'C', 'F'];

interface Etablis {
  etabli: Contexte['etabli'];
  /** The history of a kept folder goes further: nothing can be measured at this scale any more. */
  depassee(echelle: Echelle): Promise<boolean>;
  close(): Promise<void>;
}

export function ouvrirEtablis(o: Pick<Contexte, 'dossier' | 'rapide' | 'dire' | 'noter'>): Etablis {
  const port = 20_000 + (process.pid % 20_000);
  const tailles = { A: RIEN, ...volumes(o.rapide) };
  const ouverts: { stop(): Promise<void> }[] = [];
  let petit: Promise<Etabli> | null = null;
  let grand: Promise<Etabli> | null = null;
  // A folder that was kept says how far its history goes.
  const note = join(o.dossier, 'ECHELLE');
  let atteinte: Echelle | null = null;
  const lireAtteinte = async (): Promise<Echelle> => {
    const lue = await readFile(note, 'utf8').catch(() => 'A');
    return ORDRE.find((x) => x === lue) ?? 'A';
  };

  const ouvrir = async (nom: string, n: number): Promise<Etabli> => {
    const dossier = join(o.dossier, nom);
    if (n === 0) {
      // The bundle is made before, so that only starting is measured.
      execFileSync(process.execPath, ['scripts/run.mjs', '--build'], { stdio: 'ignore' });
      const premier = await demarrer(dossier, port + n);
      o.noter('demarrage-premier', premier.demarrage, 'ms');
      await premier.stop();
    }
    const e = await etablir(dossier, port + n);
    if (n === 0) o.noter('demarrage-suivant', e.demarrage, 'ms');
    ouverts.push(e);
    return e;
  };
  const etabli = async (echelle: Echelle): Promise<Etabli> => {
    petit ??= ouvrir('demonstration', 0);
    if (echelle === 'A') return petit;
    await petit;
    grand ??= ouvrir('histoire', 1);
    const e = await grand;
    atteinte ??= await lireAtteinte();
    if (ORDRE.indexOf(echelle) < ORDRE.indexOf(atteinte)) throw new Error(`L’échelle ${echelle} est déjà dépassée : ${atteinte}.`);
    if (echelle !== atteinte) {
      o.dire(`Échelle ${echelle} :`);
      await semer(e, tailles[atteinte], tailles[echelle], o.dire);
      atteinte = echelle;
      await writeFile(note, echelle);
    }
    return e;
  };
  return {
    etabli,
    depassee: async (echelle) => echelle !== 'A' && ORDRE.indexOf(echelle) < ORDRE.indexOf(atteinte ?? (await lireAtteinte())),
    close: async () => {
      for (const e of ouverts) await e.stop();
    },
  };
}
