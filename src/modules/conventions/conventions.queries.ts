/** Acts, read: all of them in a few columns, one of them whole. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import type { Issue, Nature, Vie } from './conventions.rules.ts';
import { DERNIER_MOT_D_ELLE } from './paroles.queries.ts';
import type { ActeDeParole, EtatDeParole, Refus } from './paroles.rules.ts';

/** Everything that lists, debts and states need of an act. */
export interface Acte extends Omit<Ligne<'conventions'>, 'contratId' | 'nature' | 'recherche'>, Vie {
  nature: Nature;
  derniereRevue: string | null;
  /** Organisations of the directory that are parties to it. */
  organisations: string[];
  /** Signatures noted after their party left, or took its own back: they wait for it, and count for nothing. */
  suspendues: number;
  /** Words of parties, besides signatures, that are not yet said to be theirs. */
  enAttente: number;
}
/** Where each signature `p` stands: what was said last of it. */
const DERNIER_MOT = sql`
  left join lateral (select s.acte, s.etat, s.par, s.par_elle, s.organisation_id, s.quand, s.rang from convention_signatures s
    where s.contrat_id = p.contrat_id and s.partie_id = p.id order by s.rang desc limit 1) as d on true`;
/** It took its own signature back, and has not signed since: nobody waits for it. */
const RAVISEE = sql`(p.signee_le is null and d.acte = 'annulee' and d.par_elle)`;
/** Signed by all those it waits for: what an act that replaces another must be to take its place. A contested signature is none. */
const SIGNATURES = (c: RawBuilder<unknown>) => sql`
  select count(*) filter (where reste)::int as parties, count(*) filter (where reste and signe)::int as signees,
    count(*) filter (where reste and etat = 'contestee')::int as contestees, count(*) filter (where reste and etat = 'suspendue')::int as suspendues, count(*) filter (where signe and not reste)::int as quittes,
    count(*) filter (where reste and ravisee)::int as ravisees,
    count(*) filter (where reste and signe and etat = 'notee' and organisation_id is not null)::int as "aConfirmer",
    min(signee_le) filter (where signe) as premiere, max(signee_le) filter (where signe and reste) as derniere,
    max(retiree_le) filter (where signe) as "dernierRetrait",
    (select max(lower(r)) from unnest(range_agg(daterange(signee_le, retiree_le, '[]')) filter (where signe)) as r) as reprise,
    coalesce(array_agg(organisation_id order by cree_le) filter (where reste and organisation_id is not null), '{}') as organisations
  from (
    select p.organisation_id, p.signee_le, p.retiree_le, p.cree_le, p.retiree_le is null as reste, coalesce(d.etat, 'notee') as etat,
      p.signee_le is not null and coalesce(d.etat, 'notee') not in ('contestee', 'suspendue') as signe, ${RAVISEE} as ravisee
    from convention_parties p ${DERNIER_MOT}
    where p.contrat_id = ${c}.contrat_id and p.convention_id = ${c}.id) as p`;
/** Where everything said of that object stands: one row for each party in whose name it was. */
const ETATS_DE = (objet: RawBuilder<unknown>) => sql`
  (select distinct on (w.id) w.etat from convention_paroles w where w.contrat_id = ${objet}.contrat_id and w.objet_id = ${objet}.id order by w.id, w.rang desc)`;
/** Each that stays said so, one at least; nobody was asked: on the word of who noted it (`ensemble`). */
const DITE = (objet: RawBuilder<unknown>) => sql`
  (select count(*) = 0 or coalesce(bool_and(e.etat = 'confirmee') filter (where e.etat <> 'quittee'), false) from ${ETATS_DE(objet)} as e)`;
