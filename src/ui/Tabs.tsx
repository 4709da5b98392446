import type { ReactNode } from 'react';
import { cx, type Example } from './types.ts';

interface Onglet {
  id: string;
  titre: ReactNode;
  contenu: ReactNode;
}

/** Views of the same thing on one page. Without JavaScript: a table of contents, then every part. @public */
export function Tabs({ id, onglets, titre = 'Sommaire' }: { id: string; onglets: readonly Onglet[]; titre?: string }) {
  return (
    <div className="govuk-tabs" data-module="govuk-tabs" id={id}>
      <h2 className="govuk-tabs__title">{titre}</h2>
      <ul className="govuk-tabs__list">
        {onglets.map((o, rang) => (
          <li key={o.id} className={cx('govuk-tabs__list-item', rang === 0 && 'govuk-tabs__list-item--selected')}>
            <a className="govuk-tabs__tab" href={`#${o.id}`}>
              {o.titre}
            </a>
          </li>
        ))}
      </ul>
      {onglets.map((o, rang) => (
        <div key={o.id} className={cx('govuk-tabs__panel', rang > 0 && 'govuk-tabs__panel--hidden')} id={o.id}>
          {o.contenu}
        </div>
      ))}
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Deux vues',
    rendu: (
      <Tabs
        id="ex-onglets"
        onglets={[
          { id: 'ex-carte', titre: 'Carte', contenu: <p className="govuk-body">La carte</p> },
          { id: 'ex-liste', titre: 'Liste', contenu: <p className="govuk-body">La liste</p> },
        ]}
      />
    ),
  },
];
