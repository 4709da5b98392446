/** The bare reference of a write: Node's own server, one form read, one INSERT of the same values on the same PostgreSQL. */
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.BANC_URL ?? '', max: 12 });
const serveur = createServer(async (q, r) => {
  let corps = '';
  for await (const morceau of q) corps += String(morceau);
  const { titre, jour, territoire_id, organisation_id, commentaire, ...donnees } = Object.fromEntries(new URLSearchParams(corps));
  const { rows } = await pool.query<{ id: string }>(
    `insert into banc_ecriture (titre, jour, territoire_id, organisation_id, commentaire, donnees) values ($1, $2, $3, $4, $5, $6) returning id`,
    [titre, jour?.split('/').reverse().join('-'), territoire_id, organisation_id, commentaire, JSON.stringify(donnees)],
  );
  r.writeHead(303, { location: `/${rows[0]?.id}` }).end();
});
serveur.listen(0, '127.0.0.1', () => {
  const a = serveur.address();
  process.stdout.write(`écoute sur ${typeof a === 'object' && a ? a.port : 0}\n`);
});
