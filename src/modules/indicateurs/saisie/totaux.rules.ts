/**
 * From contributions to totals, for one measure and one year: over debtors, territories, periods and breakdowns. A secret part makes every
 * total above it secret; a missing one makes it « au moins »; nothing is retyped, and a total given by hand is only compared. Pure.
 */
import type { Catalogue } from '../../contrats/index.ts';
import {
  type Case,
  casesDe,
  cellulesDe,
  cleDeContribution,
  type CleDeVentilation,
  type Collectee,
  estDonnee,
  genreDe,
  partition,
  partsDe,
  periodesTotalisees,
  sAdditionne,
} from './grain.rules.ts';
import { garderSecrets } from './secrets.rules.ts';

export interface Contribution extends Case {
  periode: string;
  ventilation: CleDeVentilation;
  etat: 'valeur' | 'secret' | 'sans_objet';
  valeur: number | null;
  texte: string | null;
  valide: boolean;
  le: Date;
}
/** Whose word was taken, where several tell the same fact. */
export interface Choix extends Case {
  periode: string;
  le: Date;
}
export interface EcartDeTotal {
  /** `donne`: a total given by hand against the parts; `desaccord`: several debtors of one fact. */
  genre: 'donne' | 'desaccord';
  territoireId: string;
  periode: string;
  /** `donne`: what was given, then what the parts come to; `desaccord`: what each says. */
  valeurs: { debiteur: string | null; valeur: number }[];
}
export type Ensemble = 'valide' | 'recent';
export interface Total {
  ensemble: Ensemble;
  territoireId: string;
  periode: string;
  ventilation: CleDeVentilation;
  etat: 'valeur' | 'manquant' | 'secret' | 'sans_objet';
  valeur: number | null;
  texte: string | null;
  recues: number;
  attendues: number;
  partiel: boolean;
  provisoire: boolean;
  attend: boolean;
  details: { manquent?: Case[]; ecarts?: EcartDeTotal[] };
}
type Compte = Pick<Total, 'etat' | 'valeur' | 'recues' | 'attendues' | 'partiel' | 'provisoire'>;
interface Part extends Compte {
  touche: boolean;
  textes: { ou: Case; texte: string }[];
  manquent: readonly Case[];
  ecarts: readonly EcartDeTotal[];
}
const VIDE: Part = {
  etat: 'manquant',
  valeur: null,
  recues: 0,
  attendues: 0,
  partiel: false,
  provisoire: false,
  touche: false,
  textes: [],
  manquent: [],
  ecarts: [],
};
const absente = (x: Case): Part => ({ ...VIDE, attendues: 1, manquent: [x] });
const lue = (c: Contribution): Part => ({
  ...VIDE,
  etat: c.etat,
  valeur: c.valeur,
  recues: 1,
  attendues: 1,
  provisoire: !c.valide,
  touche: true,
  textes: c.texte ? [{ ou: { debiteur: c.debiteur, territoireId: c.territoireId }, texte: c.texte }] : [],
});

