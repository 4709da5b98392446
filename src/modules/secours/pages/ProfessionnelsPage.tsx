import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Reserve } from '../demarches/corrections.queries.ts';
import type { DemarcheLue } from '../demarches/demarche.rules.ts';

export interface ProfessionnelsPageProps {
  demarches: readonly { d: DemarcheLue; reserve: Reserve | null; corrigible: boolean }[];
  nommer: (acteur: string) => string;
  /** May say that numbers were checked. */
  verifie: boolean;
}

/** What partners read beside the public pages: conditions, direct lines; and the door to correct one's own. */
export function ProfessionnelsPage({ demarches, nommer, verifie }: ProfessionnelsPageProps) {
  return (
    <>
      <PageHeader
        titre="Orientation : conditions et lignes directes"
        chapo="Réservé aux partenaires connectés. Ce qui suit n’est sur aucune page publique : ne le transmettez pas aux personnes accompagnées."
      />
      {verifie && (
        <p className="govuk-body">
          <a className="govuk-link" href="/aide/numeros">
            Vérifier les numéros d’aide et leurs horaires
          </a>
        </p>
      )}
      {demarches.map(({ d, reserve, corrigible }) => (
        <Section key={d.code} titre={d.titre}>
          {reserve && reserve.texte !== '' ? (
            <>
              {enSuite(reserve.texte.split('\n'), (l) => (
                <p className="govuk-body">{l}</p>
              ))}
              <p className="govuk-body-s">
                Écrit par {nommer(reserve.organisationId)} le {jourDuMoment(reserve.le)}.
              </p>
            </>
          ) : (
            <p className="govuk-body-s">
              {d.reserve ? `À compléter par ${d.tenu_par.map(nommer).join(' ou ')} : rien n’a encore été donné.` : 'Rien de plus que la page publique.'}
            </p>
          )}
          <p className="govuk-body-s">
            <a className="govuk-link" href={`/aide/demarches/${d.code}`}>
              Page publique<span className="govuk-visually-hidden"> : {d.titre}</span>
            </a>
            {corrigible && (
              <>
                {' · '}
                <a className="govuk-link" href={`/aide/demarches/${d.code}/corriger`}>
                  Corriger<span className="govuk-visually-hidden"> : {d.titre}</span>
                </a>
              </>
            )}
          </p>
        </Section>
      ))}
    </>
  );
}
