/** Who follows what, by a closed address; and what was asked and not confirmed yet. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../../core/base/database.ts';
import { uuid } from '../../../../core/base/id.ts';
import type { Regle } from '../../../../core/trace/retention.ts';
import { estUnGenre, JOURS_POUR_CONFIRMER, type Sujet } from './abonnes.rules.ts';
import { enJson } from '../../../../core/couper.ts';

export interface Demande extends Sujet, Pick<Ligne<'abonnementDemandes'>, 'id' | 'empreinte' | 'adresse' | 'jour'> {}

/** Letters of confirmation of a day: to this address, from this network. Demands come one after the other, so that none is counted twice. */
export async function countDemandes(
  tx: Db,
  contratId: number,
  o: { empreinte: string; reseau: string; depuis: Date },
): Promise<{ adresse: number; reseau: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`abonnement_demandes|${contratId}`}, 0))`.execute(tx);
  // Limits keep them few.
  const { rows } = await sql<Pick<Ligne<'abonnementDemandes'>, 'empreinte' | 'reseau'>>`
    select empreinte, reseau from abonnement_demandes
    where contrat_id = ${contratId} and (empreinte = ${o.empreinte} or reseau = ${o.reseau}) and demande_le > ${o.depuis}`.execute(tx);
  return { adresse: rows.filter((r) => r.empreinte === o.empreinte).length, reseau: rows.filter((r) => r.reseau === o.reseau).length };
}
export async function addDemande(tx: Db, contratId: number, d: Omit<Demande, 'id'> & { reseau: string }, quand: Date): Promise<string> {
  const { rows } = await sql<Pick<Demande, 'id'>>`
    insert into abonnement_demandes (contrat_id, empreinte, adresse, genre, objet, jour, reseau, demande_le)
    values (${contratId}, ${d.empreinte}, ${d.adresse}, ${d.genre}, ${d.objet}, ${d.jour}, ${d.reseau}, ${quand})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}
