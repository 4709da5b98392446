/**
 * One request, from declaration to answer.
 *
 *   route (method, path, access) -> identity -> access -> body -> handler(Contexte) -> Reponse -> page | redirect | json | file | stream
 *
 * A module declares its URL table with `get` and `post`:
 *
 *   export const fichesRoutes: Route[] = [
 *     get('/fiches/:numero', acces.public, async (c) => page({ titre, fil, corps: <FichePage … /> })),
 *     post('/registres/:registre/nouveau', accesMetier, async (c) => { …; return redirige('/registres/…'); }),
 *   ];
 *
 * GET handlers read with the application role outside a transaction; POST handlers run in ONE transaction that is rolled
 * back when they throw. Access is declared on the route, the object right is checked in the handler through the module's
 * policy on the line above the read or write.
 */
import type { ReactNode } from 'react';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Auditer } from '../trace/audit.ts';
import type { Acces, Utilisateur } from '../authorize.ts';
import type { Db } from '../base/database.ts';
import { type ErreurConcorde, type ErreurDeChamp, invalide } from '../errors.ts';
import type { Garde } from '../direct/stream.ts';
import type { Plan } from '../base/plans.ts';
import { enLignes } from '../mots.ts';

export interface ContratServi {
  id: number;
  slug: string;
}

/** A file sent with a form, already on disk in the temporary folder; deleted after the request unless moved. */
export interface FichierRecu {
  champ: string;
  nom: string;
  type: string;
  chemin: string;
  octets: number;
}

/** Someone known by their seat alone: a member convoked, without account. */
interface LecteurSansCompte {
  organisationId: string;
  /** By what they read, and whose it is: « lien de convocation <participant> ». */
  titre: string;
}

export interface Contexte {
  /** Of the route's plane. */
  db: Db;
  contrat: ContratServi;
  utilisateur: Utilisateur | null;
  params: Readonly<Record<string, string>>;
  /** Query string as written: values are strings, or arrays when a name comes several times. */
  requete: Readonly<Record<string, string | string[]>>;
  /** Path and query, for links that keep filters. */
  url: URL;
  /** Form fields (urlencoded or multipart) or parsed JSON body. */
  corps: Readonly<Record<string, unknown>>;
  fichiers: readonly FichierRecu[];
  maintenant: Date;
  /** Fictive data are shown: pages and documents say so. */
  demonstration: boolean;
  /** One click signs a fictive person in. */
  personas: boolean;
  /** One entry of the audit trail, written at the end of the same transaction. */
  auditer: Auditer;
  /**
   * Notes a read that no session makes (a mailed link, a feed), as `sensible` does for a session. `objet` is the path of what was
   * read: the address that opened it is a secret.
   */
  noterLecture(objet: string, lecteur: Utilisateur | LecteurSansCompte): void;
  /** Runs after the commit (never after a rollback). The answer does not wait for it, nor fail with it. */
  apres(action: () => Promise<void> | void): void;
  brut: { request: FastifyRequest; reply: FastifyReply };
}

export interface MotsPourQuitter {
  /** On the button. */
  quitter: string;
  /** Said before it to screen readers. */
  urgence: string;
  /** What covers the page while it leaves. */
  chargement: string;
  encoreDeux: string;
  encoreUne: string;
  expire: string;
}

/** Layout facts of a page; the application wraps `corps` in its layout. */
export interface Page {
  titre: string;
  corps: ReactNode;
  temoins?: readonly Temoin[];
  /** Breadcrumb, without the home page and without the page itself. */
  fil?: readonly { libelle: string; href: string }[];
  /** `travail` gives the compact work screen with side navigation. */
  largeur?: 'public' | 'travail';
  /** BCP 47 tag of the page, when it is not French. */
  langue?: string;
  /** What it is in a sentence, for whoever is sent its address; what stands under its title when left out. */
  description?: string;
  /** Feeds of what changes there, found by readers of feeds from the page. */
  flux?: readonly { titre: string; href: string; type: string }[];
  /** Key of the navigation entry to mark as current. */
  section?: string;
  /** Neither its address nor its title is anybody's: what is around it is drawn once for all who have no account, and kept (`frame.tsx`). */
  cadreDeTous?: boolean;
  statut?: number;
  /** Seconds after which the page reloads itself without JavaScript (progress pages). */
  rafraichir?: number;
  /** Shows the *quitter cette page* button (help pages for victims); its words, where the page is not in French. */
  quitter?: boolean | MotsPourQuitter;
  /** The frame says no more than whose site it is: no search, no account, no key that leaves the page. */
  sobre?: boolean;
  /** Island bundles of this page: « seance.js ». */
  scripts?: readonly string[];
  /** Keys of this page, listed with the others under `?`. */
  raccourcis?: readonly { touche: string; libelle: string }[];
}

