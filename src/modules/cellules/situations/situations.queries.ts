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
    order by s.numero desc`.execute(db);
  return rows;
}
/** A situation, and by what this member may read it now. */
export interface Visee extends Situation {
  designe: boolean;
  /** The session where it is the open item, and where this member attested to be. */
  seanceId: string | null;
  secours: string | null;
  archive: string | null;
}
/** Undefined from the day of its destruction on. `maintenant` behind the moment of a grant (a clock set back) gives nothing. */
export async function getVisee(
  db: Db,
  contratId: number,
  o: { id: string; celluleId: string; membreId: string; aujourdhui: string; maintenant: Date },
  tenue = false,
): Promise<Visee | undefined> {
  const verrou = tenue ? sql`for update of s` : sql``;
  const acces = (genre: 'secours' | 'archive') => sql`(
    select a.motif from nominatif.situation_acces a
    where a.contrat_id = s.contrat_id and a.situation_id = s.id and a.membre_id = ${uuid(o.membreId)} and a.genre = ${genre}
      and a.accorde_le <= ${o.maintenant} and a.expire_le > ${o.maintenant} and a.refuse_le is null
    order by a.expire_le desc limit 1)`;
  const { rows } = await sql<Visee>`
    select s.*,
      exists (select from nominatif.situation_habilitations h
        where h.contrat_id = s.contrat_id and h.situation_id = s.id and h.membre_id = ${uuid(o.membreId)}) as designe,
      (select x.id from nominatif.cellule_points p
        join nominatif.cellule_seances x on x.contrat_id = p.contrat_id and x.id = p.seance_id
        join nominatif.cellule_presences q on q.contrat_id = p.contrat_id and q.seance_id = p.seance_id
          and q.membre_id = ${uuid(o.membreId)} and q.parti_le is null
        where p.contrat_id = s.contrat_id and p.situation_id = s.id and p.ouvert_le <= ${o.maintenant} and p.clos_le is null
          and x.ouverte_le <= ${o.maintenant} and x.close_le is null and x.jour = ${o.aujourdhui}
        limit 1) as seance_id,
      ${acces('secours')} as secours,
      ${acces('archive')} as archive
    from nominatif.situations s
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
/** What has come to its end and waits for the night does not keep the same person from entering again. */
export async function libererEmpreinte(db: Db, contratId: number, celluleId: string, empreinte: Buffer, aujourdhui: string): Promise<void> {
  await sql`
    update nominatif.situations set empreinte = null
    where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)} and empreinte = ${empreinte} and destruction_le <= ${aujourdhui}`.execute(db);
}
/** One more name looked for by this seat today; how many that makes. */
export async function compterRecherche(db: Db, contratId: number, membreId: string, jour: string): Promise<number> {
  const { rows } = await sql<Pick<Ligne<'nominatif.celluleRecherches'>, 'nombre'>>`
    insert into nominatif.cellule_recherches as r (contrat_id, membre_id, jour, nombre) values (${contratId}, ${uuid(membreId)}, ${jour}, 1)
    on conflict (contrat_id, membre_id, jour) do update set nombre = r.nombre + 1
    returning nombre`.execute(db);
  return rows[0]?.nombre ?? 1;
}
type Recherches = Pick<Ligne<'nominatif.celluleRecherches'>, 'membreId' | 'jour' | 'nombre'>;
export async function listRecherches(db: Db, contratId: number, celluleId: string): Promise<Recherches[]> {
  const { rows } = await sql<Recherches>`
    select r.membre_id, r.jour, r.nombre from nominatif.cellule_recherches r
    join nominatif.cellule_membres m on m.contrat_id = r.contrat_id and m.id = r.membre_id
    where r.contrat_id = ${contratId} and m.cellule_id = ${uuid(celluleId)}
    order by r.jour desc, r.nombre desc`.execute(db);
  return rows;
}
/** Its number follows those of the cell; a number is never given again. */
export async function addSituation(
  db: Db,
  contratId: number,
  s: Pick<Situation, 'id' | 'celluleId' | 'empreinte' | 'creeeLe' | 'destructionLe' | 'aInformer' | 'informationAvant'> &
    Partial<Pick<Situation, 'etat' | 'examenAvant'>>,
): Promise<number> {
  const { rows } = await sql<Pick<Situation, 'numero'>>`
    with suivant as (
      update nominatif.cellules set dernier_numero = dernier_numero + 1 where contrat_id = ${contratId} and id = ${uuid(s.celluleId)}
      returning dernier_numero)
    insert into nominatif.situations (contrat_id, id, cellule_id, numero, etat, empreinte, creee_le, etat_le, destruction_le, examen_avant, a_informer,
      information_avant)
    select ${contratId}, ${s.id}::uuid, ${s.celluleId}::uuid, dernier_numero, ${s.etat ?? 'recue'}, ${s.empreinte}::bytea, ${s.creeeLe}::date, ${s.creeeLe}::date,
      ${s.destructionLe}::date, ${s.examenAvant ?? null}::date, ${s.aInformer}, ${s.informationAvant}::date
    from suivant
    returning numero`.execute(db);
  return rows[0]?.numero ?? 0;
}
/** False when someone else moved it meanwhile. */
export async function setEtat(db: Db, contratId: number, s: Situation, o: Pick<Situation, 'etat' | 'etatLe' | 'destructionLe'>): Promise<boolean> {
  const { rows } = await sql<Pick<Situation, 'id'>>`
    update nominatif.situations set etat = ${o.etat}, etat_le = ${o.etatLe}, destruction_le = ${o.destructionLe}, version = version + 1,
      suivie_le = case when ${o.etat} = 'suivie' then coalesce(suivie_le, ${o.etatLe}::date) else suivie_le end
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
export async function retirerContenu(
  db: Db,
  contratId: number,
  o: { id: string; celluleId: string; situationId: string; organisationId: string },
  quand: Date,
): Promise<boolean> {
  const { rows } = await sql<Pick<Contenu, 'id'>>`
    update nominatif.situation_contenus set boite = null, retiree_le = ${quand}
    where contrat_id = ${contratId} and id = ${uuid(o.id)} and situation_id = ${uuid(o.situationId)} and organisation_id = ${o.organisationId}
      and groupe = 'apport' and boite is not null
      and exists (select from nominatif.situations s where s.contrat_id = ${contratId} and s.id = situation_id and s.cellule_id = ${uuid(o.celluleId)})
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
    select * from nominatif.situation_informations where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} order by rang`.execute(db);
  return rows;
}
export async function addInformation(db: Db, contratId: number, i: Pick<Information, 'situationId' | 'qui' | 'membreId' | 'le' | 'avantLe'>): Promise<string> {
  const { rows } = await sql<Pick<Information, 'id'>>`
    insert into nominatif.situation_informations (contrat_id, situation_id, qui, membre_id, le, avant_le)
    values (${contratId}, ${i.situationId}, ${i.qui}, ${i.membreId}, ${i.le}, ${i.avantLe})
    returning id`.execute(db);
  // The clock starts again: what was told of the former one is over.
  await sql`update nominatif.situations set information_relance = 0 where contrat_id = ${contratId} and id = ${uuid(i.situationId)}`.execute(db);
  return rows[0]?.id ?? '';
}

/** Written before anything is shown: what cannot be noted is not read. */
export async function addLecture(
  db: Db,
  contratId: number,
  l: Pick<Lecture, 'celluleId' | 'situationId' | 'numero' | 'membreId' | 'organisationId' | 'groupes' | 'le' | 'titre' | 'seanceId' | 'motif'>,
): Promise<void> {
  await sql`
    insert into nominatif.situation_lectures (contrat_id, cellule_id, situation_id, numero, membre_id, organisation_id, groupes, le, titre, seance_id, motif)
    values (${contratId}, ${l.celluleId}, ${l.situationId}, ${l.numero}, ${l.membreId}, ${l.organisationId}, ${l.groupes}, ${l.le}, ${l.titre},
      ${l.seanceId}, ${l.motif})`.execute(db);
}
/** Reads of a cell, or of one of its situations; of one member, or of one number, when they are asked. */
interface LecturesVoulues {
  celluleId: string;
  situationId: string | null;
  membreId?: string | null;
  numero?: number | null;
}
const lecturesDe = (contratId: number, o: LecturesVoulues) => sql`
  l.contrat_id = ${contratId} and l.cellule_id = ${uuid(o.celluleId)} and (${o.situationId === null} or l.situation_id = ${uuid(o.situationId ?? '')})
  and (${!o.membreId} or l.membre_id = ${uuid(o.membreId ?? '')}) and (${!o.numero} or l.numero = ${o.numero ?? 0})`;
/** With the day of the session where it was read. */
export interface LectureLue extends Lecture {
  seanceJour: Ligne<'nominatif.celluleSeances'>['jour'] | null;
}
/** Newest first. */
export async function listLectures(db: Db, contratId: number, o: LecturesVoulues, limite: number, debut = 0): Promise<LectureLue[]> {
  const { rows } = await sql<LectureLue>`
    select l.*, s.jour as seance_jour from nominatif.situation_lectures l
    left join nominatif.cellule_seances s on s.contrat_id = l.contrat_id and s.id = l.seance_id
    where ${lecturesDe(contratId, o)}
    order by l.le desc, l.id desc
    limit ${limite} offset ${debut}`.execute(db);
  return rows;
}
type Compte = Pick<Ligne<'nominatif.celluleCompteurs'>, 'nombre'>;
export async function countLectures(db: Db, contratId: number, o: LecturesVoulues): Promise<number> {
  return (
    (await sql<Compte>`select count(*)::int as nombre from nominatif.situation_lectures l where ${lecturesDe(contratId, o)}`.execute(db)).rows[0]?.nombre ?? 0
  );
}

/** Boxes of a group leave for good: what is corrected is not kept beside its correction. */
export async function oterContenus(db: Db, contratId: number, situationId: string, groupe: Contenu['groupe']): Promise<void> {
  await sql`
    delete from nominatif.situation_contenus where contrat_id = ${contratId} and situation_id = ${uuid(situationId)} and groupe = ${groupe}`.execute(db);
}
export async function setRectifiee(db: Db, contratId: number, s: Situation, o: Pick<Situation, 'empreinte' | 'destructionLe'>): Promise<boolean> {
  const { rows } = await sql<Pick<Situation, 'id'>>`
    update nominatif.situations set empreinte = ${o.empreinte}, destruction_le = ${o.destructionLe}, version = version + 1
    where contrat_id = ${contratId} and id = ${s.id} and version = ${s.version}
    returning id`.execute(db);
  return rows.length > 0;
}
/** What an institution said, wherever it said it: it withdraws it without being named for the situation. */
export type ApportDe = Pick<Contenu, 'id' | 'situationId' | 'le'> & Pick<Situation, 'numero'>;
export async function listApportsDe(db: Db, contratId: number, o: { celluleId: string; organisationId: string; aujourdhui: string }): Promise<ApportDe[]> {
  const { rows } = await sql<ApportDe>`
    select c.id, c.situation_id, c.le, s.numero from nominatif.situation_contenus c
    join nominatif.situations s on s.contrat_id = c.contrat_id and s.id = c.situation_id
    where c.contrat_id = ${contratId} and s.cellule_id = ${uuid(o.celluleId)} and c.organisation_id = ${o.organisationId} and c.groupe = 'apport'
      and c.boite is not null and s.destruction_le > ${o.aujourdhui}
    order by c.le desc`.execute(db);
  return rows;
}
