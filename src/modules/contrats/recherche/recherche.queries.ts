/** Search: French words by their stem, accents ignored, beginnings of words, synonyms of the contract, and typing errors. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { GenreRecherche } from './entrees.rules.ts';
import { motsPleins, normaliser, racine } from './mots.rules.ts';
import type { MotsDuContrat } from './recherche.schema.ts';

interface Resultat {
  genre: GenreRecherche;
  id: string;
  titre: string;
  url: string;
}
export interface Resultats {
  total: number;
  parGenre: Map<string, number>;
  lignes: Resultat[];
  /** 1: they hold every word; 2: some; 3: they only look like it. Null when nothing was found. */
  palier: 1 | 2 | 3 | null;
}
/** The words of a query in the language of PostgreSQL; empty texts when there is no word. */
export interface Requete {
  /** Every word, by its beginning, or what says the same. */
  stricte: string;
  /** Every word, as it stands. */
  exacte: string;
  /** Any of the words. */
  large: string;
  /** All that is looked for, to mark it. */
  mots: readonly string[];
}

interface MotProche extends Pick<Ligne<'rechercheMots'>, 'mot'> {
  proche: string;
}
interface Appris extends Pick<Ligne<'rechercheMots'>, never> {
  n: number;
}

/** `rixe` and its synonyms; a number is itself, never the beginning of another. */
const debut = (m: string): string => (/^\d/.test(m) || m.length < 3 ? m : `${m}:*`);
const ou = (mots: readonly string[]): string => (mots.length > 1 ? `(${mots.join(' | ')})` : (mots[0] ?? ''));

function composer(mots: readonly string[], proches: ReadonlyMap<string, readonly string[]>, synonymes: ReadonlyMap<string, readonly string[]>): Requete {
  const dits = mots.map((m) => proches.get(m) ?? [m]);
  const tous = dits.map((d) => [...new Set([...d, ...d.flatMap((m) => synonymes.get(racine(m)) ?? [])])]);
  return {
    stricte: tous.map((t) => ou(t.map(debut))).join(' & '),
    exacte: dits.map(ou).join(' & '),
    large: tous.flatMap((t) => t.map((m) => (m.length > 4 ? debut(m) : m))).join(' | '),
    mots: [...new Set([...mots, ...tous.flat()])],
  };
}

/** By the stem of each word, the others of its groups. */
function parMot(m: MotsDuContrat | undefined): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const groupe of m?.synonymes ?? []) {
    const mots = groupe.map((x) => normaliser(x)).filter((x) => !x.includes(' '));
    for (const x of mots) map.set(racine(x), [...(map.get(racine(x)) ?? []), ...mots]);
  }
  return map;
}

/** The words of a query, each with those near it where it begins no word that exists, and with what says the same. */
export async function lireRequete(db: Db, q: string, contrat?: { recherche: MotsDuContrat }): Promise<Requete> {
  const mots = motsPleins(q).slice(0, 12);
  const synonymes = parMot(contrat?.recherche);
  const proches = new Map<string, string[]>();
  // What its contract knows by another name is not mistyped.
  const longs = mots.filter((m) => /^\p{L}{4,}$/u.test(m) && !synonymes.has(racine(m)));
  if (longs.length > 0) {
    const { rows } = await sql<MotProche>`select mot, proche from mots_proches(${longs}::text[])`.execute(db);
    for (const r of rows) proches.set(r.mot, [...(proches.get(r.mot) ?? []), r.proche]);
  }
  return composer(mots, proches, synonymes);
}

/** Learns the words of what was written since the last time; returns how many are new. */
export async function apprendreMots(db: Db, registres: readonly string[]): Promise<number> {
  const { rows } = await sql<Appris>`select apprendre_mots(${[...registres]}::text[]) as n`.execute(db);
  return rows[0]?.n ?? 0;
}

interface Page extends Pick<Ligne<'recherche'>, never> {
  comptes: Record<string, number> | null;
  palier: Resultats['palier'];
  lignes: Resultat[] | null;
}
interface Valeurs {
  contratId: number;
  stricte: string;
  exacte: string;
  large: string;
  approche: string;
  genre: string | null;
  parPage: number;
  depuis: number;
}
const lireEntrees = requete<Page, Valeurs>(
  (v) => sql<Page>`
    with q as materialized (
      select to_tsquery('concorde_fr', ${v.stricte}::text) as mots, to_tsquery('concorde_fr', ${v.exacte}::text) as dits,
        to_tsquery('concorde_fr', ${v.large}::text) as certains, sans_accents(${v.approche}::text) as approche, lower(${v.approche}::text) as cle
    ), trouves as materialized (
      select r.genre, r.id, r.titre, r.url, t.palier,
        r.poids * case t.palier
          when 1 then 4 * ts_rank('{0.05,0.1,0.2,1}', r.vecteur, q.dits, 1) + ts_rank('{0.05,0.1,0.2,1}', r.vecteur, q.mots, 1)
          when 2 then ts_rank('{0.05,0.1,0.2,1}', r.vecteur, q.certains, 1)
          else word_similarity(q.approche, r.approche) end
          + case when r.cle = q.cle or sans_accents(r.titre) = q.approche then 10 else 0 end as rang
      from q cross join chercher_entrees(${v.stricte}::text, ${v.large}::text, ${v.approche}::text) as t
      join recherche r on r.contrat_id = ${v.contratId}::smallint and r.genre = t.genre and r.id = t.id
    )
    select (select jsonb_object_agg(genre, n) from (select genre, count(*)::int as n from trouves group by genre) as g) as comptes,
      (select min(palier) from trouves) as palier,
      (select jsonb_agg(jsonb_build_object('genre', genre, 'id', id, 'titre', titre, 'url', url) order by palier, rang desc, titre, id) from (
        select * from trouves where ${v.genre}::text is null or genre = ${v.genre}::text
        order by palier, rang desc, titre, id limit ${v.parPage}::int offset ${v.depuis}::int) as p) as lignes`,
);

/**
 * Entries of the contract. `page` counts from 1. Every word first; where fewer than three entries hold them all, those that hold some, then
 * those that look like them. `lue`: the query as `lireRequete` read it, where it was read already.
 */
export async function rechercher(
  db: Db,
  contratId: number,
  q: string,
  o: { parPage: number; page: number; genre: string | null; lue?: Requete },
): Promise<Resultats> {
  const lue = o.lue ?? (await lireRequete(db, q));
  if (lue.stricte === '') return { total: 0, parGenre: new Map(), lignes: [], palier: null };
  const { stricte, exacte, large } = lue;
  const [page] = await lireEntrees(db, {
    contratId,
    stricte,
    exacte,
    large,
    approche: q.trim(),
    genre: o.genre,
    parPage: o.parPage,
    depuis: (o.page - 1) * o.parPage,
  });
  const parGenre = new Map(Object.entries(page?.comptes ?? {}));
  const total = o.genre === null ? [...parGenre.values()].reduce((a, b) => a + b, 0) : (parGenre.get(o.genre) ?? 0);
  return { total, parGenre, lignes: page?.lignes ?? [], palier: page?.palier ?? null };
}
