import { enumerer } from '../../../../ui/typographie.ts';
import type { Ecarte } from '../recurrents.queries.ts';

/** Items that come back and that this session dropped, each with its reason. */
export const PointsEcartes = ({ ecartes }: { ecartes: readonly Ecarte[] }) =>
  ecartes.length === 0 ? null : (
    <p className="govuk-body-s c-note">
      {ecartes.length === 1 ? 'Écarté cette fois' : 'Écartés cette fois'} : {enumerer(ecartes.map((e) => `${e.titre} (${e.motif})`))}
    </p>
  );
