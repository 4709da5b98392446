/** What a lot breaks of the rules that the contract writes: bounds, and what measures owe each other. Pure. */
import { enumerer } from '../../../ui/typographie.ts';
import { mesuresDe, type Mesure, type RegleDuContrat } from '../../contrats/index.ts';
import { lirePeriode } from '../periode.rules.ts';
import { arrondir, type Constat, depasse, dire, egaux, nommer } from './constat.ts';
import type { Monde, Somme } from './monde.rules.ts';
import { cleDeCellule, lireCellule } from './qualite.types.ts';

type DuneMesure = Extract<RegleDuContrat, { type: 'bornes' | 'entier' }>;
type Relation = Extract<RegleDuContrat, { type: 'part' | 'au-plus' | 'egal' | 'suppose' }>;
interface Place {
  territoireId: string;
  periode: string;
}

export function constatsDuContrat(monde: Monde): Constat[] {
  const proposees = new Set(monde.proposees.map((x) => x.mesureId));
  return monde.catalogue.regles
    .filter((r) => mesuresDe(r).some((m) => proposees.has(m)))
    .flatMap((r) => (r.type === 'bornes' || r.type === 'entier' ? constatsDeBornes(monde, r) : estUneRelation(r) ? constatsDeRelation(monde, r) : []));
}
/** It compares measures; the others tell of one alone. */
export const estUneRelation = (r: RegleDuContrat): r is Relation => r.type === 'part' || r.type === 'au-plus' || r.type === 'egal' || r.type === 'suppose';

function constatsDeBornes(monde: Monde, r: DuneMesure): Constat[] {
  return monde.proposees.flatMap((x): Constat[] => {
    if (!r.mesures.includes(x.mesureId)) return [];
    const { etat: _, nombre: n, ...cellule } = x;
    const k = { regle: r.id, gravite: r.gravite, raison: r.raison, cellule, valeur: n, cite: [cleDeCellule(x)] };
    if (r.type === 'entier') return Number.isInteger(n) ? [] : [{ ...k, reference: null, dit: `${dire(n)} n’est pas un nombre entier` }];
    if (r.min !== undefined && n < r.min) return [{ ...k, reference: r.min, dit: `${dire(n)} est sous ${dire(r.min)}, le moins possible` }];
    return r.max !== undefined && n > r.max ? [{ ...k, reference: r.max, dit: `${dire(n)} dépasse ${dire(r.max)}, le plus possible` }] : [];
  });
}

/** The finest place and period where it is broken speaks for those that hold it. */
function constatsDeRelation(monde: Monde, r: Relation): Constat[] {
  const { catalogue: c } = monde;
  const mesures = mesuresDe(r).flatMap((id) => c.mesures.get(id) ?? []);
  const places = placesDe(monde, new Set(mesures.map((m) => m.id)));
  const dites: { place: Place; constats: Constat[] }[] = [];
  const dedans = (grand: Place, petit: Place): boolean => c.contient(grand.territoireId, petit.territoireId) && couvre(grand.periode, petit.periode);
  for (const place of places) {
    if (dites.some((d) => dedans(place, d.place))) continue;
    const constats = constatsIci(monde, r, place, mesures);
    if (constats.length > 0) dites.push({ place, constats });
  }
  return dites.flatMap((d) => d.constats);
}

/** Of each debtor that gives them all, then of everybody. */
function constatsIci(monde: Monde, r: Relation, place: Place, mesures: readonly Mesure[]): Constat[] {
  const communs = (mesures[0]?.aupres ?? []).filter((d) => mesures.every((m) => m.aupres.includes(d)));
  const siens = communs.flatMap((d) => comparer(monde, r, place, [d]) ?? []);
  return siens.length > 0 ? siens : [comparer(monde, r, place)].flatMap((k) => k ?? []);
}

