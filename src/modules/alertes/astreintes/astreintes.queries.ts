/** Lists and rosters, read and written. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { compteDe } from '../../comptes/index.ts';

export type Inscrit = Ligne<'alerteInscrits'>;
export type Astreinte = Ligne<'astreintes'>;

export interface FiltresInscrits {
  territoires?: readonly string[] | undefined;
  fonction?: string | undefined;
}
/** Those who are on a list now. */
export async function listInscrits(db: Db, contratId: number, f: FiltresInscrits = {}): Promise<Inscrit[]> {
  const { rows } = await sql<Inscrit>`
    select * from alerte_inscrits
    where contrat_id = ${contratId} and retire_le is null
      ${f.territoires ? sql`and territoire = any(${[...f.territoires]}::text[])` : sql``} ${f.fonction ? sql`and fonction = ${f.fonction}` : sql``}
    order by territoire, fonction, rang, nom, id`.execute(db);
  return rows;
}
/** Of these, those who are still on a list. */
export async function listInscritsParId(db: Db, contratId: number, ids: readonly string[]): Promise<Map<string, Inscrit>> {
  const { rows } = await sql<Inscrit>`
    select * from alerte_inscrits where contrat_id = ${contratId} and retire_le is null and id = any(${uuids(ids)})`.execute(db);
  return new Map(rows.map((i) => [i.id, i]));
}
export async function getInscrit(db: Db, contratId: number, id: string, verrou = false): Promise<Inscrit | null> {
  const { rows } = await sql<Inscrit>`
    select * from alerte_inscrits where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Slots that touch this time, cancelled ones left out. */
export async function listCreneaux(db: Db, contratId: number, dans: { debut: Date; fin: Date }, inscritId?: string): Promise<Astreinte[]> {
  const { rows } = await sql<Astreinte>`
    select * from astreintes
    where contrat_id = ${contratId} and annulee_le is null and fin > ${dans.debut} and debut < ${dans.fin}
      ${inscritId ? sql`and inscrit_id = ${uuid(inscritId)}` : sql``}
    order by debut, id`.execute(db);
  return rows;
}
/** When each line of these is next on duty, after this moment. */
export async function listProchains(db: Db, contratId: number, quand: Date, inscrits: readonly Pick<Inscrit, 'id'>[]): Promise<Map<string, Date>> {
  const { rows } = await sql<Pick<Astreinte, 'inscritId' | 'debut'>>`
    select inscrit_id, min(debut) as debut from astreintes
    where contrat_id = ${contratId} and annulee_le is null and debut > ${quand} and inscrit_id = any(${uuids(inscrits.map((i) => i.id))})
    group by inscrit_id`.execute(db);
  return new Map(rows.map((r) => [r.inscritId, r.debut]));
}
export async function getCreneau(db: Db, contratId: number, id: string, verrou = false): Promise<Astreinte | null> {
  const { rows } = await sql<Astreinte>`
    select * from astreintes where contrat_id = ${contratId} and id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** SQL over lines `i`: those of this account, by its address as it is now, or as it was when the line was written. */
const estSienne = (u: { id: string; courriel: string }): RawBuilder<unknown> =>
  sql`(i.compte_id = ${uuid(u.id)} or lower(i.courriel) = ${u.courriel.toLowerCase()})`;
/** The ids of its lines, found once for a whole statement: joined instead, each letter of an alert was compared with each line of the lists. */
export const sesLignes = (u: { id: string; courriel: string }): RawBuilder<unknown> =>
  sql`any(array(select i.id from alerte_inscrits i where i.retire_le is null and ${estSienne(u)}))`;
/** Its lines, as they stand. */
export async function listLignesDuCompte(db: Db, contratId: number, u: { id: string; courriel: string }): Promise<Inscrit[]> {
  const { rows } = await sql<Inscrit>`
    select i.* from alerte_inscrits i where i.contrat_id = ${contratId} and i.retire_le is null and ${estSienne(u)} order by i.fonction, i.territoire, i.id`.execute(
    db,
  );
  return rows;
}
interface LigneDuParti extends Pick<Inscrit, 'id' | 'nom' | 'territoire'> {
  creneaux: number;
}
/** Lines of an account that was closed, each with its duties to come. `courriel`: in lower case. */
export async function listLignesDuParti(db: Db, contratId: number, courriel: string, quand: Date): Promise<LigneDuParti[]> {
  const { rows } = await sql<LigneDuParti>`
    select i.id, i.nom, i.territoire, (
      select count(*)::int from astreintes a
      where a.contrat_id = i.contrat_id and a.inscrit_id = i.id and a.annulee_le is null and a.fin > ${quand}) as creneaux
    from alerte_inscrits i
    where i.contrat_id = ${contratId} and i.retire_le is null
      and (lower(i.courriel) = ${courriel} or i.compte_id = ${compteDe(sql`i.contrat_id`, sql`${courriel}`)})
    order by i.territoire, i.nom, i.id`.execute(db);
  return rows;
}
/** Functions that this account holds on duty, or at all times, at this moment. */
export async function listFonctionsDeGarde(
  db: Db,
  contratId: number,
  q: { compteId: string; courriel: string; quand: Date },
): Promise<Pick<Inscrit, 'fonction' | 'territoire' | 'organisationId'>[]> {
  const { rows } = await sql<Pick<Inscrit, 'fonction' | 'territoire' | 'organisationId'>>`
    select i.fonction, i.territoire, i.organisation_id from alerte_inscrits i
    where i.contrat_id = ${contratId} and i.retire_le is null and (i.compte_id = ${uuid(q.compteId)} or lower(i.courriel) = ${q.courriel.toLowerCase()})
      and (i.permanent or exists (
        select from astreintes a where a.contrat_id = i.contrat_id and i.id in (a.inscrit_id, a.suppleant_id) and a.annulee_le is null
          and a.debut <= ${q.quand} and a.fin > ${q.quand}))`.execute(db);
  return rows;
}

export interface InscritSaisi {
  fonction: string;
  territoire: string;
  organisation: string;
  nom: string;
  courriel: string;
  telephone: string;
  voies: readonly string[];
  rang: number;
  permanent: boolean;
}
interface Auteur {
  par: string;
  quand: Date;
}
export async function addInscrit(tx: Db, contratId: number, v: InscritSaisi, compteId: string | null, a: Auteur): Promise<string> {
  const { rows } = await sql<Pick<Inscrit, 'id'>>`
    insert into alerte_inscrits (contrat_id, fonction, territoire, organisation_id, nom, courriel, telephone, voies, compte_id, rang, permanent, modifie_par, modifie_le)
    values (${contratId}, ${v.fonction}, ${v.territoire}, ${v.organisation}, ${v.nom}, ${v.courriel}, ${v.telephone}, ${[...v.voies]}::text[], ${uuid(compteId)},
      ${v.rang}, ${v.permanent}, ${a.par}, ${a.quand}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export async function updateInscrit(tx: Db, contratId: number, i: Inscrit, v: InscritSaisi, compteId: string | null, a: Auteur): Promise<void> {
  await sql`
    update alerte_inscrits set fonction = ${v.fonction}, territoire = ${v.territoire}, organisation_id = ${v.organisation}, nom = ${v.nom},
      courriel = ${v.courriel}, telephone = ${v.telephone}, voies = ${[...v.voies]}::text[], compte_id = ${uuid(compteId)}, rang = ${v.rang},
      permanent = ${v.permanent}, version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    where contrat_id = ${contratId} and id = ${i.id}::uuid`.execute(tx);
}
/** Leaves the list, with the duties to come. */
export async function retirerInscrit(tx: Db, contratId: number, id: string, a: Auteur): Promise<void> {
  await sql`
    update astreintes set annulee_le = ${a.quand}, version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    where contrat_id = ${contratId} and inscrit_id = ${id}::uuid and annulee_le is null and fin > ${a.quand}`.execute(tx);
  // Who counted on them as a substitute has none: the slot says so.
  await sql`
    update astreintes set suppleant_id = null, suppleant_parti_le = ${a.quand}, version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    where contrat_id = ${contratId} and suppleant_id = ${id}::uuid and annulee_le is null and fin > ${a.quand}`.execute(tx);
  await sql`
    update alerte_inscrits set retire_le = ${a.quand}, version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    where contrat_id = ${contratId} and id = ${id}::uuid and retire_le is null`.execute(tx);
}
export async function addCreneau(
  tx: Db,
  contratId: number,
  c: { inscritId: string; suppleantId: string | null; debut: Date; fin: Date },
  a: Auteur,
): Promise<string> {
  const { rows } = await sql<Pick<Astreinte, 'id'>>`
    insert into astreintes (contrat_id, inscrit_id, suppleant_id, debut, fin, modifie_par, modifie_le)
    values (${contratId}, ${c.inscritId}::uuid, ${uuid(c.suppleantId)}, ${c.debut}, ${c.fin}, ${a.par}, ${a.quand}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** False when it was cancelled already. */
export async function annulerCreneau(tx: Db, contratId: number, id: string, a: Auteur): Promise<boolean> {
  const { rows } = await sql<Pick<Astreinte, 'id'>>`
    update astreintes set annulee_le = ${a.quand}, version = version + 1, modifie_par = ${a.par}, modifie_le = ${a.quand}
    where contrat_id = ${contratId} and id = ${id}::uuid and annulee_le is null returning id`.execute(tx);
  return rows.length > 0;
}
/** Were the holes of that week-end told? */
export async function trousDits(db: Db, contratId: number, finDeSemaine: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from alerte_trous_dits where contrat_id = ${contratId} and fin_de_semaine = ${finDeSemaine}::date`.execute(db);
  return rows.length > 0;
}
/** False when another passage told them first. */
export async function noterTrousDits(tx: Db, contratId: number, finDeSemaine: string, d: { quand: Date; trous: number; lettres: number }): Promise<boolean> {
  const r = await sql`
    insert into alerte_trous_dits (contrat_id, fin_de_semaine, dit_le, trous, lettres)
    values (${contratId}, ${finDeSemaine}::date, ${d.quand}, ${d.trous}, ${d.lettres}) on conflict do nothing`.execute(tx);
  return r.numAffectedRows === 1n;
}