export type Reponse =
  | { genre: 'page'; page: Page }
  | { genre: 'redirection'; vers: string; ailleurs: boolean; temoins: readonly Temoin[] }
  | { genre: 'json'; donnees: unknown; statut: number; type: string; temoins: readonly Temoin[] }
  /** Text of any type, with its status: what a specification of others wants, such as XML. */
  | { genre: 'texte'; contenu: string; statut: number; type: string }
  /** A page already rendered: what a POST shows, and what a form sent twice shows again. */
  | { genre: 'rendue'; html: string; statut: number; temoins?: readonly Temoin[] | undefined }
  | { genre: 'fichier'; contenu: Buffer | string | Readable; nom: string; type: string; affiche: boolean; licence: string | null }
  | { genre: 'flux'; source: Readable; garde: Garde };

/** Cookie to set (value) or remove (null): the session, a sign-in that has begun, a browser that is known. */
export interface Temoin {
  nom: 'session' | 'etape' | 'appareil';
  valeur: string | null;
}

export const page = (p: Page): Reponse => ({ genre: 'page', page: p });
/** 303: the browser goes on with a GET. `vers` is always a local path. */
export const redirige = (vers: string, ...temoins: Temoin[]): Reponse => ({ genre: 'redirection', vers, ailleurs: false, temoins });
/** 303 to another site, whose address comes from the settings: the identity provider. */
export const redirigeAilleurs = (vers: string, ...temoins: Temoin[]): Reponse => ({ genre: 'redirection', vers, ailleurs: true, temoins });
export const json = (donnees: unknown, statut = 200, type = 'application/json; charset=utf-8', ...temoins: Temoin[]): Reponse => ({
  genre: 'json',
  donnees,
  statut,
  type,
  temoins,
});
export const enTexte = (contenu: string, type: string, statut = 200): Reponse => ({ genre: 'texte', contenu, statut, type });
/**
 * A download (or, with `affiche`, something the browser shows itself such as HTML or PDF). `licence`: address of the licence under
 * which everyone may reuse it, told in the header `Link` because a CSV has no place for it.
 */
export const fichier = (contenu: Buffer | string | Readable, f: { nom: string; type: string; affiche?: boolean; licence?: { adresse: string } }): Reponse => ({
  genre: 'fichier',
  contenu,
  nom: f.nom,
  type: f.type,
  affiche: f.affiche ?? false,
  licence: f.licence?.adresse ?? null,
});

/** Server-sent events for as long as the reader stays, their session lasts and `garde` agrees. */
export const flux = (source: Readable, garde: Garde): Reponse => ({ genre: 'flux', source, garde });

/** A script asks for data, not for a page. */
export const veutJson = (request: FastifyRequest): boolean => {
  const accepte = request.headers.accept ?? '';
  return accepte.includes('application/json') && !accepte.includes('text/html');
};

export interface Route {
  methode: 'GET' | 'POST';
  chemin: string;
  acces: Acces;
  /** Its module's; the account of the database by which it reads and writes. Partners' when left out. */
  plan?: Plan;
  executer: (c: Contexte) => Promise<Reponse> | Reponse;
  options: OptionsRoute;
}
/** What a token may be made for: reading, writing records, giving figures that its holder owes, passing on what residents report. */
export const PORTEES = ['lire', 'ecrire', 'contribuer', 'signaler'] as const;
type Portee = (typeof PORTEES)[number];

