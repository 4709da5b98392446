/** What minutes are made of besides items and participants. */
import { type RawBuilder, sql } from 'kysely';
import { AVEC_INSTANCE, aussiOuvertes, type Confidentialite } from '../../instances/index.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { PAS_LA_SIENNE } from '../paroles/lien.rules.ts';
import type { VoieDonnee } from '../releve/qualites.rules.ts';

export interface Vote {
  id: string;
  pointId: string;
  objet: string;
  pour: number;
  contre: number;
  abstention: number;
}
export async function listVotes(db: Db, contratId: number, seanceId: string): Promise<Vote[]> {
  const { rows } = await sql<Vote>`
    select id, point_id, objet, pour, contre, abstention from seance_votes
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by quand, id`.execute(db);
  return rows;
}

/** Of the approval `a`. */
const MEME = (a: string): RawBuilder<boolean> => {
  const de = (c: string) => sql.ref(`${a}.${c}`);
  return sql`x.contrat_id = ${de('contrat_id')} and x.seance_id = ${de('seance_id')} and x.participant_id = ${de('participant_id')}
      and x.empreinte = ${de('empreinte')}`;
};
/** Of participant `p`: that address was not theirs. */
const ECARTEE = sql<boolean>`(d.adresse like 'écartée %' or e.adresse is not null)`;
/** The name of the line of whom that voice is. */
const PROUVEE = sql`(not d.par_lien and d.voie in ('titulaire', 'suppleant')
  and mots_du_nom(d.par) = mots_du_nom(case d.voie when 'titulaire' then p.nom else p.suppleant_nom end))`;
/**
 * What is said of an approval `a`, the last word of each address: given (`rang` 0), confirmed, contested. `force`: whom it yields to (`forceDe` says the same).
 * From an address that was not theirs (`ecartee`) a word has no effect; given from there, the approval waits for one.
 */
const parolesDe = (a: string): RawBuilder<unknown> => sql`(
  select d.rang, d.motif, d.par, d.voie, d.par_lien, d.adresse, d.depuis, d.quand, d.acte, ${ECARTEE} as ecartee,
    case when ${ECARTEE} or d.depuis and not ${PROUVEE} then 0
      else case d.voie when 'titulaire' then 6 when 'suppleant' then 2 when 'suppleant_successeur' then 2 else 4 end + ${PROUVEE}::int end as force
  from (
    select x.contrat_id, x.participant_id, 0 as rang, 'donnee' as acte, '' as motif, x.par, coalesce(nullif(x.voie, ''), 'titulaire') as voie,
      false as par_lien, x.adresse, x.depuis, x.quand
    from seance_approbations x
    where x.notee_par = '' and x.piece = '' and ${MEME(a)}
    union all
    select x.contrat_id, x.participant_id, x.rang, x.acte, x.motif, x.par, x.voie, x.par_lien, x.adresse, x.depuis, x.quand
    from seance_approbation_reponses x where ${MEME(a)}) d
  join seance_participants p on p.contrat_id = d.contrat_id and p.id = d.participant_id
  left join seance_adresses_ecartees e on e.contrat_id = d.contrat_id and e.participant_id = d.participant_id and e.adresse = d.adresse
  where d.acte <> 'reprise' and not exists (
    select from seance_approbation_reponses x
    where ${MEME(a)} and x.rang > d.rang and (x.voie = 'convoque_dabord') = (d.voie = 'convoque_dabord')
      and case when d.adresse = '' then x.voie = d.voie else x.adresse = d.adresse end))`;
/** The word that holds, of an approval `a`: a contestation before what is as strong. What says who was convoked first is beside. */
export const dernierMot = (a: string): RawBuilder<unknown> => sql`(
  select *
  from (
    select z.acte, z.motif, z.par, z.voie, z.par_lien, z.adresse, z.depuis, z.quand, z.rang, z.force from ${parolesDe(a)} z
    where not z.ecartee and z.voie <> 'convoque_dabord'
    union all
    select 'contestee', ${PAS_LA_SIENNE}, e.par, '', false, '', false, e.quand, 0, -1 from ${parolesDe(a)} z
    join seance_adresses_ecartees e on e.contrat_id = ${sql.ref(`${a}.contrat_id`)} and e.participant_id = ${sql.ref(`${a}.participant_id`)} and e.adresse = z.adresse
    where z.ecartee and z.rang = 0) z
  order by force desc, acte = 'contestee' desc, rang desc limit 1)`;
