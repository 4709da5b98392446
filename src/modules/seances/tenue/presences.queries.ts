/** Who is noted present, by whom, from what to what; what those named say of it. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Presence } from '../seances.rules.ts';
import { compteDe, compteFermeLe } from '../../comptes/index.ts';
import { AVEC_SIEGE, nommeEncore, siegeEncore } from '../../instances/index.ts';
import { estFermee } from '../adresses.sql.ts';
import { cleDuMot, type MotDePresence, type Partis } from './presences.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface PresenceNotee {
  id: string;
  /** Who sat there, where the seat had no name; absent for the others. */
  nom?: string;
  presence: Presence | null;
  representePar: string;
  /** Whose word it is, when it is not that of who writes. */
  auteur?: string;
  auteurDe?: string;
}
export interface AuteurDePresence {
  nom: string;
  organisationId: string;
  quand: Date;
}
const RANG = sql`coalesce((select max(x.rang) from seance_presence_mots x
  where x.contrat_id = d.contrat_id and x.seance_id = d.seance_id and x.participant_id = d.id), 0) + 1`;
const COLONNES_NOTEE = sql`(contrat_id, seance_id, participant_id, rang, acte, avant_presence, avant_par, avant_nom, presence, represente_par, nom, par,
  organisation_id, quand)`;

/** The caller holds the session's lock. */
export async function setPresences(tx: Db, contratId: number, seanceId: string, notees: readonly PresenceNotee[], a: AuteurDePresence): Promise<void> {
  if (notees.length === 0) return;
  await sql`
    with d as (
      select p.contrat_id, p.seance_id, p.id, p.presence as avant_presence, p.represente_par as avant_par, p.nom as avant_nom, v.presence,
        v."representePar" as represente_par, coalesce(v.nom, p.nom) as nom, case when v.nom is null then p.nomme_en_seance else v.nom <> '' end as nomme,
        coalesce(v.auteur, ${a.nom}) as auteur, coalesce(v."auteurDe", ${a.organisationId}) as auteur_de
      from jsonb_to_recordset(${enJson(notees)}::jsonb) as v (id uuid, nom text, presence text, "representePar" text, auteur text,
        "auteurDe" text)
      join seance_participants p on p.contrat_id = ${contratId} and p.seance_id = ${seanceId}::uuid and p.id = v.id),
    ecrites as (
      update seance_participants p set presence = d.presence, represente_par = d.represente_par, nom = d.nom, nomme_en_seance = d.nomme
      from d where p.contrat_id = d.contrat_id and p.id = d.id returning p.id)
    insert into seance_presence_mots ${COLONNES_NOTEE}
    select d.contrat_id, d.seance_id, d.id, ${RANG}, 'notee', d.avant_presence, d.avant_par, d.avant_nom, d.presence, d.represente_par, d.nom, d.auteur,
      d.auteur_de, ${a.quand}
    from d join ecrites using (id)`.execute(tx);
}

/**
 * Fills the blanks of the named persons who still sit, did not say that they would not come, nor had their substitute alone say that they would;
 * returns their lines. A vacant seat is nobody.
 */
export async function setTousPresents(tx: Db, contratId: number, seanceId: string, a: AuteurDePresence): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'id'>>`
    with d as (
      update seance_participants set presence = 'present'
      where contrat_id = ${contratId} and seance_id = ${seanceId}::uuid and presence is null and retire_le is null and nom <> ''
        and reponse is distinct from 'refuse'
        and not (reponse is null and coalesce(suppleant_reponse, 'refuse') <> 'refuse')
      returning contrat_id, seance_id, id, nom)
    insert into seance_presence_mots ${COLONNES_NOTEE}
    select d.contrat_id, d.seance_id, d.id, ${RANG}, 'notee', null, '', d.nom, 'present', '', d.nom, ${a.nom}, ${a.organisationId}, ${a.quand} from d
    returning participant_id as id`.execute(tx);
  return rows.map((r) => r.id);
}

/** Someone who came without being convoked. Null when this id is already written. */
export async function addInvite(
  tx: Db,
  contratId: number,
  seanceId: string,
  p: { id?: string | undefined; nom: string; fonction: string; organisation: string },
  a: AuteurDePresence,
): Promise<string | null> {
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'id'>>`
    insert into seance_participants (contrat_id, id, seance_id, qualite, fonction, organisation_id, nom, ordre, presence)
    select ${contratId}, coalesce(${p.id ?? null}::uuid, gen_random_uuid()), ${seanceId}::uuid, 'invite', ${p.fonction}, ${p.organisation}, ${p.nom},
      coalesce(max(x.ordre), 0) + 1, 'present'
    from seance_participants x
    where x.contrat_id = ${contratId} and x.seance_id = ${seanceId}::uuid
    on conflict (contrat_id, id) do nothing
    returning id`.execute(tx);
  const id = rows[0]?.id ?? null;
  if (id !== null)
    await sql`
      insert into seance_presence_mots ${COLONNES_NOTEE}
      values (${contratId}, ${seanceId}::uuid, ${id}::uuid, 1, 'notee', null, '', '', 'present', '', ${p.nom}, ${a.nom}, ${a.organisationId}, ${a.quand})`.execute(
      tx,
    );
  return id;
}

