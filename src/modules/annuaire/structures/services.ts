/** Writing what a card offers. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { thematiquesDe } from '../referentiel/besoins.ts';
import type { Service } from './structures.queries.ts';
import type { ServiceSaisi } from './structures.schema.ts';

/** Themes follow needs; those that no need stands for are kept. */
const themesApres = (v: ServiceSaisi, avant: readonly string[], besoinsAvant: readonly string[]): string[] => {
  const siens = new Set(thematiquesDe(besoinsAvant));
  return [...new Set([...avant.filter((t) => !siens.has(t)), ...thematiquesDe(v.besoins)])].sort();
};
const valeurs = (v: ServiceSaisi, themes: readonly string[], quand: Date, par: string) => sql`
  nom = ${v.nom}, description = ${v.description}, besoins = ${v.besoins}::text[], thematiques = ${[...themes]}::text[], publics = ${v.publics}::text[],
  publics_precisions = ${v.publics_precisions}, conditions = ${v.conditions}, frais = ${v.frais}, frais_precisions = ${v.frais_precisions},
  modes_accueil = ${v.modes_accueil}::text[], modes_mobilisation = ${v.modes_mobilisation}::text[], mobilisation_precisions = ${v.mobilisation_precisions},
  lien_mobilisation = ${v.lien_mobilisation}, sans_rdv = ${v.sans_rdv}, anonyme = ${v.anonyme}, maj_le = ${quand}, maj_par = ${par}`;

export async function addService(
  tx: Db,
  contratId: number,
  structure: { id: string; jointeA: string | null },
  v: ServiceSaisi,
  a: { par: string; quand: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into structure_services (contrat_id, structure_id, carte_id, nom, maj_le)
    values (${contratId}, ${structure.id}::uuid, ${structure.jointeA ?? structure.id}::uuid, ${v.nom}, ${a.quand}) returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`update structure_services set ${valeurs(v, themesApres(v, [], []), a.quand, a.par)} where contrat_id = ${contratId} and id = ${id}::uuid`.execute(
    tx,
  );
  return id;
}
export async function updateService(tx: Db, contratId: number, s: Service, v: ServiceSaisi, a: { par: string; quand: Date }): Promise<void> {
  await sql`
    update structure_services set ${valeurs(v, themesApres(v, s.thematiques, s.besoins), a.quand, a.par)}, version = ${s.version + 1},
      retire_le = ${v.retire ? (s.retireLe ?? a.quand) : null}
    where contrat_id = ${contratId} and structure_id = ${s.structureId}::uuid and id = ${s.id}::uuid and version = ${s.version}`.execute(tx);
}