export interface OptionsRoute {
  /** Answers errors as problem+json (`/api/…`). */
  api?: boolean;
  /** Any of these opens it to a token; by its method otherwise: reading, or writing. */
  portees?: readonly Portee[];
  /** The token may come as `api_key`, in the address or in the form; a session opens nothing here. With `api`. */
  cleApi?: boolean;
  /** Says an error in the words and the format of a specification of others; problem+json, or a page, by default. */
  refus?: (erreur: ErreurConcorde, chemin: string) => Reponse;
  /** Largest accepted upload in bytes; 0 (default) refuses multipart bodies. */
  televersementMax?: number;
  /** Its form carries files beside hundreds of fields: more of them, whose texts together are no larger than those of any other form. */
  beaucoupDeChamps?: boolean;
  /** At most this many requests a minute for one address. */
  parMinute?: number;
  /** A browser known here is counted by itself: many people may stand behind one address. */
  parNavigateur?: boolean;
  /**
   * Each read is noted in the audit trail: records that are not public, accounts, the trail itself, exports. Derived for the objects that a
   * module says sensitive (`core/module.ts`). `minute`: asked for every few seconds, noted once a minute and person.
   */
  sensible?: boolean | 'minute';
  /** Its address is what opens it (mailed link, feed): never kept as rendered, never written in the audit trail. */
  secrete?: boolean;
  /** What is looked for says much of who looks: no browser keeps the page, no other site is told of it. For everyone's pages. */
  discrete?: boolean;
  /** Answers that nobody may know of: the key of the form is kept without who sends it, where, or any digest of what it says. */
  anonyme?: boolean;
  /** Reads, though sent by POST so that no address says what: its answer is not kept, and sent again it is done again. */
  rejouable?: boolean;
  /** With `anonyme`: one form is one answer, even when it was changed before it was sent again. */
  uneReponse?: boolean;
  /** Writes nothing that a public page shows: rendered pages are kept. For what is sent every second. */
  sansEffetPublic?: boolean;
  /** Writes nothing of the contract, which a process keeps by its own means: it answers at once, and who reads next hears of it first. */
  lisibleEnsuite?: boolean;
  /** Depends on nothing but its address, the day, the database and who reads: kept in memory for signed-in people too. */
  gardable?: boolean;
  /** Says what is so now (« ouvert »): kept for the minute, where other pages are kept for the day. */
  instant?: boolean;
  /**
   * Help: the same for everybody, told to nobody (help.ts). The addresses of the route, rendered when serving begins; never anything
   * that says more to who is signed in.
   */
  secours?: readonly string[];
  /** Makes something new: the same form sent again, even days later, gets the first answer and makes nothing more. */
  creation?: boolean;
  /** Done with the files that came before any transaction begins: opening one takes seconds, and holds no connection. */
  avant?: (fichiers: readonly FichierRecu[]) => Promise<void>;
  /** Takes one of the places that such requests have together, and gives what frees it (`affluence.ts`); throws when there is none, once what was typed is read, to be given back. */
  place?: () => () => void;
  /** Handler opens its own transactions (long imports); `c.db` is then the pool of its plane. */
  sansTransaction?: boolean;
}

type Executer = Route['executer'];
const route =
  (methode: Route['methode']) =>
  (chemin: string, a: Acces, executer: Executer, options: OptionsRoute = {}): Route => ({ methode, chemin, acces: a, executer, options });
export const get = route('GET');
export const post = route('POST');
/** A schema, as far as reading goes. */
export interface Lisible<T> {
  safeParse(donnees: unknown): z.ZodSafeParseResult<T>;
}
export type Lecture<T> = { ok: true; valeur: T } | { ok: false; erreurs: ErreurDeChamp[] };

/** Parses at the border without throwing: for forms, which show the errors beside the fields and keep what was typed. */
export function lire<T>(schema: Lisible<T>, donnees: unknown): Lecture<T> {
  const resultat = schema.safeParse(donnees);
  if (resultat.success) return { ok: true, valeur: resultat.data };
  return {
    ok: false,
    erreurs: resultat.error.issues.map((i) => ({ champ: i.path.join('.'), message: i.message })),
  };
}

/** Parses at the border and throws 422: for query strings and API bodies. */
export function exiger<T>(schema: Lisible<T>, donnees: unknown): T {
  const lu = lire(schema, donnees);
  if (lu.ok) return lu.valeur;
  const premier = lu.erreurs[0];
  throw invalide(premier ? `${premier.champ} : ${premier.message}` : 'La demande est mal formée.', lu.erreurs);
}

/** First value of a query or form field, trimmed, its lines ended by one character; empty string when absent. */
export function texte(valeur: unknown): string {
  const v = Array.isArray(valeur) ? valeur[0] : valeur;
  return typeof v === 'string' ? enLignes(v).trim() : '';
}

/** Every field of a form as it was sent, one value each: what is shown again when it is refused. */
export const champsDe = (c: Pick<Contexte, 'corps'>): Record<string, string> => Object.fromEntries(Object.entries(c.corps).map(([k, v]) => [k, texte(v)]));

/** All values of a query or form field as a list, without empty ones. */
export function liste(valeur: unknown): string[] {
  const valeurs = Array.isArray(valeur) ? valeur : [valeur];
  return valeurs.filter((v): v is string => typeof v === 'string' && v.trim() !== '');
}

/** Page number of a list (from 1). `nom`: that of the second list of a page. */
export function numeroDePage(c: Pick<Contexte, 'requete'>, nom = 'page'): number {
  const n = Number.parseInt(texte(c.requete[nom]), 10);
  return Number.isFinite(n) && n > 0 ? Math.min(n, 100_000) : 1;
}
