/** What bodies pass to each other. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Confidentialite } from '../instances.rules.ts';
import type { Vue } from '../instances.vue.ts';
import { connue } from '../rattachements/rattachements.queries.ts';
import type { EtatRemontee, NatureRemontee } from './remontees.rules.ts';

/** `autre`: name of the body at the other end; null when this reader may not know of it. */
export interface Remontee extends Omit<Ligne<'instanceRemontees'>, 'contratId' | 'compteId' | 'etat' | 'nature'> {
  etat: EtatRemontee;
  nature: NatureRemontee;
}
export interface RemonteeDeListe extends Remontee {
  autre: string | null;
}

const COLONNES = sql`r.id, r.de_id, r.vers_id, r.de_confidentialite, r.vers_confidentialite, r.nature, r.titre, r.expose, r.seance_id, r.auteur, r.cree_le,
  r.etat, r.inscrite_seance_id, r.inscrite_jour, r.reponse, r.repondu_par, r.repondu_le, r.decision_id`;

/** What this body passed, or received; what waits for an answer first. */
export async function listRemontees(db: Db, contratId: number, instanceId: string, sens: 'envoyees' | 'recues', v: Vue | null): Promise<RemonteeDeListe[]> {
  const [ici, la] = sens === 'envoyees' ? [sql`r.de_id`, sql`r.vers_id`] : [sql`r.vers_id`, sql`r.de_id`];
  const { rows } = await sql<RemonteeDeListe>`
    select ${COLONNES}, case when ${connue(v)} then i.nom end as autre
    from instance_remontees r
    join instances i on i.contrat_id = r.contrat_id and i.id = ${la}
    where r.contrat_id = ${contratId} and ${ici} = ${uuid(instanceId)}
    order by r.etat not in ('transmise', 'inscrite'), r.cree_le desc, r.id`.execute(db);
  return rows;
}
export async function getRemontee(db: Db, contratId: number, id: string, verrou = false): Promise<Remontee | null> {
  const { rows } = await sql<Remontee>`
    select ${COLONNES} from instance_remontees r
    where r.contrat_id = ${contratId} and r.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Who sent it, for the agenda of the body that received it; the oldest first. `id`: that one alone, answered or not. */
export interface Recue extends Pick<Remontee, 'id' | 'nature' | 'titre' | 'expose' | 'creeLe' | 'etat' | 'reponse'> {
  nom: string;
  confidentialite: Confidentialite;
}
export async function listRecues(db: Db, contratId: number, instanceId: string, ouvertes: readonly Confidentialite[], id?: string): Promise<Recue[]> {
  const { rows } = await sql<Recue>`
    select r.id, r.nature, r.titre, r.expose, r.cree_le, r.etat, r.reponse, i.nom,
      case when 'restreinte' in (i.confidentialite, r.de_confidentialite) then 'restreinte' else i.confidentialite end as confidentialite
    from instance_remontees r
    join instances i on i.contrat_id = r.contrat_id and i.id = r.de_id
    where r.contrat_id = ${contratId} and r.vers_id = ${uuid(instanceId)} and r.vers_confidentialite = any(${[...ouvertes]}::text[])
      and ${id === undefined ? sql`r.etat = 'transmise'` : sql`r.id = ${uuid(id)}`}
    order by r.cree_le`.execute(db);
  return rows;
}

export interface NouvelleRemontee {
  de: { id: string; confidentialite: Confidentialite };
  vers: { id: string; confidentialite: Confidentialite };
  nature: NatureRemontee;
  titre: string;
  expose: string;
  seanceId: string | null;
}
export async function createRemontee(tx: Db, contratId: number, r: NouvelleRemontee, par: { id: string; nom: string; quand: Date }): Promise<string> {
  const { rows } = await sql<Pick<Remontee, 'id'>>`
    insert into instance_remontees (contrat_id, de_id, vers_id, de_confidentialite, vers_confidentialite, nature, titre, expose, seance_id, auteur,
      compte_id, cree_le)
    values (${contratId}, ${r.de.id}::uuid, ${r.vers.id}::uuid, ${r.de.confidentialite}, ${r.vers.confidentialite}, ${r.nature}, ${r.titre}, ${r.expose},
      ${r.seanceId}::uuid, ${par.nom}, ${par.id}::uuid, ${par.quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

export interface ReponseDonnee {
  etat: 'decidee' | 'refusee';
  reponse: string;
  decisionId: string | null;
}
export const setReponse = async (tx: Db, contratId: number, id: string, r: ReponseDonnee, par: { nom: string; quand: Date }): Promise<void> =>
  void (await tx
    .updateTable('instanceRemontees')
    .set({ ...r, reponduPar: par.nom, reponduLe: par.quand })
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(id))
    .execute());
export const retirerRemontee = async (tx: Db, contratId: number, id: string): Promise<void> =>
  void (await tx.updateTable('instanceRemontees').set({ etat: 'retiree' }).where('contratId', '=', contratId).where('id', '=', uuid(id)).execute());

/** Those that this session has on its agenda, and no other: what it took out, or was given up with it, waits again. Returns those that moved. */
export async function setRemonteesDeLaSeance(
  tx: Db,
  contratId: number,
  s: { instanceId: string; seanceId: string; jour: string | null; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<Pick<Remontee, 'id'>>`
    update instance_remontees r set
      etat = case when r.id = any(${uuids(s.ids)}) then 'inscrite' else 'transmise' end,
      inscrite_seance_id = case when r.id = any(${uuids(s.ids)}) then ${uuid(s.seanceId)} end,
      inscrite_jour = case when r.id = any(${uuids(s.ids)}) then ${s.jour}::date end
    where r.contrat_id = ${contratId} and r.vers_id = ${uuid(s.instanceId)} and r.etat in ('transmise', 'inscrite')
      and ((r.id = any(${uuids(s.ids)}) and (r.etat = 'transmise' or r.inscrite_jour is distinct from ${s.jour}::date))
        or (r.inscrite_seance_id = ${uuid(s.seanceId)} and not r.id = any(${uuids(s.ids)})))
    returning r.id`.execute(tx);
  return rows.map((r) => r.id);
}
