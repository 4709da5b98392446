/** Who is the referent where and when, and where nobody is. Pure. */
export interface Terme {
  role: string;
  territoireId: string;
  debut: string;
  fin: string | null;
  /** The day on which the account of who holds it was closed. */
  fermeLe?: string | null;
  /** Address of their substitute, and the day on which its account was closed. */
  suppleantCourriel?: string;
  suppleantFermeLe?: string | null;
}
/** The last day of a term, or the day on which its holder left when it comes first (`termeSql` says the same). */
export const termeDe = (r: Pick<Terme, 'fin' | 'fermeLe'>): string | null => {
  const jours = [r.fin, r.fermeLe ?? null].filter((j) => j !== null).sort();
  return jours[0] ?? null;
};
/** The last day on which somebody is reached there: who left is followed by their substitute until the end of the term. */
const servieJusquau = (r: Terme): string | null => (r.suppleantCourriel && !r.suppleantFermeLe ? r.fin : termeDe(r));
export const enFonction = (r: Terme, jour: string): boolean => r.debut <= jour && (r.fin === null || r.fin >= jour);

/** What follows a last day: somebody who takes over without a day between, somebody who comes later (`prochain`: nobody before), or nobody who is known. */
export type Suite = { relais: true } | { relais: false; prochain: string | null };
/** `autres`: who else is named for that role there. */
export function suiteDe(fin: string | null, autres: readonly Terme[], lendemain: (jour: string) => string): Suite | null {
  if (fin === null) return null;
  const apres = autres.filter((r) => (servieJusquau(r) ?? '9999') > fin);
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
  /** `depuis`: the day after the last one ended. `partis`: whose term runs, and who left. */
  | { etat: 'trou'; depuis: string; prochain: string | null; partis?: R[] }
  | { etat: 'jamais'; prochain: string | null };

const finDe = (la: readonly Terme[]): string | null => {
  const fins = la.map(servieJusquau);
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
  const sert = (r: R): boolean => enFonction({ ...r, fin: servieJusquau(r) }, q.jour);
  const la = siens.filter(sert);
  if (la.length > 0) return { etat: 'couvert', referents: la, finit: finDe(la), suite: suiteDe(finDe(la), siens, lendemain) };
  const enPartie = du(q.parts ?? []).filter(sert);
  if (enPartie.length > 0) return { etat: 'partiel', referents: enPartie, finit: finDe(enPartie), suite: null };
  const prochain =
    siens
      .map((r) => r.debut)
      .filter((d) => d > q.jour)
      .sort()[0] ?? null;
  const dernier = siens
    .map(servieJusquau)
    .filter((fin) => fin !== null && fin < q.jour)
    .sort()
    .at(-1);
  const partis = siens.filter((r) => enFonction(r, q.jour));
  return dernier ? { etat: 'trou', depuis: lendemain(dernier), prochain, ...(partis.length > 0 ? { partis } : {}) } : { etat: 'jamais', prochain };
}

/**
 * Who sits for a place, day after day from that one: those named in it or in a part of it (`dedans`); on the days that none of them covers, those of the
 * nearest place that holds it (`autour`, the nearest first). Each as often as there are runs of days on which they do, with the first and the last of the run.
 */
export function assis<R extends Terme & { id: string }>(
  dedans: readonly R[],
  autour: readonly (readonly R[])[],
  du: string,
  decaler: (jour: string, n: number) => string,
): R[] {
  const lieux = [dedans, ...autour];
  // Between two of these days nobody comes nor leaves.
  const jours = [...new Set([du, ...lieux.flat().flatMap((r) => [r.debut, ...(r.fin === null ? [] : [decaler(r.fin, 1)])])])].filter((j) => j >= du).sort();
  const sieges: R[] = [];
  const derniers = new Map<string, number>();
  for (const [i, jour] of jours.entries()) {
    const suivant = jours[i + 1];
    const fin = suivant === undefined ? null : decaler(suivant, -1);
    const la = lieux.map((ici) => ici.filter((r) => enFonction(r, jour))).find((ici) => ici.length > 0) ?? [];
    for (const r of la) {
      const n = derniers.get(r.id) ?? -1;
      const dernier = sieges[n];
      if (dernier?.fin === decaler(jour, -1)) sieges[n] = { ...dernier, fin };
      else derniers.set(r.id, sieges.push({ ...r, debut: jour, fin }) - 1);
    }
  }
  return sieges;
}

interface Joignable {
  nom: string;
  courriel: string;
  suppleantNom: string;
  suppleantCourriel: string;
  absentJusquau: string | null;
  /** The account of that address is closed since that day. */
  fermeLe: string | null;
  suppleantFermeLe: string | null;
}
export const estAbsent = (r: Pick<Joignable, 'absentJusquau'>, jour: string): boolean => r.absentJusquau !== null && r.absentJusquau >= jour;
/** Where a referent is written to that day: themselves, or their substitute when they are away or have no address; that of a closed account is none. Null when neither has one. */
export function adresseDe(r: Joignable, jour: string): { nom: string; courriel: string } | null {
  const titulaire = r.courriel && !r.fermeLe ? { nom: r.nom, courriel: r.courriel } : null;
  const suppleant = r.suppleantCourriel && !r.suppleantFermeLe ? { nom: r.suppleantNom || r.nom, courriel: r.suppleantCourriel } : null;
  return estAbsent(r, jour) ? (suppleant ?? titulaire) : (titulaire ?? suppleant);
}

/** What an address that nobody reads any more is followed by. */
export const direFerme = (le: string | null, jour: (j: string) => string): string =>
  le === null ? '' : ` (compte fermé le ${jour(le)} : rien n’y est plus envoyé)`;

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
