import type { Example, Lien } from './types.ts';
import { nombre } from './typographie.ts';

export interface EntreeDeSousNavigation extends Lien {
  actif?: boolean;
  compte?: number;
}

/** Pages about the same object. */
export const SubNavigation = ({ libelle, entrees }: { libelle: string; entrees: readonly EntreeDeSousNavigation[] }) => (
  <nav className="moj-sub-navigation c-sous-nav" aria-label={libelle}>
    <ul className="moj-sub-navigation__list">
      {entrees.map((e) => (
        <li key={e.href} className="moj-sub-navigation__item">
          <a className="moj-sub-navigation__link" href={e.href} aria-current={e.actif ? 'page' : undefined}>
            {e.libelle}
            {e.compte !== undefined && ` (${nombre(e.compte)})`}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

export const examples: Example[] = [
  {
    nom: 'Pages d’une fiche',
    rendu: (
      <SubNavigation
        libelle="Fiche 1.6"
        entrees={[
          { libelle: 'Vue d’ensemble', href: '/f/1.6', actif: true },
          { libelle: 'Actions', href: '/f/1.6/actions', compte: 18 },
          { libelle: 'Chiffres', href: '/f/1.6/chiffres', compte: 9 },
        ]}
      />
    ),
  },
];
