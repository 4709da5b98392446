/** The registers that are served, and what they need of the modules below: one object, so that tests may serve others. */
import { LRUCache } from 'lru-cache';
import { jourDe } from '../../core/clock.ts';
import type { Bloc, Module } from '../../core/module.ts';
import type { Contexte } from '../../core/http/http.ts';
import { avantDeCommencer, type Db, lireEnsemble } from '../../core/base/database.ts';
import { lireGarde } from '../../core/base/kept-reads.ts';
import { introuvable } from '../../core/errors.ts';
import type { Lexique } from '../../core/faits.ts';
import type { Delta, FaitNouveau, Mouvements } from '../indicateurs/index.ts';
import type { DefinitionRegistre, RegistreDeclare } from './definition.ts';
import type { Seuil } from './etapes/seuils.ts';
import { listExtensions } from './extensions/extensions.queries.ts';
import { listLieux } from './lieux/lieux.queries.ts';
import { connaitre, LISTE_DES_TYPES } from './lieux/lieux.rules.ts';
import type { Repertoire } from './registres.repertoire.ts';
import { type Contenu, etendre, type Extension, pourContrat, verifierDefinition, verifierLiens } from './registres.rules.ts';

type CibleDeFaits = { ids: string[] } | { lot: string };

export interface Liens {
  /** Takes away (-1) or adds (+1) what records contribute to the figures, in the caller's transaction; gives what cells took. */
  appliquerFaits(tx: Db, contratId: number, source: string, cible: CibleDeFaits, signe: 1 | -1): Promise<Delta[]>;
  /** Adds what one new record contributes, with the commit, and keeps which figures it moved; null where its content does not say what it is as a fact. */
  compterNouveau(tx: Db, contratId: number, source: string, id: string, cause: { chemin: string; version: number }, fait: FaitNouveau | null): Promise<void>;
  /** Keeps which figures a write moved, from all its deltas, for the page of what was written. */
  noterMouvements(tx: Db, contratId: number, cause: { chemin: string; version: number }, deltas: readonly Delta[]): Promise<void>;
  getMouvements(db: Db, contratId: number, cause: { chemin: string; version: number }): Promise<Mouvements | null>;
  /** Brings what is owed for these records (planned, and their day passed) to what they say now. */
  accorderEtapes(tx: Db, contratId: number, ids: readonly string[]): Promise<void>;
  /** Numbers of its records that the contract expects each week or month. */
  seuilsDe(db: Db, contratId: number, registre: string): Promise<readonly Seuil[]>;
  getRepertoire(db: Db, contratId: number): Promise<Repertoire>;
  /** The lists and words of the contract being served. */
  getLexique(db: Db, contratId: number): Promise<Lexique>;
  /** Measures for which a record with this content counts. */
  mesuresDe(db: Db, contratId: number, registre: string, contenu: Pick<Contenu, 'jour' | 'organisation_id' | 'donnees'>): Promise<readonly MesureComptee[]>;
  /** Action lines that the contract links to such a record, the surest first. */
  lignesDe(db: Db, contratId: number, registre: string, contenu: Pick<Contenu, 'organisation_id' | 'donnees'>): Promise<readonly string[]>;
}

/** A measure that counts a record, and the fiche that the record is therefore evidence for. */
export interface MesureComptee {
  id: string;
  libelle: string;
  fiche: string;
  href: string;
}

export interface Registres extends Liens {
  /** Before any contract: what is asked of them in a request goes through `ouvrir` or `registresDe`. */
  definitions: readonly RegistreDeclare[];
  /** Whose part of the API is described with theirs. */
  modules?: readonly Pick<Module, 'api'>[];
  /** What other modules say of a record, on its page. */
  blocs?: (c: Contexte, objet: { registre: string; id: string }) => Promise<readonly Bloc[]>;
}

/** Throws when a definition may not be used: names become columns and addresses. */
export function createRegistres(definitions: readonly RegistreDeclare[], liens: Liens): Registres {
  const erreurs = [...definitions.flatMap(verifierDefinition), ...verifierLiens(definitions)];
  const codes = definitions.map((d) => d.code);
  const double = codes.find((c, i) => codes.indexOf(c) !== i);
  if (double) erreurs.push(`Deux registres s’appellent « ${double} ».`);
  if (erreurs.length > 0) throw new Error(`Définitions de registres à corriger :\n- ${erreurs.join('\n- ')}`);
  return { ...liens, definitions };
}

const servies = new WeakMap<RegistreDeclare, WeakMap<Lexique, LRUCache<string, DefinitionRegistre>>>();
const ETATS_MAX = 8;
/** One object for each state of a register: what is built from it (schemas) is built once. */
function definitionServie(base: RegistreDeclare, lexique: Lexique, extensions: readonly Extension[]): DefinitionRegistre {
  const parLexique = servies.get(base) ?? new WeakMap<Lexique, LRUCache<string, DefinitionRegistre>>();
  servies.set(base, parLexique);
  const etats = parLexique.get(lexique) ?? new LRUCache<string, DefinitionRegistre>({ max: ETATS_MAX });
  parLexique.set(lexique, etats);
  const cle = JSON.stringify(extensions);
  const d = etats.get(cle) ?? etendre(pourContrat(base, lexique), extensions);
  etats.set(cle, d);
  return d;
}

/** About what a line of these weighs in memory. */
const ETAT_OCTETS = (lignes: readonly unknown[]): number => 200 * (1 + lignes.length);
/** The register of the address with the codes added to its lists, and the contract's directory. Throws 404. */
export async function ouvrir(r: Registres, c: Contexte): Promise<{ d: DefinitionRegistre; rep: Repertoire }> {
  const base = r.definitions.find((x) => x.code === c.params.registre);
  if (!base) throw introuvable('Ce registre');
  const db = avantDeCommencer(c.db);
  const [rep, lexique, extensions, lieux] = await lireEnsemble(c.db, [
    () => r.getRepertoire(c.db, c.contrat.id),
    () => r.getLexique(c.db, c.contrat.id),
    () => lireGarde(db, `extensions ${c.contrat.id} ${base.code}`, ETAT_OCTETS, () => listExtensions(db, c.contrat.id, base.code)),
    () => lireGarde(db, `lieux ${c.contrat.id}`, ETAT_OCTETS, () => listLieux(db, c.contrat.id)),
  ]);
  return {
    d: definitionServie(base, lexique, extensions),
    rep: { ...rep, aujourdhui: jourDe(c.maintenant), lieux: connaitre(lieux, lexique.listes.get(LISTE_DES_TYPES) ?? []) },
  };
}
