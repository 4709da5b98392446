/** One page of a list that was read whole: what people write one by one, a few hundred rows at most. A longer list is cut by its query. */
import { type Contexte, numeroDePage } from './http.ts';

export interface EnPages<T> {
  lignes: readonly T[];
  /** As `Pagination` takes them; null where one page holds all. */
  pages: { page: number; total: number; parPage: number; href: (page: number) => string } | null;
}

/** `nom`: the parameter of the address, where a page has several lists; it is also where the list stands in the page. */
export function enPages<T>(c: Pick<Contexte, 'requete' | 'url'>, lignes: readonly T[], parPage: number, nom = 'page'): EnPages<T> {
  if (lignes.length <= parPage) return { lignes, pages: null };
  const page = Math.min(numeroDePage(c, nom), Math.ceil(lignes.length / parPage));
  const href = (n: number): string => {
    const suite = new URLSearchParams(c.url.searchParams);
    suite.set(nom, String(n));
    return `${c.url.pathname}?${suite}${nom === 'page' ? '' : `#${nom}`}`;
  };
  return { lignes: lignes.slice((page - 1) * parPage, page * parPage), pages: { page, total: lignes.length, parPage, href } };
}
