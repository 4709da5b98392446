/** The directory in data·inclusion v1, as everybody may reuse it: no withdrawn, joined or fictive card, nothing of a person. Streamed. */
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Cellule } from '../../../core/csv.ts';
import type { Db } from '../../../core/base/database.ts';
import { isoDuMoment } from '../../../ui/typographie.ts';
import { parcourir } from '../../../core/http/export.ts';
import { direBesoin, thematiquesDe } from '../referentiel/besoins.ts';
import { RESEAUX } from '../referentiel/data-inclusion.ts';
import { COLONNES, type Structure } from '../structures/structures.queries.ts';

/** What the schema names, in its order; the rest of a row is left out. */
export const CHAMPS_STRUCTURE = [
  ...[
    'source',
    'id',
    'nom',
    'date_maj',
    'siret',
    'adresse',
    'complement_adresse',
    'code_postal',
    'commune',
    'code_insee',
    'longitude',
    'latitude',
    'telephone',
  ],
  ...['courriel', 'site_web', 'description', 'horaires_accueil', 'accessibilite_lieu', 'reseaux_porteurs', 'lien_source'],
] as const;
export const CHAMPS_SERVICE = [
  ...['source', 'structure_id', 'id', 'nom', 'description', 'date_maj', 'type', 'thematiques', 'publics', 'publics_precisions', 'conditions_acces', 'frais'],
  ...[
    'frais_precisions',
    'modes_accueil',
    'modes_mobilisation',
    'mobilisable_par',
    'mobilisation_precisions',
    'lien_mobilisation',
    'zone_eligibilite',
    'adresse',
  ],
  ...['complement_adresse', 'code_postal', 'commune', 'code_insee', 'longitude', 'latitude', 'telephone', 'courriel', 'horaires_accueil', 'nombre_semaines'],
  ...['volume_horaire_hebdomadaire'],
] as const;
const TOUS = 'tous-publics';
type Objet = Record<string, unknown>;
/** Under what name our own cards go out. */
export const sourceDIci = (slug: string): string => `concorde-${slug}`;

const PUBLIABLE = sql`s.etat = 'publiee' and s.jointe_a is null and not s.fictive`;
const ou = (t: string): string | null => (t === '' ? null : t);
const liste = (l: readonly string[]): readonly string[] | null => (l.length === 0 ? null : l);
/** Its own source and number where a file brought it; ours otherwise. The schema writes a number after its source. */
const cle = (nous: string, s: { source: string; sourceId: string; id: string }) =>
  s.sourceId === ''
    ? { source: nous, id: `${nous}--${s.id}` }
    : { source: s.source, id: s.sourceId.includes('--') ? s.sourceId : `${s.source}--${s.sourceId}` };
/** The last day that someone, or its source, said something of it. */
const derniereFois = (s: Structure): string | null =>
  [s.verifieLe, s.corrigeLe, s.sourceLe]
    .filter((x) => x !== null)
    .sort()
    .at(-1) ?? null;

const enStructure =
  (nous: string) =>
  (s: Structure): Objet => ({
    ...cle(nous, s),
    nom: s.nom,
    // An imported card says its source's date, or that of who corrected it here since; ours, the last write.
    date_maj: (s.sourceId === '' ? null : derniereFois(s)) ?? isoDuMoment(s.majLe),
    siret: ou(s.siret),
    adresse: ou(s.adresse),
    complement_adresse: ou(s.complement),
    code_postal: ou(s.codePostal),
    commune: ou(s.commune),
    code_insee: ou(s.codeInsee),
    longitude: s.longitude,
    latitude: s.latitude,
    telephone: ou(s.telephone),
    courriel: ou(s.courriel),
    site_web: ou(s.siteWeb),
    description: ou(s.description),
    horaires_accueil: ou(s.horaires),
    accessibilite_lieu: ou(s.accessibiliteLien),
    reseaux_porteurs: liste(s.reseaux.filter((r) => RESEAUX.includes(r))),
    lien_source: ou(s.lienSource),
  });

