/** What a session makes people owe, and what others hear of its agenda, brought up after each write. */
import { sql } from 'kysely';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import { uuid } from '../../core/base/id.ts';
import type { Contexte } from '../../core/http/http.ts';
import { ecrireAudit, entree } from '../../core/trace/audit.ts';
import { accorder } from '../echeances/index.ts';
import type { SuitesDUnDepart } from '../comptes/index.ts';
import { AVEC_INSTANCE, inscrireRemontees, suivreCadence } from '../instances/index.ts';
import { listAttenduesDe } from './cloture/approbation.queries.ts';
import { oublierReponsesDuParti } from './preparation/departs.queries.ts';
import { sourceSeances } from './seances.dus.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

export const suivreSeances = (c: Ou, ids: readonly string[]): Promise<number> => accorder(c.db, c.contrat.id, sourceSeances, ids, c);

/** Ids that items of this kind name (`remontee:<id>`), and the day that may be told outside; none once it is given up. */
async function lireInscrits(db: Db, contratId: number, seanceId: string, genre: string): Promise<{ jour: string | null; ids: string[] }> {
  const { rows } = await sql<{ jour: string | null; ids: string[] }>`
    select case when 'restreinte' not in (s.confidentialite, i.confidentialite) then s.jour end as jour,
      array(select substr(p.cle, ${genre.length + 2}) from seance_points p
        where p.contrat_id = s.contrat_id and p.seance_id = s.id and p.cle like ${`${genre}:%`} and s.etat <> 'annulee') as ids
    from seances s ${AVEC_INSTANCE}
    where s.contrat_id = ${contratId} and s.id = ${uuid(seanceId)}`.execute(db);
  return rows[0] ?? { jour: null, ids: [] };
}

/** What other bodies passed and its agenda took, or took out. */
export async function suivreOrdreDuJour(c: Ou, s: { id: string; instanceId: string }): Promise<void> {
  const { jour, ids } = await lireInscrits(c.db, c.contrat.id, s.id, 'remontee');
  await inscrireRemontees(c, { instanceId: s.instanceId, seanceId: s.id, jour, ids });
}

export async function suivreSeance(c: Ou, s: { id: string; instanceId: string }): Promise<void> {
  await suivreOrdreDuJour(c, s);
  await suivreSeances(c, [s.id]);
  await suivreCadence(c, s.instanceId);
}

/** Somebody left: sessions to come do not expect them any more, and ask their substitute; what was noted for them is asked of who holds the chair. */
export const suivreUnDepart: SuitesDUnDepart = async (tx, contratId, courriel, maintenant) => {
  const ids = await oublierReponsesDuParti(tx, contratId, courriel, jourDe(maintenant));
  await ecrireAudit(
    tx,
    contratId,
    ids.map((id) => entree({ utilisateur: null, quand: maintenant, adresse: null }, 'seance.depart', `/seances/${id}`)),
  );
  await accorder(tx, contratId, sourceSeances, [...new Set([...ids, ...(await listAttenduesDe(tx, contratId, courriel))])], { maintenant });
};
