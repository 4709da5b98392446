/** How a decision goes on: what each passage asks for. Pure; drawn in the module's README. */
import { pluriel } from '../../ui/typographie.ts';
import type { Decision } from './decisions.queries.ts';
import { estClose, type EtatDecision } from './decisions.rules.ts';

export interface Suite {
  etat: EtatDecision;
  condition: string;
  preuve: string;
  preuveLien: string;
  motif: string;
}
/** The field that a state cannot do without, and what to say when it is empty. */
const EXIGE: Partial<Record<EtatDecision, { champ: 'condition' | 'preuve' | 'motif'; message: string }>> = {
  bloque: { champ: 'condition', message: 'Dites ce qui débloquerait : c’est ce que la prochaine séance examinera.' },
  fait: { champ: 'preuve', message: 'Dites ce qui montre que c’est fait : un fait, un document, un enregistrement.' },
  abandonne: { champ: 'motif', message: 'Dites pourquoi on y renonce.' },
};
/** Only whoever keeps what made it gives up a decision; the organisation in charge tells everything else. */
export const RESERVES: readonly EtatDecision[] = ['abandonne'];

export type Verdict = { ok: true } | { ok: false; champ: string; message: string };

/** `tient`: the person keeps what made it; `garant`: who does, in words. */
export function verifierSuite(s: Suite, tient: boolean, garant: string): Verdict {
  if (RESERVES.includes(s.etat) && !tient)
    return { ok: false, champ: 'etat', message: `${seul(garant)} abandonne une décision : demandez-le-lui, ou dites-la bloquée.` };
  const exige = EXIGE[s.etat];
  if (exige && s[exige.champ].length < 3) return { ok: false, champ: exige.champ, message: exige.message };
  return { ok: true };
}

/** « Seul le secrétariat », « Seule la cellule ». */
export const seul = (qui: string): string => `${qui.startsWith('la ') ? 'Seule' : 'Seul'} ${qui}`;

/** What is kept with the new state: the words of another state would mislead. */
export const retenir = (s: Suite): Suite => ({
  etat: s.etat,
  condition: s.etat === 'bloque' ? s.condition : '',
  preuve: s.etat === 'fait' ? s.preuve : '',
  preuveLien: s.etat === 'fait' ? s.preuveLien : '',
  motif: s.motif,
});

/** What is said again of a closed one, its proof corrected, does not close it a second time. */
export const closeLe = (etat: EtatDecision, aujourdhui: string, avant: { etat: EtatDecision; closeLe: string | null }): string | null =>
  estClose(etat) ? ((avant.etat === etat ? avant.closeLe : null) ?? aujourdhui) : null;

type Dite = Pick<Decision, 'ditePar' | 'diteOrganisation' | 'diteLe'>;
/**
 * Who says where it is, kept when that is not who is in charge: neither the organisation, nor the person named. Whoever is in charge says it
 * themselves from then on; what another sends again without a change says nothing new.
 */
export function direParQui(
  avant: Suite & Dite & Pick<Decision, 'responsableId' | 'responsableCourriel'>,
  apres: Suite,
  u: { nom: string; organisationId: string; courriel: string },
  maintenant: Date,
): Dite {
  if (u.organisationId === avant.responsableId || (u.courriel !== '' && u.courriel.toLowerCase() === avant.responsableCourriel.toLowerCase()))
    return { ditePar: null, diteOrganisation: null, diteLe: null };
  const change = (['etat', 'condition', 'preuve', 'preuveLien', 'motif'] as const).some((k) => avant[k] !== apres[k]);
  return change
    ? { ditePar: u.nom, diteOrganisation: u.organisationId, diteLe: maintenant }
    : { ditePar: avant.ditePar, diteOrganisation: avant.diteOrganisation, diteLe: avant.diteLe };
}

/** A path of this site, or an https address. */
export const estLien = (lien: string): boolean => /^\/(?!\/)[^\s\\]*$/.test(lien) || (/^https:\/\//.test(lien) && URL.canParse(lien));

/** What was just done, said from its code and number: an address never puts its own words on the page. */
export function direFait(code: string): string {
  const [, acte, n = ''] = /^(echeance|relance)-(\d{1,3})$/.exec(code) ?? [];
  if (acte === 'echeance') return `${pluriel(Number(n), 'échéance changée', 'échéances changées')}.`;
  return acte === 'relance' ? `${pluriel(Number(n), 'rappel envoyé', 'rappels envoyés')}.` : '';
}
