/** Addresses by which letters come in: a circuit’s own, and the thread of one report, signed. Pure. */
import type { Coffre } from '../../../core/coffre.ts';
import { couper } from '../../../core/couper.ts';
import { ecrireEtiquette, idSigne } from '../../../core/courrier/etiquette.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';

export const BOITE = 'signaler';

const USAGE = 'fil de la demande';
export const adresseDuFil = (coffre: Pick<Coffre, 'signer'>, demandeId: string, domaine: string): string =>
  `${BOITE}+${ecrireEtiquette(coffre, USAGE, demandeId)}@${domaine}`;
/** Where a letter is a report of that circuit; null where it takes none, or where none comes in. */
export const adresseDuCircuit = (circuit: Pick<Circuit, 'code' | 'courriel'>, domaine: string | null | undefined): string | null =>
  circuit.courriel && domaine ? `${BOITE}+${circuit.code}@${domaine}` : null;

/** The report that a tag names, when it was signed here; null otherwise. */
export const lireFil = (coffre: Pick<Coffre, 'signer'>, etiquette: string): string | null => idSigne(coffre, USAGE, etiquette);

/** What the writer says, without what they answer to: quoted lines, and all that follows the line that brings them. */
const CITATION = /^(?:>|-{2,}\s*(?:message d.origine|original message)|_{10,}|(?:le|on)\s.{4,200}\s(?:a écrit|wrote)\s*:?\s*$|(?:de|from)\s*:\s.+@)/i;
export function sansCitation(texte: string): string {
  const lignes = texte.replace(/\r\n?/g, '\n').split('\n');
  const fin = lignes.findIndex((l) => CITATION.test(l.trim()));
  return lignes
    .slice(0, fin < 0 ? lignes.length : fin)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Cut between words where it is too long, and says so. */
export function couperLaLettre(texte: string, max: number): { texte: string; coupe: boolean } {
  if (texte.length <= max) return { texte, coupe: false };
  const dit = '\n[message coupé ici]';
  const debut = couper(texte, max - dit.length);
  return { texte: `${couper(debut, Math.max(debut.lastIndexOf(' '), debut.length - 60)).trimEnd()}${dit}`, coupe: true };
}