const reunir = (parts: readonly Part[]): Part => ({
  ...VIDE,
  recues: parts.reduce((n, p) => n + p.recues, 0),
  attendues: parts.reduce((n, p) => n + p.attendues, 0),
  provisoire: parts.some((p) => p.provisoire),
  touche: parts.some((p) => p.touche),
  textes: parts.flatMap((p) => p.textes),
  manquent: parts.flatMap((p) => p.manquent),
  ecarts: parts.flatMap((p) => p.ecarts),
});
/** Secret first: no other part may be deduced from it. Then what is known; what is missing makes it « at least ». */
function additionnerParts(parts: readonly Part[]): Part {
  const tout = reunir(parts);
  if (parts.length === 0) return tout;
  const utiles = parts.filter((p) => p.etat !== 'sans_objet');
  if (utiles.length === 0) return { ...tout, etat: 'sans_objet' };
  if (utiles.some((p) => p.etat === 'secret')) return { ...tout, etat: 'secret' };
  const connues = utiles.filter((p) => p.etat === 'valeur');
  if (connues.length === 0) return tout;
  const valeurs = connues.flatMap((p) => p.valeur ?? []);
  return {
    ...tout,
    etat: 'valeur',
    valeur: valeurs.length > 0 ? valeurs.reduce((a, b) => a + b, 0) : null,
    partiel: connues.length < utiles.length || utiles.some((p) => p.partiel),
  };
}
/** Texts, documents, shares and delays: alone it speaks; several stand side by side and make no number. */
function juxtaposer(parts: readonly Part[], nombre: boolean): Part {
  const tout = reunir(parts);
  const touchees = parts.filter((p) => p.touche);
  if (touchees.length === 0) return tout;
  if (touchees.every((p) => p.etat === 'sans_objet')) return { ...tout, etat: 'sans_objet' };
  if (!nombre) return touchees.some((p) => p.etat === 'valeur') ? { ...tout, etat: 'valeur' } : { ...tout, etat: 'secret' };
  if (parts.length === 1 && touchees[0]) return touchees[0];
  return { ...tout, etat: touchees.some((p) => p.etat === 'secret') ? 'secret' : 'sans_objet' };
}
/** A total given by hand beside its parts: what the parts come to counts as soon as they are all there. */
function arbitrer(calcul: Part, donne: Part | null, ou: { territoireId: string; periode: string }): Part {
  if (!donne?.touche) return calcul;
  if (!calcul.touche) return donne;
  const commun = { provisoire: calcul.provisoire || donne.provisoire, ecarts: [...donne.ecarts, ...calcul.ecarts] };
  if (donne.etat === 'secret' || calcul.etat === 'secret') return { ...calcul, ...commun, etat: 'secret', valeur: null };
  if (donne.etat !== 'valeur' || donne.valeur === null) return { ...calcul, ...commun };
  const complete = calcul.etat === 'valeur' && !calcul.partiel;
  if (!complete && donne.valeur >= (calcul.valeur ?? 0)) return { ...donne, ...commun };
  if (calcul.valeur === null || donne.valeur === calcul.valeur) return { ...calcul, ...commun };
  const ecart: EcartDeTotal = {
    genre: 'donne',
    ...ou,
    valeurs: [
      { debiteur: null, valeur: donne.valeur },
      { debiteur: null, valeur: calcul.valeur },
    ],
  };
  return { ...calcul, ...commun, ecarts: [...commun.ecarts, ecart] };
}

