/** What the demonstration of a contract folder draws from. */
import { type Demonstration, lireDemonstration } from '../../src/modules/contrats/demonstration.files.ts';
import { PARIS } from './template.ts';

export async function demonstrationDe(dossier: string = PARIS): Promise<Demonstration> {
  const demo = await lireDemonstration(dossier);
  if (!demo) throw new Error(`${dossier} n’a pas de démonstration.`);
  return demo;
}
