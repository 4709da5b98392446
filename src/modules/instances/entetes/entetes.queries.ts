/** Letterheads: one for an organisation in a territory. */
import type { Db, Ligne } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';

const COLONNES = [
  'organisationId',
  'territoireId',
  'nom',
  'adresse',
  'telephone',
  'courriel',
  'lieu',
  'logoId',
  'logoAlt',
  'version',
  'modifiePar',
  'modifieLe',
] as const;
export type EnteteGarde = Pick<Ligne<'entetes'>, (typeof COLONNES)[number]>;
export type EnteteAEcrire = Pick<EnteteGarde, 'nom' | 'adresse' | 'telephone' | 'courriel' | 'lieu' | 'logoId' | 'logoAlt'>;

interface Ou {
  organisationId: string;
  territoireId: string;
}

export async function getEntete(db: Db, contratId: number, ou: Ou, verrou = false): Promise<EnteteGarde | null> {
  const lu = await db
    .selectFrom('entetes')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .where('organisationId', '=', ou.organisationId)
    .where('territoireId', '=', ou.territoireId)
    .$if(verrou, (q) => q.forUpdate())
    .executeTakeFirst();
  return lu ?? null;
}

/** `version`: 0 when there was none; throws 409 when someone else wrote it meanwhile. */
export async function saveEntete(tx: Db, contratId: number, ou: Ou, version: number, e: EnteteAEcrire, par: { nom: string; quand: Date }): Promise<void> {
  const qui = { modifiePar: par.nom, modifieLe: par.quand };
  const faite =
    version === 0
      ? await tx
          .insertInto('entetes')
          .values({ contratId, ...ou, ...e, ...qui })
          .onConflict((c) => c.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('entetes')
          .set((eb) => ({ ...e, ...qui, version: eb('version', '+', 1) }))
          .where('contratId', '=', contratId)
          .where('organisationId', '=', ou.organisationId)
          .where('territoireId', '=', ou.territoireId)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  if (!faite) throw conflit('Une autre personne vient de changer cet en-tête. Rechargez la page.');
}
