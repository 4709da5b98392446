/** Bodies, their seats, what members ask, meetings declared after the fact. */
import { sql } from 'kysely';
import type { Qualite } from '../instances.rules.ts';
import type { ReglagesInstance, SaisieMembre } from './instance.schema.ts';
import type { Db } from '../../../core/database.ts';
import { conflit } from '../../../core/errors.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { uuid } from '../../../core/id.ts';

export interface NouvelleInstance extends ReglagesInstance {
  type: string | null;
  territoireId: string;
  porteurId: string;
  fiches: readonly string[];
}
/** Seat known by its function alone. */
export interface Siege {
  qualite: Qualite;
  fonction: string;
  organisationId: string;
}

/** Null when this kind already has a body of that name there. */
export async function createInstance(
  tx: Db,
  contratId: number,
  i: NouvelleInstance,
  sieges: readonly Siege[],
  par: { compteId: string; quand: Date; aujourdhui: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into instances (contrat_id, type, nom, territoire_id, porteur_id, objet, confidentialite, cadence_mois, vote, fiches, lieu, heure,
      duree_minutes, cree_par, cree_le)
    values (${contratId}, ${i.type}, ${i.nom}, ${i.territoireId}, ${i.porteurId}, ${i.objet}, ${i.confidentialite}, ${i.cadence_mois}, ${i.vote},
      ${[...i.fiches]}::text[], ${i.lieu}, ${i.heure}::time, ${i.duree_minutes}, ${par.compteId}::uuid, ${par.quand})
    on conflict (contrat_id, type, territoire_id, nom) where type is not null and close_le is null do nothing
    returning id`.execute(tx);
  const id = rows[0]?.id;
  if (!id) return null;
  await sql`
    insert into instance_membres (contrat_id, instance_id, qualite, fonction, organisation_id, debut, ordre)
    select ${contratId}, ${id}::uuid, v.qualite, v.fonction, v."organisationId", ${par.aujourdhui}::date, v.ordre
    from jsonb_to_recordset(${JSON.stringify(sieges.map((s, ordre) => ({ ...s, ordre })))}::jsonb)
      as v (qualite text, fonction text, "organisationId" text, ordre smallint)`.execute(tx);
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, 1);
  return id;
}

/** Throws 409 when someone else changed it since `version` was read. */
export async function updateInstance(
  tx: Db,
  ou: { contratId: number; id: string; version: number },
  r: ReglagesInstance,
  par: { nom: string; quand: Date },
): Promise<void> {
  const { rows } = await sql`
    update instances
    set nom = ${r.nom}, objet = ${r.objet}, confidentialite = ${r.confidentialite}, cadence_mois = ${r.cadence_mois}, vote = ${r.vote},
      lieu = ${r.lieu}, heure = ${r.heure}::time, duree_minutes = ${r.duree_minutes}, version = version + 1,
      modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and id = ${ou.id}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier cette instance. Relisez-la, puis recommencez si c’est encore utile.');
}

/** It no longer meets from this day; its past stays. */
export async function closeInstance(tx: Db, contratId: number, id: string, aujourdhui: string): Promise<void> {
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, -1);
  await sql`update instances set close_le = ${aujourdhui}::date, version = version + 1 where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, 1);
}

export interface Membre {
  id: string;
  qualite: Qualite;
  fonction: string;
  organisationId: string;
  nom: string;
  courriel: string;
  suppleantNom: string;
  suppleantCourriel: string;
  debut: string;
  fin: string | null;
  version: number;
  modifiePar: string;
  modifieLe: Date | null;
}
const COLONNES_MEMBRE = sql`id, qualite, fonction, organisation_id as "organisationId", nom, courriel, suppleant_nom as "suppleantNom",
  suppleant_courriel as "suppleantCourriel", debut, fin, version, modifie_par as "modifiePar", modifie_le as "modifieLe"`;

/** Seats, those that ended last. */
export async function listMembres(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<Membre[]> {
  const { rows } = await sql<Membre>`
    select ${COLONNES_MEMBRE} from instance_membres
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid
    order by (fin is not null and fin < ${aujourdhui}::date), array_position(array['president', 'secretaire', 'membre', 'invite'], qualite), ordre, fonction`.execute(
    db,
  );
  return rows;
}
export async function getMembre(db: Db, contratId: number, instanceId: string, id: string): Promise<Membre | null> {
  const { rows } = await sql<Membre>`
    select ${COLONNES_MEMBRE} from instance_membres
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
interface Par {
  nom: string;
  quand: Date;
}
export async function addMembre(tx: Db, contratId: number, instanceId: string, m: SaisieMembre, par: Par): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into instance_membres (contrat_id, instance_id, qualite, fonction, organisation_id, nom, courriel, suppleant_nom, suppleant_courriel,
      debut, fin, ordre, modifie_par, modifie_le)
    values (${contratId}, ${instanceId}::uuid, ${m.qualite}, ${m.fonction}, ${m.organisation}, ${m.nom}, ${m.courriel}, ${m.suppleant_nom},
      ${m.suppleant_courriel}, ${m.debut}::date, ${m.fin}::date, 100, ${par.nom}, ${par.quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** Throws 409 when someone else changed it since `version` was read. */
export async function updateMembre(
  tx: Db,
  ou: { contratId: number; instanceId: string; id: string; version: number },
  m: SaisieMembre,
  par: Par,
): Promise<void> {
  const { rows } = await sql`
    update instance_membres
    set qualite = ${m.qualite}, fonction = ${m.fonction}, organisation_id = ${m.organisation}, nom = ${m.nom}, courriel = ${m.courriel},
      suppleant_nom = ${m.suppleant_nom}, suppleant_courriel = ${m.suppleant_courriel}, debut = ${m.debut}::date, fin = ${m.fin}::date,
      version = version + 1, modifie_par = ${par.nom}, modifie_le = ${par.quand}
    where contrat_id = ${ou.contratId} and instance_id = ${ou.instanceId}::uuid and id = ${ou.id}::uuid and version = ${ou.version}
    returning 1`.execute(tx);
  if (rows.length === 0) throw conflit('Une autre personne vient de modifier ce siège. Rechargez la page.');
}

/** How many bodies each kind has, and where. */
export async function countParType(db: Db, contratId: number): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ type: string; territoires: string[] }>`
    select type, array_agg(distinct territoire_id) as territoires
    from instances where contrat_id = ${contratId} and type is not null and close_le is null
    group by type`.execute(db);
  return new Map(rows.map((r) => [r.type, r.territoires]));
}

/** Seats that have not ended. */
export async function countMembres(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from instance_membres
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and (fin is null or fin >= ${aujourdhui}::date)`.execute(db);
  return rows[0]?.n ?? 0;
}
