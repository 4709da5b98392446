/**
 * What happens now, told to every open page of a room (a session being held): server-sent events fed by PostgreSQL
 * LISTEN/NOTIFY, so that every process hears what any of them committed. An event says what changed, never the text itself:
 * each page reads it again with the rights of its reader. Who is there is known from the processes themselves: each tells
 * its own connections again and again, and what is not heard of for a while is forgotten.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from '../base/database.ts';
import { openEcoute } from './listen.ts';
import { couper, enJson } from '../couper.ts';

const CANAL = 'concorde_direct';
/** PostgreSQL refuses a notification of 8000 bytes or more. */
const OCTETS_MAX = 7800;
/** A page that reads too slowly is let go: it comes back and reads everything again. */
const RETARD_MAX = 1_048_576;

interface Personne {
  id: string;
  nom: string;
}
/** A person in the room, and what each of their windows is writing on. */
export interface Present extends Personne {
  sur: string[];
}
export interface Evenement {
  genre: string;
  [cle: string]: unknown;
}
interface Abonnement {
  /** Names this connection, for `ecrit`. */
  cle: string;
  fin(): void;
}
export interface Direct {
  abonner(salle: string, personne: Personne, ecrire: (e: Evenement) => void, finir?: () => void): Abonnement;
  /** The same as a stream of server-sent events. */
  ouvrirFlux(salle: string, personne: Personne): Readable;
  presents(salle: string): Present[];
  /** Ends every stream. To be called before the HTTP server closes, which waits for them. */
  close(): Promise<void>;
}
export interface OptionsDirect {
  battementMs?: number;
  annonceMs?: number;
  /** Silence after which a connection is forgotten. */
  oubliMs?: number;
  repriseMs?: number;
}

/** Tells the room, when the caller's transaction commits. Ids and versions only: the texts may be restricted. */
export async function emettre(tx: Db, salle: string, evenement: Evenement): Promise<void> {
  await sql`
    select pg_notify(canal, ${enJson({ s: salle, e: evenement })})
    from canal_du_contrat(${CANAL}) as canal where canal is not null`.execute(tx);
}

/** What a connection is writing on; empty when it stopped. Only the connection's own person is believed. */
export const emettreEcriture = (tx: Db, salle: string, o: { cle: string; personneId: string; sur: string }): Promise<void> =>
  emettre(tx, salle, { genre: 'ecrit', ...o });

interface Connexion extends Personne {
  sur: string;
  vue: number;
}
interface Abonne extends Personne {
  sur: string;
  ecrire: (e: Evenement) => void;
  finir: () => void;
}
interface Salle {
  /** Connections of this process. */
  abonnes: Map<string, Abonne>;
  /** Connections of every process. */
  connexions: Map<string, Connexion>;
  /** Presence as last told, and the delay that groups its changes. */
  dite: string;
  attente: NodeJS.Timeout | null;
}
/** On the wire: an event, connections (key, id, name, what they write on), departures, or « who is there? ». */
interface Message {
  s: string;
  e?: Evenement;
  p?: [string, string, string, string][];
  d?: string[];
  q?: true;
}

