/** All the modules together: what each says of itself, gathered, and refused where two of them contradict each other. */
import type { ReactNode } from 'react';
import { ACTES_DU_SOCLE } from './trace/audit.ts';
import type { Utilisateur } from './authorize.ts';
import type { Capacite, Lien, Service } from './capacites.ts';
import type { Db } from './base/database.ts';
import type { Contexte, Route } from './http/http.ts';
import { type Bloc, type Emplacement, type Entree, type House, type Module, SECTIONS, type Services } from './module.ts';
import type { Annonce, Nouvelle, Nouvelles, SuiteAVenir, SuitesAVenir } from './suites.ts';
import { auPlan } from './base/plans.ts';
import { CONSERVATION_DU_SOCLE } from './trace/retention.ts';
import { tracer } from './trace/sensibles.ts';

/** Throws when a module comes before one that it stands on, or when two declare the same name. */
export function buildHouse(modules: readonly Module[]): House {
  modules.forEach((m, i) => {
    const dessous = modules.slice(0, i).map((x) => x.code);
    const absent = m.depend.find((d) => !dessous.includes(d));
    if (absent !== undefined) throw new Error(`Module ${m.code} : ${absent} n’est pas au-dessous de lui.`);
  });
  unique('module', modules, (m) => m.code);
  const tout = <T>(lire: (m: Module) => readonly T[] | undefined): T[] => modules.flatMap((m) => lire(m) ?? []);
  const actes = [...Object.entries(ACTES_DU_SOCLE), ...tout((m) => Object.entries(m.actes ?? {}))];
  const commandes = tout((m) => Object.entries(m.commandes ?? {}));
  const horsLigne = tout((m) => Object.entries(m.commandesHorsLigne ?? {}));
  unique('commande', [...commandes, ...horsLigne], ([nom]) => nom);
  return {
    modules,
    droits: tout((m) => m.droits),
    sources: unique(
      'source de faits',
      tout((m) => m.sources),
      (s) => s.nom,
    ),
    actes: new Map(unique('acte', actes, ([code]) => code)),
    conservation: unique('règle de conservation', [...CONSERVATION_DU_SOCLE, ...tout((m) => m.conservation)], (r) => r.code),
    titres: tout((m) => m.titres),
    registres: unique(
      'registre',
      tout((m) => m.registres),
      (r) => r.code,
    ),
    sert: tout((m) => (m.sert ? [[m.code, m.sert] as const] : [])),
    voies: tout((m) => (m.voies ? [[m.code, m.voies] as const] : [])),
    taches: unique(
      'tâche',
      tout((m) => auPlan(m.plan, m.taches ?? [])),
      (t) => t.genre,
    ),
    rendezvous: unique(
      'rendez-vous',
      tout((m) => auPlan(m.plan, m.rendezvous ?? [])),
      (r) => r.code,
    ),
    reception: unique(
      'boîte',
      tout((m) => m.reception),
      (r) => r.boite,
    ),
    commandes: Object.fromEntries(commandes),
    commandesHorsLigne: Object.fromEntries(horsLigne),
    navigation: unique(
      'touche',
      tout((m) => m.navigation),
      (e) => e.touche ?? `sans ${e.cle} ${e.href}`,
    ),
  };
}

function unique<T>(quoi: string, liste: readonly T[], nom: (t: T) => string): readonly T[] {
  const vus = new Set<string>();
  for (const x of liste) {
    if (vus.has(nom(x))) throw new Error(`Deux fois ${quoi} « ${nom(x)} ».`);
    vus.add(nom(x));
  }
  return liste;
}

/** Header of every page. */
export const headerOf = (h: House): Entree[] => h.navigation.filter((e) => e.entete !== undefined).sort((a, b) => (a.entete ?? 0) - (b.entete ?? 0));

/** Help on top of every public page. */
export const helpOf = (h: House): Entree[] => h.navigation.filter((e) => e.bandeau !== undefined).sort((a, b) => (a.bandeau ?? 0) - (b.bandeau ?? 0));

/** Side menu of work screens: what this person may open, section by section. */
export const menuOf = (h: House, u: Utilisateur): { titre: string; entrees: Entree[] }[] =>
  Object.entries(SECTIONS).flatMap(([section, titre]) => {
    const entrees = h.navigation.filter((e) => e.menu?.section === section && (e.qui?.(u) ?? true)).sort((a, b) => (a.menu?.rang ?? 0) - (b.menu?.rang ?? 0));
    return entrees.length > 0 ? [{ titre, entrees }] : [];
  });

