/**
 * From where somebody speaks of a seat, signed in or by a link, and as whom. An address that the seat had when it was convoked is theirs, whatever who keeps
 * the body writes of it since; any other was given since, and its account alone speaks from there, under its own name. Pure.
 */
import { sansAccents } from '../../../core/mots.ts';
import type { Convocation, Participant } from '../seances.queries.ts';

/** As whom: who holds the seat, their substitute, who was convoked there before another person sat. */
export interface Voix {
  voie: 'titulaire' | 'suppleant' | 'convoque_dabord';
  /** Given since: the seat did not have that address when it was convoked. */
  depuis: boolean;
  /** A convocation left there: they answer without account. */
  convoquee: boolean;
  /** As they are told. */
  nom: string;
}
export type Siege = Pick<Participant, 'nom' | 'fonction' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'convocations' | 'nulConvoque'>;

/** Names are compared as they are read: `mots_du_nom` says the same to the database. */
export const cleDuNom = (nom: string): string =>
  sansAccents(nom.normalize('NFKC'))
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
const deLaLigne = (p: Siege, suppleant: boolean) => (suppleant ? { nom: p.suppleantNom, courriel: p.suppleantCourriel } : p);
function estDeLaLigne(p: Siege, c: Convocation): boolean {
  const { nom, courriel } = deLaLigne(p, c.suppleant);
  return c.nom === '' || nom === '' || cleDuNom(c.nom) === cleDuNom(nom) || courriel.toLowerCase() === c.adresse;
}
const nomDe = (p: Siege, suppleant: boolean): string => (suppleant ? p.suppleantNom || `Suppléance de ${p.nom || p.fonction}` : p.nom || p.fonction);

/** As whom this address speaks of the seat; null when it never was of it. */
export function voixDe(p: Siege, adresse: string): Voix | null {
  const a = adresse.toLowerCase();
  if (a === '') return null;
  // Who was replaced before anything was sent to them was never called.
  const siennes = p.convocations.filter((c) => c.adresse === a && (c.partie || estDeLaLigne(p, c)));
  const convoquee = siennes.some((c) => c.partie);
  const c = siennes.find((x) => estDeLaLigne(p, x));
  if (c) return { voie: c.suppleant ? 'suppleant' : 'titulaire', depuis: false, convoquee, nom: nomDe(p, c.suppleant) };
  if (siennes[0]) return { voie: 'convoque_dabord', depuis: false, convoquee, nom: siennes[0].nom };
  const suppleant = [false, true].find((x) => deLaLigne(p, x).courriel.toLowerCase() === a);
  if (suppleant === undefined) return null;
  // Nobody was convoked to that session: what its line says is all that there is, for the account of that address.
  return { voie: suppleant ? 'suppleant' : 'titulaire', depuis: !p.nulConvoque, convoquee, nom: nomDe(p, suppleant) };
}
/** Where something noted of who sits there is written to: where they were convoked, where the line writes, and where the seat does today. */
export function adressesAEcrire(sieges: readonly Siege[], suppleant: boolean): string[] {
  const toutes = sieges.flatMap((p) => [deLaLigne(p, suppleant).courriel, ...p.convocations.filter((c) => c.suppleant === suppleant).map((c) => c.adresse)]);
  return [...new Set(toutes.map((a) => a.toLowerCase()))].filter((a) => a !== '');
}
/** One was convoked there. */
export const estConvoquee = (p: Pick<Siege, 'convocations'>, adresse: string): boolean =>
  p.convocations.some((c) => c.partie && c.adresse === adresse.toLowerCase());
/** Given since, or of who holds the seat since: what is said from there says so. */
export const estDepuis = (p: Siege, adresse: string): boolean => voixDe(p, adresse)?.depuis !== false;
/** Convoked first to a seat where another person sits. */
export const estDabord = (p: Siege, adresse: string): boolean => voixDe(p, adresse)?.voie === 'convoque_dabord';

/** From where one speaks; `depuis`: an address given since. */
export interface Ici {
  adresse: string;
  depuis: boolean;
}
/** What was said from here: each takes back that, and nothing that was said from elsewhere. Of words whose address was not kept, from their place. */
export const estDIci = (m: { voie: string; adresse: string }, ici: { voie: string; adresse: string }): boolean =>
  m.adresse === '' ? m.voie === ici.voie : m.adresse === ici.adresse.toLowerCase();

/** An address speaks as the line says, then as its seat does today. */
export function premier<S, V>(lectures: readonly S[], voix: (x: S) => V | null): V | null {
  for (const x of lectures) {
    const v = voix(x);
    if (v) return v;
  }
  return null;
}
/**
 * Within one voice, which address speaks after which: those of the convocation in the order in which they were, then that of the line, which nobody changes
 * once the session is open. Infinity: written on the seat since. Of a voice that has no addresses of its own, or words whose address was not kept: 0.
 */
export function rangDeLAdresse(p: Siege, voie: string, adresse: string): number {
  if (adresse === '' || (voie !== 'titulaire' && voie !== 'suppleant')) return 0;
  const suppleant = voie === 'suppleant';
  const connues = p.convocations.filter((c) => c.suppleant === suppleant && estDeLaLigne(p, c)).map((c) => c.adresse);
  const rang = [...connues, deLaLigne(p, suppleant).courriel.toLowerCase()].indexOf(adresse);
  return rang < 0 ? Number.POSITIVE_INFINITY : rang;
}
