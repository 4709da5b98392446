/** A proposed alert is settled by the alert that it became, in the transaction that writes it. Nobody declares it done. */
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { deciderProposition, type Proposition } from './propositions.queries.ts';
import { accorderPropositions } from './veille.dus.ts';

/** The caller holds its row, and saw that it is open. */
export async function solderParSonAlerte(c: Contexte, p: Proposition, alerteId: string): Promise<void> {
  await deciderProposition(c.db, c.contrat.id, p.id, { etat: 'alerte', alerteId, motif: '', par: c.utilisateur?.nom ?? '', quand: c.maintenant });
  await accorderPropositions(c.db, c.contrat.id, [p.id], c.maintenant);
  await c.auditer('proposition.decidee', `/alertes/tensions#${p.id}`, {
    etat: 'alerte',
    alerte: code(alerteId),
    regle: code(p.regle),
    territoire: code(p.territoireId),
  });
}
