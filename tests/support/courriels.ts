/** What waits to be sent, read as the person it is sent to would: letters with a link are kept closed in the database. */
import { sql } from 'kysely';
import type { AppDeTest } from './app.ts';

export interface CourrielLu {
  destinataire: string;
  sujet: string;
  texte: string;
  ical: string;
  methode: string;
  objet: string;
}
/** In the order in which they were written. */
export async function courriels(app: AppDeTest, objet?: string): Promise<CourrielLu[]> {
  const { rows } = await sql<CourrielLu & { ferme: Buffer | null }>`
    select destinataire, sujet, texte, ical, ical_methode as methode, objet, ferme from courriels
    where contrat_id = ${app.contratId} ${objet === undefined ? sql`` : sql`and objet = ${objet}`} order by cree_le, id`.execute(app.base.owner);
  return rows.map(({ ferme, ...c }) => {
    if (!ferme) return c;
    const { texte, ical, a, sujet } = JSON.parse(app.coffre.dechiffrer(ferme)) as { texte: string; ical: string; a?: string; sujet?: string };
    return { ...c, texte, ical, destinataire: a || c.destinataire, sujet: sujet || c.sujet };
  });
}
