/** Accounts and sessions in PostgreSQL. A session is known by the SHA-256 of its token. */
import { createHash, randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { type Mandat, type Role, ROLES_FORTS, type SessionOuverte, type Titre, type Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Db, Ligne } from '../../core/base/database.ts';
import { type Ensemble, lectures } from '../../core/base/ensemble.ts';
import { direFinies } from '../../core/fins-de-session.ts';
import { requete } from '../../core/base/requete.ts';
import { uuid } from '../../core/base/id.ts';
import { couper } from '../../core/couper.ts';

/** Hours without a visit after which a session ends, and its longest life. */
const [INACTIVITE_H, DUREE_MAX_H] = [8, 12];

export const empreinteDe = (jeton: string): Buffer => createHash('sha256').update(jeton).digest();

/** 256 bits, base64url: what the cookie carries. */
export const nouveauJeton = (): string => randomBytes(32).toString('base64url');

export interface NouvelleSession {
  compteId: string;
  moyen: 'mot_de_passe' | 'totp' | 'secours' | 'cle' | 'oidc' | 'demonstration';
  forte: boolean;
  adresse: string | null;
  /** Browser as it names itself, for the list of sessions. */
  agent: string | null;
  /** ID token of the identity provider, needed to sign out there. */
  idToken?: string | null;
}

/** Returns the token to put in the cookie. */
export async function createSession(db: Db, contratId: number, s: NouvelleSession, maintenant: Date): Promise<string> {
  const jeton = nouveauJeton();
  const expire = new Date(maintenant.getTime() + DUREE_MAX_H * 3_600_000);
  await sql`
    insert into sessions (contrat_id, empreinte, compte_id, ouverte_le, vue_le, confirmee_le, expire_le, moyen, forte, adresse, agent, id_token)
    values (${contratId}, ${empreinteDe(jeton)}, ${s.compteId}, ${maintenant}, ${maintenant}, ${maintenant}, ${expire}, ${s.moyen}, ${s.forte},
      ${s.adresse}, ${s.agent === null ? null : couper(s.agent, 300)}, ${s.idToken ?? null})`.execute(db);
  return jeton;
}

export async function deleteSession(db: Db, contratId: number, jeton: string): Promise<void> {
  const { rows } = await sql<Pick<Ligne<'sessions'>, 'id'>>`
    delete from sessions where contrat_id = ${contratId} and empreinte = ${empreinteDe(jeton)} returning id`.execute(db);
  direFinies(rows);
}

interface LigneUtilisateur {
  id: string;
  nom: string;
  courriel: string;
  fonction: string;
  organisationId: string;
  gestionnaire: boolean;
  raccourcis: boolean;
  demonstration: boolean;
  mandats: { role: Role; territoire_id: string | null; fiche: string | null; registre: string | null; fin: string | null }[];
}

/** `parmi`: ids (an SQL array) outside which no mandate counts. */
const utilisateurSql = (jour: string | RawBuilder<string>, parmi: RawBuilder<unknown> | null = null) => sql`
  c.id, c.nom, c.courriel, c.fonction, c.organisation_id, c.gestionnaire, c.raccourcis, c.demonstration,
  coalesce((
    select jsonb_agg(jsonb_build_object('role', m.role, 'territoire_id', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre, 'fin', m.fin))
    from mandats m
    where m.contrat_id = c.contrat_id
      and m.compte_id = c.id
      and m.debut <= ${jour}::date
      and (m.fin is null or m.fin >= ${jour}::date)
      ${parmi ? sql`and m.id = any(${parmi})` : sql``}
  ), '[]') as mandats`;

/** `forte`: two factors stand behind the identity; always said, never deduced from what is missing. */
function utilisateurDe(l: LigneUtilisateur, forte: boolean, session: SessionOuverte | null): Utilisateur {
  const mandats: Mandat[] = l.mandats.map((m) => ({ role: m.role, territoireId: m.territoire_id, fiche: m.fiche, registre: m.registre, fin: m.fin }));
  // A role that asks for two factors sleeps behind one.
  const eveilles = forte ? mandats : mandats.filter((m) => !ROLES_FORTS.includes(m.role));
  return {
    id: l.id,
    nom: l.nom,
    courriel: l.courriel,
    organisationId: l.organisationId,
    fonction: l.fonction,
    fictif: l.demonstration,
    mandats: eveilles,
    forte,
    gestionnaire: l.gestionnaire && forte,
    raccourcis: l.raccourcis,
    session,
    enAttente: eveilles.length < mandats.length || (l.gestionnaire && !forte),
  };
}

export async function getIdToken(db: Db, contratId: number, jeton: string): Promise<string | null> {
  const { rows } = await sql<{ t: string | null }>`
    select id_token as t from sessions where contrat_id = ${contratId} and empreinte = ${empreinteDe(jeton)}`.execute(db);
  return rows[0]?.t ?? null;
}

interface LigneSession {
  sessionId: string;
  empreinte: Buffer;
  expireLe: Date;
  vueLe: Date;
  forte: boolean;
  confirmeeLe: Date;
  moyen: string;
}

/** Read at every request of someone signed in; those who ask while others are read are read together. */
const lireSessions = requete<LigneUtilisateur & LigneSession, { contratId: number; empreintes: readonly Buffer[]; jour: string }>(
  (v) => sql`
    select s.id as session_id, s.empreinte, s.expire_le, s.vue_le, s.forte, s.confirmee_le, s.moyen, ${utilisateurSql(v.jour)}
    from sessions s
    join comptes c on c.contrat_id = s.contrat_id and c.id = s.compte_id
    where s.contrat_id = ${v.contratId}
      and s.empreinte = any(${v.empreintes}::bytea[])
      and c.ferme_le is null`,
);
type Lue = LigneUtilisateur & LigneSession;
/** By contract and day: mandates are those of the day. */
const files = new WeakMap<Db, LRUCache<string, Ensemble<Buffer, Lue | undefined>>>();
function lireSession(db: Db, contratId: number, jour: string, empreinte: Buffer): Promise<Lue | undefined> {
  const siennes = files.get(db) ?? new LRUCache<string, Ensemble<Buffer, Lue | undefined>>({ max: 20 });
  files.set(db, siennes);
  const cle = `${contratId} ${jour}`;
  const file = siennes.get(cle) ?? lectures((empreintes) => lireLesSessions(db, { contratId, jour }, empreintes));
  siennes.set(cle, file);
  return file.demander(empreinte);
}
async function lireLesSessions(db: Db, quand: { contratId: number; jour: string }, empreintes: readonly Buffer[]): Promise<(Lue | undefined)[]> {
  const cles = empreintes.map((e) => e.toString('hex'));
  const distinctes = new Map(cles.map((cle, i) => [cle, empreintes[i] as Buffer]));
  const lues = new Map((await lireSessions(db, { ...quand, empreintes: [...distinctes.values()] })).map((l) => [l.empreinte.toString('hex'), l]));
  return cles.map((cle) => lues.get(cle));
}
/** Who holds the token now, with the mandates in force today; null when the session ended or the account was closed. */
export async function getUtilisateurDeSession(db: Db, contratId: number, jeton: string, maintenant: Date): Promise<Utilisateur | null> {
  const empreinte = empreinteDe(jeton);
  const limite = new Date(maintenant.getTime() - INACTIVITE_H * 3_600_000);
  const l = await lireSession(db, contratId, jourDe(maintenant), empreinte);
  if (!l || l.expireLe <= maintenant || l.vueLe <= limite) return null;
  // The clock of inactivity is written at most once a minute, so that reading pages stays reading.
  if (maintenant.getTime() - l.vueLe.getTime() > 60_000)
    await sql`update sessions set vue_le = ${maintenant} where contrat_id = ${contratId} and empreinte = ${empreinte}`.execute(db);
  return utilisateurDe(l, l.forte, { id: l.sessionId, forte: l.forte, confirmeeLe: l.confirmeeLe, moyen: l.moyen });
}

/**
 * Who acts by something made earlier, without a session: what it was made under, less what has ended since. Null once the account
 * is closed, or when every mandate it was made under has ended.
 */
export async function getUtilisateurDeTitre(db: Db, contratId: number, t: Titre, maintenant: Date): Promise<Utilisateur | null> {
  const { rows } = await sql<LigneUtilisateur>`
    select ${utilisateurSql(jourDe(maintenant), sql`${[...t.mandats]}::uuid[]`)}
    from comptes c
    where c.contrat_id = ${contratId} and c.id = ${t.compteId}::uuid and c.ferme_le is null`.execute(db);
  const l = rows[0];
  if (!l || (l.mandats.length === 0 && t.mandats.length > 0)) return null;
  // Accounts are managed from a session: a token or a feed has no such scope.
  return { ...utilisateurDe(l, t.forte, null), gestionnaire: false };
}

/** The author of an act that waits (an invitation), with the rights they have now and the strength of the session they did it in. */
export async function getAuteur(db: Db, contratId: number, a: { compteId: string; forte: boolean }, maintenant: Date): Promise<Utilisateur | null> {
  const { rows } = await sql<LigneUtilisateur>`
    select ${utilisateurSql(jourDe(maintenant))}
    from comptes c
    where c.contrat_id = ${contratId} and c.id = ${a.compteId}::uuid and c.ferme_le is null`.execute(db);
  return rows[0] ? utilisateurDe(rows[0], a.forte, null) : null;
}

export interface MandatEnVigueur {
  id: string;
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre: string | null;
  fin: string | null;
}
/** `parmi`: a further condition, beginning with `and`. */
export async function listMandatsEnVigueur(db: Db, contratId: number, compteId: string, jour: string, parmi: RawBuilder<unknown>): Promise<MandatEnVigueur[]> {
  const { rows } = await sql<MandatEnVigueur>`
    select id, role, territoire_id, fiche, registre, fin from mandats
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and debut <= ${jour}::date and (fin is null or fin >= ${jour}::date)${parmi}
    order by debut, id`.execute(db);
  return rows;
}
/** Mandates that something made now by this person would act under: in force, and awake at the strength of their session. */
export async function listMandatsEveilles(db: Db, contratId: number, u: Pick<Utilisateur, 'id' | 'forte'>, maintenant: Date): Promise<MandatEnVigueur[]> {
  const eveilles = u.forte ? sql`` : sql` and role <> all(${[...ROLES_FORTS]}::text[])`;
  return listMandatsEnVigueur(db, contratId, u.id, jourDe(maintenant), eveilles);
}

export async function listPersonas(db: Db, contratId: number, jour: string): Promise<Utilisateur[]> {
  const { rows } = await sql<LigneUtilisateur>`
    select ${utilisateurSql(jour)}
    from comptes c
    where c.contrat_id = ${contratId} and c.demonstration and c.ferme_le is null
    order by c.ordre, c.nom`.execute(db);
  return rows.map((l) => utilisateurDe(l, true, null));
}

/** Who may be written to: open accounts with the mandates in force, as if behind two factors; and the addresses that closed ones left. */
export async function listComptes(db: Db, contratId: number, maintenant: Date): Promise<{ ouverts: Utilisateur[]; fermees: ReadonlySet<string> }> {
  const { rows } = await sql<LigneUtilisateur & { ferme: boolean }>`
    select ${utilisateurSql(jourDe(maintenant))}, c.ferme_le is not null as ferme
    from comptes c
    where c.contrat_id = ${contratId}`.execute(db);
  const ouverts = rows.filter((l) => !l.ferme).map((l) => utilisateurDe(l, true, null));
  return { ouverts, fermees: new Set(rows.filter((l) => l.ferme).map((l) => l.courriel.toLowerCase())) };
}

/** One of them; null when it is closed or unknown. */
export async function getCompteOuvert(db: Db, contratId: number, id: string, maintenant: Date): Promise<Utilisateur | null> {
  const { rows } = await sql<LigneUtilisateur>`
    select ${utilisateurSql(jourDe(maintenant))} from comptes c
    where c.contrat_id = ${contratId} and c.id = ${uuid(id)} and c.ferme_le is null`.execute(db);
  return rows[0] ? utilisateurDe(rows[0], true, null) : null;
}

/** The account of that address was closed; an address without account never is. */
export async function estCompteFerme(db: Db, contratId: number, courriel: string): Promise<boolean> {
  const { rows } = await sql`
    select from comptes where contrat_id = ${contratId} and courriel = ${courriel.toLowerCase()} and ferme_le is not null`.execute(db);
  return rows.length > 0;
}

/** The day on which the account of that address was closed: nobody reads there any more. Null for an open one, and for an address without account. */
export const compteFermeLe = (contrat: RawBuilder<unknown>, courriel: RawBuilder<unknown>): RawBuilder<string | null> => sql`(
  select (c.ferme_le at time zone concorde_fuseau(c.contrat_id))::date from comptes c
  where c.contrat_id = ${contrat} and c.courriel = lower(${courriel}) and c.ferme_le is not null)`;

/** The account of that address, open or closed. */
export const compteDe = (contrat: RawBuilder<unknown>, courriel: RawBuilder<unknown>): RawBuilder<string | null> => sql`(
  select c.id from comptes c where c.contrat_id = ${contrat} and c.courriel = lower(${courriel}))`;

/** Whether this contract has, or ever had, the fictive people of a demonstration. */
export async function hasDemonstration(db: Db, contratId: number): Promise<boolean> {
  const { rows } = await sql<{ vrai: boolean }>`
    select exists (select from comptes where contrat_id = ${contratId} and demonstration) as vrai`.execute(db);
  return rows[0]?.vrai ?? false;
}

/** Somebody real has, or had, an account here. */
export async function hasComptes(db: Db, contratId: number): Promise<boolean> {
  const { rows } = await sql<{ vrai: boolean }>`
    select exists (select from comptes where contrat_id = ${contratId} and not demonstration) as vrai`.execute(db);
  return rows[0]?.vrai ?? false;
}

export interface NouveauCompte {
  courriel: string;
  nom: string;
  fonction: string;
  organisationId: string;
  motDePasse: string | null;
  demonstration: boolean;
  ordre: number;
  mandats: readonly Mandat[];
  accordePar: string;
  debut: string;
  /** Last day of the mandates; null while nobody ends them. */
  fin?: string | null;
}

/** Creates the account and its mandates; null when the address is already used in this contract. */
export async function createCompte(db: Db, contratId: number, n: NouveauCompte): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into comptes (contrat_id, courriel, nom, fonction, organisation_id, mot_de_passe, demonstration, ordre)
    values (${contratId}, ${n.courriel.toLowerCase()}, ${n.nom}, ${n.fonction}, ${n.organisationId}, ${n.motDePasse},
      ${n.demonstration}, ${n.ordre})
    on conflict (contrat_id, courriel) do nothing
    returning id`.execute(db);
  const id = rows[0]?.id;
  if (!id) return null;
  for (const m of n.mandats)
    await sql`
      insert into mandats (contrat_id, compte_id, role, territoire_id, fiche, registre, debut, fin, accorde_par)
      values (${contratId}, ${id}, ${m.role}, ${m.territoireId}, ${m.fiche}, ${m.registre ?? null}, ${n.debut}, ${n.fin ?? null}, ${n.accordePar})`.execute(db);
  return id;
}
