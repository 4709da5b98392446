/** Each minute: what a mairie learnt and nobody told the control room in time goes to the coordination, once. */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cadre } from '../crises.schema.ts';
import { relancerLaCoordination } from '../salle/prevenir.ts';
import { relancerAvis } from './avis.queries.ts';

/** Older than that, who reads them has known for long. */
const AGE_MAX_H = 24;
export const relancerLesAvis = (db: Db, contrat: ContratServi, o: { maintenant: Date; adresse: string; cadre: Cadre; cat: Catalogue }): Promise<number> =>
  inTransaction(db, { contratId: contrat.id }, async (tx) => {
    const c = { db: tx, contrat, maintenant: o.maintenant, utilisateur: null };
    const avant = (ms: number) => new Date(o.maintenant.getTime() - ms);
    const dus = await relancerAvis(tx, contrat.id, o.maintenant, { avant: avant(o.cadre.scop.minutes * 60_000), depuis: avant(AGE_MAX_H * 3_600_000) });
    for (const a of dus) await relancerLaCoordination(c, o, { ...a, chemin: `/crises/avis?avis=${a.id}#a-${a.id}` });
    return dus.length;
  });
