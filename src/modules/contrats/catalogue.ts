/**
 * The contract in memory: everything that does not change from one request to the next. Built from the current versions in
 * the database; pages take labels and links from here and ask SQL only for figures and evidence.
 */
import type {
  Acteur,
  ContratFichier,
  ContratLu,
  FicheFichier,
  Grain,
  LigneFichier,
  ListeFichier,
  NatureDeMesure,
  Systeme,
  Terme,
  Territoire,
  TypeInstance,
} from './contrats.schema.ts';
import type { RegleDuContrat } from './qualite.schema.ts';
import type { Lexique } from '../../core/faits.ts';
import { buildActeurs } from './acteurs.rules.ts';
import { LICENCE_OUVERTE } from './licence.ts';
import { buildLexique } from './lexique.rules.ts';
import { buildComprendre, type Compris } from './recherche/comprendre.rules.ts';
import type { MotsDuContrat } from './recherche/recherche.schema.ts';
import { buildSigles, type Sigle } from './sigles/sigles.rules.ts';
import { mesurable } from './mesures.rules.ts';
import { buildSuivi, type Suivi } from './suivis.rules.ts';

export interface Ligne {
  id: string;
  libelle: string;
  fiche: string;
  /** The rubrique or action under which it stands. */
  action: string;
  /** 0 for a line of a rubrique, 1 for a line under it… */
  niveau: number;
  page: number | null;
}
export interface Action {
  id: string;
  type: 'rubrique' | 'action' | 'contexte';
  libelle: string;
  volet: string | null;
  page: number | null;
  fiche: string;
  /** Flattened in reading order; an action without list is its own line. */
  lignes: Ligne[];
}
export interface Mesure {
  id: string;
  /** In the contract's own words. */
  libelle: string;
  /** In a few plain words: what pages call it. */
  court: string;
  indicateur: string;
  fiche: string;
  nature: NatureDeMesure;
  unite: string;
  periodicite: readonly string[];
  /** Days after the end of a period when it is owed; null: a month. */
  delaiJours: number | null;
  ventilations: readonly string[];
  /** Which way it should go, and the words that say so. */
  direction: { sens: 'hausse' | 'baisse'; source: string } | null;
  obtention: 'calcul' | 'collecte' | 'narratif' | 'enquete';
  calcul: unknown;
  /** Which part of what the text asks the figure holds; null when it holds all of it. */
  part: string | null;
  /** What the formula leaves out, and why. */
  exclus: readonly string[];
  precision: string | null;
  tenuPar: readonly string[];
  /** Who owes it. */
  aupres: readonly string[];
  grain: Grain;
  prevu: {
    module: string;
    registre?: string | undefined;
    cellule?: { genre: string; compte: string } | undefined;
    circuit?: { code: string; etape: string; debiteur: string } | undefined;
  } | null;
}
interface Indicateur {
  id: string;
  libelle: string;
  groupe: string | null;
  page: number | null;
  fiche: string;
  mesures: Mesure[];
}
export interface Fiche {
  numero: string;
  axe: number;
  titre: string;
  resume: string;
  public: string;
  pages: readonly [number, number] | null;
  objectifs: { id: string; libelle: string }[];
  actions: Action[];
  lignes: Ligne[];
  pilotes: string[];
  partenaires: string[];
  note: string | null;
  indicateurs: Indicateur[];
  mesures: Mesure[];
}
export interface TexteOfficiel {
  texte: string;
  page: number | null;
}

