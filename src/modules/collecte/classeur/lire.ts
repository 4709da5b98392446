/** A workbook that comes back, verified cell by cell against what was asked. Reads a file, writes nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErreurConcorde } from '../../../core/errors.ts';
import { type Ligne, ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { LigneDemandee } from '../ligne.ts';
import { COLONNES, FEUILLE, type Timbre, VERSION } from './colonnes.rules.ts';
import { placer, rapprocher, refuse, type Verification } from './rapprocher.rules.ts';

/** What the stamp must say. */
export interface Attendu {
  campagne: string;
  institution: string;
}

export async function lireClasseur(
  fichier: { chemin: string; nom: string } | { contenu: Buffer; nom: string },
  lignes: readonly LigneDemandee[],
  attendu: Attendu,
): Promise<Verification> {
  if ('chemin' in fichier) return verifier(fichier.chemin, fichier.nom, lignes, attendu);
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-collecte-'));
  try {
    const chemin = join(dossier, 'classeur');
    await writeFile(chemin, fichier.contenu);
    return await verifier(chemin, fichier.nom, lignes, attendu);
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

async function verifier(chemin: string, nom: string, lignes: readonly LigneDemandee[], attendu: Attendu): Promise<Verification> {
  let rangees: Ligne[];
  try {
    const ouvert = await ouvrirFichier(chemin, nom, null, Object.values(COLONNES), true);
    rangees = [];
    for await (const l of ouvert.lignes) rangees.push(l);
  } catch (e) {
    // Too busy is not the file's fault: the caller tries again.
    if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd')) return refuse(e.message);
    throw e;
  }
  const [titres, ...suite] = rangees;
  if (!titres) return refuse(`« ${nom} » n’a aucune ligne.`);
  const places = placer(titres.cellules, titres.numero);
  if ('refus' in places) return places;
  const ailleurs = direTimbre(places.timbre, attendu);
  if (ailleurs) return refuse(ailleurs);
  if (places.colonnes.reponse === undefined)
    return refuse(
      `« ${nom} » n’a pas de colonne « ${COLONNES.reponse} » : la feuille « ${FEUILLE} » a été ôtée, ou le titre changé. Repartez du classeur téléchargé sur votre page.`,
    );
  if (places.cles === null && places.colonnes.chiffre === undefined)
    return refuse(
      `« ${nom} » ne dit plus de quel chiffre est chaque réponse : remettez la colonne « ${COLONNES.chiffre} », ou repartez du classeur téléchargé.`,
    );
  return rapprocher(lignes, places, suite);
}

/** Null when it is this very template, or a table without stamp, that labels will tell. */
function direTimbre(t: Timbre | null, attendu: Attendu): string | null {
  if (!t) return null;
  if (t.campagne !== attendu.campagne)
    return 'Ce classeur est celui d’une autre campagne. Téléchargez celui de cette campagne sur votre page, et reportez-y vos réponses.';
  if (t.institution !== attendu.institution) return 'Ce classeur est celui d’un autre organisme. Téléchargez le vôtre sur votre page.';
  return t.version === VERSION
    ? null
    : 'Ce classeur vient d’une autre version de Concorde. Téléchargez-le de nouveau sur votre page, et reportez-y vos réponses.';
}
