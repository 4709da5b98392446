/** The door of a module: its `<code>.module.ts` says all that the house knows of it, and `src/modules.ts` is the only list (`core/house.ts` loops over it). */
import type { ReactNode } from 'react';
import type { Portees, Sert, Servi } from './capacites.ts';
import type { Ouvertes, Voies } from './voies.ts';
import type { Bases } from './base/bases.ts';
import type { Coffre } from './coffre.ts';
import type { Constat } from './diagnostic.ts';
import type { Direct } from './direct/direct.ts';
import type { Config } from './config.ts';
import type { Db } from './base/database.ts';
import type { Droit, Utilisateur } from './authorize.ts';
import type { Exemples } from './examples.ts';
import type { z } from 'zod';
import type { Lexique, Prevu, SourceDeclaree, SourceDeFaits } from './faits.ts';
import type { Contexte, ContratServi, Route } from './http/http.ts';
import type { Tache } from './jobs/jobs.ts';
import type { Courrier } from './courrier/mail.ts';
import type { Reception } from './courrier/traitement.ts';
import type { Plan } from './base/plans.ts';
import type { Rendezvous } from './jobs/rendezvous.ts';
import type { Acces } from './base/roles.ts';
import type { Regle } from './trace/retention.ts';
import type { Sensibles } from './trace/sensibles.ts';
import type { Annonces, Nouvelles, SuitesAVenir } from './suites.ts';

/** Sections of the side menu of work screens, in their order. */
export const SECTIONS = {
  travail: 'Mon travail',
  activites: 'Activités',
  seances: 'Séances',
  chiffres: 'Chiffres',
  acces: 'Accès',
  protection: 'Protection des données',
  contrat: 'Contrat',
} as const;

export interface Entree {
  /** What pages give as `section` to have it marked as the current one. */
  cle: string;
  libelle: string;
  href: string;
  /** Place in the header of every page, in the bar of help on top of public ones; absent from it without one. */
  entete?: number;
  bandeau?: number;
  /** Place in the side menu of work screens. */
  menu?: { section: keyof typeof SECTIONS; rang: number };
  /** Who finds it there; anyone signed in without it. Never wider than what its page asks for. */
  qui?: (u: Utilisateur) => boolean;
  /** Key that opens it, and what the list of keys then says when it is not `libelle`. */
  touche?: string;
  aide?: string;
}

/** What a module draws on the page of another: the lower rank comes first. Null when this reader has nothing to see or may not. */
export interface Bloc {
  rang: number;
  corps: ReactNode;
}
export type Emplacement<Objet> = (c: Contexte, objet: Objet) => Promise<Bloc | null>;

/** Someone invented for the demonstration. */
export interface Persona {
  courriel: string;
  nom: string;
  fonction: string;
  organisation: string;
  mandats: readonly { role: string; territoire?: string | undefined; fiche?: string | undefined }[];
}
/** Files of `contrats/<slug>/demonstration/` by name (`registres/formations`), each checked by the module that draws from it. */
export interface Profils {
  noms: readonly string[];
  /** Undefined when the contract has no such file. Throws on a file that does not follow the schema. */
  lire<S extends z.ZodType>(nom: string, schema: S): z.output<S> | undefined;
}
/** A contract as its folder says it, for what a module alone can check. */
export interface ContratLu extends Lexique, Readonly<Record<'fiches' | 'lignes' | 'systemes', ReadonlyMap<string, unknown>>> {
  acteurs: ReadonlyMap<string, { id: string; type: string; parent?: string | null | undefined }>;
  territoires: ReadonlyMap<string, { type: string }>;
  mesures: ReadonlyMap<string, { obtention: string; aupres: readonly string[]; prevu?: Prevu | null | undefined }>;
  typesInstance: ReadonlyMap<string, { composition: readonly { referents?: string | undefined }[] }>;
}

/** What fictive records are drawn from: the same seed gives the same year. */
interface Demonstration {
  contratId: number;
  annees: readonly number[];
  graine: number;
  personas: readonly Persona[];
  profils: Profils;
  dossier: string;
  /** Last day that may be told. */
  aujourdhui: string;
  /** Folder of the fragments of keys of nominative situations. */
  trousseau: string;
}

