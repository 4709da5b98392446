/** Whether a lock keeps a figure from coming in. Pure; the triggers of the database say the same (`verrous_sur`). */
import { periode } from '../periode.rules.ts';
import type { VerrouEnVigueur } from './verrous.queries.ts';

interface Attendu {
  mesureId: string;
  fiche: string;
  periode: string;
  debiteur: string;
}
const tient = (v: VerrouEnVigueur, x: Attendu): boolean => {
  const [p, q] = [periode(v.periode), periode(x.periode)];
  return (
    (v.fiche === null || v.fiche === x.fiche) &&
    p.debut <= q.debut &&
    q.fin <= p.fin &&
    !v.exceptions.some((e) => e.mesureId === x.mesureId && (e.debiteur === null || e.debiteur === x.debiteur))
  );
};

/** The lock under which nothing may be given of it any more; undefined when it may. */
export const verrouSur = (verrous: readonly VerrouEnVigueur[], x: Attendu): VerrouEnVigueur | undefined => verrous.find((v) => tient(v, x));