export interface Parole extends Pick<Ligne<'seanceApprobationReponses'>, 'rang' | 'motif' | 'par' | 'parLien' | 'adresse' | 'depuis' | 'voie'> {
  acte: 'donnee' | 'confirmee' | 'contestee';
  ecartee: boolean;
  force: number;
  quand: string;
}
export interface Approbation {
  participantId: string;
  empreinte: string;
  par: string;
  piece: string;
  quand: Date;
  fonction: string;
  /** Who noted it for them; both empty when they gave it, or when it was noted before this was kept. */
  noteePar: string;
  noteeDe: string;
  /** Their account; null when it was not kept. */
  noteeCompte: string | null;
  /** In which quality who gave it did; empty: another noted it, or it was not kept. */
  voie: Ligne<'seanceApprobations'>['voie'];
  /** From where they gave it; empty: not kept. `depuis`: where the chair was not convoked. */
  adresse: string;
  depuis: boolean;
  /** What holds of it, when it is not its giver's word. */
  reponse: 'confirmee' | 'contestee' | null;
  reponseMotif: string;
  reponsePar: string;
  /** Empty: who answered was not kept. */
  reponseVoie: VoieDonnee | '';
  reponseLe: Date | null;
  /** Answered by the link of their letter, without account. */
  reponseParLien: boolean;
  /** From where; empty: not kept. `reponseDepuis`: where the chair was not convoked. */
  reponseAdresse: string;
  reponseDepuis: boolean;
  /** Nobody could be told that it was noted: the seat had no address. */
  sansAdresse: boolean;
  /** The last word of each address, in the order in which they were said. */
  paroles: Parole[];
}
/** Every approval ever given on this session's minutes, the latest first: some speak of a former text. */
export async function listApprobations(db: Db, contratId: number, seanceId: string): Promise<Approbation[]> {
  const { rows } = await sql<Approbation>`
    select a.participant_id, a.empreinte, a.par, a.piece, a.quand, p.fonction, a.notee_par, a.notee_de,
      a.notee_compte, a.voie, a.adresse, a.depuis, coalesce(r.voie, '') as reponse_voie, coalesce(r.par_lien, false) as reponse_par_lien,
      coalesce(r.adresse, '') as reponse_adresse, coalesce(r.depuis, false) as reponse_depuis,
      a.prevenus is not distinct from 0 as sans_adresse, r.acte as reponse, coalesce(r.motif, '') as reponse_motif,
      coalesce(r.par, '') as reponse_par, r.quand as reponse_le, coalesce((
        select jsonb_agg(jsonb_build_object('rang', d.rang, 'acte', d.acte, 'par', d.par, 'motif', d.motif, 'adresse', d.adresse, 'voie', d.voie,
          'depuis', d.depuis, 'parLien', d.par_lien, 'ecartee', d.ecartee, 'force', d.force, 'quand', d.quand) order by d.rang)
        from ${parolesDe('a')} d), '[]') as paroles
    from seance_approbations a
    join seance_participants p on p.contrat_id = a.contrat_id and p.id = a.participant_id
    left join lateral ${dernierMot('a')} r on r.acte <> 'donnee'
    where a.contrat_id = ${contratId} and a.seance_id = ${uuid(seanceId)}
    order by a.quand desc, a.empreinte`.execute(db);
  return rows;
}

/** Of frozen minutes `r`: a president says that they did not give the approval noted for them. */
export const EST_CONTESTEE = sql`exists (
  select from seance_approbations a
  join lateral ${dernierMot('a')} d on d.acte = 'contestee'
  where a.contrat_id = r.contrat_id and a.seance_id = r.seance_id and a.empreinte = r.empreinte)`;

/** Day of the next session of the body after this one, of those that hide nothing from its readers. */
export async function getProchaine(
  db: Db,
  contratId: number,
  s: { instanceId: string; confidentialite: Confidentialite },
  apres: string,
): Promise<string | null> {
  const { rows } = await sql<{ jour: string }>`
    select jour from seances
    where contrat_id = ${contratId} and instance_id = ${s.instanceId}::uuid and jour > ${apres}::date and etat in ('preparation', 'convoquee')
      and partie_de is null and confidentialite = any(${[...aussiOuvertes(s.confidentialite)]}::text[])
    order by jour limit 1`.execute(db);
  return rows[0]?.jour ?? null;
}

/** Of its body: organisations are named as they are there. */
export async function getTerritoireDeSeance(db: Db, contratId: number, seanceId: string): Promise<string> {
  const { rows } = await sql<Pick<Ligne<'instances'>, 'territoireId'>>`
    select i.territoire_id from seances s ${AVEC_INSTANCE} where s.contrat_id = ${contratId} and s.id = ${uuid(seanceId)}`.execute(db);
  return rows[0]?.territoireId ?? '';
}

/** The latest frozen version, without its content. */
export async function getDernierReleve(db: Db, contratId: number, seanceId: string): Promise<Pick<Ligne<'releves'>, 'version' | 'numero'> | null> {
  const { rows } = await sql<Pick<Ligne<'releves'>, 'version' | 'numero'>>`
    select version, numero from releves where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} order by version desc limit 1`.execute(db);
  return rows[0] ?? null;
}
/** Frozen versions so far. */
export async function countReleves(db: Db, contratId: number, seanceId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from releves where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}`.execute(db);
  return rows[0]?.n ?? 0;
}
