import type { ReactNode } from 'react';
import { duree } from '../../../../ui/typographie.ts';
import type { Point } from '../../seances.queries.ts';
import { GENRES_POINT } from '../../seances.rules.ts';

/** One item of the agenda: its rank, its title, its kind and length, who reports; then what may be done with it. */
export const TeteDePoint = ({ point: x, rang, children }: { point: Point; rang: number; children?: ReactNode }) => (
  <div className="c-odj__tete">
    <span className="c-odj__rang" aria-hidden="true">
      {rang + 1}
    </span>
    <div className="c-odj__titre">
      <strong>{x.titre}</strong>
      <span className="c-note">
        {' '}
        {GENRES_POINT[x.genre]}, {duree(x.minutes)}
        {x.rapporteur && `, ${x.rapporteur}`}
      </span>
    </div>
    {children}
  </div>
);
