/** How much of the contract Concorde serves: derived from the catalogue, never typed in. */
import type { Catalogue } from './catalogue.ts';

/** The frozen list of modules of the product: a planned system must name one of them. */
const MODULES = [
  'contrats',
  'indicateurs',
  'registres',
  'instances',
  'signalements',
  'cellules',
  'alertes',
  'crises',
  'financements',
  'conventions',
  'annuaire',
  'publications',
  'comptes',
  'accueil',
] as const;

export interface Couverture {
  fiches: number;
  lignes: number;
  indicateurs: number;
  mesures: { total: number; calcul: number; collecte: number; narratif: number; enquete: number };
  systemes: { total: number; servis: number; prevus: number; nonServis: number };
}

export type EtatSysteme = 'servi' | 'prevu' | 'non_servi';

/**
 * What exists in this build: `module:contrats`, `registre:formations`, and `instance:<kind>` for each kind of the contract
 * once the module that holds bodies is there.
 */
export const listExistants = (c: Catalogue, modules: readonly string[], registres: Iterable<string>): Set<string> =>
  new Set([
    ...modules.map((m) => `module:${m}`),
    ...[...registres].map((r) => `registre:${r}`),
    ...(modules.includes('instances') ? [...c.typesInstance.keys()].map((t) => `instance:${t}`) : []),
  ]);

/** Served by something that exists here, planned for a module of the product, or nobody's. */
export function etatSysteme(s: { etat: string; porte_par?: string | undefined }, existants: ReadonlySet<string>): EtatSysteme {
  if (s.etat === 'servi') return s.porte_par !== undefined && existants.has(s.porte_par) ? 'servi' : 'non_servi';
  const module = s.porte_par?.split(':')[1] ?? '';
  const prevu = s.etat === 'prevu' && s.porte_par?.startsWith('module:') && MODULES.some((m) => m === module);
  return prevu ? 'prevu' : 'non_servi';
}

export function couvrir(c: Catalogue, existants: ReadonlySet<string>): Couverture {
  const mesures = [...c.mesures.values()];
  const obtenues = (o: string) => mesures.filter((m) => m.obtention === o).length;
  const etats = [...c.systemes.values()].map((s) => etatSysteme(s, existants));
  const n = (e: EtatSysteme) => etats.filter((x) => x === e).length;
  return {
    fiches: c.fiches.size,
    lignes: c.lignes.size,
    indicateurs: c.indicateurs.size,
    mesures: {
      total: mesures.length,
      calcul: obtenues('calcul'),
      collecte: obtenues('collecte'),
      narratif: obtenues('narratif'),
      enquete: obtenues('enquete'),
    },
    systemes: { total: etats.length, servis: n('servi'), prevus: n('prevu'), nonServis: n('non_servi') },
  };
}
