// The same elements after the same statements: the session's, then those of the figures, together on a pool of the same size.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import parse from 'html-react-parser';
import { cookies } from 'next/headers';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.JUMEAU_URL, max: 12 });
const html = readFileSync(process.env.JUMEAU_PAGE ?? '/dev/null', 'utf8').replace(/^<!DOCTYPE html>/i, '');
const statements = JSON.parse(readFileSync(process.env.JUMEAU_SQL ?? '/dev/null', 'utf8') || '[]');
const SESSION = `select s.id, s.vue_le, s.forte, c.id, c.nom, c.courriel, c.organisation_id,
  coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'territoire_id', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre))
    from mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.debut <= current_date and (m.fin is null or m.fin >= current_date)), '[]')
  from sessions s join comptes c on c.contrat_id = s.contrat_id and c.id = s.compte_id
  where s.contrat_id = $1 and s.empreinte = $2 and s.expire_le > now() and c.ferme_le is null`;

export const dynamic = 'force-dynamic';
export default async function Fiche() {
  const jeton = (await cookies()).get('concorde_session')?.value ?? '';
  await pool.query(SESSION, [Number(process.env.JUMEAU_CONTRAT), createHash('sha256').update(jeton).digest()]);
  await Promise.all(statements.map(({ texte, valeurs }) => pool.query(texte, valeurs)));
  // Elements are made anew at each request, as components would.
  return parse(html);
}
