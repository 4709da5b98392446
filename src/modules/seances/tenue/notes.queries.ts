/** Notes of an item. Writers of different items never wait for each other: only the item's row is locked. */
import type { Db } from '../../../core/base/database.ts';
import type { EtatSeance } from '../../instances/index.ts';
import { uuid } from '../../../core/base/id.ts';

export interface NotesVerrouillees {
  /** State of the session, which cannot change before the end of the transaction. */
  etat: EtatSeance;
  id: string;
  rang: number;
  titre: string;
  genre: string;
  texte: string;
  version: number;
  par: string;
  quand: Date | null;
}
export async function verrouillerNotes(tx: Db, contratId: number, seanceId: string, pointId: string): Promise<NotesVerrouillees | null> {
  const s = await tx.selectFrom('seances').select('etat').where('contratId', '=', contratId).where('id', '=', uuid(seanceId)).forShare().executeTakeFirst();
  const p = await tx
    .selectFrom('seancePoints')
    .select(['id', 'rang', 'titre', 'genre', 'notes as texte', 'notesVersion as version', 'notesPar as par', 'notesLe as quand'])
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(seanceId))
    .where('id', '=', uuid(pointId))
    .forUpdate()
    .executeTakeFirst();
  return s && p ? { ...p, etat: s.etat } : null;
}

/** Has this person already written on this item (and so been noted in the audit trail)? */
export async function aEcrit(tx: Db, contratId: number, n: NotesVerrouillees, par: string): Promise<boolean> {
  if (n.par === par) return true;
  const deja = await tx
    .selectFrom('seanceNotes')
    .select('version')
    .where('contratId', '=', contratId)
    .where('pointId', '=', n.id)
    .where('par', '=', par)
    .limit(1)
    .executeTakeFirst();
  return deja !== undefined;
}

/** Writes the next version; what another person wrote is kept aside. Returns the new version. */
export async function saveNotes(tx: Db, contratId: number, n: NotesVerrouillees, texte: string, par: string, quand: Date): Promise<number> {
  if (n.texte !== '' && n.par !== par)
    await tx
      .insertInto('seanceNotes')
      .values({ contratId, pointId: n.id, version: n.version, texte: n.texte, par: n.par, quand: n.quand ?? quand })
      .onConflict((c) => c.doNothing())
      .execute();
  const ecrites = await tx
    .updateTable('seancePoints')
    .set((eb) => ({ notes: texte, notesVersion: eb('notesVersion', '+', 1), notesPar: par, notesLe: quand }))
    .where('contratId', '=', contratId)
    .where('id', '=', n.id)
    .returning('notesVersion')
    .executeTakeFirst();
  return ecrites?.notesVersion ?? n.version + 1;
}
