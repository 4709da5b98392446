import { jourCourt, jourDuMoment } from '../../../../ui/typographie.ts';
import type { Raison } from '../raisons.queries.ts';

/** What the institution says of its own delay: its words, its day, its name. */
export const RaisonDite = ({ r, nom }: { r: Raison; nom: string }) => (
  <blockquote className="c-raison">
    <p className="c-raison__motif">« {r.motif} »</p>
    <footer className="c-raison__signature">
      {nom}, le {jourDuMoment(r.le)}
      {r.attenduLe && ` ; annoncé pour le ${jourCourt(r.attenduLe)}`}
    </footer>
  </blockquote>
);
