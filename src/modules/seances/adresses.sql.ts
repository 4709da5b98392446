/** Addresses of participants: that of a closed account is none, whoever sits there (`adressesDe` says to whom a seat is written). */
import { type RawBuilder, sql } from 'kysely';
import { compteFermeLe } from '../comptes/index.ts';

type Colonne = 'courriel' | 'suppleant_courriel';
/** `x`: name of `seance_participants` in the query. */
export const estFermee = (x: string, colonne: Colonne): RawBuilder<boolean> =>
  sql`(${compteFermeLe(sql.ref(`${x}.contrat_id`), sql.ref(`${x}.${colonne}`))} is not null)`;
/** Somebody reads it. */
export const estLue = (x: string, colonne: Colonne): RawBuilder<boolean> => sql`(${sql.ref(`${x}.${colonne}`)} <> '' and not ${estFermee(x, colonne)})`;
/** The holder of the seat is written to, or their substitute. */
export const estJoignable = (x: string): RawBuilder<boolean> => sql`(${estLue(x, 'courriel')} or ${estLue(x, 'suppleant_courriel')})`;
/** Two columns name the same person, as they are read (`cleDuNom`); nobody has no name. */
export const memeNom = (x: string, y: string): RawBuilder<boolean> => sql`(${sql.ref(x)} <> '' and mots_du_nom(${sql.ref(x)}) = mots_du_nom(${sql.ref(y)}))`;
