/** Instructions of a contract, read at start; null when it has none. */
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { type Consigne, type Consignes, consignesSchema } from './consignes.schema.ts';

const lireConsignes = (fichiers: Profils): Consignes | null => fichiers.lire('consignes', consignesSchema) ?? null;
export const getConsignes = async (dossierContrat: string): Promise<Consignes | null> => lireConsignes((await lireDossier(dossierContrat))(''));

/** The version in force that day; null before the first. */
export const versionAu = (c: Consigne, jour: string): Consigne['versions'][number] | null =>
  c.versions.filter((v) => v.depuis <= jour).toSorted((a, b) => b.numero - a.numero)[0] ?? null;

export function verifierConsignes(fichiers: Profils, c: ContratLu): string[] {
  const lues = lireConsignes(fichiers);
  if (!lues) return [];
  const types = new Set((c.listes.get('types-de-site') ?? []).map((v) => v.code));
  const fautes = lues.autorites.filter((a) => !c.acteurs.has(a)).map((a) => `l’acteur « ${a} » n’existe pas`);
  for (const x of lues.consignes) {
    for (const t of x.sites.types) if (!types.has(t)) fautes.push(`« ${x.code} » : le type de site « ${t} » n’existe pas`);
    for (const a of x.sites.acteurs) if (!c.acteurs.has(a)) fautes.push(`« ${x.code} » : l’acteur « ${a} » n’existe pas`);
    for (const l of x.lignes) if (!c.lignes.has(l)) fautes.push(`« ${x.code} » : la ligne « ${l} » n’existe pas`);
    if (new Set(x.versions.map((v) => v.numero)).size < x.versions.length) fautes.push(`« ${x.code} » : deux versions ont le même numéro`);
  }
  return fautes.map((f) => `consignes.yaml : ${f}`);
}
