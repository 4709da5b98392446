/** Approvals as they are given, in which quality, or noted, and what presidents say of those that another noted. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { AVEC_SIEGE } from '../../instances/index.ts';
import { avecTenantDuJour, COURRIEL, COURRIEL_DU_SUPPLEANT, estConvoqueeA, estEcartee } from '../paroles/paroles.queries.ts';
import type { Voie, VoieDonnee } from '../releve/qualites.rules.ts';

/** False: this chair has one of that text already, which stays. */
export async function addApprobation(
  tx: Db,
  contratId: number,
  a: {
    seanceId: string;
    participantId: string;
    empreinte: string;
    par: string;
    piece: string;
    quand: Date;
    /** Of who gives it; `notee`, of who writes that another did. */
    voie?: VoieDonnee;
    /** From where they give it; `depuis`: where the chair was not convoked. */
    adresse?: string;
    depuis?: boolean;
    /** `prevenus`: how many addresses are told of it. */
    notee?: { par: string; de: string; compte: string; prevenus: number };
  },
): Promise<boolean> {
  const { notee } = a;
  const { rows } = await sql`
    insert into seance_approbations (contrat_id, seance_id, participant_id, empreinte, par, piece, quand, voie, adresse, depuis, notee_par, notee_de,
      notee_compte, prevenus)
    values (${contratId}, ${a.seanceId}::uuid, ${a.participantId}::uuid, ${a.empreinte}, ${a.par}, ${a.piece}, ${a.quand}, ${a.voie ?? ''}, ${a.adresse ?? ''},
      ${a.depuis ?? false},      ${notee?.par ?? ''}, ${notee?.de ?? ''}, ${notee?.compte ?? null}::uuid, ${notee?.prevenus ?? null})
    on conflict do nothing
    returning 1`.execute(tx);
  return rows.length > 0;
}
/** What the president says of an approval that another noted. The caller holds the session's lock. */
export async function addReponse(
  tx: Db,
  contratId: number,
  r: {
    seanceId: string;
    participantId: string;
    empreinte: string;
    acte: Ligne<'seanceApprobationReponses'>['acte'];
    motif: string;
    par: string;
    voie: Voie;
    /** By the link of their letter, without account. */
    parLien: boolean;
    /** From where it was said; `depuis`: where the chair was not convoked. */
    adresse: string;
    depuis: boolean;
    quand: Date;
  },
): Promise<void> {
  await sql`
    insert into seance_approbation_reponses (contrat_id, seance_id, participant_id, empreinte, rang, acte, motif, par, voie, par_lien, adresse,
      depuis, quand)
    select ${contratId}, ${r.seanceId}::uuid, ${r.participantId}::uuid, ${r.empreinte}, coalesce(max(rang), 0) + 1, ${r.acte}, ${r.motif}, ${r.par}, ${r.voie},
      ${r.parLien}, ${r.adresse.toLowerCase()}, ${r.depuis}, ${r.quand}
    from seance_approbation_reponses
    where contrat_id = ${contratId} and seance_id = ${r.seanceId}::uuid and participant_id = ${r.participantId}::uuid and empreinte = ${r.empreinte}`.execute(
    tx,
  );
}

/**
 * Digest of the text that somebody noted this seat to approve, in the latest minutes, for whom the seat is written to at this address, and how they
 * answer from there (`par`); else null.
 */
export async function getApprobationNotee(
  db: Db,
  contratId: number,
  o: { seanceId: string; participantId: string; adresse: string; aujourdhui: string },
): Promise<{ empreinte: string; par: string } | null> {
  const { rows } = await sql<Pick<Ligne<'seanceApprobations'>, 'empreinte'> & { par: string }>`
    select a.empreinte, case when ${estConvoqueeA(sql`${o.adresse.toLowerCase()}`)} then 'sans compte' else 'avec votre compte' end as par from seance_approbations a
    join releves r on r.contrat_id = a.contrat_id and r.seance_id = a.seance_id and r.empreinte = a.empreinte
    join seance_participants p on p.contrat_id = a.contrat_id and p.id = a.participant_id
    ${AVEC_SIEGE}
    ${avecTenantDuJour(o.aujourdhui)}
    where a.contrat_id = ${contratId} and a.seance_id = ${uuid(o.seanceId)} and a.participant_id = ${uuid(o.participantId)} and a.notee_par <> ''
      and ${o.adresse.toLowerCase()} in (lower(${COURRIEL}), lower(${COURRIEL_DU_SUPPLEANT}), t.courriel)
      and not ${estEcartee(sql`${o.adresse}`)}
    order by r.version desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Frozen sessions where an approval is noted for a chair at which somebody of that address sits, or sat that day: what it makes owed follows who leaves. */
export async function listAttenduesDe(tx: Db, contratId: number, courriel: string): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'seances'>, 'id'>>`
    select distinct s.id from seances s
    join seance_approbations a on a.contrat_id = s.contrat_id and a.seance_id = s.id and a.notee_par <> ''
    join seance_participants p on p.contrat_id = a.contrat_id and p.id = a.participant_id
    ${AVEC_SIEGE}
    where s.contrat_id = ${contratId} and s.etat = 'figee'
      and ${courriel} in (lower(p.courriel), lower(p.suppleant_courriel), lower(m.courriel), lower(m.suppleant_courriel))`.execute(tx);
  return rows.map((r) => r.id);
}
