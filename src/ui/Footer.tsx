import type { Lien } from './types.ts';

const PIED: readonly Lien[] = [
  { libelle: 'Accessibilité', href: '/accessibilite' },
  { libelle: 'Données ouvertes', href: '/donnees' },
  { libelle: 'Chiffres attendus', href: '/chiffres-attendus' },
  { libelle: 'Rectificatifs', href: '/rectificatifs' },
  { libelle: 'Enquêtes', href: '/enquetes' },
  { libelle: 'Glossaire', href: '/glossaire' },
  { libelle: 'Données personnelles', href: '/donnees-personnelles' },
  { libelle: 'Mentions légales', href: '/mentions' },
];
const HORS_PERIMETRE =
  'Concorde ne contient aucun dossier de police, de justice ou de santé, ne note personne et ne prédit rien. Elle ne copie aucun fichier d’un autre service.';

export interface FooterProps {
  liens?: readonly Lien[];
  horsPerimetre?: string;
  contrat: { nom: string; periode: string; licence?: { nom: string; adresse: string } | undefined };
  /** On paper only: where the page is, and the day it was printed. */
  /** No address of a page that its address alone opens. */
  imprime?: { adresse: string | null; jour: string } | undefined;
}

/** The usual links, and what the platform never does. */
export function Footer({ liens = PIED, horsPerimetre = HORS_PERIMETRE, contrat, imprime }: FooterProps) {
  return (
    <footer className="govuk-footer c-pied">
      <div className="govuk-width-container">
        <div className="c-pied__contenu">
          <nav aria-label="Informations">
            <ul className="c-pied__liens">
              {liens.map((l) => (
                <li key={l.href}>
                  <a className="govuk-footer__link" href={l.href}>
                    {l.libelle}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {imprime && (
            <p className="c-pied__note c-imprime">
              {imprime.adresse ? `${imprime.adresse}, tel qu’affiché` : 'Affiché'} le {imprime.jour}.
            </p>
          )}
          <p className="c-pied__note">{horsPerimetre}</p>
          {contrat.licence && (
            <p className="c-pied__note">
              Chiffres réutilisables sous{' '}
              <a className="govuk-footer__link" rel="license" href={contrat.licence.adresse}>
                {contrat.licence.nom}
              </a>
              .
            </p>
          )}
          <p className="c-pied__note">
            Concorde, plateforme du {contrat.nom}. Logiciel libre sous licence <abbr title="European Union Public Licence">EUPL</abbr> 1.2.
          </p>
        </div>
      </div>
    </footer>
  );
}
