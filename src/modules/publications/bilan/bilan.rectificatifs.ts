/** What was corrected in the year, whatever the year of the figure: the next report says it once. */
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { direCote, direMotif, direOu, listRectificatifs } from '../../indicateurs/index.ts';
import type { BilanContenu } from './bilan.modele.ts';
import { typographier } from './bilan.rules.ts';

const MONTRES = 40;

export async function getRectificatifsDuBilan(
  db: Db,
  c: Catalogue,
  d: { annee: number; aire: ReturnType<Catalogue['aire']> },
): Promise<BilanContenu['rectificatifs']> {
  const { rectificatifs, total } = await listRectificatifs(
    db,
    c,
    { entre: { du: `${d.annee}-01-01`, au: `${d.annee}-12-31` }, territoires: d.aire },
    { limite: MONTRES, depuis: 0 },
  );
  return {
    total,
    liste: rectificatifs.map((r) => ({
      jour: jourDe(r.le, c.contrat.fuseau),
      mesure: typographier(r.mesure.court),
      ou: typographier(direOu(r, c)),
      avant: typographier(direCote(r, r.avant, c, 'avant')),
      apres: typographier(direCote(r, r.apres, c, 'apres')),
      motif: typographier(direMotif(r)),
      par: typographier(c.nomActeur(r.par)),
    })),
  };
}
