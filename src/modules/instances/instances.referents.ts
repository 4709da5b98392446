/** A place of a body may be « the referents of this role »: each of them sits there, as the directory says, from their first day to their last. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { jourDe } from '../../core/clock.ts';
import { uuid } from '../../core/base/id.ts';
import { direRole, type Referent, referentsDe, type SuitesDesReferents } from '../annuaire/index.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { plusJours } from '../echeances/index.ts';
import { reunions } from './reunions.ts';
import { suivreInstance } from './suivre.ts';

type Place = Pick<Ligne<'instanceMembres'>, 'qualite' | 'roleReferents' | 'debut' | 'fin' | 'ordre'> & { territoireId: string };
const plusTard = (a: string, b: string): string => (a > b ? a : b);
const plusTot = (a: string | null, b: string | null): string | null => (a === null ? b : b === null ? a : a < b ? a : b);

/** The seat of a referent, as the place that it fills says it. Who is written to while they are away is decided when a letter leaves. */
function siegeDe(cat: Catalogue, p: Place, r: Referent) {
  return {
    referent: r.id,
    role: r.role,
    qualite: p.qualite,
    fonction: `${direRole(cat, r.role)}, ${cat.territoires.get(r.territoireId)?.court ?? r.territoireId}`.slice(0, 200),
    organisation: r.organisationId,
    nom: r.nom,
    courriel: r.courriel.toLowerCase(),
    suppleant_nom: r.suppleantNom,
    suppleant_courriel: r.suppleantCourriel.toLowerCase(),
    absent_jusquau: r.absentJusquau,
    debut: plusTard(p.debut, r.debut),
    fin: plusTot(p.fin, r.fin),
    ordre: p.ordre,
  };
}

/** Brings the seats of referents of a body to what the directory says. True when one changed. */
export async function asseoirLesReferents(tx: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<boolean> {
  const { rows: places } = await sql<Place>`
    select m.qualite, m.role_referents as "roleReferents", m.debut, m.fin, m.ordre, i.territoire_id as "territoireId"
    from instance_membres m
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id
    where m.contrat_id = ${contratId} and m.instance_id = ${uuid(instanceId)} and m.role_referents <> ''
      and m.referent_id is null
    order by m.ordre, m.id`.execute(tx);
  const ouvertes = places.filter((p) => p.fin === null || p.fin >= aujourdhui);
  const catalogue = await getCatalogue(tx, contratId);
  const roles = [...new Set(ouvertes.map((p) => p.roleReferents))];
  // No place asks for them any more: nobody is wanted, and who sat there leaves below.
  const referents = ouvertes[0] ? await referentsDe(tx, catalogue, { roles, territoire: ouvertes[0].territoireId, jour: aujourdhui }) : [];
  const voulus = referents.flatMap((r) => {
    const p = ouvertes.find((x) => x.roleReferents === r.role);
    const s = p && siegeDe(catalogue, p, r);
    return s && (s.fin === null || s.fin >= s.debut) ? [s] : [];
  });
  const { numAffectedRows: ecrits } = await sql`
    insert into instance_membres as m (contrat_id, instance_id, referent_id, role_referents, qualite, fonction, organisation_id, nom, courriel, suppleant_nom,
      suppleant_courriel, absent_jusquau, debut, fin, ordre)
    select ${contratId}, ${instanceId}::uuid, v.referent, v.role, v.qualite, v.fonction, v.organisation, v.nom, v.courriel, v.suppleant_nom, v.suppleant_courriel,
      v.absent_jusquau, v.debut, v.fin, v.ordre
    from jsonb_to_recordset(${JSON.stringify(voulus)}::jsonb) as v (referent uuid, role text, qualite text, fonction text, organisation text, nom text,
      courriel text, suppleant_nom text, suppleant_courriel text, absent_jusquau date, debut date, fin date, ordre smallint)
    on conflict (contrat_id, instance_id, referent_id) where referent_id is not null do update
    set role_referents = excluded.role_referents, qualite = excluded.qualite, fonction = excluded.fonction, organisation_id = excluded.organisation_id,
      nom = excluded.nom, courriel = excluded.courriel, suppleant_nom = excluded.suppleant_nom, suppleant_courriel = excluded.suppleant_courriel,
      absent_jusquau = excluded.absent_jusquau, debut = excluded.debut, fin = excluded.fin, ordre = excluded.ordre, version = m.version + 1
    where (m.role_referents, m.qualite, m.fonction, m.organisation_id, m.nom, m.courriel, m.suppleant_nom, m.suppleant_courriel, m.absent_jusquau, m.debut, m.fin, m.ordre)
      is distinct from (excluded.role_referents, excluded.qualite, excluded.fonction, excluded.organisation_id, excluded.nom, excluded.courriel,
        excluded.suppleant_nom, excluded.suppleant_courriel, excluded.absent_jusquau, excluded.debut, excluded.fin, excluded.ordre)`.execute(tx);
  // Whoever is not a referent there any more leaves today; what they attended stays theirs.
  const { numAffectedRows: partis } = await sql`
    update instance_membres m set fin = greatest(m.debut, ${plusJours(aujourdhui, -1)}::date), version = m.version + 1
    where m.contrat_id = ${contratId} and m.instance_id = ${instanceId}::uuid and m.referent_id is not null
      and (m.fin is null or m.fin >= ${aujourdhui}::date) and m.debut < ${aujourdhui}::date
      and m.referent_id <> all(${voulus.map((s) => s.referent)}::uuid[])`.execute(tx);
  // Never sat: named by mistake, or not there yet.
  const { numAffectedRows: effaces } = await sql`
    delete from instance_membres m
    where m.contrat_id = ${contratId} and m.instance_id = ${instanceId}::uuid and m.referent_id is not null and m.debut >= ${aujourdhui}::date
      and m.referent_id <> all(${voulus.map((s) => s.referent)}::uuid[])`.execute(tx);
  return (ecrits ?? 0n) + (partis ?? 0n) + (effaces ?? 0n) > 0n;
}

/** Who holds these roles changed: so do the seats that they fill, and the sessions to come that expect them. */
export const suivreLesReferents: SuitesDesReferents = async (c, _, roles) => {
  const { rows } = await sql<{ id: string }>`
    select distinct i.id from instance_membres m
    join instances i on i.contrat_id = m.contrat_id and i.id = m.instance_id and i.close_le is null
    where m.contrat_id = ${c.contrat.id} and m.role_referents = any(${[...roles]}::text[]) order by i.id`.execute(c.db);
  for (const { id } of rows)
    if (await asseoirLesReferents(c.db, c.contrat.id, id, jourDe(c.maintenant))) {
      await reunions().asseoir(c, id);
      await suivreInstance(c, id);
    }
};