const R = sql`r`;
const A = sql`a`;
const N = sql`n`;
const ACTES = (ou: RawBuilder<unknown>) => sql`
  select a.id, a.nature, a.titre, a.reference, a.objet, a.porteur_id, a.territoires, a.systemes, a.lignes, a.effet, a.fin,
    a.preavis_jours, a.reconduction_mois, a.revue_mois, a.lieu, a.interdits, a.jours,
    a.heure_de, a.heure_a, a.saison_de, a.saison_a, a.denoncee_le,
    a.denoncee_motif, a.denonciation_id, a.remplace_id, a.publiee_le, a.publiee_par,
    a.fichiers_publics, a.version,
    a.auteur, a.cree_le, a.modifie_par, a.modifie_le,
    s.parties, s.signees, s.contestees, s.suspendues, s.quittes, s.ravisees, s."aConfirmer", s.premiere as "premiereSignature", s.derniere as "derniereSignature", s.reprise,
    s."dernierRetrait", s.organisations,
    (select count(*)::int from convention_versions v where v.contrat_id = a.contrat_id and v.convention_id = a.id) as textes,
    r.tenue_le as "derniereRevue",
    coalesce((select r.issue = 'arreter' from convention_revues r where r.contrat_id = a.contrat_id and r.convention_id = a.id and ${DITE(R)}
      order by r.tenue_le desc limit 1), false) as arret,
    (select count(*)::int from (select distinct on (w.id) w.etat from convention_paroles w
      where w.contrat_id = a.contrat_id and w.convention_id = a.id and w.de <> '' order by w.id, w.rang desc) as w where w.etat = 'notee') as "enAttente",
    (select min(case when n.nature = 'charte' then coalesce(n.effet, x.premiere) else coalesce(n.effet, x.derniere) end)
      from conventions n cross join lateral (${SIGNATURES(N)}) as x
      where n.contrat_id = a.contrat_id and n.remplace_id = a.id
        and exists (select from convention_versions v where v.contrat_id = n.contrat_id and v.convention_id = n.id)
        and (n.nature = 'arrete' or (n.nature = 'charte' and x.premiere is not null) or (x.signees > 0 and x.signees = x.parties))
        and (n.denoncee_le is null or n.denoncee_le > case when n.nature = 'charte' then coalesce(n.effet, x.premiere) else coalesce(n.effet, x.derniere) end))
      as "remplaceeLe"
  from conventions a
  cross join lateral (${SIGNATURES(A)}) as s
  left join lateral (select r.tenue_le from convention_revues r
    where r.contrat_id = a.contrat_id and r.convention_id = a.id
      and not exists (select from ${ETATS_DE(R)} as e where e.etat in ('contestee', 'annulee')) order by r.tenue_le desc limit 1) as r on true
  where ${ou}
  order by lower(a.titre), a.id`;

export interface FiltresSql {
  ids?: readonly string[] | null;
  publiques?: boolean;
  nature?: string;
  /** Organisation that keeps it, or is a party to it. */
  partie?: string;
  /** Those that say that they take the place of this one. */
  remplace?: string;
  /** Each of these narrows: an act serves one of its systems, or one of its lines. */
  sert?: readonly { systemes: readonly string[]; lignes: readonly string[] }[];
  /** Those that hold there: the place, what holds it, what lies in it; an act without places holds everywhere. */
  territoires?: readonly string[] | undefined;
  q?: string;
}
/** A few hundred in a contract: states are read of all of them, and a page is cut from there. */
export async function listActes(db: Db, contratId: number, f: FiltresSql = {}): Promise<Acte[]> {
  const ou = [sql`a.contrat_id = ${contratId}`];
  if (f.ids) ou.push(sql`a.id = any(${uuids(f.ids)})`);
  if (f.publiques) ou.push(sql`a.publiee_le is not null`);
  if (f.nature) ou.push(sql`a.nature = ${f.nature}`);
  if (f.partie) ou.push(sql`(a.porteur_id = ${f.partie} or ${f.partie} = any(s.organisations))`);
  if (f.remplace) ou.push(sql`a.remplace_id = ${uuid(f.remplace)}`);
  for (const s of f.sert ?? []) ou.push(sql`(a.systemes && ${[...s.systemes]}::text[] or a.lignes && ${[...s.lignes]}::text[])`);
  if (f.territoires) ou.push(sql`(a.territoires = '{}' or a.territoires && ${[...f.territoires]}::text[])`);
  if (f.q) ou.push(sql`a.recherche @@ websearch_to_tsquery('concorde_fr', ${f.q})`);
  const { rows } = await sql<Acte>`${ACTES(sql.join(ou, sql` and `))}`.execute(db);
  return rows;
}
export async function getActe(db: Db, contratId: number, id: string): Promise<Acte | null> {
  return (await listActes(db, contratId, { ids: [id] }))[0] ?? null;
}
/** Holds the act until the end of the transaction: what it says is read after the others have written. */
export async function tenirActe(tx: Db, contratId: number, id: string): Promise<void> {
  await sql`select from conventions where contrat_id = ${contratId} and id = ${uuid(id)} for update`.execute(tx);
}

