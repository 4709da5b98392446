/** The rules of alerts of one contract, read at start; null when it has none. */
import type { Lexique } from '../../../core/faits.ts';
import type { Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { type Fonction, type Palier, type Reglement, reglementSchema } from './reglement.schema.ts';

export const PALIERS = 'paliers-d-alerte';
export const GENRES = 'genres-d-alerte';
export const ISSUES = 'issues-d-alerte';
/** The function of who watches in a neighbouring commune: it has no territory of the contract. */
const COMMUNE = 'commune';
export const LISTES = [PALIERS, GENRES, ISSUES];

export const lireReglement = (fichiers: Profils): Reglement | null => fichiers.lire('alertes', reglementSchema) ?? null;
export const getReglement = async (dossierContrat: string): Promise<Reglement | null> => lireReglement((await lireDossier(dossierContrat))(''));

type Contrat = Lexique & { territoires: ReadonlyMap<string, unknown> };
/** Faults of the file against the contract: each names what to mend. */
export function verifierReglement(r: Reglement, c: Contrat): string[] {
  const fautes: string[] = [];
  const connus = new Set((c.listes.get(PALIERS) ?? []).map((v) => v.code));
  const decrits = r.paliers.map((p) => p.code);
  for (const p of decrits) if (!connus.has(p)) fautes.push(`palier « ${p} » absent de la liste ${PALIERS}`);
  for (const p of connus) if (!decrits.includes(p)) fautes.push(`palier « ${p} » sans règle`);
  for (const liste of [GENRES, ISSUES]) if (!c.listes.has(liste)) fautes.push(`la liste ${liste} manque`);
  const doubles = (quoi: string, codes: readonly string[]) => {
    for (const x of codes.filter((y, i) => codes.indexOf(y) !== i)) fautes.push(`${quoi} « ${x} » écrit deux fois`);
  };
  doubles('palier', decrits);
  doubles(
    'fonction',
    r.fonctions.map((f) => f.code),
  );
  doubles(
    'point',
    r.procedure.map((p) => p.code),
  );
  for (const f of r.fonctions) for (const p of Object.keys(f.accuse)) if (!connus.has(p)) fautes.push(`fonction « ${f.code} » : palier « ${p} » inconnu`);
  if (!r.fonctions.some((f) => f.valide)) fautes.push('aucune fonction ne valide');
  const communes = new Set(r.communes.map((x) => x.code));
  for (const [de, vers] of Object.entries(r.voisins)) {
    if (!c.territoires.has(de)) fautes.push(`voisins : territoire « ${de} » inconnu`);
    for (const v of vers) {
      if (!c.territoires.has(v) && !communes.has(v)) fautes.push(`voisins de « ${de} » : « ${v} » n’est ni un territoire ni une commune de la liste`);
      if (c.territoires.has(v) && !r.voisins[v]?.includes(de)) fautes.push(`voisins : « ${de} » touche « ${v} », qui ne le dit pas`);
    }
  }
  return fautes;
}

/** Throws where the database holds a tier that the file has no more. */
export function palierDe(r: Reglement, code: string): Palier {
  const p = r.paliers.find((x) => x.code === code);
  if (!p) throw new Error(`Le palier d’alerte « ${code} » n’a plus de règle.`);
  return p;
}
export const minutesPourRepondre = (p: Palier, f: Fonction | undefined): number => f?.accuse[p.code] ?? p.accuse;
export const fonctionDe = (r: Reglement, code: string): Fonction | undefined => r.fonctions.find((f) => f.code === code);
export const libelleDeFonction = (r: Reglement, code: string): string => fonctionDe(r, code)?.libelle ?? code;
/** Where somebody should be on duty for each function: communes keep theirs. */
export const placesAttendues = (r: Reglement, racine: string, secteurs: readonly string[]): { fonction: string; territoire: string }[] =>
  r.fonctions
    .filter((f) => f.astreinte && f.code !== COMMUNE)
    .flatMap((f) => (f.partout ? [racine] : secteurs).map((territoire) => ({ fonction: f.code, territoire })));
/** Of the places that an alert tells: theirs, those of the whole contract, and communes, which keep their own. */
export const placesAttenduesParmi = (r: Reglement, racine: string, places: readonly string[]): { fonction: string; territoire: string }[] => {
  const communes = new Set(r.communes.map((c) => c.code));
  return [
    ...placesAttendues(
      r,
      racine,
      places.filter((p) => p !== racine && !communes.has(p)),
    ),
    ...(fonctionDe(r, COMMUNE)?.astreinte ? places.filter((p) => communes.has(p)).map((territoire) => ({ fonction: COMMUNE, territoire })) : []),
  ];
};
/** Those whose duty officers validate. */
export const fonctionsQuiValident = (r: Reglement): string[] => r.fonctions.filter((f) => f.valide).map((f) => f.code);