/** In the order they were said, line by line. */
export async function listMotsDePresence(db: Db, contratId: number, seanceId: string): Promise<MotDePresence[]> {
  const { rows } = await sql<MotDePresence>`
    select d.participant_id, d.rang, d.acte, d.avant_presence, d.avant_par, d.avant_nom, d.presence, d.represente_par, d.nom, d.motif, d.par,
      d.organisation_id, d.voie, d.depuis, d.par_lien, d.adresse, d.quand,
      case when d.adresse like 'écartée %' then '' else (
        select min(e.par) from seance_adresses_ecartees e
        join seance_participants y on y.contrat_id = e.contrat_id and y.id = e.participant_id and y.seance_id = d.seance_id
        where e.contrat_id = d.contrat_id and e.adresse = d.adresse and (e.participant_id = d.participant_id or d.voie = 'representant')) end as ecartee
    from seance_presence_mots d
    where d.contrat_id = ${contratId} and d.seance_id = ${uuid(seanceId)}
    order by d.participant_id, d.rang`.execute(db);
  return rows;
}
/**
 * Of each line: who is not there any more, that day. Their account is closed, or they do not sit in that body and nobody signs in from their address
 * (`comptes`: an account reads what was noted), while the seat ended or was given to another person at another address. A name written otherwise is nobody's
 * departure. An organisation that left the contract takes its own with it. Of an address that spoke: its account is closed; or it has none, and neither it nor
 * anybody of the names under which it was known there sits in that body: an address written otherwise is nobody's departure either.
 */
export async function listPartis(
  db: Db,
  contratId: number,
  seanceId: string,
  o: { aujourdhui: string; organisations: readonly string[]; comptes: boolean },
): Promise<Partis> {
  const parti = (nom: 'nom' | 'suppleant_nom', courriel: 'courriel' | 'suppleant_courriel') => {
    const [n, a, nAujourdhui, aAujourdhui] = [sql.ref(`p.${nom}`), sql.ref(`p.${courriel}`), sql.ref(`m.${nom}`), sql.ref(`m.${courriel}`)];
    const compte = sql`(${o.comptes} and ${compteDe(sql`p.contrat_id`, a)} is not null)`;
    return sql`coalesce(x.sortie or ${estFermee('p', courriel)} or (x.fini or ${nAujourdhui} <> ${n} and lower(${aAujourdhui}) <> lower(${a}))
      and not (${a} <> '' and (${siegeEncore(o.aujourdhui, a)} or ${compte})), false)`;
  };
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'id'> & { titulaire: boolean; suppleant: boolean }>`
    select p.id, ${parti('nom', 'courriel')} as titulaire, ${parti('suppleant_nom', 'suppleant_courriel')} as suppleant
    from seance_participants p
    join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id
    ${AVEC_SIEGE}
    cross join lateral (select coalesce(m.fin < ${o.aujourdhui}::date, p.membre_id is not null and m.id is null) as fini,
      p.organisation_id <> all(${[...o.organisations]}::text[]) as sortie) x
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)}`.execute(db);
  const ici = sql`d.adresse`;
  const parties = await sql<Pick<Ligne<'seancePresenceMots'>, 'participantId' | 'rang'>>`
    select d.participant_id, d.rang from seance_presence_mots d
    join seances s on s.contrat_id = d.contrat_id and s.id = d.seance_id
    join seance_participants p on p.contrat_id = d.contrat_id and p.id = d.participant_id
    where d.contrat_id = ${contratId} and d.seance_id = ${uuid(seanceId)} and d.acte = 'contestee' and d.adresse <> ''
      and (${compteFermeLe(sql`d.contrat_id`, ici)} is not null or ${compteDe(sql`d.contrat_id`, ici)} is null and not ${siegeEncore(o.aujourdhui, ici)}
        and not ${nommeEncore(
          o.aujourdhui,
          sql`(select case d.voie when 'suppleant' then p.suppleant_nom when 'representant' then d.represente_par when 'convoque_dabord' then '' else p.nom end
            union all
            select p.suppleant_nom where d.voie = ''
            union all
            select k.nom from seance_convocations k
            join seance_participants y on y.contrat_id = k.contrat_id and y.id = k.participant_id and y.seance_id = d.seance_id
            where k.contrat_id = d.contrat_id and k.adresse = d.adresse)`,
        )})`.execute(db);
  return { lignes: new Map(rows.map(({ id, ...partis }) => [id, partis])), mots: new Set(parties.rows.map(cleDuMot)) };
}
/** What somebody named says of their line as it stands. The caller holds the session's lock. */
export async function addMotDePresence(
  tx: Db,
  contratId: number,
  seanceId: string,
  p: Pick<Ligne<'seanceParticipants'>, 'id' | 'presence' | 'representePar' | 'nom'>,
  m: { acte: 'contestee' | 'reprise' | 'classee'; motif: string; voie: MotDePresence['voie']; depuis: boolean; parLien: boolean; adresse: string },
  a: AuteurDePresence,
): Promise<void> {
  await sql`
    insert into seance_presence_mots (contrat_id, seance_id, participant_id, rang, acte, presence, represente_par, nom, motif, par, organisation_id, voie,
      depuis, par_lien, adresse, quand)
    select d.contrat_id, d.seance_id, d.id, ${RANG}, ${m.acte}, ${p.presence}, ${p.representePar}, ${p.nom}, ${m.motif}, ${a.nom}, ${a.organisationId},
      ${m.voie}, ${m.depuis}, ${m.parLien}, ${m.adresse.toLowerCase()}, ${a.quand}
    from seance_participants d where d.contrat_id = ${contratId} and d.seance_id = ${seanceId}::uuid and d.id = ${p.id}::uuid`.execute(tx);
}