export interface Catalogue extends Lexique {
  contratId: number;
  slug: string;
  contrat: ContratFichier;
  axes: ContratFichier['axes'];
  /** In the contract's order. */
  fiches: ReadonlyMap<string, Fiche>;
  /** The commitments that evidence may move: lines of rubriques and actions without list. */
  lignes: ReadonlyMap<string, Ligne>;
  indicateurs: ReadonlyMap<string, Indicateur>;
  mesures: ReadonlyMap<string, Mesure>;
  /** Followed beside the measures: in no total, completeness, barometer or report of theirs. */
  suivis: ReadonlyMap<string, Suivi>;
  /** What is asked under this id, a measure or what is followed beside them. */
  chiffre(id: string): Mesure | undefined;
  acteurs: ReadonlyMap<string, Acteur>;
  territoires: ReadonlyMap<string, Territoire>;
  /** The territory that has no parent: the whole contract. */
  racine: Territoire;
  systemes: ReadonlyMap<string, Systeme>;
  /** Kinds of bodies, in the file's order. */
  typesInstance: ReadonlyMap<string, TypeInstance>;
  glossaire: readonly Terme[];
  /** Every acronym whose meaning is known, by its letters. */
  sigles: ReadonlyMap<string, Sigle>;
  /** Words of its public, for the search box. */
  recherche: MotsDuContrat;
  /** What a query asks for, when it is known without searching. */
  comprendre(q: string): Compris;
  /** What its figures owe each other by definition. */
  regles: readonly RegleDuContrat[];
  anomalies: ContratFichier['anomalies'];
  textes: ReadonlyMap<string, TexteOfficiel>;
  /** The territory and everything below it. */
  descendants(territoireId: string): readonly string[];
  /** Is `territoire` this one or below it? */
  contient(ancetre: string, territoire: string): boolean;
  enfants(territoireId: string): readonly Territoire[];
  /** From the territory up to the whole contract, both included. */
  ascendants(territoireId: string): readonly Territoire[];
  /** What the figures' queries need: null for the whole contract. */
  aire(territoireId: string): readonly string[] | null;
  territoiresDeType(type: string): readonly Territoire[];
  /** People who live there, by itself or by its parts; null when the contract does not say of all of them. */
  habitants(territoireId: string): number | null;
  /** Name of an acteur; the id itself when unknown. */
  nomActeur(id: string): string;
  /** The same for what concerns a place: of an acteur found in each, the one there (« Commissariat du 18e arrondissement »). */
  nomActeurA(id: string, territoireId: string | null): string;
  /** Who may be given something to do there: those of that place first, by name; then those of the whole contract. */
  acteursA(territoireId: string): { ici: readonly Acteur[]; autres: readonly Acteur[] };
}

