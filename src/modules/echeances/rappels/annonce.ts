/** What is said beforehand of the reminders of one thing owed: to whom the next one goes, and when; from which day someone else is told. */
import type { Db } from '../../../core/base/database.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { listTenues } from '../echeances.queries.ts';
import { CALME, cadenceDe, plusJours, premierJourOuvre, prochainRappel } from '../echeances.rules.ts';
import type { Destinataire } from '../echeances.types.ts';
import { genreDe } from '../genres.ts';

export interface RappelAnnonce {
  /** Null: none is to come. */
  le: string | null;
  a: readonly Destinataire[];
  escalade: { le: string; a: string } | null;
}

/** Null when nothing is owed any more. */
export async function annoncerRappel(
  db: Db,
  o: { contratId: number; genre: string; sujet: string; aujourdhui: string; maintenant: Date },
): Promise<RappelAnnonce | null> {
  const declare = genreDe(o.genre);
  const [e] = (await listTenues(db, o.contratId, [o.genre], [o.sujet])).filter((x) => !x.soldeeLe && !x.sansObjetLe);
  if (!declare || !e) return null;
  const { genre, source } = declare;
  const catalogue = await getCatalogue(db, o.contratId);
  const adresses = (await source.destinataires?.(db, { ...o, catalogue, comptes: [], echeances: [e] }))?.get(e.id);
  const calme = genre.calme === undefined ? CALME : genre.calme;
  const cadence = cadenceDe(e, genre);
  const escalade = cadence.escalade && e.dueLe ? plusJours(e.dueLe, cadence.escalade.apres + 1) : null;
  return {
    le: prochainRappel(e, genre, o.aujourdhui, calme),
    a: adresses ?? (e.courriel ? [{ courriel: e.courriel, nom: e.personne }] : []),
    escalade: cadence.escalade && escalade && escalade >= o.aujourdhui ? { le: premierJourOuvre(calme, escalade), a: cadence.escalade.a } : null,
  };
}
