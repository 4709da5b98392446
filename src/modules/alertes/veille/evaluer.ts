/** Looks at the rules of the contract and opens what they propose, in the caller's transaction. What a school reported by its own circuit is seen by the next pass. */
import { JOUR_MS } from '../../../core/jours.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { listDecidees, ouvrirProposition } from './propositions.queries.ts';
import { accorderPropositions } from './veille.dus.ts';
import { listSignaux } from './veille.queries.ts';
import { atteintes, cleDe, FENETRE } from './veille.rules.ts';
import type { Veille } from './veille.schema.ts';

/** How many proposals are new. */
export async function evaluer(tx: Db, catalogue: Catalogue, v: Veille, maintenant: Date): Promise<number> {
  const aujourdhui = jourDe(maintenant);
  const jours = Math.max(0, ...v.regles.map((r) => r.jours));
  if (jours === 0) return 0;
  const signaux = await listSignaux(tx, catalogue.contratId, v, plusJours(aujourdhui, 1 - jours), null);
  const decidees = await listDecidees(tx, catalogue.contratId, new Date(maintenant.getTime() - (FENETRE + 1) * JOUR_MS));
  const dites = new Map(decidees.map((d) => [cleDe(d.regle, d.territoireId), d.le]));
  const touchees: string[] = [];
  let neuves = 0;
  // In one order: two writers cannot wait for each other in a circle.
  const vues = atteintes(v, signaux, catalogue, aujourdhui, dites).toSorted((a, b) =>
    cleDe(a.regle.code, a.territoireId) < cleDe(b.regle.code, b.territoireId) ? -1 : 1,
  );
  for (const a of vues) {
    const p = await ouvrirProposition(
      tx,
      catalogue.contratId,
      { regle: a.regle.code, territoireId: a.territoireId, signaux: a.signaux, depuis: a.depuis },
      maintenant,
    );
    if (!p) continue;
    touchees.push(p.id);
    if (p.neuve) neuves += 1;
  }
  if (touchees.length > 0) await accorderPropositions(tx, catalogue.contratId, touchees, maintenant);
  return neuves;
}