type Lieux = Parameters<typeof casesDe>[1] & Pick<Catalogue, 'contient'>;
const TOUS = '*';
function compiler(m: Collectee, c: Lieux, contributions: readonly Contribution[], choix: readonly Choix[]) {
  const cases = casesDe(m, c);
  const parties = partition(m);
  const additive = sAdditionne(m);
  const memeFait = m.grain.debiteurs === 'meme-fait' && genreDe(m) === 'nombre';
  const lus = new Map<string, Map<CleDeVentilation, Contribution>>();
  const touchees = new Set<string>();
  for (const x of contributions) {
    const k = `${x.debiteur}|${x.territoireId}|${x.periode}`;
    lus.set(k, (lus.get(k) ?? new Map()).set(x.ventilation, x));
    touchees.add(k);
  }
  const debiteurs = [...new Set(cases.map((x) => x.debiteur))];
  /** Given by somebody of whom it is not expected: from before the measure said so. */
  const autres = [...new Set(contributions.map((x) => x.debiteur))].filter((d) => !debiteurs.includes(d));

  const cellule = (x: Case, p: string, v: CleDeVentilation): Part => {
    const lu = lus.get(`${x.debiteur}|${x.territoireId}|${p}`)?.get(v);
    return lu ? lue(lu) : absente(x);
  };
  /** What one debtor gives for one place and period: by parts, whole, or both. */
  const donnee = (x: Case, p: string, v: CleDeVentilation): Part => {
    if (!touchees.has(`${x.debiteur}|${x.territoireId}|${p}`)) return absente(x);
    const entiere = cellule(x, p, v);
    if (v !== '' || parties.length === 0) return entiere;
    const somme = (additive ? additionnerParts : (ps: Part[]) => juxtaposer(ps, true))(parties.map((y) => cellule(x, p, y.cle)));
    const fini = somme.touche && somme.recues === somme.attendues;
    return arbitrer({ ...somme, recues: fini ? 1 : 0, attendues: 1, manquent: fini ? [] : [x] }, entiere, { territoireId: x.territoireId, periode: p });
  };
  /** Several debtors of one fact: equal values agree; others wait for somebody to settle. */
  const fait = (t: string, p: string, v: CleDeVentilation): Part => {
    const lues = debiteurs
      .filter((d) => cases.some((x) => x.debiteur === d && (x.territoireId === t || t === c.racine.id)))
      .map((d) => donnee({ debiteur: d, territoireId: t }, p, v));
    const tout = reunir(lues);
    const dits = lues.flatMap((x, i) => (x.touche && x.etat !== 'sans_objet' && x.etat !== 'manquant' ? [{ x, debiteur: debiteurs[i] ?? '' }] : []));
    if (dits.some(({ x }) => x.etat === 'secret')) return { ...tout, etat: 'secret' };
    const premier = dits[0];
    if (!premier) return tout.touche ? { ...tout, etat: lues.some((x) => x.etat === 'manquant' && x.touche) ? 'manquant' : 'sans_objet' } : tout;
    const entiers = dits.filter(({ x }) => !x.partiel);
    const retenus = entiers.length > 0 ? entiers : dits;
    const commun = { ...tout, etat: 'valeur' as const, partiel: entiers.length === 0 };
    if (retenus.every(({ x }) => x.valeur === retenus[0]?.x.valeur)) return { ...commun, valeur: retenus[0]?.x.valeur ?? null };
    const derniere = Math.max(...contributions.filter((y) => y.territoireId === t && y.periode === p).map((y) => y.le.getTime()));
    const choisi = choix
      .filter((y) => y.territoireId === t && y.periode === p && y.le.getTime() >= derniere)
      .sort((a, b) => b.le.getTime() - a.le.getTime())[0];
    const tranche = choisi && dits.find((y) => y.debiteur === choisi.debiteur);
    if (tranche) return { ...commun, valeur: tranche.x.valeur, partiel: tranche.x.partiel };
    const ecart: EcartDeTotal = {
      genre: 'desaccord',
      territoireId: t,
      periode: p,
      valeurs: retenus.map(({ x, debiteur }) => ({ debiteur, valeur: x.valeur ?? 0 })),
    };
    return { ...tout, etat: 'manquant', ecarts: [...tout.ecarts, ecart] };
  };
  const feuille = (x: Case, p: string, v: CleDeVentilation): Part => (x.debiteur === TOUS ? fait(x.territoireId, p, v) : donnee(x, p, v));

  const memo = new Map<string, Part>();
  const surLaPeriode = (x: Case, p: string, v: CleDeVentilation): Part => {
    const k = `${x.debiteur}|${x.territoireId}|${p}|${v}`;
    const garde = memo.get(k);
    if (garde) return garde;
    const directe = feuille(x, p, v);
    const parts = partsDe(m, p)
      .map((ps) => ps.map((q) => surLaPeriode(x, q, v)))
      .find((lues) => lues.some((l) => l.touche));
    const total = parts ? arbitrer(additionnerParts(parts), directe, { territoireId: x.territoireId, periode: p }) : directe;
    memo.set(k, total);
    return total;
  };
  const porteurs: Case[] = memeFait ? [...new Set(cases.map((x) => x.territoireId))].map((territoireId) => ({ debiteur: TOUS, territoireId })) : [...cases];
  const noms = [...new Set(porteurs.map((x) => x.debiteur))];
  const unir = (parts: readonly Part[]) => (additive ? additionnerParts(parts) : juxtaposer(parts, genreDe(m) === 'nombre'));

  const auTerritoire = (t: string, p: string, v: CleDeVentilation): Part => {
    const parDebiteur = noms.flatMap((d) => {
      const ici = porteurs.filter((x) => x.debiteur === d && c.contient(t, x.territoireId));
      if (ici.length === 0) return [];
      const somme = unir(ici.map((x) => surLaPeriode(x, p, v)));
      return ici.some((x) => x.territoireId === t)
        ? [somme]
        : [arbitrer(somme, surLaPeriode({ debiteur: d, territoireId: t }, p, v), { territoireId: t, periode: p })];
    });
    const total = parDebiteur.length === 1 && parDebiteur[0] ? parDebiteur[0] : unir(parDebiteur);
    return autres.reduce((a, d) => arbitrer(a, surLaPeriode({ debiteur: d, territoireId: t }, p, v), { territoireId: t, periode: p }), total);
  };
  return auTerritoire;
}

