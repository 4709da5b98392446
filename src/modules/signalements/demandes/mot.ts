/** The word of who asked, whichever way it comes: their page, their page at work, a program, a letter. */
import type { Circuit } from '../circuits/circuit.schema.ts';
import { attendUnService, type CodeEtat } from '../circuits/etats.ts';
import { type Demande, getDemande } from './demandes.queries.ts';
import { estMuet } from '../circuits/circuit.schema.ts';
import { libelleDEtat } from '../circuits/circuit.rules.ts';
import { annoter, disjoindre, passer } from './ecrire.ts';
import type { Ou, Services } from './lettres.ts';
import { suitesDuDeclarant } from './machine.rules.ts';

/** The lead of a joined report, held with it: whoever handles it reads there what was said of this one. */
const meneurDe = (c: Ou, d: Demande): Promise<Demande | null> => (d.meneurId ? getDemande(c.db, c.contrat.id, d.meneurId) : Promise.resolve(null));
const deLaJointe = (d: Demande, dit: string): string => `De qui a fait la demande n° ${d.numero}, jointe. ${dit}`;

/**
 * What the lead becomes when one that was joined to it is not solved: what is said, or what its own author could say there; null when a
 * service has it in hand already, or when its state is the last.
 */
export const reouverture = (circuit: Circuit, etat: string, vers: CodeEtat): CodeEtat | null => {
  const suites = suitesDuDeclarant(circuit, etat);
  return suites.includes(vers) ? vers : (suites.find(attendUnService) ?? null);
};

/**
 * They say that it is solved, or that it is not. Of a joined report, what is not solved for one is not solved, and the lead is opened again,
 * which its own author did not say; where it is open already, it is noted there; where nothing opens it, this one stands by itself again,
 * in the hands of its service. What is solved for one is for them alone to say.
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
  const rouvert = meneur && vers !== 'resolu' ? reouverture(circuit, meneur.etat, vers) : null;
  if (meneur && vers !== 'resolu' && !rouvert && !attendUnService(meneur.etat)) {
    await disjoindre(c, circuit, d, meneur);
    const seule = await getDemande(c.db, c.contrat.id, d.id);
    if (seule) await passer(c, s, circuit, seule, a, dite);
    return;
  }
  // Joined, the turn of the service is that of the lead.
  await passer(c, s, circuit, d, a, d.meneurId ? { ...dite, duLe: null } : dite);
  if (!meneur || vers === 'resolu') return;
  if (rouvert) await passer(c, s, circuit, meneur, { ...a, vers: rouvert }, { contesteLe: meneur.contesteLe, confirmeLe: meneur.confirmeLe });
  else
    await annoter(c, circuit, meneur, {
      acte: 'note',
      note: estMuet(circuit) ? '' : deLaJointe(d, [`${libelleDEtat(circuit, vers)}.`, mots].filter(Boolean).join(' ')),
    });
}

/** They add something, for the service. Returns the lead of a joined report. */
export async function noterDuDeclarant(c: Ou, circuit: Circuit | undefined, d: Demande, note: string): Promise<Demande | null> {
  const meneur = await meneurDe(c, d);
  await annoter(c, circuit, d, { acte: 'note', note });
  if (meneur) await annoter(c, circuit, meneur, { acte: 'note', note: deLaJointe(d, note) });
  return meneur;
}
