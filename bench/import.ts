/** The import of reports against PostgreSQL's own COPY of the same rows into a table with the same indexes. */
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { importerDansMaRue } from '../src/modules/signalements/import/dans-ma-rue.ts';
import type { Contexte } from './contexte.ts';

async function* rangees(n: number, arrondissements: number) {
  yield 'id_dmr;numero;type;soustype;adresse;code_postal;arrondissement;datedecl;prefixe;intervenant;geo_shape;geo_point_2d\n';
  let paquet = '';
  for (let i = 0; i < n; i++) {
    const a = 1 + (i % arrondissements);
    const lon = 2.25 + ((i * 7919) % 2000) / 10_000;
    const lat = 48.82 + ((i * 104_729) % 800) / 10_000;
    paquet += `G2024A${String(i).padStart(7, '0')};${i};Propreté;Déchets et/ou salissures divers;${1 + (i % 200)} rue du Banc, 750${String(a).padStart(2, '0')} PARIS;750${String(a).padStart(2, '0')};${a};2024-0${1 + (i % 9)}-1${i % 10};Android;${i % 13 === 0 ? 'DPMP-Divisions' : 'DPE-STPP-DT'};{'type': 'Feature', 'geometry': {'coordinates': [${lon}, ${lat}], 'type': 'Point'}, 'properties': {}};{'lon': ${lon}, 'lat': ${lat}}\n`;
    if (paquet.length > 1 << 20) {
      yield paquet;
      paquet = '';
    }
  }
  yield paquet;
}

/** The table as it is, empty, with its indexes: COPY fills it as the import filled its own. */
async function chronometrerCopie(client: pg.Client, colonnes: string, copie: string): Promise<number> {
  await client.query('create table banc_signalements (like signalements including all)');
  const t = performance.now();
  await pipeline(createReadStream(copie, { highWaterMark: 1 << 20 }), client.query(copyFrom(`copy banc_signalements (${colonnes}) from stdin`)));
  const duree = performance.now() - t;
  await client.query('drop table banc_signalements');
  return duree;
}

export async function mesurerImport(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const lignes = c.rapide ? 100_000 : 1_000_000;
  const { catalogue } = e.formulaire;
  const fichier = join(c.dossier, 'signalements.csv');
  const arrondissements = Math.max(1, catalogue.territoiresDeType('arrondissement').length);
  await pipeline(Readable.from(rangees(lignes, arrondissements)), createWriteStream(fichier));
  const t = performance.now();
  const bilan = await importerDansMaRue({ db: e.db, catalogue, source: fichier, portee: 'tout', par: 'banc d’essai' });
  const ours = performance.now() - t;
  if (bilan.nouveaux !== lignes) throw new Error(`${bilan.nouveaux} signalements nouveaux au lieu de ${lignes}.`);

  const client = new pg.Client({ connectionString: e.p.url });
  await client.connect();
  const colonnes = 'contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, adresse, lon, lat, lot_id';
  const copie = join(c.dossier, 'copie.bin');
  await pipeline(
    client.query(copyTo(`copy (select ${colonnes} from signalements where canal = 'dmr' and id_externe like 'G2024A%') to stdout`)),
    createWriteStream(copie),
  );
  const copy = await chronometrerCopie(client, colonnes, copie);
  await client.end();
  c.noter('import-lignes-s', (lignes / ours) * 1000, 'lignes/s');
  c.noter('import-copy-s', (lignes / copy) * 1000, 'lignes/s');
  c.noter('import', ours / copy, 'ratio');
}
