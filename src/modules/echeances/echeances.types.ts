/** What a module says of what it makes people owe. Kinds are data; a source tells, from its own tables, what is owed now. */
import type { RawBuilder } from 'kysely';
import type { Utilisateur } from '../../core/authorize.ts';
import type { Coffre } from '../../core/coffre.ts';
import type { Db } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';

/** When people are not written to: weekdays 1 (Monday) to 7, hours of the contract's clock (first one included, last one not). */
export interface Calme {
  jours: readonly number[];
  de: number;
  a: number;
}

export interface Cadence {
  /** Days from the due one on which a reminder leaves: `[-7, 0, 7]` where left out. */
  rappels?: readonly number[];
  /** After the last of them, again every so many days. */
  puisTousLes?: number;
  /** So many days late, someone else is told, once. `a`: who, in words. */
  escalade?: { apres: number; a: string };
}
export interface Genre extends Cadence {
  code: string;
  /** « Décision à suivre ». */
  libelle: string;
  /** The pace of one of its periods, where it is not that of the others: what is due within two days is not reminded of a week before. */
  cadences?: Readonly<Record<string, Cadence>>;
  /** While it is blocked: every so many days from that day. */
  bloqueeTousLes?: number;
  /** `null`: never quiet. The platform's where left out. */
  calme?: Calme | null;
  /** In the letter of the day with everything else (true where left out); otherwise in a letter of its own, as soon as it is time. */
  groupe?: boolean;
  /** Its period is part of what is owed, and said with its title. */
  parPeriode?: boolean;
  /** Everybody may read it, without an account. */
  publique?: boolean;
  /** What whoever owes it does, and where; the object's page where left out. */
  acte?: { libelle: string; chemin: (e: Pick<Echeance, 'objetId' | 'periode' | 'chemin'>) => string };
}

/** Of what settled a debt; empty where nobody has to validate it. */
export type SoldeEtat = '' | 'a_valider' | 'valide' | 'conteste';

/** One thing owed, as its source says it is now. */
export interface Attendue {
  genre: string;
  sujet: string;
  objetId: string;
  titre: string;
  /** Page of the object: the right to it is the right to see the entry. */
  chemin: string;
  organisationId: string;
  personne?: string;
  courriel?: string;
  periode?: string;
  /** Null: of the whole contract. */
  territoireId: string | null;
  fiche?: string | null;
  ouverteLe: string;
  dueLe: string | null;
  /** Blocked since that day. */
  suspendueLe?: string | null;
  /** `etat`: of what somebody has to validate. */
  soldee?: { le: Date; par: string; chemin: string; etat?: SoldeEtat } | null;
  /** Owed no more, and why. */
  sansObjet?: string | null;
}

export type Etat = 'a_venir' | 'due' | 'en_retard' | 'soldee' | 'sans_objet';

export interface Echeance {
  id: string;
  genre: string;
  sujet: string;
  objetId: string;
  titre: string;
  chemin: string;
  organisationId: string;
  personne: string;
  courriel: string;
  periode: string;
  territoireId: string | null;
  fiche: string | null;
  ouverteLe: string;
  dueLe: string | null;
  suspendueLe: string | null;
  soldeeLe: Date | null;
  soldeePar: string;
  soldeChemin: string;
  soldeEtat: SoldeEtat;
  sansObjetLe: Date | null;
  sansObjetMotif: string;
}

/** Who reads the list; `u` null is the public. */
export interface Lecteur {
  u: Utilisateur | null;
  contratId: number;
  catalogue: Catalogue;
  aujourdhui: string;
  maintenant: Date;
}

export interface Destinataire {
  courriel: string;
  nom: string;
}
/** Entries to tell people of, and everybody who has an account: a source chooses among them, or among its own seats. */
export interface Prevenir {
  contratId: number;
  catalogue: Catalogue;
  aujourdhui: string;
  maintenant: Date;
  /** Open accounts with the mandates in force, as if behind two factors. */
  comptes: readonly Utilisateur[];
  echeances: readonly Echeance[];
}
/** Who is written to, by entry. */
export type Adresses = ReadonlyMap<string, readonly Destinataire[]>;

interface LigneDeLettre {
  phrase: string;
  /** Path where one answers; the entry's own where left out. */
  chemin?: string;
  /** The path opens something by itself: the letter waits enciphered. */
  secrete?: boolean;
}
export interface OutilsDeLettre {
  contratId: number;
  aujourdhui: string;
  maintenant: Date;
  coffre: Coffre;
}

/** What a source says is owed: all that the writer and the check need. */
export interface Dues {
  code: string;
  module: string;
  genres: readonly Genre[];
  /** What these subjects make people owe now; `sujets` null: everything. The only definition: writes, the nightly pass and the check read it. */
  attendues(db: Db, o: { contratId: number; aujourdhui: string; maintenant: Date; sujets: readonly string[] | null }): Promise<Attendue[]>;
  /**
   * Every subject that may owe, in order (lowercase UUIDs), a page after that one: for a source that grows with history, so that a whole pass
   * reads `attendues` a page at a time. A subject's entries are its own: none changes subject.
   */
  sujets?(db: Db, o: { contratId: number; apres: string | null; limite: number }): Promise<string[]>;
}

export interface Source extends Dues {
  /** SQL over entries `e` of these kinds: those whose object this reader may open. */
  lisibles(db: Db, l: Lecteur): RawBuilder<unknown> | Promise<RawBuilder<unknown>>;
  /** SQL over entries `e` of these kinds: those that wait for this very person, and that they may do. */
  miennes(db: Db, l: Lecteur & { u: Utilisateur }): RawBuilder<unknown> | Promise<RawBuilder<unknown>>;
  /** Who is reminded: the person named where left out. */
  destinataires?(db: Db, p: Prevenir): Promise<Adresses>;
  /** Who is told of an entry that stays late. */
  escalade?(db: Db, p: Prevenir): Promise<Adresses>;
  /** What a letter says of it to this address; its kind, title and date where left out. */
  ligne?(tx: Db, e: Echeance, a: Destinataire, o: OutilsDeLettre): Promise<LigneDeLettre>;
}
