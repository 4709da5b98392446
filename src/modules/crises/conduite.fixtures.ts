/** A room with its organisations, and people of several of them. */
import { sql } from 'kysely';
import type { AppDeTest } from '../../../tests/support/app.ts';

export const MAIRIE = 'mairie-18';
/** Who is in the room, under which role. */
const ACTEURS: readonly (readonly [string, string])[] = [
  ['SCOP', 'scop'],
  ['MA', 'mairie'],
  ['DPMP', 'dpmp'],
  ['DSOL', 'dsol'],
  ['PP', 'pp'],
];
export async function ouvrirSalle(
  app: AppDeTest,
  o: { exercice?: boolean; type?: string; titre?: string; territoire?: string; le?: Date } = {},
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into crises (contrat_id, type, titre, territoire_id, fiche, exercice, commandement, commandement_le, ouverte_le)
    values (${app.contratId}, ${o.type ?? 'inondation'}, ${o.titre ?? 'Crue de la Seine'}, ${o.territoire ?? MAIRIE}, '3.13', ${o.exercice ?? false}, 'pp', ${o.le ?? new Date()}, ${o.le ?? new Date()})
    returning id`.execute(app.base.owner);
  const id = rows[0]?.id ?? '';
  for (const [organisation, entite] of ACTEURS)
    await sql`
      insert into crise_acteurs (contrat_id, crise_id, organisation_id, territoire_id, entite, entree_le, entree_par)
      values (${app.contratId}, ${id}::uuid, ${organisation}, ${o.territoire ?? MAIRIE}, ${entite}, ${o.le ?? new Date()}, 'Essai')`.execute(app.base.owner);
  return `/crises/${id}`;
}
export const idDe = (salle: string): string => salle.split('/').pop() ?? '';
export async function equipe(app: AppDeTest) {
  return {
    scop: await app.temoin({ comme: 'operateur', organisation: 'SCOP' }),
    mairie: await app.temoin({ comme: 'agent', organisation: 'MA', territoire: MAIRIE }),
    dsol: await app.temoin({ comme: 'agent', organisation: 'DSOL' }),
    elue: await app.temoin({ comme: 'elu', organisation: 'MA', territoire: MAIRIE }),
    ailleurs: await app.temoin({ comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' }),
    dehors: await app.temoin({ comme: 'agent', organisation: 'RECTORAT' }),
  };
}
/** What the main courante says, in order. */
export async function mainCourante(app: AppDeTest, salle: string): Promise<string[]> {
  const { rows } = await sql<{ contenu: string }>`select contenu from main_courante where crise_id = ${idDe(salle)}::uuid order by numero`.execute(
    app.base.owner,
  );
  return rows.map((r) => r.contenu);
}
/** Both times of its lessons, as if they had been written. */
export const signerRetex = (app: AppDeTest, criseId: string) =>
  sql`
    insert into crise_retex (contrat_id, crise_id, temps, synthese, participants, tenu_le, signe_par, signe_le)
    select ${app.contratId}, ${criseId}::uuid, t, 'Ce que l’essai apprend.', 2, '2026-01-01', 'Essai', now() from unnest(array['chaud', 'froid']) as t`.execute(
    app.base.owner,
  );
