/**
 * From where somebody speaks of a seat, signed in or by a link, and as whom. An address to which a convocation really left is theirs, whatever who keeps the
 * body writes of the seat since; any other was given since, and its account alone speaks from there, under its own name. Pure.
 */
import type { Convocation, Participant } from '../seances.queries.ts';

export interface Voix {
  /** `depuis`: the seat was not convoked there. */
  voie: 'titulaire' | 'suppleant' | 'depuis';
  /** Theirs is the place of the substitute. */
  suppleant: boolean;
  /** As they are told. */
  nom: string;
  /** Who was convoked there is who the line names: another person since only contests. */
  meme: boolean;
}
export type Siege = Pick<Participant, 'nom' | 'fonction' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'convocations'>;

/** Names are compared as they are read. */
export const cleDuNom = (nom: string): string => nom.normalize('NFKC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('fr');
const deLaLigne = (p: Siege, suppleant: boolean) => (suppleant ? { nom: p.suppleantNom, courriel: p.suppleantCourriel } : p);
function estDeLaLigne(p: Siege, c: Convocation): boolean {
  const { nom, courriel } = deLaLigne(p, c.suppleant);
  return c.nom === '' || nom === '' || cleDuNom(c.nom) === cleDuNom(nom) || courriel.toLowerCase() === c.adresse;
}
const nomDe = (p: Siege, suppleant: boolean): string => (suppleant ? p.suppleantNom || `Suppléance de ${p.nom || p.fonction}` : p.nom || p.fonction);

/** As whom this address speaks of the seat; null when it never was of it. */
export function voixDe(p: Siege, adresse: string): Voix | null {
  const a = adresse.toLowerCase();
  const siennes = p.convocations.filter((c) => c.adresse === a);
  const c = siennes.find((x) => estDeLaLigne(p, x)) ?? siennes[0];
  if (c) {
    const meme = estDeLaLigne(p, c);
    return { voie: c.suppleant ? 'suppleant' : 'titulaire', suppleant: c.suppleant, nom: meme ? nomDe(p, c.suppleant) : c.nom, meme };
  }
  const suppleant = [false, true].find((x) => a !== '' && deLaLigne(p, x).courriel.toLowerCase() === a);
  return suppleant === undefined ? null : { voie: 'depuis', suppleant, nom: nomDe(p, suppleant), meme: true };
}
/** Where something noted of who sits there is written to: where they were convoked, where the line writes, and where the seat does today. */
export function adressesAEcrire(sieges: readonly Siege[], suppleant: boolean): string[] {
  const toutes = sieges.flatMap((p) => [deLaLigne(p, suppleant).courriel, ...p.convocations.filter((c) => c.suppleant === suppleant).map((c) => c.adresse)]);
  return [...new Set(toutes.map((a) => a.toLowerCase()))].filter((a) => a !== '');
}
/** One was convoked there. */
export const estConvoquee = (p: Pick<Siege, 'convocations'>, adresse: string): boolean => p.convocations.some((c) => c.adresse === adresse.toLowerCase());

/** What was said from here: each takes back that, and nothing that was said from elsewhere. Of words whose address was not kept, by their voice alone. */
export const estDIci = (m: { voie: string; adresse: string }, ici: { voie: string; adresse: string }): boolean =>
  m.voie === ici.voie && (m.adresse === '' || m.adresse === ici.adresse.toLowerCase());

/** From which address an approval is answered; `depuis`: one where the chair was not convoked. */
export interface Ici {
  adresse: string;
  depuis: boolean;
}
export const iciDe = (p: Pick<Siege, 'convocations'>, adresse: string, voie: string): Ici => ({
  adresse: adresse.toLowerCase(),
  depuis: !estConvoquee(p, adresse) && (voie === 'titulaire' || voie === 'suppleant'),
});
/** The last word of an approval: an answer, or that of who gave it. `adresse`: empty when it was not kept. */
export interface Dit {
  contestee: boolean;
  adresse: string;
  depuis: boolean;
}
/** An address given since says nothing after one that was convoked. */
export const cedeA = (ici: Ici, dit: Dit): boolean => ici.depuis && !dit.depuis && dit.adresse !== '';
/**
 * May one answer, from here, what was said in the same voice? What was contested, it ends; of another address that was convoked too, or was not either, it
 * contests what that one confirmed, and does not take back what it contests.
 */
export function repondALaMemeVoix(dit: Dit, ici: Ici): boolean {
  if (dit.adresse === '' || dit.adresse === ici.adresse) return dit.contestee;
  return ici.depuis === dit.depuis ? !dit.contestee : dit.depuis;
}
