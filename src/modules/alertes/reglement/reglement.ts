/** The rules of alerts of one contract, read at start; null when it has none. */
import type { Lexique } from '../../../core/faits.ts';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { type Catalogue, lireDossier } from '../../contrats/index.ts';
import { maisonDe } from '../../signalements/index.ts';
import { type Fonction, type Palier, type Reglement, reglementSchema } from './reglement.schema.ts';

export const PALIERS = 'paliers-d-alerte';
export const GENRES = 'genres-d-alerte';
export const ISSUES = 'issues-d-alerte';
/** What the code itself does with an outcome: it counts as a brawl; it was the same as another, which alone counts. */
export const SURVENUE = 'survenue';
export const DOUBLON = 'doublon';
/** The function of who watches in a neighbouring commune: it has no territory of the contract. */
const COMMUNE = 'commune';
export const LISTES = [PALIERS, GENRES, ISSUES];

export const lireReglement = (fichiers: Profils): Reglement | null => fichiers.lire('alertes', reglementSchema) ?? null;
export const getReglement = async (dossierContrat: string): Promise<Reglement | null> => lireReglement((await lireDossier(dossierContrat))(''));

type Acteurs = Pick<ContratLu, 'acteurs'>;
type Contrat = Lexique & Acteurs & { territoires: ReadonlyMap<string, unknown> };
/** Faults of the file against the contract: each names what to mend. */
export function verifierReglement(r: Reglement, c: Contrat): string[] {
  const fautes: string[] = [];
  const connus = new Set((c.listes.get(PALIERS) ?? []).map((v) => v.code));
  const decrits = r.paliers.map((p) => p.code);
  for (const p of decrits) if (!connus.has(p)) fautes.push(`palier « ${p} » absent de la liste ${PALIERS}`);
  for (const p of connus) if (!decrits.includes(p)) fautes.push(`palier « ${p} » sans règle`);
  for (const liste of [GENRES, ISSUES]) if (!c.listes.has(liste)) fautes.push(`la liste ${liste} manque`);
  for (const code of [SURVENUE, DOUBLON])
    if (c.listes.has(ISSUES) && !c.listes.get(ISSUES)?.some((v) => v.code === code)) fautes.push(`la liste ${ISSUES} n’a pas l’issue « ${code} »`);
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
  r.paliers.forEach((p, i) => {
    const avant = r.paliers[i - 1];
    if (avant) fautes.push(...perdu(avant, p).map((x) => `palier « ${p.code} », après « ${avant.code} » : ${x}`));
  });
  if (!r.fonctions.some((f) => f.valide)) fautes.push('aucune fonction ne valide');
  const types = new Set([...c.acteurs.values()].map((a) => a.type));
  for (const f of r.fonctions) {
    for (const a of f.tenue.acteurs) if (!c.acteurs.has(a)) fautes.push(`fonction « ${f.code} » : l’acteur « ${a} » n’existe pas`);
    for (const t of f.tenue.types) if (!types.has(t)) fautes.push(`fonction « ${f.code} » : aucun acteur n’est du type « ${t} »`);
    if (f.valide && f.partout) fautes.push(`fonction « ${f.code} » : on valide dans un lieu, pas pour tout le contrat`);
  }
  for (const p of r.procedure) for (const f of p.fonctions) if (!fonctionDe(r, f)) fautes.push(`point « ${p.code} » : la fonction « ${f} » n’existe pas`);
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

const ETENDUES = ['aucun', 'communes', 'tous'];
/** What a graver tier may not have less of than the one before it, since an alert that climbs loses nothing. */
function perdu(avant: Palier, p: Palier): string[] {
  return [
    ...(p.validation > avant.validation ? ['il attend plus longtemps une validation'] : []),
    ...(p.accuse > avant.accuse ? ['il laisse plus longtemps répondre'] : []),
    ...(ETENDUES.indexOf(p.voisins) < ETENDUES.indexOf(avant.voisins) ? ['il prévient moins de voisins'] : []),
    ...(['represailles', 'procedure', 'etablissements'] as const).filter((x) => avant[x] && !p[x]).map((x) => `« ${x} » manque`),
    ...(avant.retex !== undefined && (p.retex === undefined || p.retex > avant.retex) ? ['son retour d’expérience est dû plus tard, ou jamais'] : []),
  ];
}
/** Tiers above that one, the nearest first. */
export const paliersAuDessus = (r: Reglement, code: string): Palier[] => r.paliers.slice(r.paliers.findIndex((p) => p.code === code) + 1);
export const estPlusHaut = (r: Reglement, code: string, que: string): boolean => paliersAuDessus(r, que).some((p) => p.code === code);

/** Throws where the database holds a tier that the file has no more. */
export function palierDe(r: Reglement, code: string): Palier {
  const p = r.paliers.find((x) => x.code === code);
  if (!p) throw new Error(`Le palier d’alerte « ${code} » n’a plus de règle.`);
  return p;
}
export const minutesPourRepondre = (p: Palier, f: Fonction | undefined): number => f?.accuse[p.code] ?? p.accuse;
export const fonctionDe = (r: Reglement, code: string): Fonction | undefined => r.fonctions.find((f) => f.code === code);
/** May this organisation hold that function? It, or a house of it, is one that the file names. */
export const peutTenirLaFonction = (f: Pick<Fonction, 'tenue'> | undefined, cat: Acteurs, organisationId: string): boolean =>
  f !== undefined && maisonDe(cat, organisationId).some((a) => f.tenue.acteurs.includes(a) || f.tenue.types.includes(cat.acteurs.get(a)?.type ?? ''));
/** « Préfecture de Police et ses services ; association ». */
export const direTenue = (f: Pick<Fonction, 'tenue'>, cat: Pick<Catalogue, 'nomActeur'>): string =>
  [...f.tenue.acteurs.map((a) => `${cat.nomActeur(a)} et ses services`), ...f.tenue.types.map((t) => `les organismes du type « ${t} »`)].join(' ; ');
/** Lines that hold what they say: one whose organisation may not tells nobody’s word and covers no hole. */
export const quiTiennent = <L extends { fonction: string; organisationId: string }>(r: Reglement, cat: Acteurs, lignes: readonly L[]): L[] =>
  lignes.filter((i) => peutTenirLaFonction(fonctionDe(r, i.fonction), cat, i.organisationId));
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
