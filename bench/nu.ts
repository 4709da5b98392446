/**
 * Bare references, in a process of their own as the real server is: Node's http and pg, nothing else. Reads one JSON line (what
 * to be), says its port on one line, and stops when its input closes.
 */
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import pg from 'pg';

export interface Nu {
  /** Page sent, base64; compressed once for those who ask. */
  corps: string;
  url?: string;
  /** Statement run before each answer. */
  sql?: { texte: string; valeurs: readonly unknown[] };
}

/** A digest of a session travels in hexadecimal. */
const valeur = (v: unknown): unknown => (typeof v === 'string' && v.startsWith('hex:') ? Buffer.from(v.slice(4), 'hex') : v);

function servir(consigne: Nu): void {
  const corps = Buffer.from(consigne.corps, 'base64');
  const comprime = gzipSync(corps);
  const pool = consigne.url ? new pg.Pool({ connectionString: consigne.url, max: 12 }) : null;
  const requete = consigne.sql ? { name: 'nue', text: consigne.sql.texte, values: consigne.sql.valeurs.map(valeur) } : null;
  const serveur = createServer(async (q, r) => {
    for await (const _ of q);
    if (pool && requete) await pool.query(requete);
    const gzip = /gzip/.test(String(q.headers['accept-encoding'] ?? ''));
    const envoi = gzip ? comprime : corps;
    r.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': envoi.length,
      vary: 'accept-encoding',
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    }).end(envoi);
  });
  serveur.listen(0, '127.0.0.1', () => {
    const a = serveur.address();
    process.stdout.write(`${typeof a === 'object' && a ? a.port : 0}\n`);
  });
}

const entree = createInterface({ input: process.stdin });
entree.once('line', (ligne) => servir(JSON.parse(ligne) as Nu));
entree.once('close', () => process.exit(0));
