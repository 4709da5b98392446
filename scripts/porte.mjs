// The steps of `npm test` and what they count. A step that ends badly is a failure whatever it printed: a runner may report
// every assertion as passed and still exit with an error (unhandled rejection, worker that died, teardown that threw).
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dossierTemporaire } from './memoire.mjs';
import { scenariosManquants } from './preuves.mjs';

export function ouvrirPorte() {
  let reussis = 0;
  let echoues = 0;

  /** Runs a command in the foreground; true when it ended well. */
  function executer(titre, commande, args, env = {}) {
    console.log(`\n── ${titre}`);
    const r = spawnSync(commande, args, { stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, ...env } });
    if (r.error) console.error(`${titre} : ${r.error.message}`);
    if (r.signal) console.error(`${titre} : arrêté par ${r.signal}`);
    return r.status === 0;
  }
  /** The same beside others: what it says is shown when it ends. True when it ended well. */
  function executerACote([titre, commande, args]) {
    return new Promise((fini) => {
      const p = spawn(commande, args, { shell: process.platform === 'win32' });
      let dit = '';
      for (const flux of [p.stdout, p.stderr]) flux.on('data', (d) => (dit += d));
      const finir = (bon, suite) => {
        console.log(`\n── ${titre}\n${dit}${suite}`.trimEnd());
        fini(bon);
      };
      p.on('error', (e) => finir(false, `${titre} : ${e.message}`));
      p.on('close', (code, signal) => finir(code === 0, signal ? `${titre} : arrêté par ${signal}` : ''));
    });
  }
  function compter(bon) {
    if (bon) reussis++;
    else echoues++;
  }

  return {
    /** A tool counts as one test. */
    outil(titre, commande, args) {
      compter(executer(titre, commande, args));
    },
    /** Tools that do not need each other, at the same time. */
    async outils(liste) {
      for (const bon of await Promise.all(liste.map(executerACote))) compter(bon);
    },
    /** A step of our own: it fails by throwing. */
    async tache(titre, faire) {
      try {
        await faire();
        compter(true);
      } catch (e) {
        console.error(`${titre} : ${e instanceof Error ? e.message : e}`);
        compter(false);
      }
    },
    /** Vitest: its report gives the counts and the scenarios of what modules say they serve; its exit code has the last word. */
    essais(titre, args) {
      const dossier = mkdtempSync(join(dossierTemporaire(), 'concorde-tests-'));
      const rapport = join(dossier, 'rapport.json');
      // What tests and their browsers leave on disk goes there, and goes away with it.
      chmodSync(dossier, 0o711);
      const vitest = ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${rapport}`];
      const bon = executer(titre, 'npx', vitest, { TMPDIR: dossier });
      const r = lireRapport(rapport);
      rmSync(dossier, { recursive: true, force: true });
      reussis += r.reussis;
      echoues += r.echoues + r.manquants.length;
      for (const m of r.manquants) console.error(`${titre} : ${m}`);
      if (r.echoues === 0 && (!bon || r.reussis === 0)) {
        console.error(`${titre} : aucun essai n’a échoué, mais l’exécution s’est terminée par une erreur (voir « Errors » plus haut).`);
        echoues++;
      }
    },
    /** Prints the last line and gives the exit code. */
    fermer() {
      console.log(`\ntests: ${reussis} passed, ${echoues} failed`);
      return echoues > 0 ? 1 : 0;
    },
  };
}

function lireRapport(chemin) {
  try {
    const r = JSON.parse(readFileSync(chemin, 'utf8'));
    // A suite that could not even load has no test to count: it is a failure all the same.
    const echoues = Math.max(r.numFailedTests, r.testResults.filter((f) => f.status === 'failed').length);
    return { reussis: r.numPassedTests, echoues, manquants: scenariosManquants(r) };
  } catch {
    return { reussis: 0, echoues: 1, manquants: [] };
  }
}
