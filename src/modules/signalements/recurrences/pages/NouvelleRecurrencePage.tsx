import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';
import { direMotif, grilleDe } from '../motif.rules.ts';

interface Props {
  catalogue: Catalogue;
  demandes: readonly Demande[];
  erreurs: readonly ErreurDeChamp[];
  minimum: number;
}
export function NouvelleRecurrencePage({ catalogue: cat, demandes, erreurs, minimum }: Props) {
  const motif = direMotif(grilleDe(demandes));
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Suivre un lieu qui revient"
        chapo={`${pluriel(demandes.length, 'demande')} du même objet au même endroit : celles qui viendront s’y ajouteront, et ceux qui ont signalé pourront suivre le lieu.`}
      />
      {motif && <p className="govuk-body">{motif}</p>}
      <Section titre="Demandes">
        <ul className="govuk-list govuk-list--bullet">
          {demandes.map((d) => (
            <li key={d.id}>
              <a className="govuk-link" href={`/signalements/demandes/${d.id}`}>
                n° {d.numero}, {d.titre}
              </a>
              , {[jour(d.jour), d.adresse, cat.territoires.get(d.territoireId)?.nom ?? d.territoireId].filter(Boolean).join(', ')}
            </li>
          ))}
        </ul>
      </Section>
      {demandes.length >= minimum && (
        <Form action="/signalements/recurrences/nouvelle" masques={{ demandes: demandes.map((d) => d.id).join('.') }}>
          <Button>Suivre ce lieu</Button>
        </Form>
      )}
    </>
  );
}
