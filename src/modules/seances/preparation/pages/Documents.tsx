import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { octets } from '../../../../ui/typographie.ts';
import type { Point } from '../../seances.queries.ts';
import type { Document } from '../documents.queries.ts';

/** Papers of a session, those of an item named after it. `base`: path under which they are read. */
export function Documents({
  documents,
  points,
  base,
  retirer = false,
}: {
  documents: readonly Document[];
  points: readonly Point[];
  base: string;
  retirer?: boolean;
}) {
  if (documents.length === 0) return <p className="govuk-body">Aucun document joint.</p>;
  return (
    <ul className="govuk-list c-documents">
      {documents.map((d) => (
        <li key={d.id}>
          <a className="govuk-link" href={`${base}/documents/${d.id}`} download="">
            {d.titre}
          </a>{' '}
          <span className="c-note">
            {d.nom.split('.').at(-1)?.toUpperCase()}, {octets(d.octets)}
            {d.pointId && `, pour « ${points.find((p) => p.id === d.pointId)?.titre ?? ''} »`}
          </span>
          {retirer && (
            <Form action={`${base}/documents/${d.id}/retirer`}>
              <Button variante="discret" petit>
                Retirer<span className="govuk-visually-hidden"> {d.titre}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
