/**
 * What bodies need to know of their sessions, and tell them. The module that holds sessions says it in its manifest (`reunions`): SQL over
 * its own tables beside bodies `i`, and what it does when one of them changes. Without such a module bodies simply never met.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ReactNode } from 'react';
import type { FiltresCalendrier, SeanceDeCalendrier } from './calendrier/calendrier.rules.ts';
import type { Confidentialite } from './instances.rules.ts';
import type { Instance } from './instances.types.ts';
import type { Vue } from './instances.vue.ts';
import type { Db } from '../../core/base/database.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { ErreurDeChamp } from '../../ui/types.ts';
import type { Catalogue } from '../contrats/index.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

/** The page of a body, as this person may use it. */
export interface PageDInstance {
  catalogue: Catalogue;
  instance: Instance;
  tient: boolean;
  lit: boolean;
  gere: boolean;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** A session that had something on its agenda, and under which items. */
export interface Examen {
  id: string;
  titre: string;
  jour: string | null;
  points: readonly string[];
}

export interface Reunions {
  /** One row `r` a body `i`: `derniere`, `prochaine`, `prochaine_id`, `reservees`, as the reader of `v` may know them. A day that went by is not the next one. */
  rythme(v: Vue | null, aujourdhui: string): RawBuilder<unknown>;
  /** One row `t` a body `i`: `tenues` (the last two, `id`, `jour`, `creeLe`) and `prochaine` (`id`, `jour`, `creeLe`), whoever reads. */
  tenues(aujourdhui: string): RawBuilder<unknown>;
  /** This reader may know of every session of body `i`. */
  toutesConnues(v: Vue): RawBuilder<unknown>;
  /** Those of these days that the reader of `v` may know of; null: the public. */
  duCalendrier(db: Db, contratId: number, v: Vue | null, f: FiltresCalendrier): Promise<SeanceDeCalendrier[]>;
  /** What the page of a body shows of them. `enCours`: the one to go on with. */
  surLaPage(c: Contexte, p: PageDInstance): Promise<{ enCours: string | null; section: ReactNode }>;
  /** The body changed: what its sessions make owed follows. */
  suivre(c: Ou, instanceId: string): Promise<void>;
  /** Its seats changed: the sessions to come expect those who sit there now. */
  asseoir(c: Ou, instanceId: string): Promise<void>;
  /** It closed: those that are not finished are held under the new promise. */
  resserrer(tx: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<void>;
  /** Held under a stricter promise than `c`. */
  countPlusFermees(db: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<number>;
  /** A session of this body, with the promise under which it is held; null when it is none of its own, or hidden. */
  promesseDe(c: Contexte, instance: Instance, seanceId: string): Promise<{ id: string; confidentialite: Confidentialite } | null>;
  /** Sessions of this body whose agenda has that (`probleme:<id>`), as this person may read them, the latest first. */
  examens(c: Contexte, instance: Instance, cle: string): Promise<Examen[]>;
  /** A seat ends that day: it leaves the sessions still to come, which are returned. */
  quitter(tx: Db, contratId: number, membreId: string, fin: string, quand: Date): Promise<string[]>;
}

const AUCUNE: Reunions = {
  rythme: () => sql`(select null::date as derniere, null::date as prochaine, null::uuid as prochaine_id, false as reservees)`,
  tenues: () => sql`(select null::jsonb as tenues, null::jsonb as prochaine)`,
  toutesConnues: () => sql`true`,
  duCalendrier: async () => [],
  surLaPage: async () => ({ enCours: null, section: null }),
  suivre: async () => {},
  asseoir: async () => {},
  resserrer: async () => {},
  countPlusFermees: async () => 0,
  promesseDe: async () => null,
  examens: async () => [],
  quitter: async () => [],
};

let declarees = AUCUNE;
export const reunions = (): Reunions => declarees;

/** Called once at start, before anything is read or written. */
export function installerReunions(liste: readonly Reunions[]): void {
  if (liste.length > 1) throw new Error('Deux modules disent tenir les séances des instances.');
  declarees = liste[0] ?? AUCUNE;
}
