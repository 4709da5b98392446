/** Campaigns, what each asked, who answers. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

export type Campagne = Pick<Ligne<'campagnes'>, 'id' | 'titre' | 'message'> & {
  dueLe: string;
  ouverteLe: Date;
  ouvertePar: string;
  closeLe: Date | null;
  closePar: string;
};
const COLONNES = sql`k.id, k.titre, k.message, k.due_le as "dueLe", k.ouverte_le as "ouverteLe", k.ouverte_par as "ouvertePar", k.close_le as "closeLe",
  k.close_par as "closePar"`;

/** One figure asked of an institution: its measure, debtor, place and period. */
export interface Demande extends Pick<Ligne<'campagneDemandes'>, 'periode' | 'debiteur'> {
  organisationId: string;
  mesureId: string;
  territoireId: string;
}

export async function addCampagne(
  tx: Db,
  contratId: number,
  k: { titre: string; message: string; dueLe: string; demandes: readonly Demande[] },
  par: string,
  quand: Date,
): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'campagnes'>, 'id'>>`
    insert into campagnes (contrat_id, titre, message, due_le, ouverte_le, ouverte_par)
    values (${contratId}, ${k.titre}, ${k.message}, ${k.dueLe}::date, ${quand}, ${par}) returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`
    insert into campagne_demandes (contrat_id, campagne_id, organisation_id, mesure_id, periode, debiteur, territoire_id)
    select ${contratId}, ${id}::uuid, d."organisationId", d."mesureId", d.periode, d.debiteur, d."territoireId"
    from jsonb_to_recordset(${enJson(k.demandes)}::jsonb)
      as d ("organisationId" text, "mesureId" text, periode text, debiteur text, "territoireId" text)`.execute(tx);
  return id;
}

export async function getCampagne(db: Db, contratId: number, id: string, verrou = false): Promise<Campagne | null> {
  const { rows } = await sql<Campagne>`
    select ${COLONNES} from campagnes k where k.contrat_id = ${contratId} and k.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** What an institution was asked, and what came of it. */
export interface Avancement extends Pick<Demande, 'organisationId'> {
  demandes: number;
  /** Given whole, by whatever way. */
  recues: number;
}
export type CampagneSuivie = Campagne & Omit<Avancement, 'organisationId'> & { organisations: number };

const COMPTES = sql`count(d.*)::int as demandes, count(d.donnee_le)::int as recues`;

/** The latest first, one more than `limite` when there are others. */
export async function listCampagnes(db: Db, contratId: number, page: number, limite: number): Promise<CampagneSuivie[]> {
  const { rows } = await sql<CampagneSuivie>`
    with choisies as (
      select * from campagnes where contrat_id = ${contratId} order by ouverte_le desc, id limit ${limite + 1} offset ${(page - 1) * limite})
    select ${COLONNES}, s.*
    from choisies k
    cross join lateral (
      select ${COMPTES}, count(distinct d.organisation_id)::int as organisations
      from campagne_demandes d
      where d.contrat_id = k.contrat_id and d.campagne_id = k.id) as s
    order by k.ouverte_le desc, k.id`.execute(db);
  return rows;
}

export async function listAvancements(db: Db, contratId: number, campagneId: string, organisationId: string | null = null): Promise<Avancement[]> {
  const { rows } = await sql<Avancement>`
    select d.organisation_id as "organisationId", ${COMPTES}
    from campagne_demandes d
    where d.contrat_id = ${contratId} and d.campagne_id = ${uuid(campagneId)} ${organisationId ? sql`and d.organisation_id = ${organisationId}` : sql``}
    group by d.organisation_id
    order by d.organisation_id`.execute(db);
  return rows;
}

export async function listDemandes(db: Db, contratId: number, campagneId: string, organisationId: string): Promise<Demande[]> {
  const { rows } = await sql<Demande>`
    select organisation_id as "organisationId", mesure_id as "mesureId", periode, debiteur, territoire_id as "territoireId"
    from campagne_demandes
    where contrat_id = ${contratId} and campagne_id = ${uuid(campagneId)} and organisation_id = ${organisationId}
    order by mesure_id, debiteur, territoire_id, periode`.execute(db);
  return rows;
}

