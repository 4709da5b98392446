import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Scenario } from './scenario.schema.ts';
import { enJson } from '../../../core/couper.ts';

export type Exercice = Omit<Ligne<'exercices'>, 'contratId'>;
export type Inject = Omit<Ligne<'exerciceInjects'>, 'contratId'>;

export async function getExercice(db: Db, contratId: number, criseId: string, verrou = false): Promise<Exercice | undefined> {
  const { rows } = await sql<Exercice>`
    select crise_id, scenario, etablissement_id, population, population_ou, depart_le, pause_le, pauses_s, fin_le from exercices
    where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}
export async function addExercice(
  tx: Db,
  contratId: number,
  e: Pick<Exercice, 'criseId' | 'etablissementId' | 'population' | 'populationOu'>,
  scenario: Scenario,
): Promise<void> {
  await tx
    .insertInto('exercices')
    .values({ contratId, ...e, scenario: scenario.code })
    .execute();
  await sql`
    insert into exercice_injects (contrat_id, crise_id, rang, minute, destinataire_id, titre, texte, attendu)
    select ${contratId}, ${e.criseId}::uuid, v.rang, v.minute, v.a, v.titre, v.texte, v.attendu
    from jsonb_to_recordset(${enJson(scenario.injects.map((i, rang) => ({ ...i, rang: rang + 1 })))}::jsonb)
      as v (rang smallint, minute smallint, a text, titre text, texte text, attendu text)`.execute(tx);
}
export async function setHorloge(tx: Db, contratId: number, criseId: string, h: Pick<Exercice, 'departLe' | 'pauseLe' | 'pausesS' | 'finLe'>): Promise<void> {
  await sql`
    update exercices set depart_le = ${h.departLe}, pause_le = ${h.pauseLe}, pauses_s = ${h.pausesS}, fin_le = ${h.finLe}
    where contrat_id = ${contratId} and crise_id = ${uuid(criseId)}`.execute(tx);
}
const COLONNES = sql`id, crise_id, rang, minute, destinataire_id, titre, texte, attendu, traite_le, traite_minute, traite_par, organisation_id, suite`;
export async function listInjects(db: Db, contratId: number, criseId: string): Promise<Inject[]> {
  const { rows } = await sql<Inject>`
    select ${COLONNES} from exercice_injects where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} order by rang`.execute(db);
  return rows;
}
export async function getInject(tx: Db, contratId: number, criseId: string, id: string): Promise<Inject | undefined> {
  const { rows } = await sql<Inject>`
    select ${COLONNES} from exercice_injects where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} and id = ${uuid(id)} for update`.execute(tx);
  return rows[0];
}
export async function traiterInject(
  tx: Db,
  contratId: number,
  id: string,
  t: { le: Date; minute: number | null; par: string; organisationId: string; suite: string },
): Promise<void> {
  await sql`
    update exercice_injects set traite_le = ${t.le}, traite_minute = ${t.minute}, traite_par = ${t.par}, organisation_id = ${t.organisationId}, suite = ${t.suite}
    where contrat_id = ${contratId} and id = ${uuid(id)} and traite_le is null`.execute(tx);
}
