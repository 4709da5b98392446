/** Accounts and mandates as those who manage them see them. */
import { sql } from 'kysely';
import type { Role } from '../../../core/authorize.ts';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { type Enregistre, sansNumero } from '../../../core/http/versions.ts';
import type { Titres } from '../../../core/module.ts';
import { prevenirDuDepart } from '../departs.ts';
import { revoquerAcces } from '../revocation.ts';
import { suivrePropositions } from './propositions.attendues.ts';

export interface MandatAccorde {
  id: string;
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre: string | null;
  debut: string;
  fin: string | null;
  accordePar: string;
  delegueDe: string | null;
}
export interface CompteGere {
  id: string;
  courriel: string;
  nom: string;
  fonction: string;
  organisationId: string;
  gestionnaire: boolean;
  demonstration: boolean;
  secondFacteur: boolean;
  creeLe: Date;
  fermeLe: Date | null;
  vuLe: Date | null;
  mandats: MandatAccorde[];
}

const COLONNES = sql`
  c.id, c.courriel, c.nom, c.fonction, c.organisation_id as "organisationId", c.gestionnaire, c.demonstration,
  c.totp is not null or exists (select from cles_acces k where k.contrat_id = c.contrat_id and k.compte_id = c.id) as "secondFacteur",
  c.cree_le as "creeLe", c.ferme_le as "fermeLe",
  (select max(s.vue_le) from sessions s where s.contrat_id = c.contrat_id and s.compte_id = c.id) as "vuLe",
  coalesce((
    select jsonb_agg(jsonb_build_object('id', m.id, 'role', m.role, 'territoireId', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre, 'debut', m.debut,
      'fin', m.fin, 'accordePar', m.accorde_par, 'delegueDe', m.delegue_de) order by m.debut, m.id)
    from mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id
  ), '[]') as mandats`;

/** `organisationId` null lists every organisation. `q`: part of a name or an address. */
export async function listComptes(
  db: Db,
  contratId: number,
  f: { organisationId: string | null; q: string; fermes: boolean },
  page: { limite: number; depuis: number },
): Promise<{ total: number; comptes: CompteGere[] }> {
  const ou = sql`c.contrat_id = ${contratId}
    ${f.organisationId ? sql`and c.organisation_id = ${f.organisationId}` : sql``}
    ${f.fermes ? sql`` : sql`and c.ferme_le is null`}
    ${f.q ? sql`and sans_accents(c.nom || ' ' || c.courriel) like '%' || sans_accents(${f.q.replace(/[\\%_]/g, '\\$&')}) || '%'` : sql``}`;
  const [compte, lus] = await lireEnsemble(db, [
    () => sql<{ n: number }>`select count(*)::int as n from comptes c where ${ou}`.execute(db),
    () =>
      sql<CompteGere>`select ${COLONNES} from comptes c where ${ou} order by c.organisation_id, c.nom, c.id limit ${page.limite} offset ${page.depuis}`.execute(
        db,
      ),
  ]);
  return { total: compte.rows[0]?.n ?? 0, comptes: lus.rows };
}