/** Something done at fixed times; returns what it did, in a few words. */
interface RendezvousDeModule extends Omit<Rendezvous, 'executer'> {
  /** `db`: of its plane. */
  executer: (o: { db: Db; contrat: ContratServi; coffre: Coffre; config: Config; house: House; maintenant: Date }) => Promise<string>;
}
/** What another module keeps that acts in someone's name: it ends with the rest of what identifies the person. */
export interface Titres {
  /** « 2 adresses de calendrier ». */
  dire: (nombre: number) => string;
  /** Ends all those of an account; returns how many. */
  revoquer: (tx: Db, contratId: number, compteId: string, maintenant: Date) => Promise<number>;
  /** Ends those made since, by anybody, and those of fictive people. */
  revoquerDepuis: (tx: Db, contratId: number, depuis: Date, maintenant: Date) => Promise<void>;
}
/** For those who keep the platform running. */
export interface Exploitation {
  rendezvous: readonly Rendezvous[];
  diagnostiquer: (db: Db) => Promise<Constat[]>;
}
/** What routes may ask of the process; a module names what it needs in `services`, and receives nothing else. */
export interface Services {
  coffre: Coffre;
  courrier: Courrier;
  direct: Direct | null;
  /** Public address of the platform, from the settings alone. */
  adresse: string;
  /** After `@`, where letters are received. */
  domaineEntrant: string | null;
  /** Fictive people may be signed in. */
  demonstration: boolean;
  /** Folder of the contract served; pattern of the tiles under maps, if any. */
  dossierContrat: string;
  tuiles: string | null;
  alertes: import('./reglages-alertes.ts').ReglagesDAlertes;
  /** Partners' pool, for what is done once a request is over; null where nothing follows. */
  suite: Db | null;
  /** Folder of the fragments of keys of nominative situations. */
  trousseau: string;
  exploitation: Exploitation;
  house: House;
}

/** One table in the register of processing: which processing, kept how long, what each column may hold. */
interface Annotation {
  traitement: string;
  duree: string;
  jours?: number;
  colonnes: Readonly<Record<string, string>>;
}
/** A day that a module shows in the shared calendar. */
export interface DateDeCalendrier {
  id: string;
  titre: string;
  /** « opération ». */
  genre: string;
  jour: string;
  fin: string | null;
  chemin: string;
  lieu: string;
  territoireId: string;
  etat: 'prevu' | 'fait' | 'annule';
}
/** Those between two days that this person may read; `siennes`: of their own organisation only. */
export type DatesDeCalendrier = (
  db: Db,
  q: {
    contratId: number;
    u: Utilisateur;
    debut: string;
    fin: string;
    territoires?: readonly string[] | undefined;
    fiche?: string | undefined;
    siennes?: boolean;
  },
) => Promise<DateDeCalendrier[]>;

export interface Module {
  /** Name of its folder. */
  code: string;
  libelle: string;
  /** Whose data it holds: decides the database account, the schema and the pool of its routes and jobs. */
  plan: Plan;
  /** Modules whose `index.ts` it imports, all below it. */
  depend: readonly string[];
  routes?: (s: Services) => readonly Route[] | Promise<readonly Route[]>;
  /** Matrix of rights. */
  droits?: readonly Droit[];
  navigation?: readonly Entree[];
  /** Blocks of « Ma journée », of a fiche, of a territory. */
  journee?: readonly Emplacement<null>[];
  fiche?: readonly Emplacement<{ fiche: string; territoireId: string; annee: string }>[];
  territoire?: readonly Emplacement<{ territoireId: string; annee: string }>[];
  /** Blocks of the page of a record of a register. */
  enregistrement?: readonly Emplacement<{ registre: string; id: string }>[];
  /** What is said beside each of these action lines. */
  ligne?: readonly ((c: Contexte, lignes: readonly string[]) => Promise<ReadonlyMap<string, ReactNode>>)[];
  /** Days that it shows in the shared calendar and its feeds. */
  calendrier?: DatesDeCalendrier;
  /** Said first on public pages, while it lasts; what comes next, said there. */
  annonces?: Annonces;
  suites?: SuitesAVenir;
  /** What changed, told by feeds and by the letters of those who follow a fiche or a place. */
  nouvelles?: Nouvelles;
  /** Facts that measures may count; lists of the contract that it reads besides. */
  sources?: readonly (SourceDeFaits | SourceDeclaree)[];
  listes?: readonly string[];
  /** Vocabulary of its audit entries: code -> words of the journal. */
  actes?: Readonly<Record<string, string>>;
  /** Register of processing: what each column of its tables is, where its migration does not say it. */
  annotations?: Readonly<Record<string, Annotation>>;
  conservation?: readonly Regle[];
  sensibles?: Sensibles;
  titres?: readonly Titres[];
  /** Registers to which a mandate may be limited. */
  registres?: readonly { code: string; libelle: string }[];
  /** What it serves of what systems of a contract ask, each with the scenario that shows it; `portees`: of it, what only what it keeps serves, and for which. */
  sert?: Sert;
  portees?: (db: Db, contratId: number) => Promise<Portees>;
  /** Ways that it opens to figures, each with the scenario that goes through it. */
  voies?: Voies;
  taches?: readonly Tache[];
  rendezvous?: readonly RendezvousDeModule[];
  reception?: readonly Reception[];
  commandes?: Readonly<Record<string, Commande>>;
  /** Commands that need no database. */
  commandesHorsLigne?: Readonly<Record<string, CommandeHorsLigne>>;
  /** What it adds to the description of the API (OpenAPI). */
  api?: Readonly<Record<'chemins' | 'schemas', Readonly<Record<string, unknown>>>>;
  /** Once in each process, before anything is read or written: takes what other modules declare for this one. */
  brancher?: (house: House) => void;
  /** Faults of a contract that this module alone can tell; `profils`: of its demonstration; `fichiers`: of one of its folders; `selon`: digest of what it checks against. */
  verifier?: (contrat: ContratLu, profils: Profils | null, fichiers: (sous: string) => Profils) => string[];
  selon?: string;
  /** At each start, as the owner, before the contract is read. */
  installer?: (owner: Db, house: House) => Promise<void>;
  /** At each start, as the owner, once the contract is there; says what changed. `deja`: done today by this same programme for this same contract; `dossier`: of the contract. */
  actualiser?: (owner: Db, contratId: number, o: { deja: boolean; dossier: string }) => Promise<string | null>;
  /** Fictive records, in one transaction, modules in their order; says how many. `achever`: once all of them are there and figures are up to date. */
  demonstration?: { generer?: (tx: Db, d: Demonstration) => Promise<string>; achever?: (owner: Db, d: Demonstration) => Promise<void> };
  exemples?: Exemples;
}

