/** What a collected measure is made of: who owes it, where, for which periods, by which breakdowns. Everything else is refused. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { enumerer, formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { decoupages, lirePeriode, moisDe, periode } from '../periode.rules.ts';

export type Collectee = Pick<Mesure, 'id' | 'nature' | 'unite' | 'obtention' | 'periodicite' | 'aupres' | 'grain'>;
type Lieux = Pick<Catalogue, 'acteurs' | 'territoires' | 'racine' | 'territoiresDeType' | 'ascendants'>;

/** One debtor, in one place: what gives one contribution for each period. */
export interface Case {
  debiteur: string;
  territoireId: string;
}
/** `sexe=f&lieu=nord`; empty: the whole, given as such. */
export type CleDeVentilation = string;
export interface Cellule {
  cle: CleDeVentilation;
  valeurs: Record<string, string>;
  libelle: string;
}

/** What stands on the page: a number, the words themselves, or a document (a map, a study, a survey) with a sentence. */
export const genreDe = (m: Pick<Collectee, 'nature' | 'obtention'>): 'nombre' | 'texte' | 'document' =>
  m.nature === 'document' || m.nature === 'enquete' ? 'document' : m.obtention === 'narratif' || m.nature === 'bilan qualitatif' ? 'texte' : 'nombre';
/** A number alone, where a document or a text is asked, is what was typed before the measure said so: nothing was given. */
export const estDonnee = (m: Pick<Collectee, 'nature' | 'obtention'>, v: { etat: string; texte: string | null }): boolean =>
  v.etat !== 'valeur' || v.texte !== null || genreDe(m) === 'nombre';
/** Counts and amounts add up; shares, delays and changes do not. */
export const sAdditionne = (m: Pick<Collectee, 'nature' | 'obtention'>): boolean => m.nature === 'compte' || m.nature === 'montant';

const enVie = (c: Lieux, type: string): string[] => c.territoiresDeType(type).flatMap((t) => (t.jusqu_a ? [] : [t.id]));

const gardees = new WeakMap<Collectee, readonly Case[]>();
/** Debtors x territories. An acteur of which there is one in each place owes for its own place. */
export function casesDe(m: Collectee, c: Lieux): readonly Case[] {
  const garde = gardees.get(m);
  if (garde) return garde;
  const cases = m.aupres.flatMap((debiteur) => {
    const type = m.grain.territoires ?? c.acteurs.get(debiteur)?.local?.echelle;
    const lieux = type ? enVie(c, type) : [];
    return (lieux.length > 0 ? lieux : [c.racine.id]).map((territoireId) => ({ debiteur, territoireId }));
  });
  gardees.set(m, cases);
  return cases;
}

/** Where this debtor may give it: its places, and the whole contract as a total given as such when it is of no place itself. */
export function territoiresDe(m: Collectee, c: Lieux, debiteur: string): string[] {
  const siens = casesDe(m, c).flatMap((x) => (x.debiteur === debiteur ? [x.territoireId] : []));
  const total = siens.length > 0 && !siens.includes(c.racine.id) && !c.acteurs.get(debiteur)?.local;
  return total ? [c.racine.id, ...siens] : siens;
}

const enPlace = new WeakMap<object, Map<string, string[]>>();
/** By « parent|territoire »: acteurs of a place that stand for the one above them. */
function tenantLieu(acteurs: Lieux['acteurs']): Map<string, string[]> {
  const garde = enPlace.get(acteurs);
  if (garde) return garde;
  const index = new Map<string, string[]>();
  for (const a of acteurs.values())
    if (a.parent && a.territoire) index.set(`${a.parent}|${a.territoire}`, [...(index.get(`${a.parent}|${a.territoire}`) ?? []), a.id]);
  enPlace.set(acteurs, index);
  return index;
}
/** Acteurs who answer for this debtor there: itself, and the one of that place that stands for it. */
export const repondants = (c: Pick<Lieux, 'acteurs'>, x: Case): string[] => [
  x.debiteur,
  ...(tenantLieu(c.acteurs).get(`${x.debiteur}|${x.territoireId}`) ?? []),
];
/** Who is asked: the acteur of the place when the directory has one. */
export const demandeA = (c: Pick<Lieux, 'acteurs'>, x: Case): string => repondants(c, x)[1] ?? x.debiteur;

