/** What is due or late, locked so that two processes never remind twice. */
import { sql } from 'kysely';
import type { Db } from '../../../core/database.ts';
import type { EtatDecision, Nature } from './decisions.rules.ts';
import { ESCALADE_APRES, RAPPEL_AVANT, RAPPEL_BLOQUE, RAPPEL_TOUS_LES } from './suivi.rules.ts';
import { uuid } from '../../../core/id.ts';

export interface ARappeler {
  id: string;
  numero: number;
  nature: Nature;
  libelle: string;
  echeance: string | null;
  etat: EtatDecision;
  condition: string;
  instance: string;
  instanceId: string;
  restreinte: boolean;
  /** Who is written to: the person in charge, or the secretariat of the body. */
  courriel: string;
  nom: string;
}
const COLONNES = sql`d.id, d.numero, d.nature, d.libelle, d.echeance, d.etat, d.condition, i.nom as instance, d.instance_id as "instanceId",
  'restreinte' in (i.confidentialite, d.confidentialite) as restreinte`;
/** The secretariat's address today, when nobody in charge has one. */
const SECRETARIAT = (aujourdhui: string) => sql`(
  select m.courriel from instance_membres m
  where m.contrat_id = d.contrat_id and m.instance_id = d.instance_id and m.qualite = 'secretaire' and m.courriel <> ''
    and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
  order by m.ordre limit 1)`;
const DESTINATAIRE = (aujourdhui: string) => sql`coalesce(nullif(d.responsable_courriel, ''), ${SECRETARIAT(aujourdhui)}, '') as courriel,
  case when d.responsable_courriel <> '' then d.responsable_nom else '' end as nom`;

/** Open, and due soon, just late, late again since the last reminder, or blocked for long. */
export async function listARappeler(tx: Db, contratId: number, aujourdhui: string): Promise<ARappeler[]> {
  const { rows } = await sql<ARappeler>`
    select ${COLONNES}, ${DESTINATAIRE(aujourdhui)}
    from decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id
    where d.contrat_id = ${contratId} and d.close_le is null and i.close_le is null
      and case
        when d.etat = 'bloque' then coalesce(d.relance_le, (d.modifie_le at time zone concorde_fuseau(d.contrat_id))::date) <= ${aujourdhui}::date - ${RAPPEL_BLOQUE}::int
        when d.echeance is null then false
        when d.echeance < ${aujourdhui}::date
          then d.relance_le is null or d.relance_le <= d.echeance or d.relance_le <= ${aujourdhui}::date - ${RAPPEL_TOUS_LES}::int
        else d.echeance <= ${aujourdhui}::date + ${RAPPEL_AVANT}::int and d.relance_le is null
      end
    order by d.echeance, d.id
    for update of d skip locked`.execute(tx);
  return rows;
}

/** One of them, whenever it was last reminded. */
export async function getARappeler(tx: Db, contratId: number, id: string, aujourdhui: string): Promise<ARappeler | null> {
  const { rows } = await sql<ARappeler>`
    select ${COLONNES}, ${DESTINATAIRE(aujourdhui)}
    from decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id
    where d.contrat_id = ${contratId} and d.id = ${uuid(id)} and d.close_le is null
    for update of d`.execute(tx);
  return rows[0] ?? null;
}

/** Late for so long that the presidency must know, and not told yet; one row for each president with an address. */
export async function listAEscalader(tx: Db, contratId: number, aujourdhui: string): Promise<ARappeler[]> {
  const { rows } = await sql<ARappeler>`
    with tardives as (
      select d.* from decisions d
      where d.contrat_id = ${contratId} and d.close_le is null and d.escalade_le is null and d.echeance < ${aujourdhui}::date - ${ESCALADE_APRES}::int
      for update skip locked)
    select ${COLONNES}, coalesce(m.courriel, '') as courriel, coalesce(nullif(m.nom, ''), m.fonction, '') as nom
    from tardives d
    join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id and i.close_le is null
    left join instance_membres m on m.contrat_id = d.contrat_id and m.instance_id = d.instance_id and m.qualite = 'president' and m.courriel <> ''
      and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
    order by d.echeance, d.id, m.ordre`.execute(tx);
  return rows;
}

export async function markRelancees(tx: Db, contratId: number, ids: readonly string[], aujourdhui: string): Promise<void> {
  await sql`update decisions set relance_le = ${aujourdhui}::date where contrat_id = ${contratId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}
export async function markEscaladees(tx: Db, contratId: number, ids: readonly string[], aujourdhui: string): Promise<void> {
  await sql`update decisions set escalade_le = ${aujourdhui}::date where contrat_id = ${contratId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}
