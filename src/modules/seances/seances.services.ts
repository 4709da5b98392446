/** What the module needs of the outside, given by the application. */
import type { Coffre } from '../../core/coffre.ts';
import type { Db } from '../../core/base/database.ts';
import type { Direct } from '../../core/direct/direct.ts';

export interface ServicesSeances {
  /** The account of this address was closed: who held it has left. */
  estParti: (db: Db, contratId: number, courriel: string) => Promise<boolean>;
  coffre: Coffre;
  /** Public address of the platform, from the settings alone. */
  adresse: string;
  direct: Direct | null;
}
