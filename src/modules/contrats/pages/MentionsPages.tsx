import { PageHeader } from '../../../ui/PageHeader.tsx';
import type { Catalogue } from '../catalogue.ts';
import type { Licence } from '../licence.ts';

const Reutilisation = ({ licence }: { licence: Licence }) => (
  <p className="govuk-body">
    Les chiffres publiés ici se réutilisent librement sous{' '}
    <a className="govuk-link" rel="license" href={licence.adresse}>
      {licence.nom}
    </a>{' '}
    : chaque fichier téléchargé porte cette licence. Citez la source et la date.
  </p>
);

export function DonneesPage({ catalogue: c }: { catalogue: Catalogue }) {
  return (
    <>
      <PageHeader titre="Données ouvertes" chapo="Ce que chacun peut télécharger, et sous quelle licence." />
      <ul className="govuk-list govuk-list--bullet govuk-list--spaced">
        <li>
          <a className="govuk-link" href="/barometre.csv">
            Le baromètre en CSV
          </a>{' '}
          : chaque mesure, sa valeur et son état.
        </li>
        <li>
          <a className="govuk-link" href="/bilan">
            Le bilan annuel
          </a>{' '}
          en PDF, Word, Excel ou CSV.
        </li>
        <li>Chaque page de chiffre a son propre téléchargement.</li>
      </ul>
      <Reutilisation licence={c.contrat.licence} />
      <p className="govuk-body">
        Les signalements et contours importés gardent la licence de leur producteur (ODbL, Licence Ouverte 2.0). Les chiffres appartiennent aux signataires de :{' '}
        {c.contrat.titre}.
      </p>
    </>
  );
}

export function MentionsPage({ catalogue: c }: { catalogue: Catalogue }) {
  return (
    <>
      <PageHeader titre="Mentions légales" />
      <p className="govuk-body">
        Plateforme du {c.contrat.titre}, tenue pour ses signataires : {c.contrat.signataires.map((s) => c.nomActeur(s.acteur)).join(', ')}.
      </p>
      <Reutilisation licence={c.contrat.licence} />
      <p className="govuk-body">
        Le logiciel Concorde est libre, sous licence EUPL 1.2. L’éditeur et l’hébergeur de cette installation sont à indiquer par la collectivité qui la publie.
      </p>
    </>
  );
}
