import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { ControleLu } from '../qualite/controles.queries.ts';

/** What was asked of a figure, and what was answered, as this reader may read it. */
export function Controles({ controles, c }: { controles: readonly ControleLu[]; c: Catalogue }) {
  return (
    <>
      {controles.map((k) => (
        <div key={`${k.regle}${k.le.toISOString()}`} className="govuk-!-margin-bottom-1">
          {k.message ?? k.regle}
          <div>
            <strong>Expliqué</strong>
            {k.explication === null ? '' : ` : ${k.explication}`}
          </div>
          {k.par !== null && <div className="govuk-hint govuk-!-margin-bottom-0">{`${k.par}, ${c.nomActeur(k.organisationId)}, ${jourEtHeure(k.le)}`}</div>}
        </div>
      ))}
    </>
  );
}

export const direControles = (controles: readonly ControleLu[]): string | undefined =>
  controles.length === 0
    ? undefined
    : controles.map((k) => [k.message ?? `${k.regle}.`, k.explication === null ? 'Expliqué.' : `Expliqué : ${k.explication}`].join(' ')).join(' ');