const uniques = (cases: readonly Case[]): Case[] => [...new Map(cases.map((x) => [`${x.debiteur}|${x.territoireId}`, x])).values()];
function ecrire(p: Part, k: Pick<Total, 'ensemble' | 'territoireId' | 'periode' | 'ventilation'>, nommer: (x: Case) => string): Total {
  const manquent = uniques(p.manquent).filter((x) => x.debiteur !== TOUS);
  return {
    ...k,
    etat: p.etat,
    valeur: p.etat === 'valeur' ? p.valeur : null,
    texte:
      p.etat !== 'valeur' || p.textes.length === 0
        ? null
        : p.textes.length === 1
          ? (p.textes[0]?.texte ?? null)
          : p.textes.map((x) => `${nommer(x.ou)} : ${x.texte}`).join('\n\n'),
    recues: p.recues,
    attendues: p.attendues,
    partiel: p.etat === 'valeur' && p.partiel,
    provisoire: p.provisoire,
    attend: false,
    details: { ...(manquent.length > 0 ? { manquent } : {}), ...(p.etat !== 'secret' && p.ecarts.length > 0 ? { ecarts: [...p.ecarts] } : {}) },
  };
}

export interface ContributionsDUnAn {
  annee: string;
  /** In force. */
  recentes: readonly Contribution[];
  /** Last validated of each. */
  validees: readonly Contribution[];
  choix: readonly Choix[];
}

/** Every total of a measure and a year that some contribution touches, in both sets. */
export function totaliser(m: Collectee, c: Lieux & Pick<Catalogue, 'nomActeurA'>, lues: ContributionsDUnAn): Total[] {
  const [recentes = [], validees = []] = [lues.recentes, lues.validees].map((l) => l.filter((k) => estDonnee(m, k)));
  // What is secret now is secret everywhere at once, validated or not.
  const secretes = new Map(recentes.filter((r) => r.etat === 'secret').map((r) => [cleDeContribution(r), r]));
  const publiques = [...validees.filter((v) => !secretes.has(cleDeContribution(v))), ...[...secretes.values()].map((s) => ({ ...s, valide: true }))];
  const gardien = garderSecrets(m, c, [...secretes.values()]);
  const taire = (l: readonly Contribution[]) =>
    l.map((k): Contribution => (k.etat === 'valeur' && gardien.estDansUnSecret(k) ? { ...k, etat: 'secret', valeur: null, texte: null } : k));
  const nommer = (k: Case) => c.nomActeurA(k.debiteur, k.territoireId);
  const [recent, valide] = [recentes, publiques].map((l) => compiler(m, c, taire(l), lues.choix));
  if (!recent || !valide) return [];
  const lieux = [...new Set(recentes.map((r) => r.territoireId).flatMap((t) => c.ascendants(t).map((a) => a.id)))];
  const totaux: Total[] = [];
  for (const periode of periodesTotalisees(m, lues.annee))
    for (const territoireId of lieux)
      for (const { cle: ventilation } of cellulesDe(m)) {
        const r = recent(territoireId, periode, ventilation);
        if (!r.touche) continue;
        const k = { territoireId, periode, ventilation };
        const a = ecrire(r, { ensemble: 'recent', ...k }, nommer);
        const b = ecrire(valide(territoireId, periode, ventilation), { ensemble: 'valide', ...k }, nommer);
        const dit = (t: Total) => JSON.stringify([t.etat, t.valeur, t.texte, t.recues, t.details.ecarts]);
        totaux.push(a, { ...b, attend: dit(a) !== dit(b) });
      }
  return totaux;
}
