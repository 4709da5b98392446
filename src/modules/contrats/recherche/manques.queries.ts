/** Words that were asked and found nothing: counted by functions that give back neither digests nor days. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Regle } from '../../../core/trace/retention.ts';
import { JOURS_AVANT_D_ECRIRE } from './manques.rules.ts';

/** `empreinte`: of each word, under a key that is not in the database. */
export async function noterManque(db: Db, mots: readonly string[], empreinte: (mot: string) => string, jour: string): Promise<void> {
  if (mots.length === 0) return;
  await sql`select noter_manque(${mots.map(empreinte)}::text[], ${[...mots]}::text[], ${jour}::date, ${JOURS_AVANT_D_ECRIRE}::int)`.execute(db);
}

export interface Manque extends Pick<Ligne<'rechercheManques'>, 'dernierJour'> {
  mot: string;
  /** On how many days it was asked, of those that are kept. */
  jours: number;
}
/** Those asked on enough days to be written, the most asked first. */
export async function listManques(db: Db, combien: number): Promise<Manque[]> {
  const { rows } = await sql<Manque>`select mot, jours, dernier_jour from lire_manques(${combien}::int)`.execute(db);
  return rows;
}

export const CONSERVATION: readonly Regle[] = [
  {
    code: 'mots-sans-reponse',
    table: 'recherche_manques',
    libelle: 'Mots cherchés sans résultat, plus demandés depuis 90 jours',
    fondement: 'Un mot que plus personne ne cherche n’apprend plus rien ; une saisie n’est jamais gardée.',
    jours: 90,
    age: 'dernier_jour',
    condition: sql`true`,
    acte: 'supprimer',
    seule: true,
  },
];
