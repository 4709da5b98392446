import type { Example, Lien } from './types.ts';

/** The way back, from the home page; the page itself is not listed. */
export function Breadcrumbs({ fil, libelle = 'Fil d’Ariane' }: { fil: readonly Lien[]; libelle?: string }) {
  return (
    <nav className="govuk-breadcrumbs" aria-label={libelle}>
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
  {
    nom: 'Fil',
    rendu: (
      <Breadcrumbs
        libelle="Exemple de fil"
        fil={[
          { libelle: 'Accueil', href: '/' },
          { libelle: 'Contrat', href: '/contrat' },
          { libelle: 'Axe 1', href: '/contrat/axes/1' },
        ]}
      />
    ),
  },
];
