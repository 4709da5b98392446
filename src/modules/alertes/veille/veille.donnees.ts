/** The thread of a contract, read at start; null when it has none. */
import { basename } from 'node:path';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { type Veille, veilleSchema } from './veille.schema.ts';

const lireVeille = (fichiers: Profils): Veille | null => fichiers.lire('veille', veilleSchema) ?? null;

/** By contract, as read from its folder when serving began: for blocks on others' pages, which know the contract alone. */
const servies = new Map<string, Veille | null>();
export async function getVeille(dossierContrat: string): Promise<Veille | null> {
  const v = lireVeille((await lireDossier(dossierContrat))(''));
  servies.set(basename(dossierContrat), v);
  return v;
}
export const veilleServie = (slug: string): Veille | null => servies.get(slug) ?? null;

/** The rank of a degree of certainty, 1 for the least. */
export const rangDe = (v: Veille, code: string): number => v.fiabilites.findIndex((f) => f.code === code) + 1;
export const fiabiliteDe = (v: Veille, rang: number): string => v.fiabilites[rang - 1]?.libelle ?? `${rang}`;
/** Label of a code; the code itself where the contract has it no more. */
export const libelleDe = (liste: readonly { code: string; libelle: string }[], code: string): string => liste.find((x) => x.code === code)?.libelle ?? code;
/** The slot of an hour; the one without hours where it is not known. */
export function creneauDe(v: Veille, heure: number | null): string {
  const dans = v.creneaux.find(({ de, a }) => {
    if (heure === null || de === undefined || a === undefined) return false;
    return de < a ? heure >= de && heure < a : heure >= de || heure < a;
  });
  return (dans ?? v.creneaux.find((c) => c.de === undefined) ?? v.creneaux[0])?.code ?? '';
}

/** Faults of the file, each naming what to mend. */
export function verifierVeille(fichiers: Profils, c: ContratLu): string[] {
  const v = lireVeille(fichiers);
  if (!v) return [];
  const fautes: string[] = [];
  const connu = (quoi: string, cle: string, ou: { has(x: string): boolean }) => {
    if (!ou.has(cle)) fautes.push(`veille.yaml : ${quoi} « ${cle} » n’existe pas`);
  };
  const codes = (l: readonly { code: string }[]) => new Set(l.map((x) => x.code));
  for (const l of [v.natures, v.lieux, v.creneaux, v.fiabilites, v.regles])
    for (const [rang, { code }] of l.entries()) if (l.findIndex((x) => x.code === code) !== rang) fautes.push(`veille.yaml : « ${code} » est écrit deux fois`);
  for (const a of v.partenaires.acteurs) connu('l’acteur', a, c.acteurs);
  for (const f of v.fiches) connu('la fiche', f, c.fiches);
  const types = new Set([...c.territoires.values()].map((t) => t.type));
  const paliers = new Set((c.listes.get('paliers-d-alerte') ?? []).map((x) => x.code));
  for (const r of v.regles) {
    connu('l’échelle', r.echelle, types);
    connu('la fiabilité', r.fiabilite, codes(v.fiabilites));
    connu('le palier', r.palier, paliers);
    for (const n of r.natures ?? []) connu('la nature', n, codes(v.natures));
  }
  for (const x of v.circuits) {
    connu('le lieu', x.lieu, codes(v.lieux));
    connu('la fiabilité', x.fiabilite, codes(v.fiabilites));
    for (const n of Object.values(x.natures)) connu('la nature', n, codes(v.natures));
  }
  return fautes;
}
