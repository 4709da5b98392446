/**
 * From where somebody speaks of a seat, signed in or by a link, and as whom. An address to which a convocation really left is theirs, whatever who keeps the
 * body writes of the seat since; any other was given since, and its account alone speaks from there, under its own name. Pure.
 */
import type { Convocation, Participant } from '../seances.queries.ts';

/** The place of who holds the seat, of their substitute, of who stood in, of who was convoked there before. */
export type Place = 'titulaire' | 'suppleant' | 'representant' | 'convoque_dabord';
export interface Voix {
  /** `depuis`: the seat was not convoked there. `convoque_dabord`: it was, and another person sits there: they only contest. */
  voie: 'titulaire' | 'suppleant' | 'depuis' | 'convoque_dabord';
  place: Place;
  /** As they are told. */
  nom: string;
  /** A convocation left there: they answer without account. */
  convoquee: boolean;
}
export type Siege = Pick<Participant, 'nom' | 'fonction' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'convocations' | 'nulConvoque'>;

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
    const voie = !estDeLaLigne(p, c) ? 'convoque_dabord' : c.suppleant ? 'suppleant' : 'titulaire';
    return { voie, place: voie, nom: voie === 'convoque_dabord' ? c.nom : nomDe(p, c.suppleant), convoquee: true };
  }
  const suppleant = [false, true].find((x) => a !== '' && deLaLigne(p, x).courriel.toLowerCase() === a);
  if (suppleant === undefined) return null;
  const place = suppleant ? 'suppleant' : 'titulaire';
  // Nobody was convoked to that session: what its line says is all that there is, for the account of that address.
  return { voie: p.nulConvoque ? place : 'depuis', place, nom: nomDe(p, suppleant), convoquee: false };
}
/** Where something noted of who sits there is written to: where they were convoked, where the line writes, and where the seat does today. */
export function adressesAEcrire(sieges: readonly Siege[], suppleant: boolean): string[] {
  const toutes = sieges.flatMap((p) => [deLaLigne(p, suppleant).courriel, ...p.convocations.filter((c) => c.suppleant === suppleant).map((c) => c.adresse)]);
  return [...new Set(toutes.map((a) => a.toLowerCase()))].filter((a) => a !== '');
}
/** One was convoked there. */
export const estConvoquee = (p: Pick<Siege, 'convocations'>, adresse: string): boolean => p.convocations.some((c) => c.adresse === adresse.toLowerCase());

/** What was said from here: each takes back that, and nothing that was said from elsewhere. Of words whose address was not kept, from their place. */
export const estDIci = (m: { voie: string; adresse: string }, ici: { place: Place; adresse: string }): boolean =>
  m.adresse === '' ? m.voie === ici.place : m.adresse === ici.adresse.toLowerCase();

/** From which address an approval is answered; `depuis`: one where the chair was not convoked. */
export interface Ici {
  adresse: string;
  depuis: boolean;
}
/** An address speaks as the line says, then as its seat does today. */
export function premier<S, V>(lectures: readonly S[], voix: (x: S) => V | null): V | null {
  for (const x of lectures) {
    const v = voix(x);
    if (v) return v;
  }
  return null;
}

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
