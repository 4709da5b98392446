/**
 * Figures of one source that hold one another: what one counts beside the other is a part like any other, had by subtracting them. Read from their filters
 * alone: a figure holds another when no record can be counted by the second and not by the first. Pure.
 */
import type { Atome, Formule } from '../calcul/atomes.rules.ts';
import { estSeuil, type Filtre } from '../calcul/calcul.schema.ts';
import type { Sources } from '../sources.ts';

/** What is left of an atom once others that it holds, and that share no record, are taken away. */
export interface Reste {
  contenant: Atome;
  parts: readonly Atome[];
}
/** An atom apart from those that share its key. */
export const cleAtome = (a: Pick<Atome, 'cle' | 'rang'>): string => (a.rang === null ? a.cle : `${a.cle}/${a.rang}`);

type Valeur = Filtre[string];
const enListe = (v: Valeur): readonly unknown[] => (Array.isArray(v) ? v : [v]);
function estDans(petit: Valeur, grand: Valeur): boolean {
  if (estSeuil(petit) || estSeuil(grand)) return estSeuil(petit) && estSeuil(grand) && petit.min >= grand.min;
  return enListe(petit).every((x) => enListe(grand).includes(x));
}
const seSeparent = (a: Valeur, b: Valeur): boolean => !estSeuil(a) && !estSeuil(b) && !enListe(a).some((x) => enListe(b).includes(x));
const filtreDans = (petit: Filtre, grand: Filtre): boolean => Object.entries(grand).every(([k, v]) => petit[k] !== undefined && estDans(petit[k], v));
const filtresSepares = (a: Filtre, b: Filtre): boolean => Object.entries(a).some(([k, v]) => b[k] !== undefined && seSeparent(v, b[k]));

const memeCompte = (a: Atome, b: Atome): boolean => a.source === b.source && a.mode === b.mode && a.colonne === b.colonne;
/** No record of `petit` is out of `grand`. */
const contient = (grand: Atome, petit: Atome): boolean =>
  memeCompte(grand, petit) &&
  petit.ou.every((p) => grand.ou.some((g) => filtreDans(p, g))) &&
  grand.sauf.every((s) => petit.ou.every((p) => filtresSepares(p, s)) || petit.sauf.some((t) => filtreDans(s, t)));
const sontSepares = (a: Atome, b: Atome): boolean =>
  a.ou.every((p) => b.ou.every((q) => filtresSepares(p, q))) ||
  a.sauf.some((s) => b.ou.every((q) => filtreDans(q, s))) ||
  b.sauf.some((s) => a.ou.every((p) => filtreDans(p, s)));

/** Every way to take away atoms of which no two share a record, none of them left out by their order. */
function assemblages(atomes: readonly Atome[], pris: readonly Atome[] = []): Atome[][] {
  return atomes.flatMap((a, i) => {
    const avec = [...pris, a];
    return [
      avec,
      ...assemblages(
        atomes.slice(i + 1).filter((b) => avec.every((x) => sontSepares(x, b))),
        avec,
      ),
    ];
  });
}

const gardes = new WeakMap<object, ReadonlyMap<string, readonly Reste[]>>();
/** By atom that others hold: what would be left of them. Of the sources whose small numbers are hidden. */
export function restesDe(formules: ReadonlyMap<string, Formule>, sources: Sources): ReadonlyMap<string, readonly Reste[]> {
  const garde = gardes.get(formules);
  if (garde) return garde;
  const tait = (nom: string): boolean => {
    const d = sources.get(nom)?.diffusion;
    return d !== undefined && d !== 'immediate' && d.seuil > 0;
  };
  const atomes = [...formules.values()].flatMap((f) => f.atomes).filter((a) => tait(a.source));
  const restes = new Map<string, Reste[]>();
  for (const contenant of atomes) {
    const contenus = atomes.filter((a) => a !== contenant && contient(contenant, a) && !contient(a, contenant));
    for (const parts of assemblages(contenus)) for (const a of parts) restes.set(cleAtome(a), [...(restes.get(cleAtome(a)) ?? []), { contenant, parts }]);
  }
  gardes.set(formules, restes);
  return restes;
}
/** Dimensions that what an atom holds fixes: its parts by them would be told apart from what they hold. */
export const dimensionsFixees = (a: Atome, restes: ReadonlyMap<string, readonly Reste[]>): Set<string> =>
  new Set(
    [...restes.values()]
      .flat()
      .filter((r) => cleAtome(r.contenant) === cleAtome(a))
      .flatMap((r) =>
        r.parts.flatMap((p) => p.ou.flatMap((f) => Object.keys(f).filter((k) => !a.ou.every((g) => JSON.stringify(g[k]) === JSON.stringify(f[k]))))),
      ),
  );
