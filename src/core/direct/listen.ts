/** One LISTEN connection that comes back by itself. What was said while it was down is lost: `ouverte` is the time to catch up. */
import pg from 'pg';
import { canalDe } from './channel.ts';

const REPRISE_MS = 1000;
/** Unanswered for so long, a connection is lost, though nothing said so: a network that forgot it keeps it open on both sides. */
const MUETTE_MS = 5000;

export interface OptionsEcoute {
  /** Kind of channel: the contract that the URL's role serves has its own. */
  canal: string;
  /** Shown in pg_stat_activity. */
  nom: string;
  recevoir: (charge: string) => void;
  /** At each connection, the first one included. */
  ouverte: () => void;
  perdue?: () => void;
  repriseMs?: number;
  muetteMs?: number;
}
export interface Ecoute {
  /** Says something on the channel, one thing after the other. Best effort: nothing while the connection is down. */
  dire(charge: string): Promise<void>;
  /** Resolves once everything that was committed before the call is received: true; false when the connection is down. */
  rejoindre(): Promise<boolean>;
  /** The first connection: rejects when there is none, which is tried again all the same. */
  prete: Promise<void>;
  close(): Promise<void>;
}

export function openEcoute(url: string, o: OptionsEcoute): Ecoute {
  let courante: { client: pg.Client; canal: string } | null = null;
  let parole: Promise<unknown> = Promise.resolve();
  let reprise: NodeJS.Timeout | null = null;
  let ferme = false;
  const reessayer = () => {
    if (!ferme) reprise = setTimeout(() => void ecouter().catch(reessayer), o.repriseMs ?? REPRISE_MS).unref();
  };
  const perdre = (client: pg.Client) => {
    if (courante?.client !== client) return;
    courante = null;
    o.perdue?.();
    void client.end().catch(() => {});
    reessayer();
  };
  async function ecouter(): Promise<void> {
    const muette = o.muetteMs ?? MUETTE_MS;
    const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: o.nom, query_timeout: muette, connectionTimeoutMillis: muette });
    client.on('error', () => perdre(client));
    client.on('end', () => perdre(client));
    client.on('notification', (n) => o.recevoir(n.payload ?? ''));
    await client.connect();
    const canal = await canalDe(client, o.canal);
    await client.query(`listen ${client.escapeIdentifier(canal)}`);
    if (ferme) return client.end();
    courante = { client, canal };
    o.ouverte();
  }
  // PostgreSQL hands over what it has to say before it answers: an empty statement is enough. Those who ask while one is on its way share the next.
  let envoyee: Promise<boolean> | null = null;
  let suivante: Promise<boolean> | null = null;
  const envoyer = async (): Promise<boolean> => {
    const client = courante?.client;
    if (!client) return false;
    return client.query('').then(
      () => courante?.client === client,
      () => {
        perdre(client);
        return false;
      },
    );
  };
  const rejoindre = (): Promise<boolean> => {
    if (!envoyee) {
      const seule: Promise<boolean> = envoyer().finally(() => {
        if (envoyee === seule) envoyee = null;
      });
      envoyee = seule;
      return seule;
    }
    suivante ??= envoyee.then(() => {
      suivante = null;
      return rejoindre();
    });
    return suivante;
  };
  const premiere = ecouter();
  premiere.catch(reessayer);
  return {
    dire: async (charge) => {
      parole = parole.then(() => courante?.client.query('select pg_notify($1, $2)', [courante.canal, charge])).catch(() => {});
      await parole;
    },
    rejoindre,
    prete: premiere,
    close: async () => {
      ferme = true;
      if (reprise) clearTimeout(reprise);
      await parole;
      const client = courante?.client;
      courante = null;
      await client?.end().catch(() => {});
    },
  };
}
