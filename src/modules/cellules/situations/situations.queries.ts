import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type Situation = Ligne<'nominatif.situations'>;
export type Contenu = Ligne<'nominatif.situationContenus'>;
export type Information = Ligne<'nominatif.situationInformations'>;
export type Orientation = Ligne<'nominatif.situationOrientations'>;
export type Lecture = Ligne<'nominatif.situationLectures'>;
type Habilitation = Ligne<'nominatif.situationHabilitations'>;

/** Those that this member was named for, and whose end is not there yet. */
export async function listMesSituations(db: Db, contratId: number, o: { celluleId: string; membreId: string; aujourdhui: string }): Promise<Situation[]> {
  const { rows } = await sql<Situation>`
    select s.* from nominatif.situations s
    join nominatif.situation_habilitations h on h.contrat_id = s.contrat_id and h.situation_id = s.id and h.membre_id = ${uuid(o.membreId)}
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(o.celluleId)} and s.destruction_le > ${o.aujourdhui}
    order by s.numero desc
    limit 500`.execute(db);
  return rows;
}
/** Undefined for who was not named for it, and from the day of its destruction on. */
export async function getSituation(
  db: Db,
  contratId: number,
  o: { id: string; celluleId: string; membreId: string; aujourdhui: string },
  tenue = false,
): Promise<Situation | undefined> {
  const verrou = tenue ? sql`for update of s` : sql``;
  const { rows } = await sql<Situation>`
    select s.* from nominatif.situations s
    join nominatif.situation_habilitations h on h.contrat_id = s.contrat_id and h.situation_id = s.id and h.membre_id = ${uuid(o.membreId)}
    where s.contrat_id = ${contratId} and s.cellule_id = ${uuid(o.celluleId)} and s.id = ${uuid(o.id)} and s.destruction_le > ${o.aujourdhui}
    ${verrou}`.execute(db);
  return rows[0];
}
/** By the blind index alone: no name is compared, none is listed. */
export async function findSituation(db: Db, contratId: number, celluleId: string, empreinte: Buffer, aujourdhui: string): Promise<Situation | undefined> {
  const { rows } = await sql<Situation>`
    select * from nominatif.situations
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and empreinte = ${empreinte} and destruction_le > ${aujourdhui}`.execute(db);
  return rows[0];
}
/** Its number follows those of the cell; a number is never given again. */
export async function addSituation(
  db: Db,
  contratId: number,
  s: Pick<Situation, 'id' | 'celluleId' | 'empreinte' | 'creeeLe' | 'destructionLe'>,
): Promise<number> {
  const { rows } = await sql<Pick<Situation, 'numero'>>`
    with suivant as (
      update nominatif.cellules set dernier_numero = dernier_numero + 1 where contrat_id = ${contratId} and id = ${uuid(s.celluleId)}
      returning dernier_numero)
    insert into nominatif.situations (contrat_id, id, cellule_id, numero, etat, empreinte, creee_le, etat_le, destruction_le)
    select ${contratId}, ${s.id}::uuid, ${s.celluleId}::uuid, dernier_numero, 'recue', ${s.empreinte}::bytea, ${s.creeeLe}::date, ${s.creeeLe}::date,
      ${s.destructionLe}::date
    from suivant
    returning numero`.execute(db);
  return rows[0]?.numero ?? 0;
}
/** False when someone else moved it meanwhile. */
export async function setEtat(db: Db, contratId: number, s: Situation, o: Pick<Situation, 'etat' | 'etatLe' | 'destructionLe'>): Promise<boolean> {
  const { rows } = await sql<Pick<Situation, 'id'>>`
    update nominatif.situations set etat = ${o.etat}, etat_le = ${o.etatLe}, destruction_le = ${o.destructionLe}, version = version + 1
    where contrat_id = ${contratId} and id = ${s.id} and version = ${s.version}
    returning id`.execute(db);
  return rows.length > 0;
}
/** Brings its end to that day. */
export async function avancerFin(db: Db, contratId: number, id: string, jour: string): Promise<void> {
  await sql`update nominatif.situations set destruction_le = least(destruction_le, ${jour}::date) where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(
    db,
  );
}

export async function listContenus(db: Db, contratId: number, situationId: string): Promise<Contenu[]> {
  const { rows } = await sql<Contenu>`
    select * from nominatif.situation_contenus where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by le, id`.execute(db);
  return rows;
}
export async function addContenu(
  db: Db,
  contratId: number,
  o: Pick<Contenu, 'id' | 'situationId' | 'groupe' | 'organisationId' | 'membreId' | 'boite' | 'le'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_contenus (contrat_id, id, situation_id, groupe, organisation_id, membre_id, boite, le)
    values (${contratId}, ${o.id}::uuid, ${o.situationId}::uuid, ${o.groupe}, ${o.organisationId}, ${o.membreId}, ${o.boite}, ${o.le})`.execute(db);
}
/** What an institution gave leaves for good; that it did remains. False when it is not its own, or left already. */
export async function retirerContenu(db: Db, contratId: number, o: { id: string; situationId: string; organisationId: string }, quand: Date): Promise<boolean> {
  const { rows } = await sql<Pick<Contenu, 'id'>>`
    update nominatif.situation_contenus set boite = null, retiree_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(o.id)} and situation_id = ${uuid(o.situationId)} and organisation_id = ${o.organisationId}
      and groupe = 'apport' and boite is not null
    returning id`.execute(db);
  return rows.length > 0;
}

