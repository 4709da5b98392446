/** What waits to be sent, read as the person it is sent to would: letters with a link are kept closed in the database. */
import { sql } from 'kysely';
import type { AppDeTest } from './app.ts';

export interface CourrielLu {
  /** As the queue shows it. */
  destinataire: string;
  /** Whom it is for, opened where it waits closed. */
  pour: string;
  sujet: string;
  texte: string;
  ical: string;
  methode: string;
  objet: string;
}
/** In the order in which they were written. */
export async function courriels(app: AppDeTest, objet?: string): Promise<CourrielLu[]> {
  const { rows } = await sql<Omit<CourrielLu, 'pour'> & { ferme: Buffer | null }>`
    select destinataire, sujet, texte, ical, ical_methode as methode, objet, ferme from courriels
    where contrat_id = ${app.contratId} ${objet === undefined ? sql`` : sql`and objet = ${objet}`} order by cree_le, destinataire, sujet, id`.execute(
    app.base.owner,
  );
  return rows.map(({ ferme, ...c }) => {
    if (!ferme) return { ...c, pour: c.destinataire };
    const dedans = JSON.parse(app.coffre.dechiffrer(ferme)) as { texte: string; ical: string; a?: string; sujet?: string };
    return { ...c, ...dedans, pour: dedans.a || c.destinataire, sujet: dedans.sujet || c.sujet };
  });
}