const RYTHMES: Readonly<Record<string, (annee: string) => readonly string[]>> = {
  annuel: (a) => [a],
  semestriel: (a) => decoupages(a)[0] ?? [],
  trimestriel: (a) => decoupages(a)[1] ?? [],
  mensuel: (a) => moisDe(Number(a)),
};
/** Periods of a year for which it is given. */
export const periodesSaisies = (m: Pick<Collectee, 'periodicite'>, annee: string): string[] => m.periodicite.flatMap((r) => RYTHMES[r]?.(annee) ?? []);

const TOUTES = (annee: string): string[] => [annee, ...decoupages(annee).flat()];
/** Shorter periods that it adds up from, the longest first; each is given or added up itself. */
export function partsDe(m: Collectee, p: string): string[][] {
  const saisies = new Set(periodesSaisies(m, p.slice(0, 4)));
  const tient = (q: string): boolean => saisies.has(q) || decoupages(q).some((parts) => parts.every(tient));
  return sAdditionne(m) ? decoupages(p).filter((parts) => parts.every(tient)) : [];
}
/** Periods of a year that have a total. */
export const periodesTotalisees = (m: Collectee, annee: string): string[] => {
  const saisies = new Set(periodesSaisies(m, annee));
  return TOUTES(annee).filter((p) => saisies.has(p) || partsDe(m, p).length > 0);
};

/** Those of the contract that have begun, the latest first. */
export function periodesOuvertes(m: Pick<Collectee, 'periodicite'>, contrat: Catalogue['contrat'], aujourdhui: string): string[] {
  const [premiere, derniere] = [Number(contrat.debut.slice(0, 4)), Number(contrat.fin.slice(0, 4))];
  return Array.from({ length: derniere - premiere + 1 }, (_, i) => String(derniere - i))
    .flatMap((a) => periodesSaisies(m, a))
    .filter((p) => periode(p).debut <= aujourdhui)
    .sort((a, b) => periode(b).fin.localeCompare(periode(a).fin) || a.length - b.length);
}

/** The form of what a page shows: the same period and place where the measure has them, what is inside otherwise. */
export function cheminDeSaisie(m: Collectee, c: Lieux, o: { periode: string; territoireId?: string }): string {
  const saisies = periodesSaisies(m, o.periode.slice(0, 4));
  const la = m.aupres.some((d) => territoiresDe(m, c, d).includes(o.territoireId ?? ''));
  const q = new URLSearchParams({
    periode: saisies.includes(o.periode) ? o.periode : (saisies[0] ?? o.periode),
    ...(la ? { territoire: o.territoireId ?? '' } : {}),
  });
  return `/chiffres/${m.id}/saisir?${q}`;
}

export const cleDe = (valeurs: Readonly<Record<string, string>>): CleDeVentilation =>
  Object.keys(valeurs)
    .sort()
    .map((k) => `${k}=${valeurs[k]}`)
    .join('&');
export const lireCle = (cle: CleDeVentilation): Record<string, string> =>
  Object.fromEntries(cle === '' ? [] : cle.split('&').map((x) => [x.slice(0, x.indexOf('=')), x.slice(x.indexOf('=') + 1)]));