/** `anciennes`: lists as they stood before, the newest first. */
export function buildCatalogue(contratId: number, lu: ContratLu, textes: ReadonlyMap<string, TexteOfficiel>, anciennes: readonly ListeFichier[]): Catalogue {
  const fiches = new Map(lu.fiches.map((f) => [f.numero, buildFiche(f)]));
  const toutes = [...fiches.values()];
  const mesures = new Map(toutes.flatMap((f) => f.mesures.map((m) => [m.id, m] as const)));
  const suivis = new Map(lu.suivis.map((s) => [s.id, buildSuivi(s)]));
  const territoires = new Map(lu.territoires.map((t) => [t.id, t]));
  const acteurs = new Map(lu.acteurs.map((a) => [a.id, a]));
  const sigles = buildSigles(lu);
  // Made when the first person searches.
  let comprendre: ((q: string) => Compris) | null = null;
  const enfants = new Map<string, Territoire[]>();
  for (const t of lu.territoires) if (t.parent) enfants.set(t.parent, [...(enfants.get(t.parent) ?? []), t]);
  const racine = lu.territoires.find((t) => t.parent === undefined);
  if (!racine) throw new Error(`Le contrat ${lu.slug} n’a pas de territoire racine.`);
  const memo = new Map<string, readonly string[]>();
  const descendants = (t: string): readonly string[] => {
    const deja = memo.get(t);
    if (deja) return deja;
    const tous = [t, ...(enfants.get(t) ?? []).flatMap((e) => descendants(e.id))];
    memo.set(t, tous);
    return tous;
  };
  const ascendants = (t: string): readonly Territoire[] => {
    const chaine: Territoire[] = [];
    for (let x = territoires.get(t); x; x = x.parent ? territoires.get(x.parent) : undefined) chaine.push(x);
    return chaine;
  };
  const habitants = (id: string): number | null => {
    const propre = territoires.get(id)?.habitants;
    if (propre !== undefined) return propre;
    const parts = (enfants.get(id) ?? []).filter((t) => !t.jusqu_a).map((t) => habitants(t.id));
    return parts.length === 0 || parts.includes(null) ? null : parts.reduce<number>((n, x) => n + (x ?? 0), 0);
  };
  return {
    ...buildLexique(lu.listes, lu.champs, anciennes),
    contratId,
    slug: lu.slug,
    // A contract loaded by an older Concorde says none.
    contrat: { ...lu.contrat, licence: lu.contrat.licence ?? LICENCE_OUVERTE },
    axes: lu.contrat.axes,
    fiches,
    lignes: new Map(toutes.flatMap((f) => f.lignes.map((l) => [l.id, l] as const))),
    indicateurs: new Map(toutes.flatMap((f) => f.indicateurs.map((i) => [i.id, i] as const))),
    mesures,
    suivis,
    chiffre: (id) => mesures.get(id) ?? suivis.get(id),
    acteurs,
    territoires,
    racine,
    systemes: new Map(lu.systemes.map((s) => [s.id, s])),
    typesInstance: new Map(lu.typesInstance.map((t) => [t.id, t])),
    glossaire: lu.glossaire,
    sigles,
    recherche: lu.recherche,
    comprendre: (q) => {
      comprendre ??= buildComprendre(lu, sigles);
      return comprendre(q);
    },
    regles: lu.regles,
    anomalies: lu.contrat.anomalies,
    textes,
    descendants,
    contient: (ancetre, t) => descendants(ancetre).includes(t),
    enfants: (t) => enfants.get(t) ?? [],
    ascendants,
    aire: (t) => (t === racine.id ? null : descendants(t)),
    territoiresDeType: (type) => lu.territoires.filter((t) => t.type === type),
    habitants,
    ...buildActeurs(acteurs, ascendants),
  };
}

function buildFiche(f: FicheFichier): Fiche {
  const actions = f.actions.map((a): Action => {
    const lignes = aplatir(a.lignes, f.numero, a.id, 0);
    const seule: Ligne = { id: a.id, libelle: a.libelle, fiche: f.numero, action: a.id, niveau: 0, page: a.page ?? null };
    return {
      id: a.id,
      type: a.type,
      libelle: a.libelle,
      volet: a.volet ?? null,
      page: a.page ?? null,
      fiche: f.numero,
      lignes: a.type === 'action' ? [seule, ...lignes] : lignes,
    };
  });
  const indicateurs = f.indicateurs.map(
    (i): Indicateur => ({
      id: i.id,
      libelle: i.libelle,
      groupe: i.groupe ?? null,
      page: i.page ?? null,
      fiche: f.numero,
      mesures: i.mesures.map((m) => ({
        ...mesurable(m),
        indicateur: i.id,
        fiche: f.numero,
        direction: m.direction ?? null,
        obtention: m.obtention,
        part: m.part ?? null,
        // A measure that names nobody is owed by the pilots of its fiche.
        aupres: m.aupres.length > 0 ? m.aupres : f.pilotes,
        prevu: m.prevu ?? null,
      })),
    }),
  );
  return {
    numero: f.numero,
    axe: f.axe,
    titre: f.titre,
    resume: f.resume,
    public: f.public,
    pages: f.pages ?? null,
    objectifs: f.objectifs,
    actions,
    lignes: actions.flatMap((a) => a.lignes),
    pilotes: f.pilotes,
    partenaires: f.partenaires,
    note: f.note ?? null,
    indicateurs,
    mesures: indicateurs.flatMap((i) => i.mesures),
  };
}

const aplatir = (lignes: readonly LigneFichier[], fiche: string, action: string, niveau: number): Ligne[] =>
  lignes.flatMap((l) => [{ id: l.id, libelle: l.libelle, fiche, action, niveau, page: l.page ?? null }, ...aplatir(l.lignes ?? [], fiche, action, niveau + 1)]);
