/**
 * What the product can do for a system of a contract, as declarations: each module says which capabilities of the closed list
 * it serves (`sert`), by which scenario this is shown, and where a person finds it. Nothing here says that a system is served:
 * that is computed from what the system asks (modules/contrats, `couverture.rules.ts`).
 */
import { type Acces, entre, type Utilisateur } from './authorize.ts';
import type { Lexique } from './faits.ts';
import { CAPACITES, type Capacite, MODULES_DU_PRODUIT, type ModuleDuProduit } from './capacites.liste.ts';

export { CAPACITES, CODES_CAPACITES, type Capacite, type ModuleDuProduit } from './capacites.liste.ts';

/** What a capability is asked of: records of a register, a kind of body, measures; nothing where it stands by itself. */
export interface Objet {
  registre?: string | undefined;
  /** Filter on the register's records, the words of a formula's `ou`. */
  ou?: Readonly<Record<string, string | boolean>> | undefined;
  instance?: string | undefined;
  mesures?: readonly string[] | undefined;
  /** The system that asks: some pages are made for one of them. */
  systeme?: string | undefined;
}

/** A page that shows it, and who may open that page. */
export interface Lien {
  href: string;
  libelle: string;
  qui: Acces;
  /** The register of the page: a mandate limited to one opens that one only. */
  registre?: string;
}

interface Preuve {
  /** The system whose scenario shows it: a test named « GOUV-01, ordre-du-jour : … » passed in the run that says so. */
  scenario: string;
  /** Pages where it is found, the most precise first, in the words of the contract being served; null when the module does not serve it for this object. */
  liens: (o: Objet, lexique: Lexique) => readonly Lien[] | null;
}

/** Capabilities that hold for a system only where what is kept says so: by system, the pages that serve it. */
export type Portees = ReadonlyMap<Capacite, ReadonlyMap<string, readonly Lien[]>>;

export type Sert = Readonly<Partial<Record<Capacite, Preuve>>>;

export const preuve = (scenario: string, liens: Preuve['liens']): Preuve => ({ scenario, liens });

/** What each module of a build serves, in the modules' order. */
export type Servi = readonly (readonly [module: string, Sert])[];

/** What the build serves, and what is kept that serves it. */
export interface Service {
  sert: Servi;
  portees: Portees;
}

/** Every declaration, for the gate that looks for its scenario. */
export const listPreuves = (servi: Servi): { module: string; capacite: string; scenario: string }[] =>
  servi.flatMap(([module, sert]) => Object.entries(sert).map(([capacite, p]) => ({ module, capacite, scenario: p.scenario })));

/** Where this capability is served for this object; null when nothing in this build serves it, or nothing kept serves it for that system. */
export function servirLa({ sert, portees }: Service, capacite: Capacite, objet: Objet, lexique: Lexique): readonly Lien[] | null {
  const siens = portees.get(capacite)?.get(objet.systeme ?? '');
  if (portees.has(capacite) && siens === undefined) return null;
  for (const [, s] of sert) {
    const liens = s[capacite]?.liens(objet, lexique);
    if (liens) return [...(siens ?? []), ...liens];
  }
  return null;
}

/** Pages that this person may open. */
export const lesSiens = (liens: readonly Lien[], u: Utilisateur | null): Lien[] => liens.filter((l) => entre(u, l.qui, l.registre));

export const direCapacite = (c: Capacite): string => CAPACITES[c].libelle;
export const direModule = (m: ModuleDuProduit): string => MODULES_DU_PRODUIT[m];
export const moduleAttendu = (c: Capacite): ModuleDuProduit => CAPACITES[c].module;