type Ventilee = Pick<Collectee, 'grain'>;
/** Combinations that make up the total: one of each breakdown. Without breakdown, none. */
export function partition(m: Ventilee): Cellule[] {
  const axes = m.grain.ventilations.filter((v) => !v.dont);
  if (axes.length === 0) return [];
  return axes
    .reduce<{ valeurs: Record<string, string>; mots: string[] }[]>(
      (faits, axe) => faits.flatMap((f) => axe.valeurs.map((v) => ({ valeurs: { ...f.valeurs, [axe.code]: v.code }, mots: [...f.mots, v.libelle] }))),
      [{ valeurs: {}, mots: [] }],
    )
    .map(({ valeurs, mots }) => ({ cle: cleDe(valeurs), valeurs, libelle: mots.join(', ') }));
}
/** Some of the total only, never added up to it. */
export const donts = (m: Ventilee): Cellule[] =>
  m.grain.ventilations.flatMap((a) =>
    a.dont ? a.valeurs.map((v) => ({ cle: cleDe({ [a.code]: v.code }), valeurs: { [a.code]: v.code }, libelle: `dont ${v.libelle}` })) : [],
  );
const TOTAL: Cellule = { cle: '', valeurs: {}, libelle: 'Total' };
/** Everything that may be given for one debtor, place and period. */
export const cellulesDe = (m: Ventilee): Cellule[] => [...partition(m), TOTAL, ...donts(m)];
export const libelleDeCle = (m: Ventilee, cle: CleDeVentilation): string => cellulesDe(m).find((x) => x.cle === cle)?.libelle ?? cle;

export interface CleDeContribution extends Case {
  periode: string;
  ventilation: CleDeVentilation;
}
export const cleDeContribution = (x: CleDeContribution): string => `${x.debiteur}|${x.territoireId}|${x.periode}|${x.ventilation}`;
const DIRE_RYTHME: Readonly<Record<string, string>> = {
  annuel: 'chaque année',
  semestriel: 'chaque semestre',
  trimestriel: 'chaque trimestre',
  mensuel: 'chaque mois',
};

/** Why the measure has no such contribution; empty when it has. */
export function refusDuGrain(m: Collectee, c: Lieux & Pick<Catalogue, 'contrat' | 'nomActeur'>, k: CleDeContribution, aujourdhui: string): ErreurDeChamp[] {
  const erreurs: ErreurDeChamp[] = [];
  const dire = (champ: string, message: string) => erreurs.push({ champ, message });
  if (!m.aupres.includes(k.debiteur))
    dire('debiteur', `Ce chiffre est attendu ${enumerer(m.aupres.map((x) => `de ${c.nomActeur(x)}`))} : choisissez l’un d’eux.`);
  else if (!territoiresDe(m, c, k.debiteur).includes(k.territoireId)) {
    const type = m.grain.territoires ?? c.acteurs.get(k.debiteur)?.local?.echelle;
    dire(
      'territoire',
      type
        ? `Ce chiffre est donné pour chaque ${type} : choisissez l’un de ceux de la liste.`
        : `Ce chiffre est donné pour l’ensemble (${c.racine.nom}), pas pour une partie : choisissez ${c.racine.nom}.`,
    );
  }
  const lue = lirePeriode(k.periode);
  const [premiere, derniere] = [c.contrat.debut.slice(0, 4), c.contrat.fin.slice(0, 4)];
  if (!lue || k.periode < premiere || k.periode.slice(0, 4) > derniere) dire('periode', `Choisissez une période de ${premiere} à ${derniere}.`);
  else if (!periodesSaisies(m, k.periode.slice(0, 4)).includes(k.periode))
    dire('periode', `Ce chiffre est donné ${enumerer(m.periodicite.map((r) => DIRE_RYTHME[r] ?? r))} : choisissez une période de la liste.`);
  else if (lue.debut > aujourdhui) dire('periode', `${formatPeriode(k.periode)} n’a pas commencé : choisissez une période de la liste.`);
  if (!cellulesDe(m).some((x) => x.cle === k.ventilation)) dire('ventilation', 'Ce chiffre n’a pas cette ventilation : remplissez les lignes de la grille.');
  return erreurs;
}
