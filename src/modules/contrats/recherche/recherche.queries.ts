/** Search: French words by their stem, accents ignored, beginnings of words, and typing errors. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { GenreRecherche } from './entrees.rules.ts';

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
}

interface MotProche extends Pick<Ligne<'rechercheMots'>, 'mot'> {
  proche: string;
}
interface Appris extends Pick<Ligne<'rechercheMots'>, never> {
  n: number;
}

const motsDe = (q: string): string[] => (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12);
/** Words of a query as a prefix tsquery: `form rixe` finds « formations sur les rixes ». Empty when there is no word. */
const requetePrefixe = (mots: readonly string[], proches: ReadonlyMap<string, readonly string[]> = new Map()): string =>
  mots.map((m) => `(${[m, ...(proches.get(m) ?? [])].map((x) => `${x}:*`).join(' | ')})`).join(' & ');

/** The same words, each with those near it where it begins no word that exists. */
export async function lireRequete(db: Db, q: string): Promise<string> {
  const mots = motsDe(q);
  const longs = mots.filter((m) => /^\p{L}{4,}$/u.test(m));
  if (longs.length === 0) return requetePrefixe(mots);
  const { rows } = await sql<MotProche>`select mot, proche from mots_proches(${longs}::text[])`.execute(db);
  const proches = new Map<string, string[]>();
  for (const r of rows) proches.set(r.mot, [...(proches.get(r.mot) ?? []), r.proche]);
  return requetePrefixe(mots, proches);
}

/** Learns the words of what was written since the last time; returns how many are new. */
export async function apprendreMots(db: Db, registres: readonly string[]): Promise<number> {
  const { rows } = await sql<Appris>`select apprendre_mots(${[...registres]}::text[]) as n`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Entries of the contract. `page` counts from 1. Typing errors are forgiven by trigrams: they rank below true matches. */
export async function rechercher(db: Db, contratId: number, q: string, o: { parPage: number; page: number; genre: string | null }): Promise<Resultats> {
  const prefixe = requetePrefixe(motsDe(q));
  if (prefixe === '') return { total: 0, parGenre: new Map(), lignes: [] };
  const approche = q.trim();
  const { rows } = await sql<{ comptes: Record<string, number> | null; lignes: Resultat[] | null }>`
    with trouves as materialized (
      select r.genre, r.id, r.titre, r.url,
        r.poids * (case when r.vecteur @@ to_tsquery('concorde_fr', ${prefixe})
            then 1 + ts_rank(r.vecteur, to_tsquery('concorde_fr', ${prefixe})) else 0 end
          + word_similarity(sans_accents(${approche}), r.approche))
          + case when r.cle = lower(${approche}) then 10 else 0 end as rang
      from chercher_entrees(${prefixe}, ${approche}) as t
      join recherche r on r.contrat_id = ${contratId} and r.genre = t.genre and r.id = t.id
    )
    select (select jsonb_object_agg(genre, n) from (select genre, count(*)::int as n from trouves group by genre) as g) as comptes,
      (select jsonb_agg(jsonb_build_object('genre', genre, 'id', id, 'titre', titre, 'url', url) order by rang desc, titre, id) from (
        select * from trouves where ${o.genre}::text is null or genre = ${o.genre}
        order by rang desc, titre, id limit ${o.parPage} offset ${(o.page - 1) * o.parPage}) as p) as lignes`.execute(db);
  const parGenre = new Map(Object.entries(rows[0]?.comptes ?? {}));
  const total = o.genre === null ? [...parGenre.values()].reduce((a, b) => a + b, 0) : (parGenre.get(o.genre) ?? 0);
  return { total, parGenre, lignes: rows[0]?.lignes ?? [] };
}
