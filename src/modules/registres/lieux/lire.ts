/** Reading a file of places: GeoJSON, or a table with coordinates. All the faults are told, each with its line. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { abreger, couper } from '../../../core/couper.ts';
import { ErreurConcorde, invalide } from '../../../core/errors.ts';
import { lireDate } from '../../../core/jours.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireSource } from '../../../core/source.ts';
import { ouvrirFichier } from '../../../core/tableur/tableur.ts';
import { direGeometrie, douterDuPoint, type Emprise, surfaceSchema } from '../../contrats/index.ts';
import type { Geometrie } from './lieux.rules.ts';
import type { LieuLu } from './plan.rules.ts';

/** Headings and properties under which public files keep these. */
const TITRES = {
  code: ['code', 'identifiant', 'id', 'uai', 'numero uai', 'code uai', 'code qp', 'code qpv', 'codeqp', 'id ref zdc', 'idrefligc'],
  nom: ['nom', 'libelle', 'libelle etablissement', 'name', 'nom usuel', 'lib qp', 'lib qpv', 'nom qp', 'nom gares', 'nom gare', 'nom ev', 'nom du lieu'],
  adresse: ['adresse', 'address', 'adresse 1'],
  lon: ['lon', 'longitude', 'lng'],
  lat: ['lat', 'latitude'],
  point: ['geo point 2d', 'geo point', 'coordonnees geo', 'lat lon'],
  forme: ['geo shape', 'geometrie', 'geojson'],
  depuis: ['depuis', 'valable depuis', 'debut', 'date de debut', 'date debut'],
  jusquAu: ['jusqu au', 'valable jusqu au', 'fin', 'date de fin', 'date fin'],
} as const;
type Titre = keyof typeof TITRES;
const FAUTES_MAX = 200;

export interface Lecture {
  lus: LieuLu[];
  fautes: { ligne: number; message: string }[];
  avertissements: string[];
}
type Cellules = (t: Titre) => unknown;
interface Objet {
  ligne: number;
  lire: Cellules;
  geometrie: unknown;
}

/** `ligne` of a GeoJSON file is the rank of the object. Throws `invalide` for a file that cannot be read at all. */
export async function lireLieux(chemin: string, nom: string, emprise: Emprise | undefined): Promise<Lecture> {
  return rassembler((await estJson(chemin, nom)) ? lireCollection(await lireSource(chemin), nom) : await lireTable(chemin, nom), emprise);
}

async function estJson(chemin: string, nom: string): Promise<boolean> {
  if (/\.(geo)?json(\.gz)?$/i.test(nom)) return true;
  return (await readFile(chemin)).subarray(0, 200).toString('utf8').replace('\ufeff', '').trimStart().startsWith('{');
}

const titre = (texte: string): Titre | undefined =>
  (Object.keys(TITRES) as Titre[]).find((t) => (TITRES[t] as readonly string[]).includes(cleTexte(texte.replaceAll('_', ' '))));

const collectionSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()).nullish(), geometry: z.unknown() })).min(1),
});

function lireCollection(texte: string, nom: string): Objet[] {
  let brut: unknown;
  try {
    brut = JSON.parse(texte.replace('\ufeff', ''));
  } catch {
    throw invalide(`« ${nom} » n’est pas du JSON lisible : le fichier est peut-être coupé.`);
  }
  const lu = collectionSchema.safeParse(brut);
  if (!lu.success) throw invalide(`« ${nom} » n’est pas une collection GeoJSON (FeatureCollection) d’au moins un objet.`);
  return lu.data.features.map((f, i) => {
    const parTitre = new Map(
      Object.entries(f.properties ?? {}).flatMap(([k, v]) => {
        const t = titre(k);
        return t ? [[t, v] as const] : [];
      }),
    );
    return { ligne: i + 1, lire: (t) => parTitre.get(t), geometrie: f.geometry };
  });
}

async function lireTable(chemin: string, nom: string): Promise<Objet[]> {
  const ouvert = await ouvrirFichier(chemin, nom, null, Object.values(TITRES).flat());
  const objets: Objet[] = [];
  let colonnes: Map<Titre, number> | null = null;
  for await (const l of ouvert.lignes) {
    if (!colonnes) {
      colonnes = new Map();
      for (const [i, c] of l.cellules.entries()) {
        const t = titre(c);
        if (t && !colonnes.has(t)) colonnes.set(t, i);
      }
      const manque = [...(colonnes.has('nom') ? [] : ['« nom »']), ...(aDesCoordonnees(colonnes) ? [] : ['« lon » et « lat »'])];
      if (manque.length > 0) throw invalide(`« ${nom} » n’a pas de colonne ${manque.join(', ni ')}. Ajoutez-les, puis recommencez.`);
      continue;
    }
    const rangs = colonnes;
    const lire: Cellules = (t) => l.cellules[rangs.get(t) ?? -1]?.trim() || undefined;
    objets.push({ ligne: l.numero, lire, geometrie: geometrieDesCellules(lire) });
  }
  if (objets.length === 0) throw invalide(`« ${nom} » n’a aucune ligne sous ses titres.`);
  return objets;
}
const aDesCoordonnees = (c: ReadonlyMap<Titre, number>): boolean => (c.has('lon') && c.has('lat')) || c.has('point') || c.has('forme');

