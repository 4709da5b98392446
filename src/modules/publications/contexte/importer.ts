/** A file of a producer, read as the next version of its series: what differs from what is shown is added, nothing is rewritten. */
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { abreger } from '../../../core/couper.ts';
import { invalide } from '../../../core/errors.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { anneeLieuValeur } from './formats/annee-lieu-valeur.ts';
import { baac } from './formats/baac.ts';
import type { Format } from './formats/format.ts';
import { insee } from './formats/insee.ts';
import { ssmsi } from './formats/ssmsi.ts';
import { saveVersion } from './contexte.queries.ts';
import { Compte, type Motif, type Point } from './lecture.ts';
import type { Serie } from './serie.schema.ts';

export const FORMATS: Readonly<Record<Serie['format'], Format>> = {
  'ssmsi-communale': ssmsi,
  baac,
  'insee-populations': insee,
  'annee-lieu-valeur': anneeLieuValeur,
};

/** As a person follows it; what is not of the contract counts among what is left aside. */
export interface BilanDeSerie {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
  motifs: readonly Motif[];
  version: number;
}
interface Options {
  db: Db;
  catalogue: Catalogue;
  serie: Serie;
  /** One for each file of its format: a path or an address. */
  sources: readonly string[];
  /** Names of the files as the person knows them. */
  noms?: readonly string[];
  par: string;
  progres?: (lus: number) => Promise<void> | void;
}
/** Thirty years of every indicator for thousands of communes. */
const POINTS_MAX = 200_000;

export async function importerSerie(o: Options): Promise<BilanDeSerie> {
  const { catalogue, serie } = o;
  const format = FORMATS[serie.format];
  if (o.sources.length !== format.fichiers.length)
    throw invalide(`« ${serie.titre} » se lit dans ${format.fichiers.length} fichier(s) : ${format.fichiers.map((f) => f.libelle).join(', ')}.`);
  const parCode = new Map([...catalogue.territoires.values()].flatMap((t) => (t.code ? [[t.code, t.id] as const] : [])));
  const compte = new Compte(o.progres);
  const points = new Map<string, Point>();
  for await (const p of format.lire({ sources: o.sources, serie, territoireDe: (code) => parCode.get(code) ?? null, compte })) {
    if (points.size >= POINTS_MAX) throw invalide(`Ce fichier a plus de ${POINTS_MAX} valeurs pour ce contrat : vérifiez-le. Rien n’a été importé.`);
    const cle = `${p.indicateur}|${p.territoire}|${p.annee}`;
    const deja = points.get(cle);
    if (deja && (deja.valeur !== p.valeur || deja.etat !== p.etat))
      throw invalide(
        `Ce fichier dit deux choses de « ${p.indicateur} », ${catalogue.territoires.get(p.territoire)?.nom ?? p.territoire}, ${p.annee} : ${deja.valeur ?? 'secret'} et ${p.valeur ?? 'secret'}. Rien n’a été importé.`,
      );
    points.set(cle, p);
  }
  if (points.size === 0) throw invalide(`Aucune ligne de ce fichier n’est du contrat (${dire(compte.motifs)}). Rien n’a été importé.`);
  const { lus, rejetes, motifs } = compte;
  return inTransaction(o.db, { contratId: catalogue.contratId }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`contexte|${catalogue.contratId}|${serie.code}`}, 0))`.execute(tx);
    const fait = await saveVersion(tx, catalogue.contratId, serie.code, {
      points: [...points.values()],
      fichiers: abreger((o.noms ?? o.sources).join(', '), 600),
      par: o.par,
      compte: { lus, rejetes, motifs },
    });
    return { lus, rejetes, motifs, avertis: 0, connus: points.size - fait.nouveaux, ...fait };
  });
}

const dire = (motifs: readonly Motif[]): string => motifs.map((m) => `${m.nombre} × ${m.motif}`).join(' ; ');
