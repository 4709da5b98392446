import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import type { ActeurDeCrise, Crise } from './crises.types.ts';

const COLONNES = [
  'id',
  'type',
  'titre',
  'territoireId',
  'lieu',
  'fiche',
  'exercice',
  'etat',
  'commandement',
  'commandementLe',
  'ouverteLe',
  'closeLe',
  'archiveeLe',
  'jointeA',
  'pourLeConseil',
  'version',
] as const;

/** `verrou`: what decides from its state holds it until commit. */
export async function getCrise(db: Db, contratId: number, id: string, verrou = false): Promise<Crise | undefined> {
  const une = db.selectFrom('crises').select(COLONNES).where('contratId', '=', contratId).where('id', '=', uuid(id));
  return (verrou ? une.forUpdate() : une).executeTakeFirst();
}
export const listActeurs = (db: Db, contratId: number, criseId: string): Promise<ActeurDeCrise[]> =>
  db
    .selectFrom('criseActeurs')
    .select(['organisationId', 'territoireId', 'entite', 'entreeLe', 'entreePar'])
    .where('contratId', '=', contratId)
    .where('criseId', '=', criseId)
    .orderBy('entreeLe')
    .orderBy('entite')
    .orderBy('organisationId')
    .orderBy('territoireId')
    .execute();

/** Every crisis with who is named in it, the open ones first: few in a contract's life. */
export async function listCrises(db: Db, contratId: number): Promise<(Crise & { acteurs: ActeurDeCrise[]; entrees: number })[]> {
  const crises = await db
    .selectFrom('crises')
    .select(COLONNES)
    .select(
      sql<number>`coalesce((select t.numero from main_courante_tetes t where t.contrat_id = crises.contrat_id and t.crise_id = crises.id), 0)::int`.as(
        'entrees',
      ),
    )
    .where('contratId', '=', contratId)
    .orderBy(sql`etat <> 'ouverte'`)
    .orderBy('ouverteLe', 'desc')
    .execute();
  return avecActeurs(db, contratId, crises);
}

/** Those that are open, with who is named in them. */
export async function listSallesOuvertes(db: Db, contratId: number): Promise<(Crise & { acteurs: ActeurDeCrise[] })[]> {
  const crises = await db
    .selectFrom('crises')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .where('etat', '=', 'ouverte')
    .orderBy('ouverteLe', 'desc')
    .execute();
  return avecActeurs(db, contratId, crises);
}

/** These, with who is named in them. */
export async function listSalles(db: Db, contratId: number, ids: readonly string[]): Promise<(Crise & { acteurs: ActeurDeCrise[] })[]> {
  if (ids.length === 0) return [];
  const crises = await db
    .selectFrom('crises')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .where(sql<boolean>`id = any(${uuids(ids)})`)
    .execute();
  return avecActeurs(db, contratId, crises);
}

async function avecActeurs<C extends Crise>(db: Db, contratId: number, crises: readonly C[]): Promise<(C & { acteurs: ActeurDeCrise[] })[]> {
  if (crises.length === 0) return [];
  const acteurs = await db
    .selectFrom('criseActeurs')
    .select(['criseId', 'organisationId', 'territoireId', 'entite', 'entreeLe', 'entreePar'])
    .where('contratId', '=', contratId)
    .where(sql<boolean>`crise_id = any(${uuids(crises.map((c) => c.id))})`)
    .execute();
  const parCrise = new Map<string, ActeurDeCrise[]>();
  for (const { criseId, ...a } of acteurs) parCrise.set(criseId, [...(parCrise.get(criseId) ?? []), a]);
  return crises.map((c) => ({ ...c, acteurs: parCrise.get(c.id) ?? [] }));
}
