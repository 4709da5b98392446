/**
 * Export of a filtered list, streamed page by page. The columns are those of an import, so that a file goes out and comes
 * back. A cell that a spreadsheet could run as a formula is preceded by an apostrophe.
 */
import { PassThrough, Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import type { Db } from '../../../core/database.ts';
import { type Colonne, COLONNES_LUES_SEULES, colonnesDeFichier } from '../import/colonnes.rules.ts';
import type { LigneListe } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { champDe } from '../registres.rules.ts';
import { dateCourte, ecrireChamp } from '../valeurs.rules.ts';
import type { Filtres } from './filtres.schema.ts';
import { listActivitesApres } from './liste.queries.ts';

interface Demande {
  db: Db;
  contratId: number;
  d: DefinitionRegistre;
  rep: Repertoire;
  filtres: Filtres;
}
const PAQUET = 2000;

/** A cell that starts like a formula becomes text. Numbers written by us are left alone. */
export const protegerCellule = (t: string): string => (/^[=+\-@\t\r]/.test(t) ? `'${t}` : t);

async function* lignesDe(q: Demande): AsyncGenerator<LigneListe[]> {
  let apres: { jour: string; id: string } | null = null;
  for (;;) {
    const paquet: LigneListe[] = await listActivitesApres(q.db, q, q.filtres, PAQUET, apres);
    if (paquet.length > 0) yield paquet;
    const dernier = paquet.at(-1);
    if (!dernier || paquet.length < PAQUET) return;
    apres = { jour: dernier.contenu.jour, id: dernier.id };
  }
}

type Cellule = string | number | null;
function cellules(q: Demande, colonnes: readonly Colonne[], l: LigneListe): Cellule[] {
  const nomActeur = (id: string) => q.rep.acteurs.get(id)?.nom ?? id;
  const k = l.contenu;
  const valeurs = colonnes.map((c): Cellule => {
    if (c.cle === 'id_externe') return protegerCellule(l.idExterne ?? '');
    if (c.cle === 'jour') return dateCourte(k.jour);
    if (c.cle === 'fin') return k.fin ? dateCourte(k.fin) : '';
    if (c.cle === 'territoire_id') return protegerCellule(q.rep.territoires.get(k.territoire_id)?.nom ?? k.territoire_id);
    if (c.cle === 'organisation_id') return protegerCellule(nomActeur(k.organisation_id));
    if (c.cle === 'fiches' || c.cle === 'lignes') return k[c.cle].join(', ');
    if (c.cle === 'lon' || c.cle === 'lat') return k[c.cle];
    if (c.cle === 'titre' || c.cle === 'adresse' || c.cle === 'commentaire') return protegerCellule(k[c.cle] ?? '');
    const champ = champDe(q.d, c.cle.replace('donnees.', ''));
    const v = champ && k.donnees[champ.code];
    if (typeof v === 'number') return v;
    return champ ? protegerCellule(ecrireChamp(champ, v, nomActeur)) : '';
  });
  return [...valeurs, l.version, l.modifieLe.toISOString().slice(0, 10), `/registres/${q.d.code}/${l.id}`];
}
const titres = (colonnes: readonly Colonne[]): string[] => [...colonnes.map((c) => c.libelle), ...COLONNES_LUES_SEULES];

/** `;` and decimal comma, UTF-8 with its mark: what a French spreadsheet opens by itself. */
export function exporterCsv(q: Demande): Readable {
  const colonnes = colonnesDeFichier(q.d);
  async function* morceaux() {
    yield `\ufeff${stringify([titres(colonnes)], { delimiter: ';' })}`;
    for await (const paquet of lignesDe(q)) {
      const textes = paquet.map((l) => cellules(q, colonnes, l).map((v) => (typeof v === 'number' ? String(v).replace('.', ',') : (v ?? ''))));
      yield stringify(textes, { delimiter: ';' });
    }
  }
  return Readable.from(morceaux());
}

export function exporterXlsx(q: Demande): Readable {
  const colonnes = colonnesDeFichier(q.d);
  const sortie = new PassThrough();
  const ecrire = async () => {
    const classeur = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sortie, useStyles: true });
    const feuille = classeur.addWorksheet(q.d.libelle.slice(0, 30).replace(/[[\]*?:/\\]/g, ' '), { views: [{ state: 'frozen', ySplit: 1 }] });
    const entete = feuille.addRow(titres(colonnes));
    entete.font = { bold: true };
    entete.commit();
    for await (const paquet of lignesDe(q)) for (const l of paquet) feuille.addRow(cellules(q, colonnes, l)).commit();
    feuille.commit();
    await classeur.commit();
  };
  ecrire().catch((e: unknown) => sortie.destroy(e instanceof Error ? e : new Error(String(e))));
  return sortie;
}