/** All the modules together, what each says of itself gathered. */
export interface House {
  modules: readonly Module[];
  droits: readonly Droit[];
  sources: readonly (SourceDeFaits | SourceDeclaree)[];
  /** Words of the journal for each act. */
  actes: ReadonlyMap<string, string>;
  conservation: readonly Regle[];
  titres: readonly Titres[];
  registres: readonly { code: string; libelle: string }[];
  sert: Servi;
  voies: Ouvertes;
  taches: readonly Tache[];
  rendezvous: readonly RendezvousDeModule[];
  reception: readonly Reception[];
  commandes: Readonly<Record<string, Commande>>;
  commandesHorsLigne: Readonly<Record<string, CommandeHorsLigne>>;
  navigation: readonly Entree[];
}

/** A database that is ready for one contract, in the hands of its owner: what commands and tests hold, and serving never does. */
export interface Plateforme {
  url: string;
  owner: Db;
  acces: Acces;
  contratId: number;
  slug: string;
  close(): Promise<void>;
}
interface Appel {
  p: Plateforme;
  house: House;
  /** Partners' pool, for commands that write as the application does. */
  db: Db;
  /** Each plane's. */
  bases: Bases;
  args: string[];
  options: Record<string, string | boolean | undefined>;
  config: Config;
}
/** `json` for scripts, `texte` for people; `code` 1 when its check failed. */
export type Reponse = { json: unknown; texte: string; code?: 0 | 1 };
/** What a command accepts, in commander's words: « --annee <annee> » takes a value, « --details » does not. */
export interface Declaration {
  sens: string;
  /** « <fichier> » is needed, « [fichier] » is not. */
  argument?: string;
  options?: readonly (readonly [drapeau: string, sens: string])[];
  obligatoires?: readonly (readonly [drapeau: string, sens: string])[];
}
export interface Commande extends Declaration {
  executer: (a: Appel) => Promise<Reponse>;
}
/** Runs on a file alone, without any database. */
export type CommandeHorsLigne = Omit<Commande, 'executer'> & { executer: (a: Pick<Appel, 'args' | 'options' | 'house'>) => Promise<Reponse> };
/** `services` decides what `routes` receives: what is not named there does not compile. */
type Definition<S extends keyof Services> = Omit<Module, 'routes'> & {
  services?: readonly S[];
  routes?: (s: Pick<Services, S>) => readonly Route[] | Promise<readonly Route[]>;
};
export const defineModule = <const S extends keyof Services = never>(definition: Definition<S>): Module => definition;
