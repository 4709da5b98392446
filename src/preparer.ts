/** Entry of the preparation: holds the owner's credentials, says to its parent what serving needs, ends. */
import { loadConfig } from './core/config.ts';
import type { Serveur, ServeurLance } from './core/base/postgres-process.ts';
import { direErreur } from './erreurs-attendues.ts';
import { preparer } from './preparation.ts';
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
  const p = await preparer(loadConfig(process.env), { progres: (etape) => void dire({ etape }), lancer });
  await p.close();
  await dire({ prete: { acces: p.acces, contratId: p.contratId, slug: p.slug } });
}

// Whoever started this is gone: nothing is left to prepare for.
process.once('disconnect', () => process.exit(1));
main()
  .catch((e: unknown) => dire({ erreur: direErreur(e) }))
  .finally(() => process.exit(0));
