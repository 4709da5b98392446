/** Places that come back, the reports that they hold, who follows them and the decisions that they caused. */
import { type RawBuilder, sql } from 'kysely';
import { demanderEnsemble } from '../../../core/base/ensemble.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { requete } from '../../../core/base/requete.ts';
import { conflit } from '../../../core/errors.ts';
import { type Lecture, lisibleEnSql } from '../demandes/lecture.queries.ts';
import { enJson } from '../../../core/couper.ts';

export type Recurrence = Omit<Ligne<'recurrences'>, 'contratId' | 'maille' | 'anonymiseeLe'>;
const COLONNES = sql`r.id, r.circuit, r.categorie, r.titre, r.territoire_id, r.adresse, r.lon, r.lat, r.service_id, r.lecteurs, r.ouverte_le, r.close_le,
  r.retours, r.efface_apres, r.version, r.modifie_par, r.modifie_le`;
interface Par {
  nom: string;
  quand: Date;
}

export type NouvelleRecurrence = Pick<Recurrence, 'circuit' | 'categorie' | 'titre' | 'territoireId' | 'adresse' | 'lon' | 'lat' | 'serviceId' | 'lecteurs'>;
export async function createRecurrence(tx: Db, contratId: number, r: NouvelleRecurrence, par: Par): Promise<string> {
  const { rows } = await sql<Pick<Recurrence, 'id'>>`
    insert into recurrences (contrat_id, circuit, categorie, titre, territoire_id, adresse, lon, lat, service_id, lecteurs, ouverte_le, modifie_par, modifie_le)
    values (${contratId}, ${r.circuit}, ${r.categorie}, ${r.titre}, ${r.territoireId}, ${r.adresse}, ${r.lon}, ${r.lat}, ${r.serviceId},
      ${r.lecteurs ? [...r.lecteurs] : null}::text[], ${par.quand}, ${par.nom}, ${par.quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
export async function getRecurrence(db: Db, contratId: number, id: string, verrou = false): Promise<Recurrence | null> {
  const { rows } = await sql<Recurrence>`
    select ${COLONNES} from recurrences r where r.contrat_id = ${contratId} and r.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Of that report; null when it is of none. */
export async function getRecurrenceDe(db: Db, contratId: number, demandeId: string): Promise<Recurrence | null> {
  const { rows } = await sql<Recurrence>`
    select ${COLONNES} from recurrence_demandes x join recurrences r on r.contrat_id = x.contrat_id and r.id = x.recurrence_id
    where x.contrat_id = ${contratId} and x.demande_id = ${uuid(demandeId)}`.execute(db);
  return rows[0] ?? null;
}

const DEPASSEE = 'Une autre personne vient d’agir sur ce lieu suivi. Relisez ce qu’elle a fait, puis recommencez.';
/** Throws 409 when `version` is no longer the current one. Returns the new one, which is the rank of what happened. */
export async function updateRecurrence(
  tx: Db,
  contratId: number,
  r: Pick<Recurrence, 'id' | 'version'>,
  changes: Partial<Pick<Recurrence, 'closeLe' | 'retours' | 'effaceApres'>>,
  par: Par,
): Promise<number> {
  const faite = await tx
    .updateTable('recurrences')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1), modifiePar: par.nom, modifieLe: par.quand }))
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(r.id))
    .where('version', '=', r.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit(DEPASSEE);
  return r.version + 1;
}

export type EvenementDeRecurrence = Omit<Ligne<'recurrenceEvenements'>, 'contratId' | 'recurrenceId'>;
export async function addEvenementDeRecurrence(
  tx: Db,
  contratId: number,
  id: string,
  e: Pick<EvenementDeRecurrence, 'rang' | 'quand' | 'acte'> & Partial<EvenementDeRecurrence>,
): Promise<void> {
  await sql`
    insert into recurrence_evenements (contrat_id, recurrence_id, rang, quand, acte, auteur, organisation_id, message, lien)
    values (${contratId}, ${id}::uuid, ${e.rang}, ${e.quand}, ${e.acte}, ${e.auteur ?? ''}, ${e.organisationId ?? null}, ${e.message ?? ''}, ${e.lien ?? ''})`.execute(
    tx,
  );
}
export async function listEvenementsDeRecurrence(db: Db, contratId: number, id: string): Promise<EvenementDeRecurrence[]> {
  const { rows } = await sql<EvenementDeRecurrence>`
    select rang, quand, acte, auteur, organisation_id, message, lien from recurrence_evenements
    where contrat_id = ${contratId} and recurrence_id = ${uuid(id)} order by rang`.execute(db);
  return rows;
}

