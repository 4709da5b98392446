/**
 * What an address is for a seat today, and what may be said from there: letters, links, forms, rights and what is written all ask it here. An address to which
 * the seat was convoked is theirs, whatever who keeps the body writes of it since; any other was given since, and its account alone speaks from there. Pure.
 */
import { sansAccents } from '../../../core/mots.ts';
import type { Voie } from '../releve/qualites.rules.ts';
import type { Convocation, Participant } from '../seances.queries.ts';

/** As whom: who holds the seat, their substitute, who was convoked there before another person sat. */
export interface Voix<V extends Voie = 'titulaire' | 'suppleant' | 'convoque_dabord'> {
  voie: V;
  /** Given since: the seat did not have that address when it was convoked. */
  depuis: boolean;
  /** A convocation left there: they answer without account. */
  convoquee: boolean;
  /** As they are told. */
  nom: string;
}
export type Siege = Pick<Participant, 'nom' | 'fonction' | 'courriel' | 'suppleantNom' | 'suppleantCourriel' | 'convocations' | 'nulConvoque' | 'ecartees'>;

/** Names are compared as they are read: `mots_du_nom` says the same to the database. */
export const cleDuNom = (nom: string): string =>
  sansAccents(nom.normalize('NFKC'))
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
const estMemeNom = (x: string, y: string): boolean => cleDuNom(x) !== '' && cleDuNom(x) === cleDuNom(y);
const deLaLigne = (p: Siege, suppleant: boolean) => (suppleant ? { nom: p.suppleantNom, courriel: p.suppleantCourriel } : p);
/** A seat convoked by its address alone is that of its line while the line has that address. */
function estDeLaLigne(p: Siege, c: Convocation): boolean {
  const { nom, courriel } = deLaLigne(p, c.suppleant);
  return estMemeNom(c.nom, nom) || courriel.toLowerCase() === c.adresse;
}
const nomDe = (p: Siege, suppleant: boolean): string => (suppleant ? p.suppleantNom || `Suppléance de ${p.nom || p.fonction}` : p.nom || p.fonction);

/** As whom this address speaks of the seat; null when it is nobody of it, or was not theirs. */
export function voixDe(p: Siege, adresse: string): Voix | null {
  const a = adresse.toLowerCase();
  if (a === '' || p.ecartees.includes(a)) return null;
  // Who was replaced before anything was sent to them was never called.
  const siennes = p.convocations.filter((c) => c.adresse === a && (c.partie || estDeLaLigne(p, c)));
  const convoquee = siennes.some((c) => c.partie);
  const c = siennes.find((x) => estDeLaLigne(p, x));
  if (c) return { voie: c.suppleant ? 'suppleant' : 'titulaire', depuis: false, convoquee, nom: nomDe(p, c.suppleant) };
  if (siennes[0]) return { voie: 'convoque_dabord', depuis: false, convoquee, nom: siennes[0].nom || p.fonction };
  const suppleant = [false, true].find((x) => deLaLigne(p, x).courriel.toLowerCase() === a);
  if (suppleant === undefined) return null;
  // Nobody was convoked to that session: what its line says is all that there is, for the account of that address.
  return { voie: suppleant ? 'suppleant' : 'titulaire', depuis: !p.nulConvoque, convoquee, nom: nomDe(p, suppleant) };
}
/** Every address that is somebody for one of these readings of a seat, in the order of its line, its convocations, and what it says today. */
export function adressesDuSiegeLu(lectures: readonly Siege[], ...autres: readonly string[]): string[] {
  const toutes = lectures.flatMap((p) => [p.courriel, p.suppleantCourriel, ...p.convocations.map((c) => c.adresse)]);
  return [...new Set([...toutes, ...autres].map((a) => a.toLowerCase()))].filter((a) => a !== '');
}

/**
 * Those that may be said not to be theirs: their person has another, where somebody reads, and no account there bears their name. `comptes`: names of open
 * accounts, by address.
 */
export function ecartablesDe(lectures: readonly Siege[], fermees: ReadonlySet<string>, comptes: ReadonlyMap<string, string>) {
  const siennes = adressesDuSiegeLu(lectures).flatMap((adresse) => {
    const voix = premier(lectures, (p) => voixDe(p, adresse));
    return voix ? [{ ...voix, adresse }] : [];
  });
  return siennes.flatMap((x) => {
    const autres = siennes.filter((y) => y !== x && y.voie === x.voie && y.nom === x.nom && !fermees.has(y.adresse)).map((y) => y.adresse);
    return autres.length > 0 && !estMemeNom(comptes.get(x.adresse) ?? '', x.nom) ? [{ ...x, autres }] : [];
  });
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

/** Who speaks: from where, under which name, by the link of a letter or signed in. */
export interface Parlant<V extends Voie = Voie> extends Voix<V> {
  adresse: string;
  /** Name of their account; by a link, whom the letter was written to. */
  par: string;
  parLien: boolean;
}
/** Their account bears the name of who is spoken of: it prevails over what came by links of that same voice. */
export const estProuve = ({ nom, par, parLien }: Pick<Parlant, 'nom' | 'par' | 'parLien'>): boolean => !parLien && estMemeNom(nom, par);
/**
 * Whose word yields to whose: who held the seat that day answers all others, who presides since any substitute, a substitute nobody. Written on the seat since,
 * an address answers another only with an account of that name. Between two addresses of one voice neither ends the other. `parolesDe` says the same of what
 * is kept.
 */
export function forceDe(p: Parlant): number {
  const prouve = estProuve(p);
  if (p.depuis && !prouve) return 0;
  if (p.voie === 'titulaire') return 6 + Number(prouve);
  if (p.voie === 'suppleant') return 2 + Number(prouve);
  return p.voie === 'successeur' ? 4 : p.voie === 'suppleant_successeur' ? 2 : -1;
}
