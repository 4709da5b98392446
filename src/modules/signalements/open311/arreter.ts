/** At night: which reports of the months that are over are listed to everyone, once. */
import { jourDe } from '../../../core/clock.ts';
import { PETIT } from '../../../core/petits-nombres.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Faire, type Faits, unParUn } from '../un-par-un.ts';
import { premierNiveau } from './demandes.rules.ts';
import { addPubliques, listMoisADire } from './open311.queries.ts';
import { listServices } from './services.rules.ts';

/**
 * Among five at least of their kind in a place of the first level, since a count of one is somebody. Counted once: of what goes on being corrected, a list that
 * appears or goes away says how many there were. Month by month, the latest first.
 */
export async function arreterOpen311(faire: Faire, o: { catalogue: Catalogue; circuits: Circuits; maintenant: Date }): Promise<Faits> {
  const { catalogue: cat, maintenant } = o;
  const circuits = [...new Set(listServices(o.circuits).map((s) => s.circuit.code))];
  const lieux = new Map([...cat.territoires.keys()].map((id) => [id, premierNiveau(cat, id)]));
  return unParUn(
    await faire((tx) => listMoisADire(tx, cat.contratId, `${jourDe(maintenant).slice(0, 7)}-01`)),
    (mois) => mois,
    (mois) => faire((tx) => addPubliques(tx, cat.contratId, { mois, circuits, lieux, assez: PETIT, arreteLe: maintenant })),
  );
}