/** A comma is a decimal sign when each coordinate has its own cell. */
function geometrieDesCellules(lire: Cellules): unknown {
  const point = (lon: unknown, lat: unknown) => ({ type: 'Point', coordinates: [nombre(lon), nombre(lat)] });
  if (lire('lon') !== undefined || lire('lat') !== undefined) return point(lire('lon'), lire('lat'));
  const [lat, lon] = String(lire('point') ?? '').split(/\s*[,;]\s*/);
  if (lat && lon) return point(lon, lat);
  try {
    return JSON.parse(String(lire('forme') ?? ''));
  } catch {
    return undefined;
  }
}
const nombre = (v: unknown): number => (/^\s*-?\d+([.,]\d+)?\s*$/.test(String(v ?? '')) ? Number(String(v).trim().replace(',', '.')) : Number.NaN);

const pointSchema = z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number()) });

function lireGeometrie(brut: unknown, emprise: Emprise | undefined): Geometrie | string {
  if (brut === undefined || brut === null) return 'sans coordonnées : remplissez « lon » et « lat ».';
  const type = (brut as { type?: unknown }).type;
  if (type === 'Point') {
    const p = pointSchema.safeParse(brut);
    if (!p.success) return 'la longitude et la latitude ne sont pas deux nombres en degrés, comme 2,3522 et 48,8566.';
    const [lon, lat] = p.data.coordinates;
    const doute = douterDuPoint(emprise, lon, lat);
    if (doute === 'nul') return 'le point est à 0, 0 : les coordonnées manquent.';
    if (doute === 'inverse') return `longitude et latitude semblent inversées (${lon}, ${lat}).`;
    return { type: 'Point', coordinates: [lon, lat] };
  }
  const s = surfaceSchema.safeParse(brut);
  return s.success ? (s.data as Geometrie) : `${direGeometrie(s.error)}.`;
}

/** A code of ours where the file has none: name and address, which stay. */
const enCode = (t: string): string => couper(cleTexte(t).replaceAll(' ', '-'), 80);

function rassembler(objets: readonly Objet[], emprise: Emprise | undefined): Lecture {
  const r: Lecture = { lus: [], fautes: [], avertissements: [] };
  const parCode = new Map<string, LieuLu>();
  let repetes = 0;
  let dehors = 0;
  const refuser = (ligne: number, message: string) => r.fautes.push({ ligne, message });
  for (const o of objets) {
    if (r.fautes.length >= FAUTES_MAX) throw new ErreurConcorde('invalide', direFautes(r.fautes));
    const nom = abreger(
      String(o.lire('nom') ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
      200,
    );
    if (nom === '') {
      refuser(o.ligne, 'le nom est vide.');
      continue;
    }
    const dit = String(o.lire('code') ?? '').trim();
    const code = dit === '' ? enCode(`${nom} ${String(o.lire('adresse') ?? '')}`) : dit.replaceAll(' ', '-');
    if (!/^[A-Za-z0-9._-]{1,80}$/.test(code)) {
      refuser(o.ligne, `le code « ${abreger(code, 40)} » a d’autres signes que lettres sans accent, chiffres, points et tirets.`);
      continue;
    }
    const geometrie = lireGeometrie(o.geometrie, emprise);
    if (typeof geometrie === 'string') {
      refuser(o.ligne, `« ${nom} » : ${geometrie}`);
      continue;
    }
    const [depuis, jusquAu] = [lireDate(String(o.lire('depuis') ?? '')), lireDate(String(o.lire('jusquAu') ?? ''))];
    if (!depuis.ok || !jusquAu.ok) {
      refuser(o.ligne, `« ${nom} » : ${depuis.ok ? (jusquAu.ok ? '' : jusquAu.message) : depuis.message}`);
      continue;
    }
    if (depuis.valeur && jusquAu.valeur && jusquAu.valeur < depuis.valeur) {
      refuser(o.ligne, `« ${nom} » finit avant de commencer : corrigez l’une des deux dates.`);
      continue;
    }
    if (geometrie.type === 'Point' && douterDuPoint(emprise, geometrie.coordinates[0] ?? 0, geometrie.coordinates[1] ?? 0) === 'dehors') dehors++;
    const lu: LieuLu = { ligne: o.ligne, code, nom, geometrie, depuis: depuis.valeur, jusquAu: jusquAu.valeur };
    const deja = parCode.get(code);
    if (deja && cleTexte(deja.nom) !== cleTexte(nom)) refuser(o.ligne, `le code « ${code} » est déjà celui de « ${deja.nom} », ligne ${deja.ligne}.`);
    else if (deja) repetes++;
    // A file of several years has its place each year: the last one tells where it is now.
    parCode.set(code, lu);
  }
  if (repetes > 0) r.avertissements.push(`${repetes} lignes répètent un lieu déjà lu : la dernière de chacun est gardée.`);
  if (dehors > 0) r.avertissements.push(`${dehors} lieux sont hors du territoire du contrat : vérifiez que vous voulez les garder.`);
  r.lus = [...parCode.values()];
  return r;
}

export const direFautes = (fautes: Lecture['fautes']): string => {
  const dites = fautes.slice(0, 20).map((f) => (f.ligne > 0 ? `ligne ${f.ligne}, ${f.message}` : f.message));
  return `Rien n’a été importé. ${dites.join(' ')}${fautes.length > 20 ? ` Et ${fautes.length - 20} autres.` : ''}`;
};
