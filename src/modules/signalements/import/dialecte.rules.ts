/**
 * The dialects of « Dans Ma Rue » (open data of a city's street reports): comma, semicolon or tab; API, label and 2017 headers;
 * ISO or French dates; points as JSON, Python repr or « lat,lon ». Pure: one header in, a reader of rows out.
 */
import { cleTexte } from '../../../core/mots.ts';
import { lireDate } from '../../../core/jours.ts';

export type Colonne = 'id' | 'type' | 'sousType' | 'adresse' | 'codePostal' | 'arrondissement' | 'date' | 'service' | 'point' | 'etat';

/** Header names met in the wild, without accents, spaces nor punctuation. */
const NOMS: Record<Colonne, readonly string[]> = {
  id: ['iddmr', 'iddeclaration', 'objectid'],
  type: ['type', 'typedeclaration'],
  sousType: ['soustype', 'soustypedeclaration'],
  adresse: ['adresse'],
  codePostal: ['codepostal'],
  arrondissement: ['arrondissement'],
  date: ['datedecl', 'datedeclaration'],
  service: ['intervenant'],
  point: ['geopoint2d'],
  // Not in every publication: what is not said is not known.
  etat: ['statut', 'etat', 'statutdeclaration', 'etatdeclaration', 'status'],
};
const OBLIGATOIRES: readonly Colonne[] = ['id', 'type', 'date'];

const normaliser = (nom: string): string => cleTexte(nom).replaceAll(' ', '');

/** Position of each known column; names what is missing when this is not such a file. */
export function lireEntete(noms: readonly string[]): { colonnes: Partial<Record<Colonne, number>>; manquantes: string[] } {
  const presents = noms.map(normaliser);
  const colonnes: Partial<Record<Colonne, number>> = {};
  for (const [colonne, alias] of Object.entries(NOMS) as [Colonne, readonly string[]][]) {
    const i = alias.map((a) => presents.indexOf(a)).find((x) => x >= 0);
    if (i !== undefined) colonnes[colonne] = i;
  }
  const manquantes = OBLIGATOIRES.filter((c) => colonnes[c] === undefined).map((c) => NOMS[c].join(' ou '));
  if (colonnes.arrondissement === undefined && colonnes.point === undefined && colonnes.codePostal === undefined)
    manquantes.push('arrondissement, code_postal ou geo_point_2d');
  return { colonnes, manquantes };
}

/** `2023-07-17`, `17/07/2023`, or a moment, whose day is that of the contract's clock: `YYYY-MM-DD`, null when it is no date. */
export function lireJour(texte: string, fuseau?: string): string | null {
  if (texte.length !== 10) return autrement(texte, fuseau);
  // The usual forms, millions of times.
  let a: number;
  let m: number;
  let j: number;
  if (texte.charCodeAt(4) === 45) [a, m, j] = [Number(texte.slice(0, 4)), Number(texte.slice(5, 7)), Number(texte.slice(8, 10))];
  else if (texte.charCodeAt(2) === 47) [a, m, j] = [Number(texte.slice(6, 10)), Number(texte.slice(3, 5)), Number(texte.slice(0, 2))];
  else return autrement(texte, fuseau);
  if (!(Number.isInteger(a) && Number.isInteger(m) && Number.isInteger(j))) return null;
  if (!(a >= 2000 && a <= 2100 && m >= 1 && m <= 12 && j >= 1 && j <= 31)) return null;
  if (j > 28 && j > new Date(Date.UTC(a, m, 0)).getUTCDate()) return null;
  return `${a}-${m < 10 ? `0${m}` : m}-${j < 10 ? `0${j}` : j}`;
}

/** As registers read it: what a spreadsheet that opened the export wrote back (`2/5/2024`). */
function autrement(texte: string, fuseau: string | undefined): string | null {
  const l = lireDate(texte, fuseau);
  return l.ok ? l.valeur : null;
}

const CLES = /['"]*lon['"]*\s*:\s*(-?[\d.]+)[\s\S]*?['"]*lat['"]*\s*:\s*(-?[\d.]+)/;
/** GeoJSON and WKT write the longitude first. */
const GEO = /(?:coordinates['"]*\s*:\s*\[|^\s*POINT\s*\()\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)/i;
const PAIRE = /^\s*\[?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\]?\s*$/;

/** `[lon, lat]`, or null when absent or unreadable. Bare pairs are written latitude first. */
export function lirePoint(texte: string): [number, number] | null {
  // No known dialect writes a point in more; the bound keeps the patterns from wandering.
  if (texte === '' || texte.length > 200) return null;
  const cles = CLES.exec(texte);
  if (cles) return pointValable(Number(cles[1]), Number(cles[2]));
  const geo = GEO.exec(texte);
  if (geo) return pointValable(Number(geo[1]), Number(geo[2]));
  const paire = PAIRE.exec(texte);
  return paire ? pointValable(Number(paire[2]), Number(paire[1])) : null;
}
const pointValable = (lon: number, lat: number): [number, number] | null =>
  Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : null;

/** Stable code of a label met in the data: « Éclairage / Électricité » -> `eclairage-electricite`. */
export const slug = (libelle: string): string => cleTexte(libelle).replaceAll(' ', '-') || 'non-precise';

export const THEMES = [
  { code: 'incivilites', libelle: 'Incivilités et propreté' },
  { code: 'degradations', libelle: 'Dégradations' },
  { code: 'vie-nocturne', libelle: 'Vie nocturne et terrasses' },
  { code: 'stationnement', libelle: 'Stationnement et épaves' },
  { code: 'autre', libelle: 'Autre' },
] as const;

/** Theme by type and sub-type: noise and terraces are night life, tags and broken furniture damage, litter incivility. */
export function themeDe(type: string, sousType: string): string {
  if (/^activites-commerciales/.test(type) && /sonore|lumineuse|terrasse/i.test(sousType)) return 'vie-nocturne';
  if (/stationnement|pave/i.test(sousType) && /^autos/.test(type)) return 'stationnement';
  if (/^(graffitis|mobiliers)/.test(type)) return 'degradations';
  if (/^(proprete|objets-abandonnes)/.test(type)) return 'incivilites';
  return 'autre';
}

/** Reports that the municipal police answers: its services' codes begin with its direction's name. */
export const perimetreDe = (service: string): string => (service.startsWith('DPMP') ? 'police-municipale' : 'autre');

/** Leading number of an arrondissement as files write it: `2`, `02`, `18e`, `75018`, `75116` (a post office of the 16th). */
export function lireNumero(arrondissement: string, codePostal: string): number | null {
  const direct = /^\s*0*(\d{1,2})(?!\d)/.exec(arrondissement);
  if (direct) return Number(direct[1]);
  const postal = /^\d{3}(\d{2})$/.exec(arrondissement.trim()) ?? /^\d{3}(\d{2})$/.exec(codePostal.trim());
  return postal ? Number(postal[1]) : null;
}
