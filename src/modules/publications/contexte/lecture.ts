/** Rows of a producer's CSV: its separator and columns found, what is refused told with its line and its column. */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { abreger } from '../../../core/couper.ts';
import { invalide } from '../../../core/errors.ts';
import { lireTexteUni } from '../../../core/source.ts';

export interface Point {
  indicateur: string;
  unite: string;
  territoire: string;
  annee: number;
  etat: 'valeur' | 'secret';
  valeur: number | null;
  taux: number | null;
  denominateur: string;
}
export interface Motif {
  motif: string;
  nombre: number;
  lignes: number[];
}
/** What a reading keeps and leaves aside. */
export class Compte {
  lus = 0;
  rejetes = 0;
  #motifs = new Map<string, Motif>();
  readonly #progres: ((lus: number) => Promise<void> | void) | undefined;
  constructor(progres?: (lus: number) => Promise<void> | void) {
    this.#progres = progres;
  }
  async compter(): Promise<void> {
    this.lus++;
    if (this.lus % 5000 === 0) await this.#progres?.(this.lus);
  }
  /** `cle` brings together what is refused alike; `exemple` is the first one met. */
  rejeter(ligne: number, cle: string, exemple?: string): void {
    this.rejetes++;
    const m = this.#motifs.get(cle) ?? { motif: exemple === undefined ? cle : `${cle} : « ${abreger(exemple, 40)} »`, nombre: 0, lignes: [] };
    m.nombre++;
    if (m.lignes.length < 5) m.lignes.push(ligne);
    this.#motifs.set(cle, m);
  }
  get motifs(): Motif[] {
    return [...this.#motifs.values()];
  }
}

export interface Rangee {
  /** As a text editor numbers it. */
  ligne: number;
  /** Text of a column, empty when the row or the file does not have it. */
  champ(nom: string): string;
}
/** One file of a format: what it is called, its columns with the names that they have had. */
export interface Fichier {
  nom: string;
  colonnes: Readonly<Record<string, RegExp>>;
}

const MAX_LIGNE = 50_000;

/** Throws when the file is not that one, is empty or is cut; a row of another width is refused alone. */
export async function* lireRangees(source: string, f: Fichier, compte: Compte): AsyncGenerator<Rangee & { entete: readonly string[] }> {
  let places: Map<string, number> | null = null;
  let entete: string[] = [];
  let ligne = 0;
  let lues = 0;
  try {
    for await (const { record, info } of await ouvrirCsv(source)) {
      ligne = info.lines;
      if (!places) {
        entete = record.map((n) => n.trim());
        places = new Map(Object.entries(f.colonnes).map(([nom, forme]) => [nom, entete.findIndex((n) => forme.test(n))]));
        const manquantes = [...places].filter(([, i]) => i < 0).map(([nom]) => nom);
        if (manquantes.length > 0) throw invalide(`Ce fichier n’est pas ${f.nom} : il lui manque ${manquantes.join(', ')}. Rien n’a été importé.`);
        continue;
      }
      await compte.compter();
      lues++;
      if (record.length !== entete.length) {
        compte.rejeter(ligne, `la ligne a ${record.length} colonnes au lieu de ${entete.length}`);
        continue;
      }
      const ici = places;
      yield { ligne, entete, champ: (nom) => (record[ici.get(nom) ?? entete.indexOf(nom)] ?? '').trim() };
    }
  } catch (e) {
    if (e instanceof CsvError) throw invalide(`Ce fichier est coupé ou mal formé vers la ligne ${ligne + 1} : rien n’a été importé.`);
    throw e;
  }
  if (lues === 0) throw invalide('Ce fichier est vide, ou n’a que son en-tête. Rien n’a été importé.');
}

/** The separator is read from the first line: published files and their French re-exports differ. */
async function ouvrirCsv(source: string): Promise<AsyncIterable<{ record: string[]; info: { lines: number } }>> {
  const morceaux = lireTexteUni(source);
  const debut = ((await morceaux.next()).value ?? '').replace(/^"?sep=."?\n/i, '');
  const [entete = ''] = debut.split('\n', 1);
  async function* tout() {
    yield debut;
    yield* morceaux;
  }
  const lecteur = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    delimiter: [';', '\t', '|'].find((s) => entete.includes(s)) ?? ',',
    skip_empty_lines: true,
    max_record_size: MAX_LIGNE,
  });
  // What goes wrong while reading reaches whoever iterates: pipeline destroys the parser with it.
  pipeline(tout, lecteur).catch(() => {});
  return lecteur;
}

/** `2,1535811`, `35.0`, `1 234`; null when empty, undefined when it is no number. */
export function lireDecimal(t: string): number | null | undefined {
  const s = t.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (s === '') return null;
  return /^-?\d+(\.\d+)?$/.test(s) ? Number(s) : undefined;
}
export const lireAnnee = (t: string): number | null => (/^(19|20)\d\d$/.test(t) ? Number(t) : null);
