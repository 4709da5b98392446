import type { ReactNode } from 'react';
import { duree } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Point } from '../../seances.queries.ts';
import { direGenre } from '../../seances.rules.ts';

/** One item of the agenda: its rank, its title, its kind and length, who reports; then what may be done with it. */
export const TeteDePoint = ({ point: x, rang, catalogue, children }: { point: Point; rang: number; catalogue: Catalogue; children?: ReactNode }) => (
  <div className="c-odj__tete">
    <span className="c-odj__rang" aria-hidden="true">
      {rang + 1}
    </span>
    <div className="c-odj__titre">
      <strong>{x.titre}</strong>
      <span className="c-note">
        {' '}
        {direGenre(x.genre, x.acceptePar && catalogue.nomActeur(x.acceptePar))}, {duree(x.minutes)}
        {x.rapporteur && `, ${x.rapporteur}`}
      </span>
    </div>
    {children}
  </div>
);
