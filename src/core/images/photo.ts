/** A photograph that somebody sends: told by its content, opened in a process of its own, given back drawn anew without what it carried. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DemandeDePhoto, ResultatDePhoto } from './decodeur.ts';

/** Of one photograph as it is sent. */
const PHOTO_MAX = 15 * 1_048_576;
/** Of a request: more than one photograph may weigh, so that one too heavy is told beside its field and nothing typed is lost. */
export const ENVOI_MAX = 48 * 1_048_576;
const TYPES = new Set(['image/jpeg', 'image/png', 'image/webp']);
const TEMPS_MS = 15_000;
const ENTREE = resolve('dist/src-core-images-decodeur.mjs');

export interface Photo {
  /** JPEG. */
  contenu: Buffer;
  largeur: number;
  hauteur: number;
}
interface Envoyee {
  nom: string;
  chemin: string;
  octets: number;
}

/** Why it cannot be taken, and what to do; null when it may be opened. */
async function refusDe(f: Envoyee): Promise<string | null> {
  if (f.octets > PHOTO_MAX)
    return `« ${f.nom} » pèse ${Math.ceil(f.octets / 1_048_576)} Mo : ${PHOTO_MAX / 1_048_576} Mo au plus. Choisissez une taille plus petite au moment de la joindre, ou envoyez sans photo.`;
  const { fileTypeFromFile } = await import('file-type');
  const type = (await fileTypeFromFile(f.chemin).catch(() => undefined))?.mime ?? '';
  if (TYPES.has(type)) return null;
  if (/^image\/(heic|heif)/.test(type))
    return `« ${f.nom} » est une photo HEIC, qui ne s’ouvre pas ici. Sur un iPhone, choisissez « Le plus compatible » dans Réglages, Appareil photo, Formats ; ou joignez une copie d’écran de la photo.`;
  if (type === 'application/pdf') return `« ${f.nom} » est un document PDF, même si son nom dit autre chose. Joignez une photo JPEG, PNG ou WebP.`;
  if (type.startsWith('video/')) return `« ${f.nom} » est une vidéo. Joignez une photo JPEG, PNG ou WebP.`;
  return `« ${f.nom} » n’est pas une photo JPEG, PNG ou WebP. Joignez-en une autre, ou envoyez sans photo.`;
}

/** `occupee`: nothing is wrong with it, too many wait. */
export async function lirePhoto(f: Envoyee): Promise<Photo | { refus: string; occupee?: true }> {
  const refus = await refusDe(f);
  if (refus) return { refus };
  if (enAttente.length >= ATTENTE_MAX) return { refus: `« ${f.nom} » ne peut pas être ouverte maintenant : trop de photos arrivent à la fois.`, occupee: true };
  const sortie = `${f.chemin}.jpg`;
  try {
    const r = await ouvrirAilleurs({ chemin: f.chemin, sortie });
    if ('illisible' in r) return { refus: `« ${f.nom} » est abîmée ou démesurée : elle ne s’ouvre pas. Joignez-en une autre, ou envoyez sans photo.` };
    return { contenu: await readFile(sortie), ...r };
  } finally {
    await rm(sortie, { force: true });
  }
}

/** Waiting for their turn: more would wait for minutes. */
const ATTENTE_MAX = 30;
let enCours = 0;
const enAttente: (() => void)[] = [];
/** Two at a time: the others wait. */
async function prendrePlace(): Promise<void> {
  if (enCours < 2) enCours++;
  else await new Promise<void>((oui) => enAttente.push(oui));
}
function rendrePlace(): void {
  const suivante = enAttente.shift();
  if (suivante) suivante();
  else enCours--;
}

async function ouvrirAilleurs(d: DemandeDePhoto): Promise<ResultatDePhoto> {
  if (!existsSync(ENTREE)) throw new Error(`${ENTREE} manque : construisez l’application (npm run build).`);
  await prendrePlace();
  // Nothing of the settings goes there: a file that took hold of its reader would find no secret.
  const garde = ['PATH', 'SystemRoot', 'LANG'].flatMap((k) => (process.env[k] === undefined ? [] : [[k, process.env[k]] as const]));
  const enfant = fork(ENTREE, [], { env: Object.fromEntries(garde), stdio: 'ignore' });
  const fin = setTimeout(() => enfant.kill('SIGKILL'), TEMPS_MS);
  try {
    return await new Promise<ResultatDePhoto>((oui, non) => {
      enfant.once('message', (m) => oui(m as ResultatDePhoto));
      enfant.once('error', non);
      // Killed for its time or its memory: the picture is at fault.
      enfant.once('exit', () => oui({ illisible: true }));
      enfant.send(d, (e) => {
        if (e) non(e);
      });
    });
  } finally {
    clearTimeout(fin);
    rendrePlace();
  }
}