/** Keys that open a page from anywhere, in the modules' order. */
export const keysOf = (h: House): { touche: string; libelle: string; href: string }[] =>
  h.navigation.flatMap((e) => (e.touche ? [{ touche: e.touche, libelle: e.aide ?? e.libelle, href: e.href }] : []));

/** Blocks that modules draw on one page, the lower rank first. Each reads on the caller's connection, one after the other. */
export async function blocksOf<Objet>(h: House, lire: (m: Module) => readonly Emplacement<Objet>[] | undefined, c: Contexte, objet: Objet): Promise<Bloc[]> {
  const blocs: Bloc[] = [];
  for (const emplacement of h.modules.flatMap((m) => lire(m) ?? [])) {
    const bloc = await emplacement(c, objet);
    if (bloc) blocs.push(bloc);
  }
  return blocs.sort((a, b) => a.rang - b.rang);
}

/** What is served: by what modules declare, and by what they keep. */
export async function servedOf(h: Pick<House, 'modules' | 'sert'>, db: Db, contratId: number): Promise<Service> {
  const portees = new Map<Capacite, ReadonlyMap<string, readonly Lien[]>>();
  for (const lire of h.modules.flatMap((m) => m.portees ?? [])) for (const [k, v] of await lire(db, contratId)) portees.set(k, v);
  return { sert: h.sert, portees };
}

/** What public pages say first, from all modules. */
export async function announcedOf(h: House, db: Db, contrat: { id: number }, lieu: string | null): Promise<Annonce[]> {
  const annonces: Annonce[] = [];
  for (const lire of h.modules.flatMap((m) => m.annonces ?? [])) annonces.push(...(await lire(db, contrat, lieu)));
  return annonces;
}

/** What comes next for everybody, from all modules, the nearest first. */
export async function nextOf(h: House, c: Contexte, q: Parameters<SuitesAVenir>[1]): Promise<SuiteAVenir[]> {
  const suites: SuiteAVenir[] = [];
  for (const lire of h.modules.flatMap((m) => m.suites ?? [])) suites.push(...(await lire(c, q)));
  return suites.sort((a, b) => a.jour.localeCompare(b.jour)).slice(0, q.max);
}

/** What changed for everybody, from all modules, the latest first. */
export async function newsOf(h: House, c: Parameters<Nouvelles>[0], q: Parameters<Nouvelles>[1]): Promise<Nouvelle[]> {
  const nouvelles: Nouvelle[] = [];
  for (const lire of h.modules.flatMap((m) => m.nouvelles ?? [])) nouvelles.push(...(await lire(c, q)));
  return nouvelles.sort((a, b) => b.le.getTime() - a.le.getTime()).slice(0, q.max);
}

/** What modules say beside action lines, several for one line in the modules' order. */
export async function linesOf(h: House, c: Contexte, lignes: readonly string[]): Promise<ReadonlyMap<string, readonly ReactNode[]>> {
  const dits = new Map<string, ReactNode[]>();
  for (const dire of h.modules.flatMap((m) => m.ligne ?? []))
    for (const [ligne, corps] of await dire(c, lignes)) dits.set(ligne, [...(dits.get(ligne) ?? []), corps]);
  return dits;
}

/** The house as it is drawn in docs/architecture.md, from the top down: each module, its plane, the modules that it stands on. */
export function drawHouse(h: House): string {
  const [large, plan] = [Math.max(...h.modules.map((m) => m.code.length)), Math.max(...h.modules.map((m) => m.plan.length))];
  const etages = [...h.modules]
    .reverse()
    .map((m) => `${m.code.padEnd(large)}  ${m.plan.padEnd(plan)}  ${m.depend.length > 0 ? `-> ${m.depend.join(', ')}` : ''}`.trimEnd());
  return ['main · servir', 'app · cli · preparation', ...etages, 'core · ui'].join('\n');
}

/** Every route, each at its module's plane, in the modules' order; `premieres` come before them. */
export async function listRoutes(s: Services, premieres: readonly Route[] = []): Promise<Route[]> {
  const routes = [...premieres];
  for (const m of s.house.modules) routes.push(...auPlan(m.plan, (await m.routes?.(s)) ?? []).map((r) => tracer(m.sensibles, r)));
  return routes;
}
