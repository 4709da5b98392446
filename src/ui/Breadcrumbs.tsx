import type { Example, Lien } from './types.ts';

/** The way back, from the home page; the page itself is not listed. */
export function Breadcrumbs({ fil }: { fil: readonly Lien[] }) {
  return (
    <nav className="govuk-breadcrumbs" aria-label="Fil d’Ariane">
      <ol className="govuk-breadcrumbs__list">
        {fil.map((l) => (
          <li key={l.href} className="govuk-breadcrumbs__list-item">
            <a className="govuk-breadcrumbs__link" href={l.href}>
              {l.libelle}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export const examples: Example[] = [
  { nom: 'Fil', rendu: <Breadcrumbs fil={[{ libelle: 'Accueil', href: '/' }, { libelle: 'Contrat', href: '/contrat' }, { libelle: 'Axe 1', href: '/contrat/axes/1' }]} /> },
];