interface LigneService {
  source: string;
  sourceId: string;
  id: string;
  nom: string;
  description: string;
  type: string;
  besoins: string[];
  thematiques: string[];
  publics: string[];
  publicsPrecisions: string;
  conditions: string;
  frais: string;
  fraisPrecisions: string;
  modesAccueil: string[];
  modesMobilisation: string[];
  mobilisablePar: string[];
  mobilisationPrecisions: string;
  lienMobilisation: string;
  zoneEligibilite: string[];
  autres: Objet;
  majLe: Date;
  carte: { source: string; sourceId: string; id: string };
}
const enService =
  (nous: string) =>
  (v: LigneService): Objet => ({
    ...v.autres,
    ...cle(nous, v),
    structure_id: cle(nous, v.carte).id,
    nom: v.nom,
    description: v.description || `${v.nom} : ${v.besoins.map(direBesoin).join(', ') || 'à compléter'}`,
    date_maj: v.autres.date_maj ?? isoDuMoment(v.majLe),
    type: ou(v.type),
    thematiques: liste([...new Set([...v.thematiques, ...thematiquesDe(v.besoins)])].sort()),
    // For everybody, or for some: the schema knows no both.
    publics: liste(v.publics.includes(TOUS) ? [TOUS] : v.publics),
    publics_precisions: ou(v.publicsPrecisions),
    conditions_acces: ou(v.conditions),
    frais: ou(v.frais),
    frais_precisions: ou(v.fraisPrecisions),
    modes_accueil: liste(v.modesAccueil),
    modes_mobilisation: liste(v.modesMobilisation),
    mobilisable_par: liste(v.mobilisablePar),
    mobilisation_precisions: ou(v.mobilisationPrecisions),
    lien_mobilisation: ou(v.lienMobilisation),
    zone_eligibilite: liste(v.zoneEligibilite),
  });

async function* parObjet<T>(paquets: AsyncGenerator<T[]>, faire: (t: T) => Objet): AsyncGenerator<Objet[]> {
  for await (const p of paquets) yield p.map(faire);
}
export const structuresExportees = (db: Db, contratId: number, nous: string): AsyncGenerator<Objet[]> =>
  parObjet(
    parcourir<Structure>(db, sql<Structure>`select ${COLONNES} from structures s where s.contrat_id = ${contratId} and ${PUBLIABLE} order by s.cle_nom, s.id`),
    enStructure(nous),
  );
export const servicesExportes = (db: Db, contratId: number, nous: string): AsyncGenerator<Objet[]> =>
  parObjet(
    parcourir<LigneService>(
      db,
      sql<LigneService>`
        select v.source, v.source_id as "sourceId", v.id, v.nom, v.description, v.type, v.besoins, v.thematiques, v.publics,
          v.publics_precisions as "publicsPrecisions", v.conditions, v.frais, v.frais_precisions as "fraisPrecisions", v.modes_accueil as "modesAccueil",
          v.modes_mobilisation as "modesMobilisation", v.mobilisable_par as "mobilisablePar", v.mobilisation_precisions as "mobilisationPrecisions",
          v.lien_mobilisation as "lienMobilisation", v.zone_eligibilite as "zoneEligibilite", v.autres, v.maj_le as "majLe",
          jsonb_build_object('source', s.source, 'sourceId', s.source_id, 'id', s.id) as carte
        from structure_services v
        join structures s on s.contrat_id = v.contrat_id and s.id = v.carte_id
        where v.contrat_id = ${contratId} and v.retire_le is null and ${PUBLIABLE}
        order by s.cle_nom, v.nom, v.id`,
    ),
    enService(nous),
  );

/** Fields of the schema alone, absent rather than empty. */
const dits = (o: Objet, champs: readonly string[]): Objet =>
  Object.fromEntries(champs.flatMap((c) => (o[c] === null || o[c] === undefined ? [] : [[c, o[c]]])));

/** One file: `{"structures": […], "services": […]}`, an object to a line. */
export function enJson(structures: AsyncGenerator<Objet[]>, services: AsyncGenerator<Objet[]>): Readable {
  async function* corps(paquets: AsyncGenerator<Objet[]>, champs: readonly string[]) {
    let premier = true;
    for await (const p of paquets) {
      yield p.map((o, i) => `${premier && i === 0 ? '' : ',\n'}${JSON.stringify(dits(o, champs))}`).join('');
      premier = false;
    }
  }
  async function* morceaux() {
    yield '{"structures": [\n';
    yield* corps(structures, CHAMPS_STRUCTURE);
    yield '\n], "services": [\n';
    yield* corps(services, CHAMPS_SERVICE);
    yield '\n]}\n';
  }
  return Readable.from(morceaux()).once('close', () => {
    void structures.return(undefined);
    void services.return(undefined);
  });
}
/** A cell: a list as JSON, a coordinate with its point. */
export const cellules = (o: Objet, champs: readonly string[]): Cellule[] =>
  champs.map((c) => {
    const v = o[c];
    if (v === null || v === undefined) return '';
    return Array.isArray(v) ? JSON.stringify(v) : String(v);
  });
