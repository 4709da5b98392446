/** What signing off says of one figure. */
import type { Db } from '../../../core/base/database.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { lirePeriode, periode } from '../periode.rules.ts';
import { listRectificatifs } from './rectificatifs.queries.ts';
import type { SignatureDuChiffre } from './SignatureBlocs.tsx';
import { listVerrousSur } from './verrous.queries.ts';

const MONTRES = 20;

/** Null for what is computed: nobody signs it. */
export async function getSignature(db: Db, c: Catalogue, m: Mesure, k: { periode: string; territoireId: string }): Promise<SignatureDuChiffre | null> {
  if (m.obtention === 'calcul') return null;
  const { debut, fin } = periode(k.periode);
  const [verrous, lus] = await lireEnsemble(db, [
    () => (lirePeriode(k.periode) ? listVerrousSur(db, c.contratId, { mesureId: m.id, periode: k.periode }) : []),
    () => listRectificatifs(db, c, { mesureId: m.id, mois: { debut, fin }, territoires: c.aire(k.territoireId) }, { limite: MONTRES, depuis: 0 }),
  ]);
  return { verrous, ...lus };
}