function comparer(monde: Monde, r: Relation, place: Place, debiteurs?: readonly string[]): Constat | null {
  const [premiere, ...autres] = mesuresDe(r).flatMap((id) => monde.catalogue.mesures.get(id) ?? []);
  if (!premiere) return null;
  const a = monde.ensemble(premiere, place, debiteurs);
  const b = sommer(autres.map((m) => monde.ensemble(m, place, debiteurs)));
  // What is incomplete is at least that: it may be the smaller side, never the larger.
  if (!a || !b || a.cite.length === 0 || b.cite.length === 0) return null;
  const dit = contredire(r, a, b, autres);
  if (dit === null) return null;
  const cite = [...a.cite, ...b.cite];
  const debiteur = debiteurs?.[0] ?? lireCellule([...a.cite].sort()[0] ?? '').debiteur;
  return {
    regle: r.id,
    gravite: r.gravite,
    raison: r.raison,
    cellule: { mesureId: premiere.id, debiteur, ...place, ventilation: '' },
    dit,
    valeur: arrondir(a.valeur),
    reference: arrondir(b.valeur),
    cite,
  };
}

function contredire(r: Relation, a: Somme, b: Somme, autres: readonly Mesure[]): string | null {
  if (!b.complet && !(r.type === 'egal' && a.complet && depasse(b.valeur, a.valeur))) return null;
  const quoi = `${dire(b.valeur)} (${enumerer(autres.map(nommer))})`;
  switch (r.type) {
    case 'part':
      return depasse(a.valeur, b.valeur) ? `${dire(a.valeur)} dépasse ce dont c’est une partie, ${quoi}` : null;
    case 'au-plus':
      return depasse(a.valeur, b.valeur) ? `${dire(a.valeur)} dépasse ${quoi}` : null;
    case 'egal':
      return (a.complet ? !egaux(a.valeur, b.valeur) : depasse(a.valeur, b.valeur)) ? `${dire(a.valeur)} n’est pas ce qui est donné ailleurs, ${quoi}` : null;
    case 'suppose':
      return a.valeur !== 0 && b.valeur === 0 ? `${dire(a.valeur)}, alors que ce qui le permet est à ${quoi}` : null;
  }
}
const sommer = (sommes: readonly (Somme | null)[]): Somme | null =>
  sommes.some((s) => s === null)
    ? null
    : {
        valeur: sommes.reduce((n, s) => n + (s?.valeur ?? 0), 0),
        complet: sommes.every((s) => s?.complet === true),
        cite: sommes.flatMap((s) => s?.cite ?? []),
      };

/** Places and periods that the lot touches, and those that hold them, the finest first. */
function placesDe(monde: Monde, mesures: ReadonlySet<string>): Place[] {
  const { catalogue: c } = monde;
  const places = new Map<string, Place>();
  for (const x of monde.proposees) {
    if (!mesures.has(x.mesureId)) continue;
    for (const periode of quiCouvrent(x.periode))
      for (const territoireId of new Set([x.territoireId, c.racine.id])) places.set(`${territoireId}|${periode}`, { territoireId, periode });
  }
  const rang = (p: Place) => (p.territoireId === c.racine.id ? 100 : 0) + (lirePeriode(p.periode)?.mois ?? 0);
  return [...places].sort(([a, p], [b, q]) => rang(p) - rang(q) || (a < b ? -1 : 1)).map(([, p]) => p);
}
const couvre = (grande: string, petite: string): boolean => {
  const [g, p] = [lirePeriode(grande), lirePeriode(petite)];
  return g !== null && p !== null && g.debut <= p.debut && p.fin <= g.fin;
};
const quiCouvrent = (p: string): string[] => {
  const an = p.slice(0, 4);
  return [an, `${an}-S1`, `${an}-S2`, ...[1, 2, 3, 4].map((t) => `${an}-T${t}`), p].filter((q, i, tous) => couvre(q, p) && tous.indexOf(q) === i);
};