export async function getCompteGere(db: Db, contratId: number, id: string): Promise<CompteGere | null> {
  const { rows } = await sql<CompteGere>`select ${COLONNES} from comptes c where c.contrat_id = ${contratId} and c.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

export interface NouveauMandat {
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre: string | null;
  debut: string;
  fin: string | null;
  accordePar: string;
  delegueDe: string | null;
  /** The confirmed proposal, for a role that takes two people. */
  propositionId?: string | null;
}
export async function addMandat(tx: Db, contratId: number, compteId: string, m: NouveauMandat): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into mandats (contrat_id, compte_id, role, territoire_id, fiche, registre, debut, fin, accorde_par, delegue_de, proposition_id)
    values (${contratId}, ${compteId}::uuid, ${m.role}, ${m.territoireId}, ${m.fiche}, ${m.registre}, ${m.debut}, ${m.fin}, ${m.accordePar}, ${m.delegueDe}::uuid,
      ${m.propositionId ?? null}::uuid)
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

/** In force on this day, or to come. */
export const estVivant = (m: Pick<MandatAccorde, 'debut' | 'fin'>, jour: string): boolean => m.fin === null || (m.fin >= jour && m.fin >= m.debut);

/** What ends with an account besides its mandates. */
export interface Dependances {
  /** What was lent from its mandates, and to whom. */
  delegations: { mandatId: string; nom: string; fin: string | null }[];
  sessions: number;
  jetons: number;
}
export async function getDependances(db: Db, contratId: number, compteId: string, jour: string, maintenant: Date): Promise<Dependances> {
  const delegations = await sql<Dependances['delegations'][number]>`
    select d.delegue_de as "mandatId", c.nom, d.fin
    from mandats d
    join mandats m on m.contrat_id = d.contrat_id and m.id = d.delegue_de
    join comptes c on c.contrat_id = d.contrat_id and c.id = d.compte_id
    where d.contrat_id = ${contratId} and m.compte_id = ${compteId}::uuid and (d.fin is null or d.fin >= ${jour}::date)
    order by c.nom`.execute(db);
  const { rows } = await sql<{ sessions: number; jetons: number }>`
    select
      (select count(*)::int from sessions where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and expire_le > ${maintenant}) as sessions,
      (select count(*)::int from jetons_api
        where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and revoque_le is null and expire_le > ${maintenant}) as jetons`.execute(db);
  return { delegations: delegations.rows, sessions: rows[0]?.sessions ?? 0, jetons: rows[0]?.jetons ?? 0 };
}

/** Open accounts of an organisation. */
export async function listComptesOuverts(db: Db, contratId: number, organisationId: string): Promise<CompteGere[]> {
  const { rows } = await sql<CompteGere>`
    select ${COLONNES} from comptes c
    where c.contrat_id = ${contratId} and c.organisation_id = ${organisationId} and c.ferme_le is null
    order by c.nom`.execute(db);
  return rows;
}

/** Ends a mandate the day before `jour`, and the delegations made from it; false when it had ended already. */
export async function finirMandat(tx: Db, contratId: number, compteId: string, mandatId: string, jour: string, par: string): Promise<boolean> {
  const { rows } = await sql`
    update mandats set fin = greatest(${jour}::date - 1, debut - 1), termine_par = ${par}
    where contrat_id = ${contratId} and (fin is null or fin >= ${jour}::date)
      and ((compte_id = ${compteId}::uuid and id = ${uuid(mandatId)}) or delegue_de = ${uuid(mandatId)})
    returning id`.execute(tx);
  return rows.length > 0;
}

export interface Depart {
  /** The day on which they are gone. */
  jour: string;
  par: string;
  maintenant: Date;
  ailleurs: readonly Titres[];
}
/** Everything that an account opened ends with it: what acts in its name, passkeys, mandates and what was delegated. Says what ended. */
export async function fermerCompte(tx: Db, contratId: number, compteId: string, d: Depart): Promise<string[]> {
  const { jour, par, maintenant } = d;
  const ici = sql`contrat_id = ${contratId} and compte_id = ${compteId}::uuid`;
  const { rows: fermes } = await sql<Pick<Ligne<'comptes'>, 'courriel'>>`
    update comptes set ferme_le = ${maintenant}, gestionnaire = false, totp = null where contrat_id = ${contratId} and id = ${compteId}::uuid
    returning courriel`.execute(tx);
  await sql`
    update mandats set fin = greatest(${jour}::date - 1, debut - 1), termine_par = ${par}
    where contrat_id = ${contratId} and (fin is null or fin >= ${jour}::date)
      and (compte_id = ${compteId}::uuid or delegue_de in (select id from mandats where ${ici}))`.execute(tx);
  // What was proposed about it has nothing left to change.
  await sql`
    update propositions set etat = 'retiree', decide_par = propose_par, decide_le = ${maintenant}
    where ${ici} and etat = 'ouverte' and expire_le > ${maintenant}`.execute(tx);
  await suivrePropositions(tx, contratId, null, maintenant);
  await sql`delete from cles_acces where ${ici}`.execute(tx);
  await sql`delete from codes_secours where ${ici}`.execute(tx);
  for (const { courriel } of fermes) await prevenirDuDepart(tx, contratId, courriel, maintenant);
  return revoquerAcces(tx, contratId, compteId, d);
}

export type Parti = Pick<CompteGere, 'id' | 'courriel' | 'nom' | 'demonstration'> & { finis: string[] };
/** Closes every account of an organisation, and its open invitations; returns who left, with what ended for each. */
export async function fermerOrganisation(tx: Db, contratId: number, organisationId: string, d: Depart): Promise<Parti[]> {
  const { rows } = await sql<Omit<Parti, 'finis'>>`
    select id, courriel, nom, demonstration from comptes
    where contrat_id = ${contratId} and organisation_id = ${organisationId} and ferme_le is null for update`.execute(tx);
  const partis: Parti[] = [];
  for (const x of rows) partis.push({ ...x, finis: await fermerCompte(tx, contratId, x.id, d) });
  await sql`
    update liens set expire_le = ${d.maintenant}
    where contrat_id = ${contratId} and genre = 'invitation' and utilise_le is null and expire_le > ${d.maintenant}
      and charge ->> 'organisation' = ${organisationId}`.execute(tx);
  return partis;
}

export async function setGestionnaire(tx: Db, contratId: number, compteId: string, oui: boolean): Promise<void> {
  await sql`update comptes set gestionnaire = ${oui} where contrat_id = ${contratId} and id = ${compteId}::uuid`.execute(tx);
}

export interface InvitationEnCours {
  id: string;
  courriel: string;
  charge: Record<string, unknown>;
  expireLe: Date;
}
const enCours = (contratId: number, organisationId: string | null, maintenant: Date) => sql`
  contrat_id = ${contratId} and genre = 'invitation' and utilise_le is null and expire_le > ${maintenant}
    ${organisationId ? sql`and charge ->> 'organisation' = ${organisationId}` : sql``}`;
export async function countInvitations(db: Db, contratId: number, organisationId: string | null, maintenant: Date): Promise<number> {
  const { rows } = await sql<Record<'n', number>>`select count(*)::int as n from liens where ${enCours(contratId, organisationId, maintenant)}`.execute(db);
  return rows[0]?.n ?? 0;
}
/** The latest first. */
export async function listInvitations(
  db: Db,
  contratId: number,
  organisationId: string | null,
  maintenant: Date,
  p: { limite: number; depuis: number },
): Promise<InvitationEnCours[]> {
  const { rows } = await sql<InvitationEnCours>`
    select id, courriel, charge, expire_le from liens where ${enCours(contratId, organisationId, maintenant)}
    order by cree_le desc, id limit ${p.limite} offset ${p.depuis}`.execute(db);
  return rows;
}
export async function getInvitation(db: Db, contratId: number, id: string, maintenant: Date): Promise<InvitationEnCours | null> {
  const { rows } = await sql<InvitationEnCours>`
    select id, courriel, charge, expire_le from liens
    where contrat_id = ${contratId} and id = ${uuid(id)} and genre = 'invitation' and utilise_le is null and expire_le > ${maintenant}`.execute(db);
  return rows[0] ?? null;
}
export async function annulerInvitation(tx: Db, contratId: number, id: string, maintenant: Date): Promise<boolean> {
  const { rows } = await sql`
    update liens set expire_le = ${maintenant}
    where contrat_id = ${contratId} and id = ${uuid(id)} and genre = 'invitation' and utilise_le is null and expire_le > ${maintenant}
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function setSiret(tx: Db, contratId: number, acteurId: string, siret: string, par: { nom: string; quand: Date }): Promise<void> {
  await sql`
    insert into organisations (contrat_id, acteur_id, siret, modifie_par, modifie_le)
    values (${contratId}, ${acteurId}, ${siret}, ${par.nom}, ${par.quand})
    on conflict (contrat_id, acteur_id) do update
    set siret = excluded.siret, fermee_le = null, modifie_par = excluded.modifie_par, modifie_le = excluded.modifie_le`.execute(tx);
}
/** `verrou`: two people who write it wait for each other until the end of the transaction. */
export async function getSiret(db: Db, contratId: number, acteurId: string, verrou = false): Promise<Enregistre> {
  if (verrou) await sql`select pg_advisory_xact_lock(hashtextextended(${`siret|${contratId}|${acteurId}`}, 0))`.execute(db);
  const { rows } = await sql<{ siret: string; par: string; le: Date | null }>`
    select siret, modifie_par as par, modifie_le as le from organisations
    where contrat_id = ${contratId} and acteur_id = ${acteurId} and fermee_le is null`.execute(db);
  return sansNumero({ siret: rows[0]?.siret ?? '' }, rows[0]?.par, rows[0]?.le);
}
