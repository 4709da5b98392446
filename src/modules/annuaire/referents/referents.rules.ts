/** Who is the referent where and when, and where nobody is. Pure. */
export interface Terme {
  role: string;
  territoireId: string;
  debut: string;
  fin: string | null;
}
export const enFonction = (r: Terme, jour: string): boolean => r.debut <= jour && (r.fin === null || r.fin >= jour);

/** What follows a last day: somebody who takes over without a day between, somebody who comes later (`prochain`: nobody before), or nobody who is known. */
export type Suite = { relais: true } | { relais: false; prochain: string | null };
/** `autres`: who else is named for that role there. */
export function suiteDe(fin: string | null, autres: readonly Terme[], lendemain: (jour: string) => string): Suite | null {
  if (fin === null) return null;
  const apres = autres.filter((r) => r.fin === null || r.fin > fin);
  if (apres.some((r) => r.debut <= lendemain(fin))) return { relais: true };
  return { relais: false, prochain: apres.map((r) => r.debut).sort()[0] ?? null };
}
/** « , puis personne avant le 4 avril 2026 ». */
export const direSuite = (s: Suite | null, jour: (j: string) => string): string =>
  !s || s.relais ? '' : s.prochain ? `, puis personne avant le ${jour(s.prochain)}` : ', sans successeur désigné';

export type Couverture<R extends Terme> =
  | { etat: 'couvert'; referents: R[]; finit: string | null; suite: Suite | null }
  /** Someone holds a part of it, nobody the whole. */
  | { etat: 'partiel'; referents: R[]; finit: string | null; suite: null }
  /** `depuis`: the day after the last one ended. */
  | { etat: 'trou'; depuis: string; prochain: string | null }
  | { etat: 'jamais'; prochain: string | null };

const finDe = (la: readonly Terme[]): string | null => {
  const fins = la.map((r) => r.fin);
  return fins.includes(null) ? null : (fins.sort().at(-1) ?? null);
};

/**
 * Of one role in one place: someone of that very place, or of a place that holds it (`places`: it and those above it); of a part of it
 * (`parts`) only; or nobody, and since when.
 */
export function couvertureDe<R extends Terme>(
  referents: readonly R[],
  q: { role: string; places: readonly string[]; parts?: readonly string[]; jour: string },
  lendemain: (jour: string) => string,
): Couverture<R> {
  const du = (places: readonly string[]) => referents.filter((r) => r.role === q.role && places.includes(r.territoireId));
  const siens = du(q.places);
  const la = siens.filter((r) => enFonction(r, q.jour));
  if (la.length > 0) return { etat: 'couvert', referents: la, finit: finDe(la), suite: suiteDe(finDe(la), siens, lendemain) };
  const enPartie = du(q.parts ?? []).filter((r) => enFonction(r, q.jour));
  if (enPartie.length > 0) return { etat: 'partiel', referents: enPartie, finit: finDe(enPartie), suite: null };
  const prochain =
    siens
      .map((r) => r.debut)
      .filter((d) => d > q.jour)
      .sort()[0] ?? null;
  const dernier = siens
    .flatMap((r) => (r.fin !== null && r.fin < q.jour ? [r.fin] : []))
    .sort()
    .at(-1);
  return dernier ? { etat: 'trou', depuis: lendemain(dernier), prochain } : { etat: 'jamais', prochain };
}

/**
 * Who sits for a place that day or later: those named in it or in a part of it (`dedans`), and, for the first days that none of them covers, those of
 * the nearest place that holds it (`autour`, the nearest first), from the day it begins to the eve of the day it ends.
 */
export function assis<R extends Terme>(
  dedans: readonly R[],
  autour: readonly (readonly R[])[],
  jour: string,
  decaler: (jour: string, n: number) => string,
): R[] {
  const siens = dedans.filter((r) => r.fin === null || r.fin >= jour);
  let debut = jour;
  for (let la = siens.filter((r) => enFonction(r, debut)); la.length > 0; la = siens.filter((r) => enFonction(r, debut))) {
    const fin = finDe(la);
    if (fin === null) return siens;
    debut = decaler(fin, 1);
  }
  const suivant = siens
    .map((r) => r.debut)
    .filter((d) => d > debut)
    .sort()[0];
  const fin = suivant ? decaler(suivant, -1) : null;
  for (const ici of autour) {
    const la = ici
      .map((r) => ({ ...r, debut: debut > jour && r.debut < debut ? debut : r.debut, fin: fin !== null && (r.fin === null || r.fin > fin) ? fin : r.fin }))
      .filter((r) => r.fin === null || (r.fin >= debut && r.fin >= r.debut));
    if (la.length > 0) return [...siens, ...la];
  }
  return siens;
}

interface Joignable {
  nom: string;
  courriel: string;
  suppleantNom: string;
  suppleantCourriel: string;
  absentJusquau: string | null;
}
export const estAbsent = (r: Pick<Joignable, 'absentJusquau'>, jour: string): boolean => r.absentJusquau !== null && r.absentJusquau >= jour;
/** Where a referent is written to that day: themselves, or their substitute when they are away or have no address. Null when neither has one. */
export function adresseDe(r: Joignable, jour: string): { nom: string; courriel: string } | null {
  const titulaire = r.courriel ? { nom: r.nom, courriel: r.courriel } : null;
  const suppleant = r.suppleantCourriel ? { nom: r.suppleantNom || r.nom, courriel: r.suppleantCourriel } : null;
  return estAbsent(r, jour) ? (suppleant ?? titulaire) : (titulaire ?? suppleant);
}

/** « Aucun référent prostitution en fonction : 12e arrondissement, depuis le 3 mars 2026 ». */
export function direTrou(
  c: { etat: 'trou'; depuis: string; prochain: string | null } | { etat: 'jamais'; prochain: string | null },
  role: string,
  lieu: string,
  jour: (j: string) => string,
): string {
  const depuis = c.etat === 'trou' ? `personne depuis le ${jour(c.depuis)}` : 'personne n’y a encore été désigné';
  return `${role}, ${lieu} : ${depuis}${c.prochain ? `, quelqu’un y arrive le ${jour(c.prochain)}` : ''}.`;
}
