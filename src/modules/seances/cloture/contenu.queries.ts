/** What minutes are made of besides items and participants. */
import { sql } from 'kysely';
import { AVEC_INSTANCE, aussiOuvertes, type Confidentialite } from '../../instances/index.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
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

/** Answers that settle an approval. What says who was convoked first, where another person sits, is read beside (`dabord`). */
export const REPONSES = sql`(select * from seance_approbation_reponses where voie <> 'convoque_dabord')`;
/** Said beside an approval that stands: once from each address. */
interface DitDabord extends Pick<Ligne<'seanceApprobationReponses'>, 'par' | 'motif' | 'adresse' | 'parLien'> {}
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
  /** What they said last of what another noted. */
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
  dabord: DitDabord[];
}
/** Every approval ever given on this session's minutes, the latest first: some speak of a former text. */
export async function listApprobations(db: Db, contratId: number, seanceId: string): Promise<Approbation[]> {
  const { rows } = await sql<Approbation>`
    select a.participant_id, a.empreinte, a.par, a.piece, a.quand, p.fonction, a.notee_par, a.notee_de,
      a.notee_compte, a.voie, a.adresse, a.depuis, coalesce(r.voie, '') as reponse_voie, coalesce(r.par_lien, false) as reponse_par_lien,
      coalesce(r.adresse, '') as reponse_adresse, coalesce(r.depuis, false) as reponse_depuis,
      a.prevenus is not distinct from 0 as sans_adresse, r.acte as reponse, coalesce(r.motif, '') as reponse_motif,
      coalesce(r.par, '') as reponse_par, r.quand as reponse_le, coalesce((
        select jsonb_agg(jsonb_build_object('par', d.par, 'motif', d.motif, 'adresse', d.adresse, 'parLien', d.par_lien) order by d.rang)
        from seance_approbation_reponses d
        where d.contrat_id = a.contrat_id and d.seance_id = a.seance_id and d.participant_id = a.participant_id and d.empreinte = a.empreinte
          and d.voie = 'convoque_dabord'), '[]') as dabord
    from seance_approbations a
    join seance_participants p on p.contrat_id = a.contrat_id and p.id = a.participant_id
    left join lateral (
      select x.acte, x.motif, x.par, x.voie, x.par_lien, x.adresse, x.depuis, x.quand from ${REPONSES} x
      where x.contrat_id = a.contrat_id and x.seance_id = a.seance_id and x.participant_id = a.participant_id and x.empreinte = a.empreinte
      order by x.rang desc limit 1) r on true
    where a.contrat_id = ${contratId} and a.seance_id = ${uuid(seanceId)}
    order by a.quand desc`.execute(db);
  return rows;
}

/** Of frozen minutes `r`: a president says that they did not give the approval noted for them. */
export const EST_CONTESTEE = sql`exists (
  select from seance_approbations a
  join lateral (
    select x.acte from ${REPONSES} x
    where x.contrat_id = a.contrat_id and x.seance_id = a.seance_id and x.participant_id = a.participant_id and x.empreinte = a.empreinte
    order by x.rang desc limit 1) d on d.acte = 'contestee'
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
