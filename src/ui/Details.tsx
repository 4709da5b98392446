import type { ReactNode } from 'react';
import type { Example } from './types.ts';

/** What few people need, behind its title. */
export const Details = ({ resume, ouvert = false, id, children }: { resume: ReactNode; ouvert?: boolean; id?: string; children: ReactNode }) => (
  <details className="govuk-details" open={ouvert} id={id}>
    <summary className="govuk-details__summary">
      <span className="govuk-details__summary-text">{resume}</span>
    </summary>
    <div className="govuk-details__text">{children}</div>
  </details>
);

export const examples: Example[] = [
  {
    nom: 'Précision',
    rendu: <Details resume="Comment ce chiffre est-il calculé ?">On compte les interventions publiées dont le thème est « rixes ».</Details>,
  },
];
