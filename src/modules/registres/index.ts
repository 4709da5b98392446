/** Records of registers, for objects that point to them: the façade. */
import type { Utilisateur } from '../../core/authorize.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Brut } from './brut.rules.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { peutLire } from './registres.policy.ts';
import { registres } from './registres.servis.ts';
import { type Enregistre, enregistrer } from './saisie/enregistrer.ts';

export { CADRES_ACTION } from './listes.ts';
export { type Citee, chercherCitees, listCitees, listSuivies } from './citer.queries.ts';

/** Registers that this person reads, by code, in their order. */
export const registresLisibles = (u: Utilisateur | null): ReadonlyMap<string, string> =>
  new Map(definitionsDecouvertes.filter((d) => peutLire(u, d)).map((d) => [d.code, d.libelle]));

/** Codes of all registers, for files of a contract that name one. */
export const codesDesRegistres: readonly string[] = definitionsDecouvertes.map((d) => d.code);

/** Makes a record, in the caller's transaction, by the rights and checks of its form. */
export const enregistrerActivite = (c: Contexte, registre: string, brut: Brut): Promise<Enregistre> => enregistrer(registres, c, registre, brut);
