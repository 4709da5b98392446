/** Rows in error as a file: their cells under their own headings, and why each was refused. Corrected, it comes back as any file. */
import { PassThrough, type Readable } from 'node:stream';
import { type Cellule, protegerCellule } from '../../../core/csv.ts';
import type { Db } from '../../../core/base/database.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import type { Lot } from '../activite.ts';
import { A_CORRIGER, estPassee } from './entetes.rules.ts';
import type { ErreurDeCellule } from './colonnes.rules.ts';
import { requeteDesErreurs } from './lignes.queries.ts';
import type { Ou } from './lots.queries.ts';

interface Ligne {
  cellules: string[];
  erreurs: ErreurDeCellule[];
}

function forme(lot: Lot) {
  // A file that was itself one to correct has the column already: the new reasons take its place.
  const rangs = lot.entetes.flatMap((e, i) => (estPassee(e.titre) ? [] : [i]));
  const titres = [...rangs.map((i) => lot.entetes[i]?.titre ?? ''), A_CORRIGER];
  const cellules = (l: Ligne): Cellule[] => [...rangs.map((i) => l.cellules[i] ?? ''), l.erreurs.map((e) => `${e.colonne} : ${e.message}`).join(' – ')];
  return { titres, cellules };
}

export function erreursEnCsv(db: Db, ou: Ou, lot: Lot): Readable {
  const { titres, cellules } = forme(lot);
  return exporterCsv(parcourir(db, requeteDesErreurs(ou, lot.id)), titres, cellules);
}

export function erreursEnXlsx(db: Db, ou: Ou, lot: Lot): Readable {
  const { titres, cellules } = forme(lot);
  const paquets = parcourir(db, requeteDesErreurs(ou, lot.id));
  const sortie = new PassThrough();
  const ecrire = async () => {
    const { default: exceljs } = await import('exceljs');
    const classeur = new exceljs.stream.xlsx.WorkbookWriter({ stream: sortie, useStyles: true });
    const feuille = classeur.addWorksheet('À corriger', { views: [{ state: 'frozen', ySplit: 1 }] });
    feuille.columns = titres.map((t, i) => ({ width: i === titres.length - 1 ? 70 : Math.max(12, Math.min(40, t.length + 4)) }));
    const entete = feuille.addRow(titres);
    entete.font = { bold: true };
    entete.commit();
    for await (const paquet of paquets) {
      // A reader who left: nothing more to write.
      if (sortie.destroyed) return;
      for (const l of paquet) feuille.addRow(cellules(l).map((x) => (typeof x === 'string' ? protegerCellule(x) : x))).commit();
    }
    feuille.commit();
    await classeur.commit();
  };
  ecrire()
    .catch((e: unknown) => sortie.destroy(e instanceof Error ? e : new Error(String(e))))
    .finally(() => paquets.return(undefined));
  return sortie;
}
