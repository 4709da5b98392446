/**
 * `concorde importer ssmsi FILE|URL`: recorded crime by commune, as context series. A value that is not published
 * (`ndiff`) is kept *secret*: the mean given for such communes is never used to fill it.
 */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import { lireTexteUni } from '../../../core/source.ts';
import type { Catalogue } from '../../contrats/index.ts';

export interface BilanSsmsi {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
  motifs: { motif: string; nombre: number; lignes: number[] }[];
}

export interface OptionsSsmsi {
  db: Db;
  catalogue: Catalogue;
  source: string;
  progres?: (lus: number) => Promise<void> | void;
}

/** Thirty years of every indicator for thousands of communes. */
const SERIES_MAX = 200_000;
const LIBELLE_MAX = 200;
const COLONNES = ['annee', 'indicateur', 'unite_de_compte', 'nombre', 'taux_pour_mille', 'est_diffuse'] as const;

/** `2,1535811` or `35.0`; null when empty. NaN is reported by the caller. */
const lireDecimal = (t: string): number | null => (t.trim() === '' ? null : Number(t.trim().replace(',', '.')));

interface Serie {
  indicateur: string;
  unite: string;
  territoire: string;
  annee: number;
  etat: 'valeur' | 'secret';
  valeur: number | null;
  taux: number | null;
  denominateur: string;
}

export async function importerSsmsi(o: OptionsSsmsi): Promise<BilanSsmsi> {
  const parCode = new Map([...o.catalogue.territoires.values()].flatMap((t) => (t.code ? [[t.code, t.id] as const] : [])));
  const motifs = new Map<string, { nombre: number; lignes: number[] }>();
  let lus = 0;
  let rejetes = 0;
  const series: Serie[] = [];
  const rejeter = (motif: string) => {
    rejetes++;
    const m = motifs.get(motif) ?? { nombre: 0, lignes: [] };
    m.nombre++;
    if (m.lignes.length < 5) m.lignes.push(lus + 1);
    motifs.set(motif, m);
  };
  const lecteur = await ouvrirCsv(o.source);
  let entete: Map<string, number> | null = null;
  let geo = -1;
  try {
    for await (const ligne of lecteur) {
      if (!entete) {
        entete = new Map(ligne.map((n, i) => [n.trim().toLowerCase(), i]));
        geo = ligne.findIndex((n) => /^codgeo/i.test(n.trim()));
        const manquantes = COLONNES.filter((n) => !entete?.has(n));
        if (geo < 0 || manquantes.length > 0)
          throw invalide(
            `Ce fichier n’est pas la base communale du SSMSI : il lui manque ${[...(geo < 0 ? ['CODGEO'] : []), ...manquantes].join(', ')}. Rien n’a été importé.`,
          );
        continue;
      }
      lus++;
      if (ligne.length !== entete.size) {
        rejeter(`la ligne a ${ligne.length} colonnes au lieu de ${entete.size}`);
        continue;
      }
      const champ = (n: string) => ligne[entete?.get(n) ?? -1] ?? '';
      const territoire = parCode.get((ligne[geo] ?? '').trim());
      if (!territoire) {
        rejeter('commune hors du contrat');
        continue;
      }
      const secret = champ('est_diffuse').trim() === 'ndiff';
      const [annee, valeur, taux] = [Number(champ('annee')), lireDecimal(champ('nombre')), lireDecimal(champ('taux_pour_mille'))];
      if (
        !Number.isInteger(annee) ||
        annee < 1990 ||
        annee > 2100 ||
        Number.isNaN(valeur) ||
        Number.isNaN(taux) ||
        champ('indicateur').length > LIBELLE_MAX ||
        champ('unite_de_compte').length > LIBELLE_MAX ||
        (!secret && valeur === null)
      ) {
        rejeter('année ou nombre illisible');
        continue;
      }
      if (series.length >= SERIES_MAX)
        throw invalide(`Ce fichier a plus de ${SERIES_MAX} valeurs pour ce contrat : ce n’est pas la base communale du SSMSI. Rien n’a été importé.`);
      series.push({
        indicateur: champ('indicateur').trim(),
        unite: champ('unite_de_compte').trim(),
        territoire,
        annee,
        etat: secret ? 'secret' : 'valeur',
        valeur: secret ? null : valeur,
        taux: secret ? null : taux,
        denominateur: /cambriolage/i.test(champ('indicateur')) ? 'logements' : 'habitants',
      });
      if (lus % 5000 === 0) await o.progres?.(lus);
    }
  } catch (e) {
    if (e instanceof CsvError) throw invalide(`Ce fichier est coupé ou mal formé vers la ligne ${lus + 2} : rien n’a été importé.`);
    throw e;
  }
  if (lus === 0) throw invalide('Ce fichier est vide, ou n’a que son en-tête. Rien n’a été importé.');
  const nouveaux = await inTransaction(o.db, { contratId: o.catalogue.contratId }, (tx) => saveSeries(tx, o.catalogue.contratId, series));
  return { lus, nouveaux, connus: lus - rejetes - nouveaux, avertis: 0, rejetes, motifs: [...motifs].map(([motif, m]) => ({ motif, ...m })) };
}

