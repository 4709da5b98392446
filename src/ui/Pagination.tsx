import type { Example } from './types.ts';
import { nombre, pluriel } from './typographie.ts';

export interface PaginationProps {
  page: number;
  /** Number of things in the whole list. */
  total: number;
  parPage: number;
  href: (page: number) => string;
  /** What is listed, in the singular: « intervention ». */
  objet: string;
  /** Irregular plural of the object. */
  objets?: string;
}

/** Where we are in a long list. With a single page, only the count is said. */
export function Pagination({ page, total, parPage, href, objet, objets }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / parPage));
  const ici = Math.min(Math.max(1, page), pages);
  const debut = (ici - 1) * parPage + 1;
  const fin = Math.min(total, ici * parPage);
  return (
    <div className="moj-pagination c-pagination">
      {pages > 1 && (
        <nav className="govuk-pagination moj-pagination__pagination" aria-label={`Pages de la liste (${objet})`}>
          {ici > 1 && <Voisine sens="prev" href={href(ici - 1)} />}
          <ul className="govuk-pagination__list">
            {numeros(ici, pages).map((n) =>
              n < 0 ? (
                <li key={n} className="govuk-pagination__item govuk-pagination__item--ellipsis">
                  ⋯
                </li>
              ) : (
                <li key={n} className={n === ici ? 'govuk-pagination__item govuk-pagination__item--current' : 'govuk-pagination__item'}>
                  <a className="govuk-link govuk-pagination__link" href={href(n)} aria-label={`Page ${n}`} aria-current={n === ici ? 'page' : undefined}>
                    {nombre(n)}
                  </a>
                </li>
              ),
            )}
          </ul>
          {ici < pages && <Voisine sens="next" href={href(ici + 1)} />}
        </nav>
      )}
      {total > 0 && (
        <p className="moj-pagination__results">
          {pages > 1 ? `${nombre(debut)} à ${nombre(fin)} sur ${pluriel(total, objet, objets)}` : pluriel(total, objet, objets)}
        </p>
      )}
    </div>
  );
}

/** First, last, and the neighbours of the current page; a negative number stands for a gap. */
function numeros(page: number, pages: number): number[] {
  const voulus = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const tries = [...new Set(voulus)].sort((a, b) => a - b);
  return tries.flatMap((n, i) => {
    const avant = tries[i - 1];
    if (avant === undefined || n - avant === 1) return [n];
    return n - avant === 2 ? [n - 1, n] : [-n, n];
  });
}

function Voisine({ sens, href }: { sens: 'prev' | 'next'; href: string }) {
  const fleche =
    sens === 'prev' ? (
      <svg
        className="govuk-pagination__icon govuk-pagination__icon--prev"
        xmlns="http://www.w3.org/2000/svg"
        height="13"
        width="15"
        aria-hidden="true"
        focusable="false"
        viewBox="0 0 15 13"
      >
        <path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z" />
      </svg>
    ) : (
      <svg
        className="govuk-pagination__icon govuk-pagination__icon--next"
        xmlns="http://www.w3.org/2000/svg"
        height="13"
        width="15"
        aria-hidden="true"
        focusable="false"
        viewBox="0 0 15 13"
      >
        <path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z" />
      </svg>
    );
  const texte = (
    <span className="govuk-pagination__link-title">
      {sens === 'prev' ? 'Précédente' : 'Suivante'}
      <span className="govuk-visually-hidden"> page</span>
    </span>
  );
  return (
    <div className={sens === 'prev' ? 'govuk-pagination__prev' : 'govuk-pagination__next'}>
      <a className="govuk-link govuk-pagination__link" href={href} rel={sens}>
        {sens === 'prev' && fleche}
        {texte}
        {sens === 'next' && fleche}
      </a>
    </div>
  );
}

export const examples: Example[] = [
  { nom: 'Milieu d’une longue liste', rendu: <Pagination page={6} total={1234} parPage={50} href={(n) => `?page=${n}`} objet="intervention" /> },
  { nom: 'Une seule page', rendu: <Pagination page={1} total={12} parPage={50} href={(n) => `?page=${n}`} objet="séance" /> },
];