/** Null once it was confirmed, or came to its end. */
export async function getDemande(db: Db, contratId: number, id: string, maintenant: Date): Promise<Demande | null> {
  const { rows } = await sql<Demande>`
    select id, empreinte, adresse, genre, objet, jour from abonnement_demandes
    where contrat_id = ${contratId} and id = ${uuid(id)}
      and demande_le > ${maintenant}::timestamptz - make_interval(days => ${JOURS_POUR_CONFIRMER}::int)`.execute(db);
  return rows[0] ?? null;
}
/** The demand becomes a subscription; null when somebody else just took it. What was followed already is told from where it stood. */
export async function confirmer(tx: Db, contratId: number, d: Demande, o: { quand: Date; prochainLe: string }): Promise<string | null> {
  const { rows: prise } = await sql`
    delete from abonnement_demandes where contrat_id = ${contratId} and id = ${d.id}::uuid returning 1`.execute(tx);
  if (prise.length === 0) return null;
  const { rows } = await sql<Pick<Demande, 'id'>>`
    insert into abonnes as a (contrat_id, empreinte, adresse, jour, prochain_le)
    values (${contratId}, ${d.empreinte}, ${d.adresse}, ${d.jour}, ${o.prochainLe}::date)
    on conflict (contrat_id, empreinte) do update set jour = excluded.jour, prochain_le = excluded.prochain_le
    returning a.id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`
    insert into abonnements (contrat_id, abonne_id, genre, objet, dit_jusqua)
    values (${contratId}, ${id}::uuid, ${d.genre}, ${d.objet}, ${o.quand})
    on conflict do nothing`.execute(tx);
  return id;
}

export interface Abonne extends Pick<Ligne<'abonnes'>, 'id' | 'adresse' | 'jour' | 'empreinte'> {
  suivis: readonly (Sujet & { ditJusqua: Date })[];
}
const SUIVIS = sql`array(
  select jsonb_build_object('genre', s.genre, 'objet', s.objet, 'ditJusqua', s.dit_jusqua) from abonnements s
  where s.contrat_id = a.contrat_id and s.abonne_id = a.id order by s.genre, s.objet)`;
type Lu = Omit<Abonne, 'suivis'> & { suivis: readonly (Sujet & { ditJusqua: string })[] };
const lireAbonne = (a: Lu): Abonne => ({ ...a, suivis: a.suivis.map((s) => ({ ...s, ditJusqua: new Date(s.ditJusqua) })) });

export async function getAbonne(db: Db, contratId: number, id: string): Promise<Abonne | null> {
  const { rows } = await sql<Lu>`
    select a.id, a.adresse, a.jour, a.empreinte, ${SUIVIS} as suivis from abonnes a where a.contrat_id = ${contratId} and a.id = ${uuid(id)}`.execute(db);
  return rows[0] ? lireAbonne(rows[0]) : null;
}
/** Ends one thing followed; the last one takes the address with it. True when nothing is left. */
export async function arreter(tx: Db, contratId: number, id: string, s: Sujet): Promise<boolean> {
  // Its row first: two ends at once would each leave the address to the other.
  await sql`select 1 from abonnes where contrat_id = ${contratId} and id = ${id}::uuid for update`.execute(tx);
  await sql`
    delete from abonnements where contrat_id = ${contratId} and abonne_id = ${id}::uuid and genre = ${s.genre} and objet = ${s.objet}`.execute(tx);
  const { rows } = await sql`select 1 from abonnements where contrat_id = ${contratId} and abonne_id = ${id}::uuid limit 1`.execute(tx);
  if (rows.length === 0) await oublier(tx, contratId, id);
  return rows.length === 0;
}
/** Erases an address: what it follows, and what was asked for it and not confirmed. */
export async function oublier(tx: Db, contratId: number, id: string): Promise<void> {
  await sql`
    with oublie as (delete from abonnes where contrat_id = ${contratId} and id = ${id}::uuid returning empreinte)
    delete from abonnement_demandes d using oublie where d.contrat_id = ${contratId} and d.empreinte = oublie.empreinte`.execute(tx);
}

/** What letters of that day tell, and from when on. */
export async function listSujetsDus(db: Db, contratId: number, aujourdhui: string): Promise<(Sujet & { depuis: Date })[]> {
  const { rows } = await sql<Sujet & { depuis: Date }>`
    select s.genre, s.objet, min(s.dit_jusqua) as depuis
    from abonnes a
    join abonnements s on s.contrat_id = a.contrat_id and s.abonne_id = a.id
    where a.contrat_id = ${contratId} and a.prochain_le <= ${aujourdhui}::date
    group by s.genre, s.objet
    order by s.genre, s.objet`.execute(db);
  return rows;
}
/** Some of those whose letter is due, kept from any other process until the end of the transaction. */
export async function prendreDus(tx: Db, contratId: number, aujourdhui: string, combien: number): Promise<Abonne[]> {
  const { rows } = await sql<Lu>`
    select a.id, a.adresse, a.jour, a.empreinte, ${SUIVIS} as suivis from abonnes a
    where a.contrat_id = ${contratId} and a.prochain_le <= ${aujourdhui}::date
    order by a.prochain_le, a.id
    limit ${combien} for update skip locked`.execute(tx);
  return rows.map(lireAbonne);
}
/** Everything before `borne` is told; the next letter is on its day. What was confirmed after it stays where it is. */
export async function noterDits(tx: Db, contratId: number, abonnes: readonly { id: string; prochainLe: string; dit: boolean }[], borne: Date): Promise<void> {
  const json = enJson(abonnes);
  await sql`
    update abonnes a set prochain_le = v."prochainLe"
    from jsonb_to_recordset(${json}::jsonb) as v (id uuid, "prochainLe" date)
    where a.contrat_id = ${contratId} and a.id = v.id`.execute(tx);
  await sql`
    update abonnements s set dit_jusqua = ${borne}
    from jsonb_to_recordset(${json}::jsonb) as v (id uuid, dit boolean)
    where v.dit and s.contrat_id = ${contratId} and s.abonne_id = v.id and s.dit_jusqua < ${borne}`.execute(tx);
}

export interface Compte {
  adresses: number;
  aConfirmer: number;
  sujets: readonly (Sujet & { nombre: number })[];
}
interface SujetCompte extends Pick<Ligne<'abonnements'>, 'objet'> {
  genre: string;
  nombre: number;
}
export async function countAbonnes(db: Db, contratId: number): Promise<Compte> {
  const { rows } = await sql<SujetCompte>`
    select 'adresses' as genre, '' as objet, count(*)::int as nombre from abonnes where contrat_id = ${contratId}
    union all
    select 'a_confirmer', '', count(*)::int from abonnement_demandes where contrat_id = ${contratId}
    union all
    (select genre, objet, count(*)::int as nombre from abonnements where contrat_id = ${contratId}
    group by genre, objet order by nombre desc, genre, objet)`.execute(db);
  const total = (genre: string) => rows.find((r) => r.genre === genre)?.nombre ?? 0;
  return {
    adresses: total('adresses'),
    aConfirmer: total('a_confirmer'),
    sujets: rows.flatMap((r) => (estUnGenre(r.genre) ? [{ ...r, genre: r.genre }] : [])),
  };
}

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'abonnements-non-confirmes',
    table: 'abonnement_demandes',
    libelle: 'Abonnements demandés et jamais confirmés',
    fondement: 'Le lien de confirmation ne sert plus au bout d’une semaine : l’adresse, peut-être donnée par quelqu’un d’autre, n’a plus de raison d’être là.',
    jours: JOURS_POUR_CONFIRMER,
    age: 'demande_le',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
];
