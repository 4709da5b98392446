/** Export of a filtered list. The columns are those of an import, so that a file goes out and comes back. */
import { PassThrough, type Readable } from 'node:stream';
import { jourDe } from '../../../core/clock.ts';
import { type Cellule, protegerCellule } from '../../../core/csv.ts';
import type { Db } from '../../../core/base/database.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import { type Colonne, colonnesDeFichier } from '../import/colonnes.rules.ts';
import { valeurDeColonne } from '../import/cellules.rules.ts';
import { COLONNES_LUES_SEULES } from '../import/entetes.rules.ts';
import type { LigneListe } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import type { Filtres } from './filtres.schema.ts';
import { requeteDesActivites } from './liste.queries.ts';

interface Demande {
  db: Db;
  contratId: number;
  d: DefinitionRegistre;
  rep: Repertoire;
  filtres: Filtres;
  /** Knows the records that these rows point to. */
  lier: (rep: Repertoire, lignes: readonly LigneListe[]) => Promise<Repertoire>;
}
/** Every row, from one snapshot. Takes one of the few places for exports: 503 when none is free. */
const lignesDe = async (q: Demande): Promise<AsyncGenerator<LigneLiee[]>> =>
  lier(q, await parcourir(q.db, await requeteDesActivites(q.db, q, q.filtres, null, null)));
type LigneLiee = LigneListe & { rep: Repertoire };
async function* lier(q: Demande, paquets: AsyncGenerator<LigneListe[]>): AsyncGenerator<LigneLiee[]> {
  for await (const paquet of paquets) {
    const rep = await q.lier(q.rep, paquet);
    yield paquet.map((l) => ({ ...l, rep }));
  }
}

function cellules(q: Demande, colonnes: readonly Colonne[], l: LigneLiee): Cellule[] {
  const valeurs = colonnes.map((c) => valeurDeColonne(q.d, l.rep, c.cle, l.contenu, l.idExterne));
  return [...valeurs, l.version, jourDe(l.modifieLe), `/registres/${q.d.code}/${l.id}`];
}
const titres = (colonnes: readonly Colonne[]): string[] => [...colonnes.map((c) => c.libelle), ...COLONNES_LUES_SEULES];

export const exporterRegistreCsv = async (q: Demande): Promise<Readable> => {
  const colonnes = colonnesDeFichier(q.d);
  return exporterCsv(await lignesDe(q), titres(colonnes), (l) => cellules(q, colonnes, l));
};

export async function exporterRegistreXlsx(q: Demande): Promise<Readable> {
  const colonnes = colonnesDeFichier(q.d);
  const paquets = await lignesDe(q);
  const sure = (c: Cellule): Cellule => (typeof c === 'string' ? protegerCellule(c) : c);
  const sortie = new PassThrough();
  const ecrire = async () => {
    const { default: exceljs } = await import('exceljs');
    const classeur = new exceljs.stream.xlsx.WorkbookWriter({ stream: sortie, useStyles: true });
    const feuille = classeur.addWorksheet(q.d.libelle.slice(0, 30).replace(/[[\]*?:/\\]/g, ' '), { views: [{ state: 'frozen', ySplit: 1 }] });
    const entete = feuille.addRow(titres(colonnes));
    entete.font = { bold: true };
    entete.commit();
    for await (const paquet of paquets) {
      // A reader who left: nothing more to write.
      if (sortie.destroyed) return;
      for (const l of paquet) feuille.addRow(cellules(q, colonnes, l).map(sure)).commit();
    }
    feuille.commit();
    await classeur.commit();
  };
  ecrire()
    .catch((e: unknown) => sortie.destroy(e instanceof Error ? e : new Error(String(e))))
    .finally(() => paquets.return(undefined));
  return sortie;
}