export async function listHabilitations(db: Db, contratId: number, situationId: string): Promise<Habilitation[]> {
  const { rows } = await sql<Habilitation>`
    select * from nominatif.situation_habilitations where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by le`.execute(db);
  return rows;
}
export async function addHabilitation(
  db: Db,
  contratId: number,
  h: Pick<Habilitation, 'situationId' | 'membreId' | 'parMembreId'>,
  quand: Date,
): Promise<void> {
  await sql`
    insert into nominatif.situation_habilitations (contrat_id, situation_id, membre_id, par_membre_id, le)
    values (${contratId}, ${h.situationId}, ${h.membreId}, ${h.parMembreId}, ${quand})
    on conflict do nothing`.execute(db);
}

export async function listInformations(db: Db, contratId: number, situationId: string): Promise<Information[]> {
  const { rows } = await sql<Information>`
    select * from nominatif.situation_informations where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by le, id`.execute(db);
  return rows;
}
export async function addInformation(
  db: Db,
  contratId: number,
  i: Pick<Information, 'situationId' | 'qui' | 'membreId' | 'le' | 'motif' | 'avantLe'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_informations (contrat_id, situation_id, qui, membre_id, le, motif, avant_le)
    values (${contratId}, ${i.situationId}, ${i.qui}, ${i.membreId}, ${i.le}, ${i.motif}, ${i.avantLe})`.execute(db);
}

/** Written before anything is shown: what cannot be noted is not read. */
export async function addLecture(
  db: Db,
  contratId: number,
  l: Pick<Lecture, 'celluleId' | 'situationId' | 'numero' | 'membreId' | 'organisationId' | 'groupes' | 'le'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_lectures (contrat_id, cellule_id, situation_id, numero, membre_id, organisation_id, groupes, le)
    values (${contratId}, ${l.celluleId}, ${l.situationId}, ${l.numero}, ${l.membreId}, ${l.organisationId}, ${l.groupes}, ${l.le})`.execute(db);
}
/** Newest first. `situationId` null: of the whole cell. */
export async function listLectures(db: Db, contratId: number, o: { celluleId: string; situationId: string | null }, limite: number): Promise<Lecture[]> {
  const { rows } = await sql<Lecture>`
    select * from nominatif.situation_lectures
    where contrat_id = ${contratId} and cellule_id = ${uuid(o.celluleId)} and (${o.situationId === null} or situation_id = ${uuid(o.situationId)})
    order by le desc, id desc
    limit ${limite}`.execute(db);
  return rows;
}
