/** The word of who asked, whichever way it comes: their page, their page at work, a program, a letter. */
import type { Circuit } from '../circuits/circuit.schema.ts';
import type { CodeEtat } from '../circuits/etats.ts';
import { type Demande, getDemande } from './demandes.queries.ts';
import { annoter, passer } from './ecrire.ts';
import type { Ou, Services } from './lettres.ts';
import { suitesDuDeclarant } from './machine.rules.ts';

/** The lead of a joined report, held: whoever handles it reads there what was said of this one. */
const meneurDe = (c: Ou, d: Demande): Promise<Demande | null> => (d.meneurId ? getDemande(c.db, c.contrat.id, d.meneurId, true) : Promise.resolve(null));

/**
 * They say that it is solved, or that it is not. Of a joined report, what is not solved for one is not solved, and the lead is opened again,
 * which its own author did not say; what is solved for one is for them alone to say.
 */
export async function direDuDeclarant(
  c: Ou,
  s: Services,
  circuit: Circuit,
  d: Demande,
  { vers, mots, note }: { vers: CodeEtat; mots: string; note?: number },
): Promise<void> {
  const a = { vers, service: '', motif: mots, message: '', note: '', jour: null, ailleurs: '' };
  const dite = note === undefined ? {} : { note };
  const meneur = await meneurDe(c, d);
  // Joined, the turn of the service is that of the lead.
  await passer(c, s, circuit, d, a, d.meneurId ? { ...dite, duLe: null } : dite);
  if (meneur && vers !== 'resolu' && suitesDuDeclarant(circuit, meneur.etat).includes(vers))
    await passer(c, s, circuit, meneur, a, { contesteLe: meneur.contesteLe, confirmeLe: meneur.confirmeLe });
}

/** They add something, for the service. Returns the lead of a joined report. */
export async function noterDuDeclarant(c: Ou, circuit: Circuit | undefined, d: Demande, note: string): Promise<Demande | null> {
  const meneur = await meneurDe(c, d);
  await annoter(c, circuit, d, { acte: 'note', note });
  if (meneur) await annoter(c, circuit, meneur, { acte: 'note', note: `De qui a fait la demande n° ${d.numero}, jointe. ${note}` });
  return meneur;
}