interface PresDe {
  circuit: string;
  categorie: string;
  territoireId: string;
  adresse: string;
  lon: number | null;
  lat: number | null;
}
type Question = PresDe & { contratId: number; metres: number };
/** Within these metres of its point, and at its address when one of the two has no point: each is found by its index. */
const AUPRES = sql`round(111195 * sqrt(power(r.lat - d.lat, 2) + power((r.lon - d.lon) * cos(radians(d.lat)), 2)))::int`;
const proches = requete<Recurrence & Record<'rang', number>, { questions: string }>(
  (v) => sql`
    select d.rang, p.* from jsonb_to_recordset(${v.questions}::jsonb) as d (rang int, "contratId" smallint, circuit text, categorie text, "territoireId" text, adresse text, lon float8, lat float8, metres int)
    cross join lateral (
      select ${COLONNES}, ${AUPRES} as metres from recurrences r
      where r.contrat_id = d."contratId" and d.lon is not null and r.circuit = d.circuit and r.categorie = d.categorie
        and r.maille = any(array(
          select floor((d.lat + 90) * 1000 + i)::bigint * 1000000 + floor((d.lon + 180) * 1000 + j)::bigint
          from generate_series(-2, 2) as i, generate_series(-2, 2) as j))
        and ${AUPRES} <= d.metres
      union all
      select ${COLONNES}, 0 as metres from recurrences r
      where r.contrat_id = d."contratId" and r.circuit = d.circuit and r.territoire_id = d."territoireId" and r.categorie = d.categorie
        and (r.lon is null or d.lon is null) and r.adresse <> '' and sans_accents(r.adresse) = sans_accents(d.adresse)
      order by metres, id limit 1) as p`,
);
const demander = demanderEnsemble<Question, Recurrence | null>(async (db, questions) => {
  const lus = await proches(db, { questions: enJson(questions.map((q, rang) => ({ ...q, rang }))) });
  const parRang = new Map(lus.map(({ rang, ...r }) => [rang, r]));
  return questions.map((_, rang) => parRang.get(rang) ?? null);
});
/** The nearest place of that kind that this report comes back to, within these metres, or at the same address when one of them has no point. */
export const getRecurrenceProche = (db: Db, contratId: number, d: PresDe, metres: number): Promise<Recurrence | null> => {
  const { circuit, categorie, territoireId, adresse, lon, lat } = d;
  return demander(db, { contratId, circuit, categorie, territoireId, adresse, lon, lat, metres });
};

export async function lierALaRecurrence(tx: Db, contratId: number, id: string, demandes: readonly string[], quand: Date): Promise<void> {
  await sql`
    insert into recurrence_demandes (contrat_id, demande_id, recurrence_id, liee_le)
    select ${contratId}, d, ${id}::uuid, ${quand} from unnest(${uuids(demandes)}) as d order by d`.execute(tx);
}
type Liee = Pick<Ligne<'recurrenceDemandes'>, 'demandeId'>;
/** Reports that it holds, the latest first. */
export async function listIdsDeRecurrence(db: Db, contratId: number, id: string): Promise<string[]> {
  const { rows } = await sql<Liee>`
    select demande_id from recurrence_demandes where contrat_id = ${contratId} and recurrence_id = ${uuid(id)} order by demande_id desc`.execute(db);
  return rows.map((r) => r.demandeId);
}
/** Of these reports, those that are of one already. */
export async function listDejaLiees(db: Db, contratId: number, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<Liee>`
    select demande_id from recurrence_demandes where contrat_id = ${contratId} and demande_id = any(${uuids(ids)})`.execute(db);
  return rows.map((r) => r.demandeId);
}

export type RecurrenceDeListe = Recurrence & Record<'demandes' | 'aDire', number> & Record<'derniere', string>;
/** The latest written first. `aDire`: decisions whose effect nobody told. */
export async function listRecurrences(
  db: Db,
  contratId: number,
  o: { lecture: Lecture; territoires?: readonly string[] | undefined; etat: 'suivies' | 'closes' | 'toutes' },
  limite: number,
): Promise<RecurrenceDeListe[]> {
  const et: RawBuilder<unknown>[] = [sql`r.contrat_id = ${contratId}`, lisibleEnSql(o.lecture, 'r')];
  if (o.territoires) et.push(sql`r.territoire_id = any(${[...o.territoires]}::text[])`);
  if (o.etat !== 'toutes') et.push(o.etat === 'closes' ? sql`r.close_le is not null` : sql`r.close_le is null`);
  const { rows } = await sql<RecurrenceDeListe>`
    select r.*, n.demandes, n.derniere,
      (select count(*)::int from recurrence_decisions x where x.contrat_id = ${contratId} and x.recurrence_id = r.id and x.effet_le is null) as a_dire
    from (select ${COLONNES} from recurrences r where ${sql.join(et, sql` and `)} order by r.modifie_le desc, r.id limit ${limite}) as r
    cross join lateral (
      select count(*)::int as demandes, max(d.jour) as derniere from recurrence_demandes x
      join demandes d on d.contrat_id = x.contrat_id and d.id = x.demande_id
      where x.contrat_id = ${contratId} and x.recurrence_id = r.id) as n
    order by r.modifie_le desc, r.id`.execute(db);
  return rows;
}

