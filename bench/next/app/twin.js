// What the four pages share: who asks, then the page's own reads together on a pool of the same size, then its elements made anew.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import parse from 'html-react-parser';
import { cookies } from 'next/headers';
import pg from 'pg';
import { createElement, isValidElement } from 'react';

// As the owner, who says whose contract it is: doors of the database ask.
const pool = new pg.Pool({ connectionString: process.env.JUMEAU_URL, max: 12, options: `-c concorde.contrat_id=${Number(process.env.JUMEAU_CONTRAT)}` });
const SESSION = `select s.id, s.vue_le, s.forte, c.id, c.nom, c.courriel, c.organisation_id,
  coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'territoire_id', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre))
    from mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.debut <= current_date and (m.fin is null or m.fin >= current_date)), '[]')
  from sessions s join comptes c on c.contrat_id = s.contrat_id and c.id = s.compte_id
  where s.contrat_id = $1 and s.empreinte = $2 and s.expire_le > now() and c.ferme_le is null`;

/** The page's markup read once, as a build does with components: what is left for a request is to make its elements. */
function describe(node) {
  if (Array.isArray(node)) return node.map(describe);
  if (!isValidElement(node)) return node;
  const { children, ...props } = node.props;
  return { type: node.type, props, children: children === undefined ? [] : [describe(children)].flat() };
}
const build = (d) => (typeof d === 'object' && d !== null ? createElement(d.type, d.props, ...d.children.map(build)) : d);

const pages = new Map();
function load(name, token) {
  const key = `${name}-${token}`;
  const known = pages.get(key);
  if (known) return known;
  const { html, sql } = JSON.parse(readFileSync(/* turbopackIgnore: true */ `${process.env.JUMEAU_DONNEES}/${key}.json`, 'utf8'));
  // Prepared by name, as ours are: the twin must not pay for planning.
  const reads = sql.map(({ texte, valeurs }) => ({ name: createHash('md5').update(texte).digest('hex'), text: texte, values: valeurs }));
  const page = { reads, tree: [describe(parse(html.replace(/^<!DOCTYPE html>/i, '')))].flat() };
  pages.set(key, page);
  return page;
}

export async function render(name) {
  const token = createHash('sha256')
    .update((await cookies()).get('concorde_session')?.value ?? '')
    .digest();
  const { rows } = await pool.query({ name: 'session', text: SESSION, values: [Number(process.env.JUMEAU_CONTRAT), token] });
  if (!rows[0]) return createElement('html', null, createElement('body', null, 'Connectez-vous.'));
  const { reads, tree } = load(name, token.toString('hex'));
  await Promise.all(reads.map((q) => pool.query(q)));
  return tree.map(build);
}