export interface Acces extends Pick<Ligne<'campagneAcces'>, 'id' | 'courriel' | 'nom' | 'mesures'> {
  campagneId: string;
  organisationId: string;
  compteId: string | null;
  delegueDe: string | null;
  creeLe: Date;
  creePar: string;
  creeParId: string | null;
  envoyeLe: Date | null;
  vuLe: Date | null;
  fermeLe: Date | null;
}
const ACCES = sql`a.id, a.campagne_id as "campagneId", a.organisation_id as "organisationId", a.courriel, a.nom, a.compte_id as "compteId",
  a.delegue_de as "delegueDe", a.mesures, a.cree_le as "creeLe", a.cree_par as "creePar", a.cree_par_id as "creeParId", a.envoye_le as "envoyeLe", a.vu_le as "vuLe",
  a.ferme_le as "fermeLe"`;

export interface NouvelAcces extends Pick<Acces, 'organisationId' | 'courriel' | 'nom' | 'compteId' | 'mesures' | 'creePar' | 'creeParId'> {
  delegueDe?: string | null;
}
/** The link of that address for that institution: the one that is open already, or a new one. */
export async function addAcces(tx: Db, contratId: number, campagneId: string, a: NouvelAcces, quand: Date): Promise<{ acces: Acces; neuf: boolean }> {
  const { rows } = await sql<Acces & { neuf: boolean }>`
    with neuf as (
      insert into campagne_acces (contrat_id, campagne_id, organisation_id, courriel, nom, compte_id, delegue_de, mesures, cree_le, cree_par, cree_par_id)
      values (${contratId}, ${campagneId}::uuid, ${a.organisationId}, ${a.courriel.toLowerCase()}, ${a.nom}, ${a.compteId}::uuid,
        ${a.delegueDe ?? null}::uuid, ${[...a.mesures]}::text[], ${quand}, ${a.creePar},
        ${a.creeParId}::uuid)
      on conflict (contrat_id, campagne_id, organisation_id, courriel) where ferme_le is null do nothing
      returning *)
    select ${ACCES}, true as neuf from neuf a
    union all
    select ${ACCES}, false from campagne_acces a
    where a.contrat_id = ${contratId} and a.campagne_id = ${campagneId}::uuid and a.organisation_id = ${a.organisationId}
      and a.courriel = ${a.courriel.toLowerCase()} and a.ferme_le is null and not exists (select from neuf)`.execute(tx);
  const [ligne] = rows;
  if (!ligne) throw new Error('Un accès vient d’être fermé pendant qu’on le créait.');
  const { neuf, ...acces } = ligne;
  return { acces, neuf };
}

export async function listAcces(db: Db, contratId: number, campagneId: string, organisationId: string | null = null): Promise<Acces[]> {
  const { rows } = await sql<Acces>`
    select ${ACCES} from campagne_acces a
    where a.contrat_id = ${contratId} and a.campagne_id = ${uuid(campagneId)} ${organisationId ? sql`and a.organisation_id = ${organisationId}` : sql``}
    order by a.organisation_id, a.cree_le, a.id`.execute(db);
  return rows;
}