export type DecisionLiee = Omit<Ligne<'recurrenceDecisions'>, 'contratId' | 'recurrenceId'>;
export async function listDecisionsLiees(db: Db, contratId: number, id: string): Promise<DecisionLiee[]> {
  const { rows } = await sql<DecisionLiee>`
    select decision_id, liee_par, liee_le, effet, effet_le from recurrence_decisions
    where contrat_id = ${contratId} and recurrence_id = ${uuid(id)} order by liee_le, decision_id`.execute(db);
  return rows;
}
/** False when it is linked already. */
export async function lierDecision(tx: Db, contratId: number, id: string, decisionId: string, par: Par): Promise<boolean> {
  const r = await sql`
    insert into recurrence_decisions (contrat_id, recurrence_id, decision_id, liee_par, liee_le)
    values (${contratId}, ${id}::uuid, ${uuid(decisionId)}, ${par.nom}, ${par.quand}) on conflict do nothing`.execute(tx);
  return r.numAffectedRows === 1n;
}
/** False when it was told already. */
export async function setEffet(tx: Db, contratId: number, id: string, decisionId: string, effet: string, quand: Date): Promise<boolean> {
  const r = await sql`
    update recurrence_decisions set effet = ${effet}, effet_le = ${quand}
    where contrat_id = ${contratId} and recurrence_id = ${id}::uuid and decision_id = ${uuid(decisionId)} and effet_le is null`.execute(tx);
  return r.numAffectedRows === 1n;
}

type SuiveurDeLieu = Pick<Ligne<'recurrenceSuiveurs'>, 'id'> & Record<'contact', Buffer>;
/** Who asked to be told of the place; `seuls`: those whom nobody writes to any more about their own report. */
export async function listSuiveursDuLieu(db: Db, contratId: number, id: string, seuls = false): Promise<SuiveurDeLieu[]> {
  const { rows } = await sql<SuiveurDeLieu>`
    select x.id, x.contact from recurrence_suiveurs x
    join demande_suiveurs s on s.contrat_id = x.contrat_id and s.id = x.suiveur_id
    where x.contrat_id = ${contratId} and x.recurrence_id = ${uuid(id)} and x.contact is not null and x.confirme_le is not null ${seuls ? sql`and s.contact is null` : sql``}
    order by x.id`.execute(db);
  return rows;
}
export async function suitLeLieu(db: Db, contratId: number, id: string, suiveurId: string): Promise<boolean> {
  const { rows } = await sql<Record<'n', number>>`
    select count(*)::int as n from recurrence_suiveurs
    where contrat_id = ${contratId} and recurrence_id = ${uuid(id)} and suiveur_id = ${uuid(suiveurId)} and contact is not null`.execute(db);
  return (rows[0]?.n ?? 0) > 0;
}
/** `contact` null: no longer told. */
export async function setSuiviDuLieu(
  tx: Db,
  contratId: number,
  id: string,
  suiveurId: string,
  a: { contact: Buffer | null; sceau: string; confirmeLe: Date | null },
  quand: Date,
): Promise<void> {
  await sql`
    insert into recurrence_suiveurs (contrat_id, recurrence_id, suiveur_id, contact, sceau, confirme_le, cree_le)
    values (${contratId}, ${id}::uuid, ${suiveurId}::uuid, ${a.contact}, ${a.sceau}, ${a.confirmeLe}, ${quand})
    on conflict (contrat_id, recurrence_id, suiveur_id) do update
      set contact = excluded.contact, sceau = excluded.sceau, confirme_le = excluded.confirme_le, cree_le = excluded.cree_le, effacer_le = null`.execute(tx);
}
/** What this code follows beside its own report, with the address given there. */
export async function listLieuxSuivis(db: Db, contratId: number, suiveurId: string): Promise<(SuiveurDeLieu & { recurrenceId: string })[]> {
  const { rows } = await sql<SuiveurDeLieu & { recurrenceId: string }>`
    select id, recurrence_id, contact from recurrence_suiveurs
    where contrat_id = ${contratId} and suiveur_id = ${uuid(suiveurId)} and contact is not null order by id`.execute(db);
  return rows;
}
/** When their addresses are to be forgotten; null while the place is followed. */
export async function setOubliDesSuiveurs(tx: Db, contratId: number, id: string, quand: Date | null): Promise<void> {
  await sql`
    update recurrence_suiveurs set effacer_le = ${quand}::timestamptz
    where contrat_id = ${contratId} and recurrence_id = ${id}::uuid and anonymisee_le is null`.execute(tx);
}