/** Taken before a line of acts that replace each other is read and made longer: two people at once close no loop. */
export async function tenirLesRemplacements(tx: Db, contratId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`conventions qui se remplacent|${contratId}`}, 0))`.execute(tx);
}
/** Does the line of acts that one replaces, and those that they replace, reach that one? */
export async function mene(db: Db, contratId: number, de: string, a: string): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'conventions'>, 'id'>>`
    with recursive suite as (
      select id, remplace_id from conventions where contrat_id = ${contratId} and id = ${uuid(de)}
      union
      select c.id, c.remplace_id from conventions c join suite s on c.id = s.remplace_id where c.contrat_id = ${contratId})
    select id from suite where id = ${uuid(a)}`.execute(db);
  return rows.length > 0;
}

export interface Partie
  extends Pick<Ligne<'conventionParties'>, 'id' | 'conventionId' | 'organisationId' | 'nom' | 'signeeLe' | 'retireeLe' | 'creeLe' | 'par'> {
  signataire: string;
  fonction: string;
  /** What was said last of its signature: null where there is none. */
  acte: ActeDeParole | null;
  etat: EtatDeParole | null;
  /** Why one that is noted waits for it and counts for nothing; null of any other. */
  refus: Exclude<Refus, 'contestee'> | null;
  /** Its own last word says that it signed, whatever others wrote since. */
  aConfirme: boolean;
  /** Who noted it as it stands, of which organisation, when: empty of those noted before it was kept. */
  noteePar: string;
  noteeDe: string;
  noteeLe: Date | null;
  ditLe: Date | null;
  /** When it took its own signature back: it is not waited for, until it signs again. */
  raviseeLe: Date | null;
  ditPar: string;
  rang: number;
  /** How many things were said of it, signature and withdrawal: a form says what it showed. */
  vu: number;
  /** Who said last what holds, and of which organisation. */
  ditDe: string;
}
export async function listParties(db: Db, contratId: number, actes: readonly string[]): Promise<Partie[]> {
  const { rows } = await sql<Partie>`
    select p.id, p.convention_id, p.organisation_id, p.nom, p.signee_le, p.retiree_le,
      p.cree_le, p.par, coalesce(s.nom, '') as signataire, coalesce(s.fonction, '') as fonction,
      d.acte, case when p.signee_le is not null then coalesce(d.etat, 'notee') end as etat,
      case when d.etat = 'suspendue' and p.signee_le is not null then (select case when e.genre = 'retrait' then 'retrait' else 'annulee' end
        from (${DERNIER_MOT_D_ELLE(sql`p.contrat_id`, sql`p.convention_id`, sql`p.organisation_id`)}) as e) end as refus,
      coalesce((select x.etat = 'confirmee' from convention_signatures x
        where x.contrat_id = p.contrat_id and x.partie_id = p.id and x.par_elle order by x.rang desc limit 1), false) as "aConfirme",
      coalesce(d.rang, 0) as rang, d.quand as "ditLe", case when ${RAVISEE} then d.quand end as "raviseeLe",
      coalesce(d.rang, 0) + (select count(*)::int from convention_paroles w where w.contrat_id = p.contrat_id and w.objet_id = p.id) as vu,
      coalesce(d.par, '') as "ditPar", coalesce(d.organisation_id, '') as "ditDe", coalesce(n.par, '') as "noteePar", coalesce(n.organisation_id, '') as "noteeDe", n.quand as "noteeLe"
    from convention_parties p ${DERNIER_MOT}
    left join lateral (select n.par, n.organisation_id, n.quand from convention_signatures n
      where n.contrat_id = p.contrat_id and n.partie_id = p.id and n.acte in ('notee', 'corrigee') order by n.rang desc limit 1) as n on p.signee_le is not null
    left join convention_signataires s on s.contrat_id = p.contrat_id and s.partie_id = p.id
    where p.contrat_id = ${contratId} and p.convention_id = any(${uuids(actes)})
    order by p.retiree_le is not null, p.cree_le, p.id`.execute(db);
  return rows;
}
export interface MotDeSignature extends Omit<Ligne<'conventionSignatures'>, 'contratId' | 'acte' | 'etat'> {
  acte: ActeDeParole;
  etat: EtatDeParole;
}
/** Everything that was said of the signatures of an act, the latest first. */
export async function listMotsDeSignature(db: Db, contratId: number, acte: string): Promise<MotDeSignature[]> {
  const { rows } = await sql<MotDeSignature>`
    select s.partie_id, s.rang, s.acte, s.etat, s.signee_le, s.nom_corrige, s.motif, s.par,
      s.organisation_id, s.par_elle, s.quand
    from convention_signatures s join convention_parties p on p.contrat_id = s.contrat_id and p.id = s.partie_id
    where p.contrat_id = ${contratId} and p.convention_id = ${uuid(acte)}
    order by s.quand desc, s.partie_id, s.rang desc`.execute(db);
  return rows;
}
export interface Version extends Omit<Ligne<'conventionVersions'>, 'contratId' | 'texte' | 'genre'> {
  genre: 'texte' | 'avenant';
  /** It has words, that may be compared. */
  lisible: boolean;
}
/** The latest first. */
export async function listVersions(db: Db, contratId: number, actes: readonly string[]): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select v.id, v.convention_id, v.numero, v.genre, v.resume, v.signee_le, v.fin_avant,
      v.fin_apres, v.fin_premiere, v.reconduction_avant, v.fichier_id, v.fichier_nom, v.par, v.quand, v.texte <> '' as lisible
    from convention_versions v
    where v.contrat_id = ${contratId} and v.convention_id = any(${uuids(actes)})
    order by v.numero desc, v.convention_id`.execute(db);
  return rows;
}
export async function getTextes(db: Db, contratId: number, acte: string, numeros: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<Pick<Ligne<'conventionVersions'>, 'numero' | 'texte'>>`
    select numero, texte from convention_versions
    where contrat_id = ${contratId} and convention_id = ${uuid(acte)} and numero = any(${[...numeros]}::int[])`.execute(db);
  return new Map(rows.map((r) => [r.numero, r.texte]));
}
export interface Revue extends Omit<Ligne<'conventionRevues'>, 'contratId' | 'issue'> {
  issue: Issue;
}
export async function listRevues(db: Db, contratId: number, actes: readonly string[]): Promise<Revue[]> {
  const { rows } = await sql<Revue>`
    select id, convention_id, tenue_le, issue, texte, par, organisation_id, quand from convention_revues
    where contrat_id = ${contratId} and convention_id = any(${uuids(actes)}) order by tenue_le`.execute(db);
  return rows;
}
interface Fait {
  du_le: string;
  fait_le: string;
  preuve: string;
  par: string;
  organisation_id: string;
  quand: string;
}
export interface Engagement extends Omit<Ligne<'conventionEngagements'>, 'contratId'> {
  /** In the order of their days. */
  faits: Fait[];
}
export async function listEngagements(db: Db, contratId: number, actes: readonly string[]): Promise<Engagement[]> {
  const { rows } = await sql<Engagement>`
    select e.id, e.convention_id as "conventionId", e.libelle, e.organisation_id as "organisationId", e.du_le as "duLe",
      e.tous_les_mois as "tousLesMois", e.arrete_le as "arreteLe", e.par, e.cree_le as "creeLe",
      coalesce((select json_agg(json_build_object('du_le', f.du_le, 'fait_le', f.fait_le, 'preuve', f.preuve, 'par', f.par,
        'organisation_id', f.organisation_id, 'quand', f.quand) order by f.du_le)
        from convention_faits f where f.contrat_id = e.contrat_id and f.engagement_id = e.id), '[]') as faits
    from convention_engagements e
    where e.contrat_id = ${contratId} and e.convention_id = any(${uuids(actes)})
    order by e.arrete_le is not null, e.du_le, e.id`.execute(db);
  return rows;
}
/** Acts that hold the words of a search, the latest first. */
export async function chercherActes(db: Db, contratId: number, requete: string, combien: number): Promise<string[]> {
  const { rows } = await sql<Pick<Acte, 'id'>>`
    select id from conventions where contrat_id = ${contratId} and id = any(array(select id from chercher_conventions(${requete}, ${combien})))`.execute(db);
  return rows.map((r) => r.id);
}
