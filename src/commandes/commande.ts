/** One `concorde` command: what it is called, what it says, what it does. Exit codes: 0 done, 1 a check failed, 2 wrong use. */
import type { Bases } from '../core/bases.ts';
import type { Config } from '../core/config.ts';
import type { Db } from '../core/database.ts';
import type { Plateforme } from '../preparation.ts';

export class MauvaisUsage extends Error {}

interface Appel {
  p: Plateforme;
  /** Partners' pool, for commands that write as the application does. */
  db: Db;
  /** Each plane's. */
  bases: Bases;
  args: string[];
  options: Record<string, string | boolean | undefined>;
  config: Config;
}
/** What the command says: `json` for scripts, `texte` for people; `code` 1 when its check failed. */
export interface Reponse {
  json: unknown;
  texte: string;
  code?: 0 | 1;
}
/** What a command accepts, in commander's words: « --annee <annee> » takes a value, « --details » does not. */
export interface Declaration {
  sens: string;
  /** « <fichier> » is needed, « [fichier] » is not. */
  argument?: string;
  options?: readonly (readonly [drapeau: string, sens: string])[];
  obligatoires?: readonly (readonly [drapeau: string, sens: string])[];
}
export interface Commande extends Declaration {
  executer: (a: Appel) => Promise<Reponse>;
}
/** Runs on a file alone, without any database. */
export type CommandeHorsLigne = Omit<Commande, 'executer'> & { executer: (a: Pick<Appel, 'args' | 'options'>) => Promise<Reponse> };

/** Text of an option or argument that the declaration makes necessary; an empty one is refused. */
export const exiger = (valeur: string | boolean | undefined, nom: string): string => {
  if (typeof valeur !== 'string' || valeur === '') throw new MauvaisUsage(`« ${nom} » est vide.`);
  return valeur;
};