export async function openDirect(url: string, o: OptionsDirect = {}): Promise<Direct> {
  const { battementMs = 15_000, annonceMs = 10_000, oubliMs = 25_000, repriseMs } = o;
  const salles = new Map<string, Salle>();
  const flux = new Set<Readable>();
  const dire = (m: Message): Promise<void> => ecoute.dire(JSON.stringify(m));
  const annoncer = async (nom: string, salle: Salle): Promise<void> => {
    let paquet: [string, string, string, string][] = [];
    let octets = 0;
    for (const [cle, a] of salle.abonnes) {
      const une: [string, string, string, string] = [cle, a.id, couper(a.nom, 200), a.sur];
      const poids = Buffer.byteLength(JSON.stringify(une)) + 1;
      if (octets + poids > OCTETS_MAX - 200) {
        await dire({ s: nom, p: paquet });
        [paquet, octets] = [[], 0];
      }
      paquet.push(une);
      octets += poids;
    }
    if (paquet.length > 0) await dire({ s: nom, p: paquet });
  };
  const livrer = (salle: Salle, e: Evenement) => {
    for (const a of salle.abonnes.values()) a.ecrire(e);
  };
  const lister = (salle: Salle | undefined): Present[] => {
    const gens = new Map<string, Present>();
    for (const { id, nom, sur } of salle?.connexions.values() ?? []) {
      const deja = gens.get(id) ?? { id, nom, sur: [] };
      if (sur !== '' && !deja.sur.includes(sur)) deja.sur.push(sur);
      gens.set(id, deja);
    }
    return [...gens.values()].sort((a, b) => a.nom.localeCompare(b.nom, 'fr') || a.id.localeCompare(b.id));
  };
  const direPresents = (salle: Salle) => {
    salle.attente ??= setTimeout(() => {
      salle.attente = null;
      const presents = lister(salle);
      const dite = JSON.stringify(presents);
      if (dite === salle.dite) return;
      salle.dite = dite;
      livrer(salle, { genre: 'presents', presents });
    }, 50);
  };
  const noter = (salle: Salle, cle: string, c: Omit<Connexion, 'vue'>) => {
    salle.connexions.set(cle, { ...c, vue: Date.now() });
    direPresents(salle);
  };

  const recevoir = (texte: string) => {
    const m = JSON.parse(texte) as Message;
    const salle = salles.get(m.s);
    if (!salle) return;
    if (m.q) void annoncer(m.s, salle);
    for (const [cle, id, nom, sur] of m.p ?? []) noter(salle, cle, { id, nom, sur });
    for (const cle of m.d ?? []) if (salle.connexions.delete(cle)) direPresents(salle);
    if (!m.e) return;
    if (m.e.genre !== 'ecrit') return livrer(salle, m.e);
    const { cle, personneId, sur } = m.e as unknown as { cle: string; personneId: string; sur: string };
    const connexion = salle.connexions.get(cle);
    if (connexion?.id !== personneId) return;
    const abonne = salle.abonnes.get(cle);
    if (abonne) abonne.sur = sur;
    noter(salle, cle, { ...connexion, sur });
  };

  const ecoute = openEcoute(url, {
    canal: CANAL,
    nom: 'concorde-direct',
    repriseMs,
    recevoir,
    // What was said meanwhile is lost: pages read everything again.
    ouverte: () => {
      for (const [nom, salle] of salles) {
        livrer(salle, { genre: 'recharger' });
        void dire({ s: nom, q: true });
      }
    },
  });
  await ecoute.prete;

  const oublier = () => {
    const limite = Date.now() - oubliMs;
    for (const salle of salles.values())
      for (const [cle, c] of salle.connexions)
        if (salle.abonnes.has(cle)) c.vue = Date.now();
        else if (c.vue < limite) {
          salle.connexions.delete(cle);
          direPresents(salle);
        }
  };
  const minuteries = [
    setInterval(() => {
      for (const [nom, salle] of salles) void annoncer(nom, salle);
    }, annonceMs),
    setInterval(oublier, Math.max(50, oubliMs / 10)),
    setInterval(() => {
      // An event of its own name: pages hear by it that the stream lives, and hold it for lost when it goes silent.
      for (const source of flux) source.push('event: battement\ndata: 1\n\n');
    }, battementMs),
  ];

  const abonner: Direct['abonner'] = (nom, personne, ecrire, finir = () => {}) => {
    const cle = randomUUID();
    const salle = salles.get(nom) ?? { abonnes: new Map(), connexions: new Map(), dite: '', attente: null };
    salles.set(nom, salle);
    salle.abonnes.set(cle, { ...personne, sur: '', ecrire, finir });
    ecrire({ genre: 'bonjour', cle });
    noter(salle, cle, { ...personne, sur: '' });
    ecrire({ genre: 'presents', presents: lister(salle) });
    // Answers come from every process that has someone there, this one included.
    void dire({ s: nom, q: true });
    return {
      cle,
      fin: () => {
        if (!salle.abonnes.delete(cle)) return;
        salle.connexions.delete(cle);
        if (salle.abonnes.size === 0) {
          if (salle.attente) clearTimeout(salle.attente);
          salles.delete(nom);
        } else direPresents(salle);
        void dire({ s: nom, d: [cle] });
      },
    };
  };

  return {
    abonner,
    presents: (nom) => lister(salles.get(nom)),
    ouvrirFlux: (nom, personne) => {
      const source = new Readable({ read() {} });
      const ecrire = (e: Evenement) => {
        if (source.destroyed || source.readableEnded) return;
        if (source.readableLength > RETARD_MAX) source.destroy();
        else source.push(`data: ${JSON.stringify(e)}\n\n`);
      };
      const a = abonner(nom, personne, ecrire, () => source.push(null));
      flux.add(source);
      source.once('close', () => {
        flux.delete(source);
        a.fin();
      });
      return source;
    },
    close: async () => {
      for (const m of minuteries) clearInterval(m);
      for (const [nom, salle] of salles) {
        if (salle.attente) clearTimeout(salle.attente);
        const cles = [...salle.abonnes.keys()];
        for (let i = 0; i < cles.length; i += 100) await dire({ s: nom, d: cles.slice(i, i + 100) });
        for (const a of salle.abonnes.values()) a.finir();
        salle.abonnes.clear();
      }
      salles.clear();
      await ecoute.close();
    },
  };
}
