import { PageHeader } from '../../../ui/PageHeader.tsx';
import type { Catalogue } from '../catalogue.ts';

export function GlossairePage({ catalogue: c }: { catalogue: Catalogue }) {
  const termes = c.glossaire.toSorted((a, b) => a.terme.localeCompare(b.terme, 'fr'));
  return (
    <>
      <PageHeader titre="Glossaire" chapo="Les sigles que l’on rencontre dans le contrat." />
      <dl className="govuk-summary-list">
        {termes.map((t) => (
          <div key={t.terme} className="govuk-summary-list__row" id={t.terme}>
            <dt className="govuk-summary-list__key">
              <dfn>{t.terme}</dfn>
            </dt>
            <dd className="govuk-summary-list__value">
              {t.sens}
              {(t.ailleurs ?? []).map((x) => (
                <p key={x.sens} className="govuk-body-s">
                  {x.fiches.length > 1 ? 'Fiches' : 'Fiche'} {x.fiches.join(', ')} : {x.sens}
                </p>
              ))}
              {t.note && <p className="govuk-body-s">{t.note}</p>}
              {t.developpe === false && <p className="govuk-body-s">Le contrat ne développe pas ce sigle : c’est le sens de l’usage.</p>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

export function AnomaliesPage({ catalogue: c }: { catalogue: Catalogue }) {
  const href = (o: string) => (c.fiches.has(o) ? `/fiches/${o}` : `/chiffres/${o}`);
  return (
    <>
      <PageHeader titre="À savoir sur le document" chapo="Ce que l’on a remarqué en lisant le contrat signé, et comment Concorde l’a traité." />
      <ul className="govuk-list govuk-list--bullet govuk-list--spaced">
        {c.anomalies.map((a) => (
          <li key={a.constat}>
            {a.constat} (
            {a.objets.map((o, i) => (
              <span key={o}>
                {i > 0 && ', '}
                <a className="govuk-link" href={href(o)}>
                  {o}
                </a>
              </span>
            ))}
            )
          </li>
        ))}
      </ul>
    </>
  );
}
