/**
 * What makes decisions. The module that owns the objects of a kind says in its manifest (`origines`) how one of them is loaded with the
 * reader's rights, who keeps it, who is written to, and, over its own tables, what lists may show: nothing here names a table of another.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Utilisateur } from '../../core/authorize.ts';
import type { Db } from '../../core/base/database.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Destinataire } from '../echeances/index.ts';
import type { SiegeCharge } from './charge.rules.ts';
import type { Confidentialite, RefOrigine } from './decisions.rules.ts';

/** Who reads a list of decisions. */
export interface LecteurDeDecisions {
  u: Utilisateur;
  catalogue: Catalogue;
  aujourdhui: string;
}

/** One object that makes decisions, as this person may know it. */
export interface OrigineChargee extends RefOrigine {
  nom: string;
  territoireId: string;
  confidentialite: Confidentialite;
  /** Keeps it: writes its decisions, changes who and when, gives one up. */
  tient: boolean;
}

export interface Origine {
  /** Also names one of them in an address: `/decisions?instance=…`. */
  genre: string;
  mots: {
    /** « l’instance ». */
    le: string;
    /** Who keeps it: « le secrétariat de l’instance ». */
    garant: string;
    /** Everybody who writes its decisions: « le secrétariat de l’instance, son coordonnateur ou la coordination ». */
    auteurs: string;
    /** All that a letter says of one that is closed to others: « d’une instance restreinte ». */
    restreinte: string;
  };
  /** Its rows beside decisions `d`: `instances i on i.contrat_id = d.contrat_id and i.id = d.origine_id`. */
  jointure: RawBuilder<unknown>;
  nom: RawBuilder<string>;
  confidentialite: RawBuilder<Confidentialite>;
  /** It exists no more: what it asked is owed no more. */
  close: RawBuilder<boolean>;
  /** Its decisions that this person sees: those that `charger` opens, as lists write it in SQL. */
  lisibles(l: LecteurDeDecisions): RawBuilder<unknown>;
  /** 404 when it is unknown or hidden. `tenu`: to read what was decided under that promise. `verrou` locks its row. */
  charger(c: Contexte, id: string, o?: { tenu?: Confidentialite; verrou?: boolean }): Promise<OrigineChargee>;
  /** Those that this person keeps, by id. */
  tenues(c: Contexte): Promise<ReadonlySet<string>>;
  /** Its seats as they are held that day, in their order: whoever keeps it may give them something to do. */
  sieges(db: Db, o: { contratId: number; id: string; aujourdhui: string }): Promise<readonly SiegeCharge[]>;
  /** Who is written to about these, by their id. */
  adresses(db: Db, o: { contratId: number; ids: readonly string[]; qui: 'garant' | 'presidence'; aujourdhui: string }): Promise<Adresses>;
}
type Adresses = ReadonlyMap<string, readonly Destinataire[]>;

let declarees: readonly Origine[] = [];

/** Called once at start, before anything is read or written. */
export function installerOrigines(liste: readonly Origine[]): void {
  const double = liste.find((o, i) => liste.findIndex((x) => x.genre === o.genre) !== i);
  if (double) throw new Error(`L’origine de décisions « ${double.genre} » est déclarée deux fois.`);
  declarees = liste;
}

export const listOrigines = (genre?: string): readonly Origine[] => (genre === undefined ? declarees : declarees.filter((o) => o.genre === genre));

/** Throws where a build no longer has the module that made it. */
export function origineDe(genre: string): Origine {
  const o = declarees.find((x) => x.genre === genre);
  if (!o) throw new Error(`Aucun module ne déclare l’origine de décisions « ${genre} ».`);
  return o;
}

export const chargerOrigine = (c: Contexte, ref: RefOrigine, o: { tenu?: Confidentialite; verrou?: boolean } = {}): Promise<OrigineChargee> =>
  origineDe(ref.genre).charger(c, ref.id, o);

const avecLeurOrigine = (table: RawBuilder<unknown>, origines: readonly Origine[]): RawBuilder<unknown> =>
  sql`${table} d ${sql.join(
    origines.map((o) => sql`left join ${o.jointure} and d.origine_genre = ${o.genre}`),
    sql` `,
  )}`;
/** Decisions `d` with the rows of what made them. */
export const avecOrigines = (origines: readonly Origine[]): RawBuilder<unknown> => avecLeurOrigine(sql`decisions`, origines);
/** The kept counts `d` of decisions, which say what made them and under which promise as decisions do. */
export const comptesAvecOrigines = (origines: readonly Origine[]): RawBuilder<unknown> => avecLeurOrigine(sql`decision_comptes`, origines);

/** What is said of each kind by its own rows; null for a kind that this build does not have. */
export const selonOrigine = <T>(origines: readonly Origine[], dire: (o: Origine) => RawBuilder<T>): RawBuilder<T> =>
  origines.length === 0
    ? sql`null`
    : sql`case d.origine_genre ${sql.join(
        origines.map((o) => sql`when ${o.genre} then ${dire(o)}`),
        sql` `,
      )} end`;

/** Decisions of which their own kind says so. */
export const ouOrigine = (origines: readonly Origine[], dire: (o: Origine) => RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${sql.join([sql`false`, ...origines.map((o) => sql`(d.origine_genre = ${o.genre} and ${dire(o)})`)], sql` or `)})`;
