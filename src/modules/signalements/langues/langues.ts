/** The languages of the public form: those of the pages of help for which the contract gives the words of its circuits. */
import type { Page } from '../../../core/http/http.ts';
import type { Profils } from '../../../core/module.ts';
import { LANGUES } from '../../secours/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import type { LangueDAide } from '../signaler/pages/SignalerPage.tsx';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { falc } from './falc.ts';
import { FRANCAIS, type Parle, type Traduction } from './mots.rules.ts';
import { pt } from './pt.ts';
import { tr } from './tr.ts';
import { avecLesEtats, direCircuit, motsDuContratSchema } from './traduire.rules.ts';
import { uk } from './uk.ts';
import { zh } from './zh.ts';

export const TRADUCTIONS: Readonly<Record<string, Traduction>> = { falc, en, es, pt, ar, uk, zh, tr, bn };

interface Parlee {
  parle: Parle;
  /** Those open to everyone, in its words. */
  circuits: Circuits;
}
export interface Langues {
  liste: readonly LangueDAide[];
  /** French for a code that is none of them. */
  de: (code: string) => Parlee;
}
export function chargerLangues(fichiers: Profils, circuits: Circuits): Langues {
  const parlees = new Map<string, Parlee>();
  const liste: LangueDAide[] = [{ code: '', langue: 'fr', nom: 'Français' }];
  for (const [code, t] of Object.entries(TRADUCTIONS)) {
    const lu = fichiers.lire(code, motsDuContratSchema);
    const nommee = LANGUES[code];
    if (!lu || !nommee) continue;
    const dire = (fr: string) => lu.mots[fr] ?? fr;
    const traduits = [...circuits].filter(([, c]) => c.declarants.public).map(([k, c]) => [k, avecLesEtats(direCircuit(c, dire), t.mots)] as const);
    parlees.set(code, { parle: { code, langue: nommee.langue, mots: t.mots, relu: t.relu !== null && lu.relu !== null }, circuits: new Map(traduits) });
    liste.push({ code, langue: nommee.langue, nom: nommee.nom });
  }
  const francais = { parle: FRANCAIS, circuits };
  return { liste, de: (code) => parlees.get(code) ?? francais };
}
/** What the frame of a page is told of its language: what is around stays in French, and the way back leads to pages that speak it. */
export const cadreDe = (p: Parle): Pick<Page, 'langue'> => (p.langue === 'fr' ? {} : { langue: p.langue });
