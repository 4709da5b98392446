/** Bodies, their seats, what members ask, meetings declared after the fact. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import { conflit } from '../../../core/errors.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import type { Qualite } from '../instances.rules.ts';
import type { ReglagesInstance, SaisieMembre } from './instance.schema.ts';
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

/** Those convoked to a session still to come and who no longer sit there by then: told so, and no longer expected. */
export async function retirerDesSeances(tx: Db, contratId: number, membreId: string, fin: string, quand: Date): Promise<string[]> {
  const { rows } = await sql<{ seanceId: string }>`
    update seance_participants p set retire_le = ${quand}
    from seances s
    where p.contrat_id = ${contratId} and p.membre_id = ${membreId}::uuid and p.retire_le is null
      and s.contrat_id = p.contrat_id and s.id = p.seance_id and s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour > ${fin}::date)
    returning p.seance_id as "seanceId"`.execute(tx);
  return rows.map((r) => r.seanceId);
}

export interface Demande {
  id: string;
  titre: string;
  expose: string;
  auteur: string;
  organisationId: string;
  etat: 'ouverte' | 'inscrite' | 'ecartee';
  reponse: string;
  creeLe: Date;
}
export async function listDemandes(db: Db, contratId: number, instanceId: string): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select id, titre, expose, auteur, organisation_id as "organisationId", etat, reponse, cree_le as "creeLe"
    from instance_demandes
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid
    order by etat <> 'ouverte', cree_le desc
    limit 50`.execute(db);
  return rows;
}
export async function createDemande(
  tx: Db,
  contratId: number,
  instanceId: string,
  d: { titre: string; expose: string },
  u: { id: string; nom: string; organisationId: string },
): Promise<void> {
  await sql`
    insert into instance_demandes (contrat_id, instance_id, titre, expose, auteur, compte_id, organisation_id)
    values (${contratId}, ${instanceId}::uuid, ${d.titre}, ${d.expose}, ${u.nom}, ${u.id}::uuid, ${u.organisationId})`.execute(tx);
}
/** False when it is not open any more. */
export async function closeDemande(tx: Db, contratId: number, instanceId: string, id: string, etat: 'inscrite' | 'ecartee', reponse: string): Promise<boolean> {
  const { rows } = await sql`
    update instance_demandes set etat = ${etat}, reponse = ${reponse}
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = ${uuid(id)} and etat = 'ouverte'
    returning 1`.execute(tx);
  return rows.length > 0;
}

/** A meeting entered after the fact: it counts at once. */
export async function declareSeance(
  tx: Db,
  contratId: number,
  i: { id: string; nom: string },
  d: { jour: string; presents: number },
  par: { compteId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into seances (contrat_id, instance_id, titre, jour, heure, etat, presents, cree_par)
    select contrat_id, id, nom, ${d.jour}::date, heure, 'declaree', ${d.presents}, ${par.compteId}::uuid
    from instances where contrat_id = ${contratId} and id = ${i.id}::uuid
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await appliquerFaits(tx, contratId, 'reunions', { ids: [id] }, 1);
  return id;
}

/** State and answer of one request; null when this body has none of that id. */
export async function getDemande(db: Db, contratId: number, instanceId: string, id: string): Promise<Pick<Demande, 'etat' | 'reponse'> | null> {
  const { rows } = await sql<Pick<Demande, 'etat' | 'reponse'>>`
    select etat, reponse from instance_demandes
    where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

/** How many bodies each kind has, and where. */
export async function countParType(db: Db, contratId: number): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ type: string; territoires: string[] }>`
    select type, array_agg(distinct territoire_id) as territoires
    from instances where contrat_id = ${contratId} and type is not null and close_le is null
    group by type`.execute(db);
  return new Map(rows.map((r) => [r.type, r.territoires]));
}
