/** Who is written to about a body: the addresses of the seats of one quality, as they are held today. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import { uuids } from '../../../core/id.ts';
import { type Adresses, type Destinataire, grouper } from '../../echeances/index.ts';
import type { Qualite } from '../instances.rules.ts';

const ORIGINES = { seances: sql.table('seances'), decisions: sql.table('decisions') } as const;

/** Addresses by entry: `objets` are sessions, decisions or bodies, by the id of their entry. */
export async function adressesDuSiege(
  db: Db,
  contratId: number,
  o: { objets: readonly { id: string; objetId: string }[]; dans: keyof typeof ORIGINES | 'instances'; qualite: Qualite; aujourdhui: string },
): Promise<Adresses> {
  const origine =
    o.dans === 'instances'
      ? sql`(select contrat_id, id, id as instance_id from instances)`
      : sql`(select contrat_id, id, instance_id from ${ORIGINES[o.dans]})`;
  const { rows } = await sql<{ objet: string } & Destinataire>`
    select x.id as objet, m.courriel, coalesce(nullif(m.nom, ''), m.fonction) as nom
    from ${origine} x
    join instances i on i.contrat_id = x.contrat_id and i.id = x.instance_id and i.close_le is null
    join instance_membres m on m.contrat_id = i.contrat_id and m.instance_id = i.id and m.qualite = ${o.qualite} and m.courriel <> ''
      and m.debut <= ${o.aujourdhui}::date and (m.fin is null or m.fin >= ${o.aujourdhui}::date)
    where x.contrat_id = ${contratId} and x.id = any(${uuids(o.objets.map((e) => e.objetId))})
    order by m.ordre`.execute(db);
  const parObjet = grouper(rows, (r) => r.objet);
  return new Map(o.objets.map((e) => [e.id, parObjet.get(e.objetId) ?? []]));
}
