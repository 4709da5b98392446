import { Mark } from './Mark.tsx';
import type { Lien } from './types.ts';

export interface EntreeDeNavigation extends Lien {
  /** Compared with `section` to mark the current entry. */
  cle: string;
}

export interface HeaderProps {
  contrat: { nom: string; sigle: string; periode: string };
  chemin: string;
  utilisateur: { id?: string; nom: string; fonction?: string } | null;
  navigation: readonly EntreeDeNavigation[];
  section?: string;
  recherche?: string;
  /** The menu of who is signed in follows, and holds these entries too: the phone gets a link to it. */
  avecMenu?: boolean;
  /** Only whose site it is. */
  sobre?: boolean;
}

/** The mark, the contract, the search, who is signed in, and the tasks. */
export function Header({ contrat, chemin, utilisateur, navigation, section, recherche, avecMenu, sobre }: HeaderProps) {
  return (
    <header className="c-tete">
      <div className="govuk-width-container c-tete__barre">
        <a className="c-marque" href="/">
          <Mark />
          <span className="c-marque__textes">
            <span className="c-marque__nom">Concorde</span>
            <span className="c-marque__contrat">
              {contrat.nom}
              {contrat.periode && !contrat.nom.includes(contrat.periode) && ` ${contrat.periode}`}
            </span>
          </span>
        </a>
        {!sobre && (
          <>
            <search className="c-recherche">
              <form action="/recherche" method="get" className="c-recherche__formulaire">
                <label className="govuk-visually-hidden" htmlFor="recherche">
                  Rechercher dans Concorde
                </label>
                <input
                  className="c-recherche__champ"
                  id="recherche"
                  name="q"
                  type="search"
                  defaultValue={recherche}
                  placeholder="Rechercher"
                  autoComplete="off"
                />
                <button className="c-recherche__bouton" type="submit">
                  <svg width="18" height="18" viewBox="0 0 21 20" fill="none" aria-hidden="true" focusable="false">
                    <path d="M8.9 14.47a6.3 6.3 0 1 0 0-12.62 6.3 6.3 0 0 0 0 12.62ZM13.23 12.86l6.36 6.36" stroke="currentColor" strokeWidth="2.2" />
                  </svg>
                  <span className="govuk-visually-hidden">Rechercher</span>
                </button>
              </form>
            </search>
            <Compte utilisateur={utilisateur} chemin={chemin} />
          </>
        )}
      </div>
      {sobre ? null : avecMenu ? (
        <div className="c-tete__taches c-tete__taches--menu">
          <p className="govuk-width-container c-taches">
            <a className="c-taches__menu" href="#menu">
              Menu
            </a>
          </p>
        </div>
      ) : (
        <nav className="c-tete__taches" aria-label="Rubriques">
          <ul className="govuk-width-container c-taches__liste">
            {navigation.map((e) => (
              <li key={e.cle} className="c-taches__item">
                <a className="c-taches__lien" href={e.href} aria-current={e.cle === section ? 'page' : undefined}>
                  {e.libelle}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Compte({ utilisateur, chemin }: Pick<HeaderProps, 'utilisateur' | 'chemin'>) {
  if (!utilisateur)
    return (
      <div className="c-compte">
        <a className="c-compte__lien" href={`/connexion?retour=${encodeURIComponent(chemin)}`}>
          Se connecter
        </a>
      </div>
    );
  return (
    <div className="c-compte">
      <a className="c-compte__lien" href="/mon-compte">
        <span className="c-compte__nom">{utilisateur.nom}</span>
        {utilisateur.fonction && <span className="c-compte__fonction">{utilisateur.fonction}</span>}
      </a>
      <form action="/deconnexion" method="post" data-depart={utilisateur.id}>
        <button className="c-compte__sortir" type="submit">
          Se déconnecter
        </button>
      </form>
    </div>
  );
}
