/** Sessions as a report may tell them: what is closed to others is left out, whoever reads, for a report goes from hand to hand. */
import type { Db } from '../../core/base/database.ts';
import type { FiltresCalendrier, SeanceDeCalendrier } from './calendrier/calendrier.rules.ts';
import { reunions } from './reunions.ts';
import type { Vue } from './instances.vue.ts';

/** Whoever works on the contract, without any seat nor body to keep. */
const PARTENAIRE: Omit<Vue, 'aujourdhui'> = { metier: true, ressorts: [], courriel: '', organisationId: '' };

/** `pour`: who will read the report. */
export const listSeancesRapportees = (
  db: Db,
  contratId: number,
  o: Pick<FiltresCalendrier, 'debut' | 'fin' | 'territoires'> & { pour: 'public' | 'partenaires'; aujourdhui: string },
): Promise<SeanceDeCalendrier[]> =>
  reunions().duCalendrier(db, contratId, o.pour === 'public' ? null : { ...PARTENAIRE, aujourdhui: o.aujourdhui }, {
    debut: o.debut,
    fin: o.fin,
    territoires: o.territoires,
  });
