/** What those who make decisions do with them: each act writes, brings what is owed, and is audited. */
import { type Details, code } from '../../core/trace/details.ts';
import type { Contexte } from '../../core/http/http.ts';
import { conflit } from '../../core/errors.ts';
import type { SuitesDUnDepart } from '../comptes/index.ts';
import { accorder } from '../echeances/index.ts';
import { countCiblesDeDecision } from './cibles/cibles.queries.ts';
import { sourceDecisions } from './decisions.dus.ts';
import { createDecision, type Decision, type NouvelleDecision } from './decisions.queries.ts';
import { numeroEcrit, type RefOrigine } from './decisions.rules.ts';
import { deleteEcriture, type Ecriture, listIdsDeLAdresse, listIdsDeLOrigine, updateEcriture } from './ecriture.queries.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

export const suivreDecisions = (c: Ou, ids: readonly string[]): Promise<number> => accorder(c.db, c.contrat.id, sourceDecisions, ids, c);

/** Call it when what made them changes. */
export const suivreDecisionsDe = async (c: Ou, origine: RefOrigine): Promise<number> =>
  suivreDecisions(c, await listIdsDeLOrigine(c.db, c.contrat.id, origine));

/** Somebody left: what they were in charge of is their organisation's, and who keeps what made it is told. */
export const suivreUnDepart: SuitesDUnDepart = async (tx, contratId, courriel, maintenant) => {
  await accorder(tx, contratId, sourceDecisions, await listIdsDeLAdresse(tx, contratId, courriel), { maintenant });
};

/** Null when this id is already written. The caller asked who may. `dit`: what the audit trail keeps of it. */
export async function decider(
  c: Ou & Pick<Contexte, 'auditer'>,
  d: NouvelleDecision,
  auteur: string,
  dit: { details: Details; apres: object },
): Promise<{ id: string; numero: number } | null> {
  const creee = await createDecision(c.db, c.contrat.id, d, { auteur, quand: c.maintenant });
  if (!creee) return null;
  await suivreDecisions(c, [creee.id]);
  const numero = d.seanceId ? { numero: code(numeroEcrit({ nature: d.nature, numero: creee.numero })) } : {};
  await c.auditer('decision.creee', `/decisions/${creee.id}`, { ...dit.details, ...numero }, { apres: dit.apres });
  return creee;
}

export async function corriger(c: Contexte, avant: Decision, apres: Ecriture, auteur: string): Promise<void> {
  await updateEcriture(c.db, c.contrat.id, avant.id, apres, { nom: auteur, quand: c.maintenant });
  await suivreDecisions(c, [avant.id]);
  await c.auditer('decision.corrigee', `/decisions/${avant.id}`, { seance: code(avant.seanceId), numero: code(numeroEcrit(avant)) }, { avant, apres });
}

/** 409 while a target rests on it. */
export async function retirer(c: Contexte, d: Decision): Promise<void> {
  if ((await countCiblesDeDecision(c.db, c.contrat.id, d.id)) > 0)
    throw conflit(`${numeroEcrit(d)} fixe une cible : elle ne se retire plus. Une autre décision peut remplacer ou retirer cette cible.`);
  await deleteEcriture(c.db, c.contrat.id, d);
  await suivreDecisions(c, [d.id]);
  await c.auditer('decision.retiree', `/decisions/${d.id}`, { seance: code(d.seanceId), numero: code(numeroEcrit(d)) }, { avant: d });
}
