/** A producer's workbook of 5,000 answers, verified cell by cell, against the bare read of the same file by the same library, each in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beaucoup } from '../src/modules/collecte/classeur/classeur.fixtures.ts';
import { ecrireClasseur } from '../src/modules/collecte/classeur/ecrire.ts';
import { lireClasseur } from '../src/modules/collecte/classeur/lire.ts';
import { type Contexte, mediane, tourATour } from './contexte.ts';

const REPONSES = 5_000;
/** What anyone would write: the workbook opened, its first sheet as rows. */
const NU = `
const XLSX = require(${JSON.stringify(join(process.cwd(), 'node_modules/@e965/xlsx'))});
const livre = XLSX.readFile(process.argv[2]);
process.exit(XLSX.utils.sheet_to_json(livre.Sheets[livre.SheetNames[0]], { header: 1 }).length > ${REPONSES} ? 0 : 1);`;

export async function mesurerClasseur(c: Contexte): Promise<void> {
  const lignes = beaucoup(REPONSES);
  const pour = {
    campagne: { id: 'banc', titre: 'Banc', dueLe: '2027-02-15' },
    institution: { id: 'RECTORAT', nom: 'Rectorat' },
    contrat: { titre: 'Banc d’essai' },
  };
  const debut = performance.now();
  const contenu = await ecrireClasseur(lignes, pour);
  c.noter('classeur-ecrit', performance.now() - debut, 'ms');
  const chemin = join(c.dossier, 'classeur.xlsx');
  const nu = join(c.dossier, 'nu.cjs');
  await writeFile(chemin, contenu);
  await writeFile(nu, NU);
  const nuement = async () => {
    const [code] = (await once(fork(nu, [chemin]), 'exit')) as [number];
    if (code !== 0) throw new Error('La lecture nue a échoué.');
  };
  const verifier = async () => {
    const v = await lireClasseur({ chemin, nom: 'classeur.xlsx' }, lignes, { campagne: 'banc', institution: 'RECTORAT' });
    if (v.valeurs.length !== REPONSES) throw new Error(`${v.valeurs.length} réponses lues sur ${REPONSES}.`);
  };
  const [verifies = [], nus = []] = await tourATour(c.rapide ? 5 : 15, [verifier, nuement], 1);
  c.noter('classeur-verifie-ms', mediane(verifies), 'ms');
  c.noter('classeur-lu-nu-ms', mediane(nus), 'ms');
  c.noter('classeur-verifie', mediane(verifies) / mediane(nus), 'ratio');
}
