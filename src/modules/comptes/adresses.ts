/** Where nobody reads any more is not where one is written to. */
import type { Db } from '../../core/base/database.ts';
import type { ErreurDeChamp } from '../../core/errors.ts';
import { estCompteFerme } from './sessions.queries.ts';

const FERMEE = 'Le compte de cette adresse est fermé : plus personne n’y lit. Donnez-en une autre.';
/** One fault for each field whose address is that of a closed account; one that was there before (`avant`) may stay until somebody succeeds. */
export async function refuserAdressesFermees(
  db: Db,
  contratId: number,
  dites: Readonly<Record<string, string>>,
  avant: Readonly<Record<string, string>> = {},
): Promise<ErreurDeChamp[]> {
  const erreurs: ErreurDeChamp[] = [];
  for (const [champ, dite] of Object.entries(dites))
    if (dite !== '' && dite.toLowerCase() !== avant[champ]?.toLowerCase() && (await estCompteFerme(db, contratId, dite)))
      erreurs.push({ champ, message: FERMEE });
  return erreurs;
}
