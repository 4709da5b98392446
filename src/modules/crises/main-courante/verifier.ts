/** The chains of the database, or of a file alone. */
import { readFile } from 'node:fs/promises';
import type { Db } from '../../../core/base/database.ts';
import type { Reponse } from '../../../core/module.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { listCrises } from '../crises.queries.ts';
import { suivreChaine, type Verification, verifierExport } from './chaine.rules.ts';
import { getTete, listMaillons } from './main-courante.queries.ts';

const PAQUET = 2000;

export interface ChaineVerifiee extends Verification {
  crise: string;
  titre: string;
  exercice: boolean;
  effacee: boolean;
}
/** `seule`: id of one crisis. */
export async function verifierChaines(db: Db, contratId: number, seule?: string): Promise<ChaineVerifiee[]> {
  const vues: ChaineVerifiee[] = [];
  for (const c of await listCrises(db, contratId)) {
    if (seule && c.id !== seule) continue;
    const tete = await getTete(db, contratId, c.id);
    const effacee = tete?.effaceeLe != null;
    const suivi = suivreChaine({ id: c.id, exercice: c.exercice, ouverteLe: c.ouverteLe.toISOString() });
    for (let apres = 0; !effacee; ) {
      const maillons = await listMaillons(db, contratId, c.id, apres, PAQUET);
      suivi.passer(maillons);
      const dernier = maillons.at(-1);
      if (!dernier || maillons.length < PAQUET) break;
      apres = dernier.numero;
    }
    vues.push({ ...suivi.finir(effacee ? null : tete), crise: c.id, titre: c.titre, exercice: c.exercice, effacee });
  }
  return vues;
}

const direUne = (v: Verification, nom: string): string =>
  v.fautes.length === 0
    ? `${nom} : ${pluriel(v.entrees, 'entrée')}, tout concorde.`
    : `${nom} : ${pluriel(v.fautes.length, 'faute')}.\n${v.fautes.map((f) => `  - ${f}`).join('\n')}`;

export async function direChaines(db: Db, contratId: number, seule?: string): Promise<Reponse> {
  const vues = await verifierChaines(db, contratId, seule);
  if (vues.length === 0) return { json: [], texte: seule ? 'Aucune crise de cet identifiant.' : 'Aucune crise.', code: seule ? 1 : 0 };
  const texte = vues
    .map((v) => (v.effacee ? `${v.titre} : effacée à la fin de sa conservation.` : direUne(v, `${v.exercice ? 'Exercice, ' : ''}${v.titre}`)))
    .join('\n');
  return { json: vues, texte, code: vues.every((v) => v.fautes.length === 0) ? 0 : 1 };
}

export async function direFichier(chemin: string): Promise<Reponse> {
  let contenu: unknown;
  try {
    contenu = JSON.parse(await readFile(chemin, 'utf8'));
  } catch {
    return { json: null, texte: `${chemin} : ce fichier ne se lit pas comme du JSON.`, code: 1 };
  }
  const v = verifierExport(contenu);
  return { json: v, texte: direUne(v, chemin), code: v.fautes.length === 0 ? 0 : 1 };
}
