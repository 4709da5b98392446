/** Which acts the contract itself calls for: read from what its systems ask, never listed here. Pure. */
import type { Capacite } from '../../core/capacites.ts';
import type { Nature } from './conventions.rules.ts';

type Demande = Extract<Capacite, 'convention' | 'charte' | 'acte' | 'protocole-de-site'>;
const NATURES_DE: Readonly<Record<Demande, readonly Nature[]>> = {
  convention: ['convention', 'protocole'],
  charte: ['charte'],
  acte: ['arrete'],
  'protocole-de-site': ['protocole-site'],
};
const estDemande = (c: string): c is Demande => Object.hasOwn(NATURES_DE, c);

/** A system of the contract that asks an act of these natures. */
export interface Attendu {
  systeme: string;
  nom: string;
  porteur: string;
  fiches: readonly string[];
  lignes: readonly string[];
  natures: readonly Nature[];
}
/** What is read of the contract, and no more. */
interface Demandeur extends Pick<Attendu, 'nom' | 'porteur' | 'fiches' | 'lignes'> {
  id: string;
  exige?: readonly { capacites?: readonly Capacite[] | undefined }[] | undefined;
}
interface Lu {
  systemes: ReadonlyMap<string, Demandeur>;
}
export const attendusDe = (c: Lu): Attendu[] =>
  [...c.systemes.values()].flatMap((s) => {
    const natures = [...new Set((s.exige ?? []).flatMap((e) => (e.capacites ?? []).filter(estDemande)).flatMap((x) => NATURES_DE[x]))];
    return natures.length === 0 ? [] : [{ systeme: s.id, nom: s.nom, porteur: s.porteur, fiches: s.fiches, lignes: s.lignes, natures }];
  });

/** Those of these acts that answer it. */
export const repondent = <A extends { nature: Nature; systemes: readonly string[] }>(d: Attendu, actes: readonly A[]): A[] =>
  actes.filter((a) => d.natures.includes(a.nature) && a.systemes.includes(d.systeme));

/** Fiches that an act serves, by its systems and its action lines. */
export function fichesDe(c: Lu & { lignes: ReadonlyMap<string, { fiche: string }> }, a: { systemes: readonly string[]; lignes: readonly string[] }): string[] {
  const fiches = [...a.systemes.flatMap((s) => c.systemes.get(s)?.fiches ?? []), ...a.lignes.flatMap((l) => c.lignes.get(l)?.fiche ?? [])];
  return [...new Set(fiches)].filter((f) => /^\d/.test(f)).sort((a1, b1) => a1.localeCompare(b1, 'fr', { numeric: true }));
}