/** Rows of a CSV whose separator is read from its first line: the published base and its French re-exports differ. */
async function ouvrirCsv(source: string): Promise<AsyncIterable<string[]>> {
  const morceaux = lireTexteUni(source);
  const debut = ((await morceaux.next()).value ?? '').replace(/^"?sep=."?\n/i, '');
  const [entete = ''] = debut.split('\n', 1);
  async function* tout() {
    yield debut;
    yield* morceaux;
  }
  const lecteur = parse({
    bom: true,
    relax_column_count: true,
    delimiter: [';', '\t', '|'].find((s) => entete.includes(s)) ?? ',',
    skip_empty_lines: true,
    max_record_size: 50_000,
  });
  // What goes wrong while reading reaches whoever iterates: pipeline destroys the parser with it.
  pipeline(tout, lecteur).catch(() => {});
  return lecteur;
}

async function saveSeries(tx: Db, contratId: number, series: readonly Serie[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with ecrites as (
      insert into series_contexte as s (contrat_id, source, indicateur, unite, territoire_id, annee, etat, valeur, taux, denominateur)
      select distinct on (v.indicateur, v.territoire, v.annee) ${contratId}, 'ssmsi', v.indicateur, v.unite, v.territoire, v.annee, v.etat, v.valeur, v.taux, v.denominateur
      from jsonb_to_recordset(${JSON.stringify(series)}::jsonb) as v (indicateur text, unite text, territoire text, annee int,
        etat text, valeur numeric, taux numeric, denominateur text)
      on conflict (contrat_id, source, indicateur, territoire_id, annee) do update
      set etat = excluded.etat, valeur = excluded.valeur, taux = excluded.taux, unite = excluded.unite, importe_le = now()
      where (s.etat, s.valeur, s.taux, s.unite) is distinct from (excluded.etat, excluded.valeur, excluded.taux, excluded.unite)
      returning 1
    )
    select count(*)::int as n from ecrites`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface PointSerie {
  territoireId: string;
  annee: number;
  etat: 'valeur' | 'secret';
  valeur: number | null;
  taux: number | null;
}
export interface IndicateurContexte {
  indicateur: string;
  unite: string;
  denominateur: string;
}

export async function listIndicateursContexte(db: Db, contratId: number): Promise<IndicateurContexte[]> {
  const { rows } = await sql<IndicateurContexte>`
    select distinct indicateur, unite, denominateur from series_contexte where contrat_id = ${contratId} order by indicateur`.execute(db);
  return rows;
}

/** One indicator at a time: units of different indicators are never added. */
export async function getSerie(db: Db, contratId: number, indicateur: string): Promise<PointSerie[]> {
  const { rows } = await sql<PointSerie>`
    select territoire_id as "territoireId", annee, etat, valeur::float8 as valeur, taux::float8 as taux
    from series_contexte
    where contrat_id = ${contratId} and indicateur = ${indicateur}
    order by annee, territoire_id`.execute(db);
  return rows;
}
