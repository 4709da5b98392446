/** What other modules draw on the page of a body. */
import { blocksOf } from '../../core/house.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Bloc, House } from '../../core/module.ts';

/** A body as those blocks know it. `lit`: this person reads what its sessions say. */
export interface InstanceMontree {
  id: string;
  type: string | null;
  territoireId: string;
  lit: boolean;
}
let maison: House | null = null;
/** Called once at start, before anything is read or written. */
export const installerBlocs = (house: House): void => {
  maison = house;
};
export const blocsDeLInstance = (c: Contexte, i: InstanceMontree): Promise<Bloc[]> =>
  maison ? blocksOf(maison, (m) => m.instance, c, i) : Promise.resolve([]);
