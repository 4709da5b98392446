/**
 * `npm run bench [-- --json] [--rapide] [--theme x,y] [--ecrire] [--dossier D]`: what Concorde costs, as ratios within one run, each measure against its
 * bare reference. `--rapide` uses fewer rows and says so; `--ecrire` writes docs/performance.md; `--dossier` keeps the bases for another run.
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dansLeFuseau, getFuseau } from '../src/core/fuseau.ts';
import { mesurerAlertes } from './alertes.ts';
import { mesurerCellules } from './cellules.ts';
import { mesurerChiffres } from './chiffres.ts';
import { mesurerClasseur } from './classeur.ts';
import { mesurerCompletude } from './completude.ts';
import { mesurerComptes } from './comptes.ts';
import type { Theme } from './contexte.ts';
import { mesurerMemoire, mesurerPoids } from './demarrage.ts';
import { mesurerCrises } from './crises.ts';
import { mesurerEcheances } from './echeances.ts';
import { mesurerEcriture } from './ecriture.ts';
import { ouvrirEtablis } from './etablis.ts';
import { mesurerImport } from './import.ts';
import { mesurerListes } from './listes.ts';
import { mesurerPages } from './pages.ts';
import { mesurerPdf } from './pdf.ts';
import { mesurerPreuve } from './preuve.ts';
import { mesurerPubliques } from './publiques.ts';
import { mesurerSignalements } from './signalements.ts';
import { mesurerRecherche } from './recherche.ts';
import { decrireMachine, ecrireDocument, type Mesure } from './tableau.ts';

/** In order: the large base only grows. One line a theme (twice when it is measured at two scales). */
const THEMES: readonly Theme[] = [
  { nom: 'publiques', echelle: 'A', mesurer: mesurerPubliques },
  { nom: 'pages', echelle: 'A', mesurer: mesurerPages },
  { nom: 'poids', echelle: 'A', mesurer: mesurerPoids },
  { nom: 'memoire', echelle: 'A', mesurer: mesurerMemoire },
  { nom: 'pdf', echelle: 'A', mesurer: mesurerPdf },
  { nom: 'comptes', echelle: 'A', mesurer: mesurerComptes },
  { nom: 'collecte', echelle: 'A', mesurer: mesurerClasseur },
  { nom: 'completude', echelle: 'A', mesurer: mesurerCompletude },
  { nom: 'echeances', echelle: 'A', mesurer: mesurerEcheances },
  { nom: 'cellules', echelle: 'A', mesurer: mesurerCellules },
  { nom: 'listes', echelle: 'B', mesurer: mesurerListes },
  { nom: 'listes', echelle: 'C', mesurer: mesurerListes },
  { nom: 'preuve', echelle: 'C', mesurer: mesurerPreuve },
  { nom: 'recherche', echelle: 'C', mesurer: mesurerRecherche },
  { nom: 'preuve', echelle: 'F', mesurer: mesurerPreuve },
  { nom: 'chiffres', echelle: 'F', mesurer: mesurerChiffres },
  // Last on the demonstration, which they fill.
  { nom: 'alertes', echelle: 'A', mesurer: mesurerAlertes },
  { nom: 'ecriture', echelle: 'A', mesurer: mesurerEcriture },
  { nom: 'import', echelle: 'A', mesurer: mesurerImport },
  { nom: 'signalements', echelle: 'A', mesurer: mesurerSignalements },
  { nom: 'crises', echelle: 'A', mesurer: mesurerCrises },
];

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, rapide: { type: 'boolean' }, theme: { type: 'string' }, ecrire: { type: 'boolean' }, dossier: { type: 'string' } },
});
const json = options.json ?? false;
const rapide = options.rapide ?? false;

const mesures: Mesure[] = [];
function noter(nom: string, valeur: number, unite: string): void {
  const arrondie = Math.round(valeur * 1000) / 1000;
  mesures.push({ nom, valeur: arrondie, unite });
  if (!json) process.stdout.write(`${nom.padEnd(44)} ${String(arrondie).padStart(12)} ${unite}\n`);
}
const dire = (ligne: string) => process.stderr.write(`${ligne}\n`);

function choisirThemes(): Theme[] {
  const voulus = options.theme?.split(',');
  const inconnu = voulus?.find((v) => !THEMES.some((t) => t.nom === v));
  if (inconnu) throw new Error(`Thème inconnu : ${inconnu}. Les thèmes : ${[...new Set(THEMES.map((t) => t.nom))].join(', ')}.`);
  return THEMES.filter((t) => voulus === undefined || voulus.includes(t.nom));
}

/** Resolves with the themes that could not be measured whole. */
async function main(): Promise<readonly string[]> {
  const echoues = new Set<string>();
  const debut = performance.now();
  const themes = choisirThemes();
  const dossier = resolve(options.dossier ?? (await mkdtemp(join(tmpdir(), 'concorde-bench-'))));
  await mkdir(dossier, { recursive: true });
  await chmod(dossier, 0o711);
  const fermer = async (): Promise<void> => {
    await etablis.close();
    if (!options.dossier) await rm(dossier, { recursive: true, force: true });
  };
  const etablis = ouvrirEtablis({ dossier, rapide, dire, noter });
  // A bench that is stopped leaves neither servers nor gigabytes.
  process.once('SIGINT', () => void fermer().finally(() => process.exit(130)));
  try {
    dire(`Banc d’essai${rapide ? ' rapide (dix fois moins de lignes)' : ''} : ${themes.map((t) => `${t.nom} (${t.echelle})`).join(', ')}`);
    const { owner, contratId } = await etablis.etabli('A');
    const fuseau = await getFuseau(owner, contratId);
    const machine = await decrireMachine(owner);
    dire(`${machine.coeurs} cœurs (${machine.processeur}), ${machine.memoireGo} Go, Node ${machine.node}, PostgreSQL ${machine.postgresql}, ${machine.date}`);
    for (const t of themes) {
      if (await etablis.depassee(t.echelle)) {
        dire(`Thème ${t.nom}, échelle ${t.echelle} : dépassée dans ce dossier, non mesurée`);
        continue;
      }
      dire(`Thème ${t.nom}, échelle ${t.echelle}`);
      const contexte = { echelle: t.echelle, rapide, duree: rapide ? 3 : 8, dossier, etabli: etablis.etabli, noter, dire };
      // Days are those of the contract, as in a request.
      try {
        await dansLeFuseau(fuseau, () => t.mesurer(contexte));
      } catch (e) {
        // What the others measured stands: an hour is not lost for one of them.
        echoues.add(t.nom);
        dire(`Thème ${t.nom}, échelle ${t.echelle} : ${e instanceof Error ? e.stack : String(e)}`);
      }
    }
    const conditions = {
      ...machine,
      rapide,
      themes: [...new Set(themes.map((t) => t.nom))].filter((nom) => !echoues.has(nom)),
      dureeMinutes: (performance.now() - debut) / 60_000,
    };
    if (options.ecrire) await ecrireDocument(conditions, mesures);
    if (json) process.stdout.write(`${JSON.stringify({ conditions, mesures, rapide })}\n`);
    return [...echoues];
  } finally {
    await fermer();
  }
}

main().then(
  (echoues) => {
    if (echoues.length > 0) dire(`Non mesurés : ${echoues.join(', ')}`);
    process.exit(echoues.length > 0 ? 1 : 0);
  },
  (e: unknown) => {
    process.stderr.write(`${e instanceof Error ? e.stack : String(e)}\n`);
    process.exit(1);
  },
);
