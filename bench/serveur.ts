/** The real server in its own process, and its base opened beside it as commands do. */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { ouvrirBases } from '../src/core/base/bases.ts';
import { loadConfig } from '../src/core/config.ts';
import { getFormulaire } from '../src/modules/indicateurs/index.ts';
import { preparer } from '../src/preparation.ts';
import type { Etabli } from './contexte.ts';

interface Serveur {
  adresse: string;
  demarrage: number;
  memoire(): Promise<number>;
  stop(): Promise<void>;
}

const environnement = (dossier: string) => ({ ...process.env, CONCORDE_DATA: dossier, CONCORDE_DEMO: '1' });

/** Resolves when it listens. */
export async function demarrer(dossier: string, port: number): Promise<Serveur> {
  await mkdir(dossier, { recursive: true });
  // Where PostgreSQL can go when it runs as another user: all of it is then under the folder that is removed.
  await chmod(dossier, 0o711);
  // As `npm start` does.
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  const t = performance.now();
  const enfant = spawn(process.execPath, scripts.start.split(' ').slice(1), {
    env: { ...environnement(dossier), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((pret, echec) => {
    enfant.once('exit', (code) => echec(new Error(`Le serveur s’est arrêté (${code}).`)));
    enfant.stdout.on('data', (d: Buffer) => {
      if (d.toString().includes('écoute sur')) pret();
    });
  });
  return {
    adresse: `http://127.0.0.1:${port}`,
    demarrage: performance.now() - t,
    memoire: async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${enfant.pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1024,
    stop: () =>
      new Promise((fini) => {
        if (enfant.exitCode !== null) return fini();
        enfant.removeAllListeners('exit');
        enfant.once('exit', () => fini());
        enfant.kill('SIGINT');
      }),
  };
}

/** Cookie of a fictive person, found by the start of their e-mail address. */
async function connecter(e: Pick<Etabli, 'adresse' | 'owner' | 'contratId'>, persona: string): Promise<string> {
  const compte = await e.owner
    .selectFrom('comptes')
    .select('id')
    .where('contratId', '=', e.contratId)
    .where('courriel', 'like', `${persona}@%`)
    .executeTakeFirst();
  if (!compte) throw new Error(`Aucune personne fictive « ${persona} ».`);
  const corps = new URLSearchParams({ compte: compte.id, retour: '/' });
  const r = await fetch(`${e.adresse}/demonstration`, { method: 'POST', body: corps, redirect: 'manual' });
  const temoin = r.headers.get('set-cookie')?.split(';')[0];
  if (!temoin) throw new Error(`Pas de session pour ${persona} : ${r.status}.`);
  return temoin;
}

export async function etablir(dossier: string, port: number): Promise<Etabli & { stop(): Promise<void> }> {
  const serveur = await demarrer(dossier, port);
  const p = await preparer(loadConfig(environnement(dossier)), { partager: true });
  const ouvertes = ouvrirBases(p.acces, p.contratId, 4);
  const db = ouvertes.bases.partenariat;
  const lieu = { adresse: serveur.adresse, owner: p.owner, contratId: p.contratId };
  const temoins = new Map<string, Promise<string>>();
  return {
    ...lieu,
    port,
    dossier,
    p,
    bases: ouvertes.bases,
    db,
    formulaire: await getFormulaire(db, p.contratId),
    temoin: (persona) => {
      const deja = temoins.get(persona) ?? connecter(lieu, persona);
      temoins.set(persona, deja);
      return deja;
    },
    memoire: serveur.memoire,
    demarrage: serveur.demarrage,
    stop: async () => {
      await ouvertes.close();
      await p.close();
      await serveur.stop();
    },
  };
}
