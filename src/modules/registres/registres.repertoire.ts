/**
 * What a record may refer to in the contract at hand (territories, partners, fiches and action lines), and how people write
 * it. Built from the catalogue; nothing here knows a town.
 */
import type { LieuxConnus } from './lieux/lieux.rules.ts';
import type { Catalogue, Emprise } from '../contrats/index.ts';
import type { CibleConnue } from './liens/cible.ts';
import { cleTexte } from './valeurs.rules.ts';

export interface TerritoireConnu {
  id: string;
  nom: string;
  niveau: string;
  parent: string | null;
  /** Other ways to write it: official code, short name. */
  alias: readonly string[];
}
export interface ActeurConnu {
  id: string;
  nom: string;
  alias?: readonly string[];
}
export interface FicheConnue {
  numero: string;
  titre: string;
  lignes: readonly { id: string; libelle: string }[];
}

export interface Repertoire {
  /** Records that those at hand point to, or may point to, by id. */
  cibles?: ReadonlyMap<string, CibleConnue>;
  /** Dated places, by `type:code`. */
  lieux?: LieuxConnus;
  /** First day of the contract, and where its territory is, when it says. */
  debut?: string | undefined;
  emprise?: Emprise | undefined;
  /** The day that it is for whoever asks; without it, nothing is known of the future. */
  aujourdhui?: string;
  /** The whole contract. */
  racine: { id: string };
  territoires: ReadonlyMap<string, TerritoireConnu>;
  acteurs: ReadonlyMap<string, ActeurConnu>;
  fiches: ReadonlyMap<string, FicheConnue>;
  /** Fiche of an action line. */
  ficheDe: ReadonlyMap<string, string>;
  /** The territory and all below it. */
  descendants(id: string): readonly string[];
  /** Is `territoire` this one or below it? */
  contient(ancetre: string, territoire: string): boolean;
  /** Null when nothing, or more than one thing, is written like this. */
  trouverTerritoire(texte: string): string | null;
  trouverActeur(texte: string): string | null;
  /** Territories grouped for a form: from the largest to the finest, each with its children. */
  niveaux(): { niveau: string; territoires: TerritoireConnu[] }[];
}

export function buildRepertoire(territoires: readonly TerritoireConnu[], acteurs: readonly ActeurConnu[], fiches: readonly FicheConnue[]): Repertoire {
  const parId = new Map(territoires.map((t) => [t.id, t]));
  const enfants = new Map<string, string[]>();
  for (const t of territoires) if (t.parent) enfants.set(t.parent, [...(enfants.get(t.parent) ?? []), t.id]);
  const lieux = index(territoires.map((t) => ({ id: t.id, textes: [t.id, t.nom, ...t.alias] })));
  const noms = index(acteurs.map((a) => ({ id: a.id, textes: [a.id, a.nom, ...(a.alias ?? [])] })));
  const descendants = (id: string): string[] => [id, ...(enfants.get(id) ?? []).flatMap(descendants)];
  return {
    racine: { id: territoires.find((t) => t.parent === null)?.id ?? '' },
    territoires: parId,
    acteurs: new Map(acteurs.map((a) => [a.id, a])),
    fiches: new Map(fiches.map((f) => [f.numero, f])),
    ficheDe: new Map(fiches.flatMap((f) => f.lignes.map((l) => [l.id, f.numero] as const))),
    descendants,
    contient: (ancetre, territoire) => {
      for (let t = parId.get(territoire); t; t = t.parent === null ? undefined : parId.get(t.parent)) if (t.id === ancetre) return true;
      return false;
    },
    trouverTerritoire: (texte) => trouverLieu(texte, lieux, parId),
    trouverActeur: (texte) => noms.get(cleTexte(texte)) ?? null,
    niveaux: () => {
      const ordre = [...new Set(territoires.map((t) => t.niveau))];
      return ordre.map((niveau) => ({ niveau, territoires: territoires.filter((t) => t.niveau === niveau) }));
    },
  };
}

/** Text -> id; a text that names two things names none, except that an exact id always wins. */
function index(choses: readonly { id: string; textes: readonly string[] }[]): Map<string, string> {
  const map = new Map<string, string>();
  const ambigus = new Set<string>();
  for (const { id, textes } of choses)
    for (const cle of new Set(textes.map(cleTexte))) {
      if (cle === '') continue;
      if (map.has(cle) && map.get(cle) !== id) ambigus.add(cle);
      else map.set(cle, id);
    }
  for (const cle of ambigus) map.delete(cle);
  for (const { id } of choses) map.set(cleTexte(id), id);
  return map;
}

const ORDINAL = /^(.*?)(\d{1,3}) ?(?:er|ere|e|eme|nd|nde)?(?: (?:arrondissement|arrdt|arr))?$/;

/**
 * By id, official code or name; else by an ordinal, alone or after the contract's own name (« 18e », « 18e arrondissement »,
 * « <ville> 18 »): the finest territories that have exactly this number in their name are candidates, and one level wins only
 * when it holds one candidate.
 */
function trouverLieu(texte: string, lieux: ReadonlyMap<string, string>, parId: ReadonlyMap<string, TerritoireConnu>): string | null {
  const cle = cleTexte(texte);
  const direct = lieux.get(cle);
  if (direct) return direct;
  const m = ORDINAL.exec(cle);
  if (!m) return null;
  const racine = [...parId.values()].find((t) => t.parent === null);
  const reste = (m[1] ?? '').trim();
  if (reste !== '' && reste !== cleTexte(racine?.nom ?? '')) return null;
  const numero = Number(m[2]);
  const candidats = [...parId.values()].filter((t) => numeroDe(t.nom) === numero && t.parent !== null);
  const parNiveau = new Map<string, string[]>();
  for (const t of candidats) parNiveau.set(t.niveau, [...(parNiveau.get(t.niveau) ?? []), t.id]);
  const uniques = [...parNiveau.values()].filter((ids) => ids.length === 1).map((ids) => ids[0] ?? '');
  // The finest level that answers: the arrondissement rather than the mairie of the same number.
  return uniques.sort((a, b) => profondeur(b, parId) - profondeur(a, parId))[0] ?? null;
}
const numeroDe = (nom: string): number | null => {
  const m = /(\d{1,3})(?:er|e)?\b/.exec(cleTexte(nom));
  return m ? Number(m[1]) : null;
};
function profondeur(id: string, parId: ReadonlyMap<string, TerritoireConnu>): number {
  let n = 0;
  for (let t = parId.get(id); t?.parent; t = parId.get(t.parent)) n++;
  return n;
}

const repertoires = new WeakMap<Catalogue, Repertoire>();

/** Built once for each state of the catalogue, which is itself kept in memory. */
export function repertoireDe(catalogue: Catalogue): Repertoire {
  const deja = repertoires.get(catalogue);
  if (deja) return deja;
  const liste = buildRepertoire(
    [...catalogue.territoires.values()].map((t) => ({ id: t.id, nom: t.nom, niveau: t.type, parent: t.parent ?? null, alias: [t.court, t.code ?? ''] })),
    [...catalogue.acteurs.values()].map((a) => ({ id: a.id, nom: a.nom, alias: a.sigle ? [a.sigle] : [] })).sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
    [...catalogue.fiches.values()].map((f) => ({ numero: f.numero, titre: f.titre, lignes: f.lignes.map((l) => ({ id: l.id, libelle: l.libelle })) })),
  );
  const rep = { ...liste, debut: catalogue.contrat.debut, emprise: catalogue.contrat.emprise };
  repertoires.set(catalogue, rep);
  return rep;
}
