/**
 * What commits changed, table by table, as PostgreSQL tells it to every process (migration `sujets_des_changements`). Whoever keeps
 * something in memory notes the place (`ici`) before reading and asks later what changed since. `rejoindre` makes it exact: when it
 * resolves, everything committed before the call has been heard. While the connection is down nothing is known, and nothing may be kept.
 */
import pg from 'pg';
import { lecteurDeTables, lireRelations, type Relations } from '../base/read-tables.ts';
import { openEcoute } from './listen.ts';

/** How soon what shows a table must follow its change: at once, or within `TARD_MS`. */
type Fraicheur = 'aussitot' | 'tard';
export type Operation = 'insert' | 'update' | 'delete' | 'truncate';
export interface Politique {
  /** Null for a table that it does not know: everything kept is forgotten. */
  fraicheur(table: string, operation: Operation): Fraicheur | null;
  /** Follows from other tables: what must show at once in one of them must in this one too. */
  suit(table: string): boolean;
  /** Tables that say its changes in its place, none when it never changes while a process serves; null for a table that says its own. */
  ditPar(table: string): readonly string[] | null;
  /** Under everything, because each process keeps it in memory by its own means: the contract. */
  toujours: readonly string[];
}
/** Everything at once, for a process that was told nothing. */
const AUSSITOT: Politique = { fraicheur: () => 'aussitot', suit: () => true, ditPar: () => null, toujours: [] };

/** How late, at most, what may be late is. */
export const TARD_MS = 1000;

export interface Changements {
  entend(): boolean;
  ici(): number;
  /** The worst that happened to these tables since that place. */
  depuis(place: number, tables: ReadonlySet<string>): Fraicheur | null;
  /** Something had to show at once since then, whatever the table. */
  aussitotDepuis(place: number): boolean;
  /** Resolves to true once everything committed before the call is heard. */
  rejoindre(): Promise<boolean>;
  /** Tables under statements; null when one of them is of those whose changes nobody tells. */
  tablesDe(textes: Iterable<string>): ReadonlySet<string> | null;
  close(): Promise<void>;
}

export interface OptionsChangements {
  politique?: Politique;
  /** At each change, before anything kept is asked for again; null: anything may have changed. */
  auChangement?: (table: string | null) => void;
  /** How long the connection that listens may leave a question unanswered (5 s). */
  muetteMs?: number;
}

export async function openChangements(url: string, { politique = AUSSITOT, auChangement = () => {}, muetteMs }: OptionsChangements = {}): Promise<Changements> {
  let place = 1;
  /** Place of the last « anything may have changed ». */
  let tout = 1;
  let aussitot = 1;
  let entend = false;
  const derniers: Record<Fraicheur, Map<string, number>> = { aussitot: new Map(), tard: new Map() };
  const oublier = () => {
    place += 1;
    tout = place;
    aussitot = place;
    auChangement(null);
  };
  const ecoute = openEcoute(url, {
    canal: 'concorde_changement',
    nom: 'concorde-changements',
    muetteMs,
    recevoir: (charge) => {
      const [table = '', operation = ''] = charge.split(' ');
      const fraicheur = table === '' ? null : politique.fraicheur(table, operation as Operation);
      if (!fraicheur) return oublier();
      place += 1;
      derniers[fraicheur].set(table, place);
      if (fraicheur === 'aussitot') aussitot = place;
      auChangement(table);
    },
    ouverte: () => {
      oublier();
      entend = true;
    },
    perdue: () => {
      entend = false;
      oublier();
    },
  });
  await ecoute.prete;
  const relations = await lireRelationsDe(url);
  const tables = lecteurDeTables(relations);
  return {
    entend: () => entend,
    ici: () => place,
    depuis: (debut, lues) => {
      if (debut === place) return null;
      if (tout > debut) return 'aussitot';
      let pire: Fraicheur | null = null;
      for (const t of lues) {
        if ((derniers.aussitot.get(t) ?? 0) > debut) return 'aussitot';
        if ((derniers.tard.get(t) ?? 0) <= debut) continue;
        if (aussitot > debut && politique.suit(t)) return 'aussitot';
        pire = 'tard';
      }
      return pire;
    },
    aussitotDepuis: (debut) => aussitot > debut,
    rejoindre: ecoute.rejoindre,
    tablesDe: (textes) => {
      const toutes = tables(textes);
      if (!toutes) return null;
      const lues = new Set([...toutes].flatMap((t) => politique.ditPar(t) ?? [t]));
      for (const t of lues) if (!relations.signalees.has(t)) return null;
      for (const t of politique.toujours) lues.add(t);
      return lues;
    },
    close: ecoute.close,
  };
}

async function lireRelationsDe(url: string): Promise<Relations> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await lireRelations(client);
  } finally {
    await client.end();
  }
}
