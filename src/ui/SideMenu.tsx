import type { Lien } from './types.ts';
import { nombre } from './typographie.ts';

interface EntreeDeMenu extends Lien {
  cle: string;
  /** What waits for the person there. */
  compte?: number;
}
export interface GroupeDeMenu {
  titre?: string;
  entrees: readonly EntreeDeMenu[];
}

/** Navigation by task beside a work screen; on a phone it opens from *Menu* (a link to its id, so without script). */
export function SideMenu({ groupes, section }: { groupes: readonly GroupeDeMenu[]; section?: string }) {
  return (
    <nav className="moj-side-navigation c-menu" id="menu" aria-label="Menu de travail">
      <a className="c-menu__fermer" href="#contenu">
        Fermer le menu
      </a>
      {groupes.map((g) => (
        <div key={g.titre ?? g.entrees[0]?.cle}>
          {g.titre && <h2 className="moj-side-navigation__title">{g.titre}</h2>}
          <ul className="moj-side-navigation__list">
            {g.entrees.map((e) => (
              <li key={e.cle} className={e.cle === section ? 'moj-side-navigation__item moj-side-navigation__item--active' : 'moj-side-navigation__item'}>
                <a href={e.href} aria-current={e.cle === section ? 'location' : undefined}>
                  {e.libelle}
                  {e.compte ? (
                    <span className="c-menu__compte">
                      <span className="govuk-visually-hidden"> : </span>
                      {nombre(e.compte)}
                      <span className="govuk-visually-hidden"> à traiter</span>
                    </span>
                  ) : null}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