export async function getAcces(db: Db, contratId: number, id: string): Promise<Acces | null> {
  const { rows } = await sql<Acces>`select ${ACCES} from campagne_acces a where a.contrat_id = ${contratId} and a.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

export async function noterEnvoi(tx: Db, contratId: number, accesId: string, quand: Date): Promise<void> {
  await sql`update campagne_acces set envoye_le = ${quand} where contrat_id = ${contratId} and id = ${accesId}::uuid`.execute(tx);
}
/** The first time that the page is opened by this link. */
export async function noterVue(tx: Db, contratId: number, accesId: string, quand: Date): Promise<void> {
  await sql`update campagne_acces set vu_le = ${quand} where contrat_id = ${contratId} and id = ${accesId}::uuid and vu_le is null`.execute(tx);
}

/** Ends a link, and those that were delegated from it; how many ended. */
export async function fermerAcces(tx: Db, contratId: number, accesId: string, par: string, quand: Date): Promise<number> {
  const { rows } = await sql`
    update campagne_acces set ferme_le = ${quand}, ferme_par = ${par}
    where contrat_id = ${contratId} and ferme_le is null and (id = ${uuid(accesId)} or delegue_de = ${uuid(accesId)}) returning id`.execute(tx);
  return rows.length;
}

export async function cloreCampagne(tx: Db, contratId: number, id: string, par: string, quand: Date): Promise<void> {
  await sql`update campagnes set close_le = ${quand}, close_par = ${par} where contrat_id = ${contratId} and id = ${uuid(id)} and close_le is null`.execute(tx);
  // What was typed and never sent is nobody's any more.
  await sql`delete from campagne_brouillons where contrat_id = ${contratId} and campagne_id = ${uuid(id)}`.execute(tx);
}

export interface Remise extends Pick<Ligne<'campagneRemises'>, 'voie' | 'contributions' | 'le'> {
  accesId: string;
  organisationId: string;
  nom: string;
}
/** The last ones: of all, or of one institution. */
export async function listRemises(db: Db, contratId: number, campagneId: string, organisationId: string | null): Promise<Remise[]> {
  const { rows } = await sql<Remise>`
    select r.acces_id as "accesId", r.organisation_id as "organisationId", a.nom, r.voie, r.contributions, r.le
    from campagne_remises r join campagne_acces a on a.contrat_id = r.contrat_id and a.id = r.acces_id
    where r.contrat_id = ${contratId} and r.campagne_id = ${uuid(campagneId)} ${organisationId ? sql`and r.organisation_id = ${organisationId}` : sql``}
    order by r.le desc`.execute(db);
  return rows;
}
export async function addRemise(
  tx: Db,
  contratId: number,
  a: Pick<Acces, 'id' | 'campagneId' | 'organisationId'>,
  r: Pick<Remise, 'voie' | 'contributions' | 'le'>,
): Promise<void> {
  await sql`
    insert into campagne_remises (contrat_id, campagne_id, organisation_id, acces_id, voie, contributions, le)
    values (${contratId}, ${a.campagneId}::uuid, ${a.organisationId}, ${a.id}::uuid, ${r.voie}, ${r.contributions}, ${r.le})`.execute(tx);
}

/** What open campaigns still ask of these measures. */
export async function listEnAttente(db: Db, contratId: number, mesures: readonly string[]): Promise<(Demande & { campagneId: string })[]> {
  const { rows } = await sql<Demande & { campagneId: string }>`
    select d.campagne_id as "campagneId", d.organisation_id as "organisationId", d.mesure_id as "mesureId", d.periode, d.debiteur,
      d.territoire_id as "territoireId"
    from campagne_demandes d
    join campagnes k on k.contrat_id = d.contrat_id and k.id = d.campagne_id
    where d.contrat_id = ${contratId} and d.donnee_le is null and k.close_le is null and d.mesure_id = any(${[...mesures]}::text[])
    order by d.campagne_id, d.mesure_id, d.periode, d.debiteur, d.territoire_id`.execute(db);
  return rows;
}

export async function noterDonnees(tx: Db, contratId: number, donnees: readonly (Demande & { campagneId: string; le: Date })[]): Promise<void> {
  await sql`
    update campagne_demandes d set donnee_le = x.le
    from jsonb_to_recordset(${enJson(donnees)}::jsonb)
      as x ("campagneId" uuid, "organisationId" text, "mesureId" text, periode text, debiteur text, "territoireId" text, le timestamptz)
    where d.contrat_id = ${contratId} and d.campagne_id = x."campagneId" and d.organisation_id = x."organisationId" and d.mesure_id = x."mesureId"
      and d.periode = x.periode and d.debiteur = x.debiteur and d.territoire_id = x."territoireId" and d.donnee_le is null`.execute(tx);
}

/** What is still missing of these campaigns. */
export async function listManquantes(db: Db, contratId: number, campagnes: readonly string[]): Promise<(Demande & { campagneId: string })[]> {
  const { rows } = await sql<Demande & { campagneId: string }>`
    select d.campagne_id as "campagneId", d.organisation_id as "organisationId", d.mesure_id as "mesureId", d.periode, d.debiteur,
      d.territoire_id as "territoireId"
    from campagne_demandes d
    where d.contrat_id = ${contratId} and d.campagne_id = any(${uuids(campagnes)}) and d.donnee_le is null`.execute(db);
  return rows;
}

/** Links that are open, of these campaigns. */
export async function listAccesOuverts(db: Db, contratId: number, campagnes: readonly string[]): Promise<Acces[]> {
  const { rows } = await sql<Acces>`
    select ${ACCES} from campagne_acces a
    where a.contrat_id = ${contratId} and a.campagne_id = any(${uuids(campagnes)}) and a.ferme_le is null
    order by a.cree_le, a.id`.execute(db);
  return rows;
}
