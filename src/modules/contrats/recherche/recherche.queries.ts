/** Search over the contract: French words by their stem, accents ignored, beginnings of words, and typing errors. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
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

/** Words of a query as a prefix tsquery: `form rixe` finds « formations sur les rixes ». Empty when there is no word. */
function requetePrefixe(q: string): string {
  const mots = q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return mots
    .slice(0, 12)
    .map((m) => `${m}:*`)
    .join(' & ');
}

/** `page` counts from 1. Typing errors are forgiven by trigrams: they rank below true matches. */
export async function rechercher(db: Db, contratId: number, q: string, o: { parPage: number; page: number; genre: string | null }): Promise<Resultats> {
  const prefixe = requetePrefixe(q);
  if (prefixe === '') return { total: 0, parGenre: new Map(), lignes: [] };
  const approche = q.trim();
  const trouves = sql`
    with trouves as (
      select r.genre, r.id, r.titre, r.url,
        r.poids * (case when r.vecteur @@ to_tsquery('concorde_fr', ${prefixe})
            then 1 + ts_rank(r.vecteur, to_tsquery('concorde_fr', ${prefixe})) else 0 end
          + word_similarity(sans_accents(${approche}), r.approche))
          + case when lower(r.id) = lower(${approche}) then 10 else 0 end as rang
      from recherche r
      where r.contrat_id = ${contratId}
        and (r.vecteur @@ to_tsquery('concorde_fr', ${prefixe})
          or lower(r.id) = lower(${approche})
          or (length(${approche}) > 3 and sans_accents(${approche}) <% r.approche))
    )`;
  const comptes = await sql<{ genre: string; n: number }>`
    ${trouves} select genre, count(*)::int as n from trouves group by genre`.execute(db);
  const parGenre = new Map(comptes.rows.map((r) => [r.genre, r.n]));
  const { rows } = await sql<Resultat>`
    ${trouves}
    select genre, id, titre, url from trouves
    where ${o.genre}::text is null or genre = ${o.genre}
    order by rang desc, titre, id
    limit ${o.parPage} offset ${(o.page - 1) * o.parPage}`.execute(db);
  const total = o.genre === null ? [...parGenre.values()].reduce((a, b) => a + b, 0) : (parGenre.get(o.genre) ?? 0);
  return { total, parGenre, lignes: rows };
}
