/** Entry of the preparation: holds the owner's credentials, says to its parent what serving needs, ends. */
import { loadConfig } from './core/config.ts';
import { startEmbedded } from './core/base/embedded-postgres.ts';
import type { Serveur, ServeurLance } from './core/base/postgres-process.ts';
import type { Dit, Repond } from './preparation-a-part.ts';

const dire = (m: Dit) =>
  new Promise<void>((r) => {
    if (process.connected) process.send?.(m, undefined, {}, () => r());
    else r();
  });

/** The embedded server is the parent's child: it must outlive this process. */
async function lancer(s: Serveur): Promise<ServeurLance> {
  let mort: string | null = null;
  let finir: (mort: string) => void = () => {};
  const fin = new Promise<string>((r) => {
    finir = r;
  });
  const lance = new Promise<void>((r) =>
    process.on('message', (m: Repond) => {
      if ('lance' in m) r();
      else {
        mort = m.mort;
        finir(m.mort);
      }
    }),
  );
  await dire({ lancer: s });
  await lance;
  return { mort: () => mort, fin, stop: async () => {} };
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const progres = (etape: string) => void dire({ etape });
  const embarque = config.databaseUrl ? null : await startEmbedded({ dossier: config.dossier, progres, lancer, attendre: false });
  // The modules of the house are evaluated while PostgreSQL starts.
  const { preparer } = await import('./preparation.ts');
  const p = await preparer(config, { progres, embarque });
  await p.close();
  await dire({ prete: { acces: p.acces, contratId: p.contratId, slug: p.slug } });
}

// Whoever started this is gone: nothing is left to prepare for.
process.once('disconnect', () => process.exit(1));
main()
  .catch(async (e: unknown) => dire({ erreur: (await import('./erreurs-attendues.ts')).direErreur(e) }))
  .finally(() => process.exit(0));
