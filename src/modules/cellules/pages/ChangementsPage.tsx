import { EmptyState } from '../../../ui/EmptyState.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import type { changementsEntre } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { TexteGarde } from '../charte/chartes.queries.ts';

interface Props {
  vue: Vue;
  charte: Charte;
  textes: readonly TexteGarde[];
  ancien: TexteGarde | null;
  changements: ReturnType<typeof changementsEntre>;
}
export function ChangementsPage({ vue: v, charte, textes, ancien, changements }: Props) {
  const base = `/cellules/${v.cellule.id}/charte`;
  return (
    <>
      <PageHeader
        titre="Ce qui a changé"
        surtitre={v.nom}
        chapo={
          ancien
            ? `Du texte signé le ${jourDuMoment(ancien.le)} (version ${ancien.version}) au texte en vigueur (version ${charte.version}).`
            : 'Aucun autre texte n’a été signé dans cette cellule.'
        }
      />
      {ancien && changements.length === 0 && <EmptyState titre="Rien n’a changé">Les deux textes disent la même chose.</EmptyState>}
      {enSuite(changements, (x) => (
        <Section titre={x.titre}>
          <p className="govuk-body">
            <strong>Pour qui :</strong> {x.pour}
          </p>
          {x.ajoutees.length > 0 && (
            <>
              <h3 className="govuk-heading-s">Ajouté</h3>
              <ul className="govuk-list govuk-list--bullet">
                {enSuite(x.ajoutees, (l) => (
                  <li>
                    <ins>{l}</ins>
                  </li>
                ))}
              </ul>
            </>
          )}
          {x.retirees.length > 0 && (
            <>
              <h3 className="govuk-heading-s">Retiré</h3>
              <ul className="govuk-list govuk-list--bullet">
                {enSuite(x.retirees, (l) => (
                  <li>
                    <del>{l}</del>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Section>
      ))}
      {textes.length > 1 && (
        <Section titre="Comparer avec un autre texte">
          <ul className="govuk-list">
            {textes
              .filter((t) => t.empreinte !== ancien?.empreinte)
              .map((t) => (
                <li key={t.empreinte}>
                  <a className="govuk-link" href={`${base}/changements?depuis=${t.empreinte}`}>
                    Version {t.version}, du {jourDuMoment(t.le)}
                  </a>
                </li>
              ))}
          </ul>
        </Section>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={base}>
          Lire le texte en vigueur
        </a>
      </p>
    </>
  );
}
