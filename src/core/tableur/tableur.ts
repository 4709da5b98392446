/**
 * Files of rows that people send (CSV, XLSX, ODS, XLS), read in a process of their own. Not a thread: the memory of a thread is
 * memory of the process that serves, and a heap that is full there can end it. Two files at a time, the others wait their turn.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ErreurConcorde, indisponible, tropLourd } from '../errors.ts';
import type { Demande, Resultat } from './lecteur.ts';
import type { Ligne, Trouve } from './lignes.ts';
import { A_LA_FOIS, ATTENTE_MS, EN_ATTENTE_MAX, TAS_MO, TEMPS_MS } from './limites.ts';

export type { Ligne } from './lignes.ts';
export { LIGNES_MAX, OCTETS_MAX } from './limites.ts';

export interface FichierOuvert extends Trouve {
  /** sha-256 of the content. */
  empreinte: string;
  /** First the headings, then every row. To read once; what was written for it on disk goes with the end of the reading. */
  lignes: AsyncIterable<Ligne> | Iterable<Ligne>;
}

/** Built by scripts/run.mjs with the entry that serves. */
const ENTREE = resolve('dist/src-core-tableur-lecteur.mjs');

/**
 * Throws `invalide` or `trop-lourd` with what to do, `indisponible` when too many files wait. `nom` is the name people know;
 * `titres` are the headings that mean something to whoever asks: what is written above them in the file is left out.
 * `signes`: of a workbook, say too which cells are computed or merged.
 */
export async function ouvrirFichier(
  chemin: string,
  nom: string,
  feuille: string | null = null,
  titres: readonly string[] = [],
  signes = false,
): Promise<FichierOuvert> {
  const sortie = `${chemin}.lignes`;
  const liberer = await prendrePlace();
  try {
    const r = await lireAilleurs({ chemin, nom, feuille, titres, signes, sortie });
    if ('refus' in r) throw new ErreurConcorde(r.refus.id, r.refus.message);
    return { ...r.trouve, empreinte: await empreinteDe(chemin), lignes: relire(sortie) };
  } catch (e) {
    await rm(sortie, { force: true });
    throw e;
  } finally {
    liberer();
  }
}

async function empreinteDe(chemin: string): Promise<string> {
  const h = createHash('sha256');
  for await (const m of createReadStream(chemin)) h.update(m as Buffer);
  return h.digest('hex');
}

async function* relire(sortie: string): AsyncGenerator<Ligne> {
  const source = createReadStream(sortie, 'utf8');
  try {
    for await (const l of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) yield JSON.parse(l) as Ligne;
  } finally {
    source.destroy();
    await rm(sortie, { force: true });
  }
}

function lireAilleurs(d: Demande): Promise<Resultat> {
  if (!existsSync(ENTREE)) throw new Error(`${ENTREE} manque : construisez l’application (npm run build).`);
  // Nothing of the settings goes there: a file that took hold of its reader would find no secret.
  const garde = ['PATH', 'SystemRoot', 'TZ', 'LANG'].flatMap((k) => (process.env[k] === undefined ? [] : [[k, process.env[k]] as const]));
  const enfant = fork(ENTREE, [], { execArgv: [`--max-old-space-size=${TAS_MO}`], env: Object.fromEntries(garde), stdio: 'ignore' });
  return new Promise<Resultat>((oui, non) => {
    const fin = setTimeout(() => enfant.kill('SIGKILL'), TEMPS_MS);
    enfant.once('message', (m) => oui(m as Resultat));
    enfant.once('error', non);
    enfant.once('exit', (_, signal) => {
      clearTimeout(fin);
      non(signal === 'SIGKILL' ? tropLong(d.nom) : tropGrand(d.nom));
    });
    envoyer(enfant, d, non);
  });
}

const envoyer = (enfant: ChildProcess, d: Demande, non: (e: Error) => void) =>
  enfant.send(d, (e) => {
    if (e) non(e);
  });

const REMEDE = 'Enregistrez la feuille à importer au format CSV, ou supprimez les mises en forme et les feuilles inutiles, puis recommencez.';
const tropLong = (nom: string) => tropLourd(`« ${nom} » demande plus de ${TEMPS_MS / 1000} secondes à lire : il est abîmé ou démesuré. ${REMEDE}`);
const tropGrand = (nom: string) => tropLourd(`« ${nom} » demande trop de mémoire une fois ouvert : il est abîmé ou démesuré. ${REMEDE}`);

let enCours = 0;
const enAttente: (() => void)[] = [];

/** Waits for one's turn; the function returned gives the place to the next. */
async function prendrePlace(): Promise<() => void> {
  if (enCours >= A_LA_FOIS) {
    if (enAttente.length >= EN_ATTENTE_MAX) throw occupe();
    await new Promise<void>((oui, non) => {
      const entrer = () => {
        clearTimeout(limite);
        oui();
      };
      const limite = setTimeout(() => {
        enAttente.splice(enAttente.indexOf(entrer), 1);
        non(occupe());
      }, ATTENTE_MS);
      enAttente.push(entrer);
    });
  } else enCours++;
  return () => {
    const suivant = enAttente.shift();
    if (suivant) suivant();
    else enCours--;
  };
}
const occupe = () => indisponible('Beaucoup de fichiers sont lus en ce moment. Le vôtre n’a pas été lu : recommencez dans une minute.');
