/** The languages of the public form: those of the pages of help for which the contract gives the words of its circuits. */
import type { Page } from '../../../core/http/http.ts';
import type { Profils } from '../../../core/module.ts';
import { LANGUES } from '../../secours/index.ts';
import type { MotsDeLangue } from '../../contrats/index.ts';
import { type Circuits, DOSSIER, lireCircuits } from '../circuits/circuits.ts';
import type { LangueDAide } from '../signaler/pages/SignalerPage.tsx';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { falc } from './falc.ts';
import { FRANCAIS, lierTous, type Parle, type Traduction } from './mots.rules.ts';
import { pt } from './pt.ts';
import { tr } from './tr.ts';
import { avecLesEtats, compterMots, direCircuit, DOSSIER_DES_LANGUES, estTraduit, motsDuContratSchema } from './traduire.rules.ts';
import { uk } from './uk.ts';
import { zh } from './zh.ts';

export const TRADUCTIONS: Readonly<Record<string, Traduction>> = { falc: { ...falc, mots: lierTous(falc.mots) }, en, es, pt, ar, uk, zh, tr, bn };

interface Parlee {
  parle: Parle;
  /** Those open to everyone, in its words. */
  circuits: Circuits;
}
export interface Langues {
  liste: readonly LangueDAide[];
  /** French for a code that is none of them; `circuit`: the one that the page shows. */
  de: (code: string, circuit?: string) => Parlee;
}
export function chargerLangues(fichiers: Profils, circuits: Circuits): Langues {
  const parlees = new Map<string, Parlee & { enPartie: ReadonlySet<string> }>();
  const liste: LangueDAide[] = [{ code: '', langue: 'fr', nom: 'Français' }];
  for (const [code, t] of Object.entries(TRADUCTIONS)) {
    const lu = fichiers.lire(code, motsDuContratSchema);
    const nommee = LANGUES[code];
    if (!lu || !nommee) continue;
    const dire = (fr: string) => lu.mots[fr] ?? fr;
    const ouverts = [...circuits].filter(([, c]) => c.declarants.public);
    const traduits = ouverts.map(([k, c]) => [k, avecLesEtats(direCircuit(c, dire), t.mots)] as const);
    const enPartie = new Set(ouverts.filter(([, c]) => !estTraduit(c, lu)).map(([k]) => k));
    const parle = { code, langue: nommee.langue, mots: t.mots, relu: t.relu !== null && lu.relu !== null, entier: true };
    parlees.set(code, { parle, circuits: new Map(traduits), enPartie });
    liste.push({ code, langue: nommee.langue, nom: nommee.nom });
  }
  const francais = { parle: FRANCAIS, circuits };
  return {
    liste,
    de: (code, circuit = '') => {
      const p = parlees.get(code);
      return p ? { ...p, parle: { ...p.parle, entier: !p.enPartie.has(circuit) } } : francais;
    },
  };
}
/** Of each language of the contract, how many words of its public circuits wait for a translation, and how many translate nothing. */
export const motsATraduire = (fichiers: (sous: string) => Profils): MotsDeLangue[] =>
  fichiers(DOSSIER_DES_LANGUES).noms.flatMap((langue) => {
    const lu = fichiers(DOSSIER_DES_LANGUES).lire(langue, motsDuContratSchema);
    if (!lu) return [];
    const { manquants, inutiles } = compterMots(lu, lireCircuits(fichiers(DOSSIER)));
    return [{ langue, manquants: manquants.length, inutiles: inutiles.length }];
  });
/** What the frame of a page is told of its language: what is around stays in French, and the way back leads to pages that speak it. */
export const cadreDe = (p: Parle): Pick<Page, 'langue'> => (p.langue === 'fr' ? {} : { langue: p.langue });
