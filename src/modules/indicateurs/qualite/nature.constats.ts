/** What a lot breaks by the nature of its measures: each number, its series, its total, its places, its zeros. Pure. */
import type { Mesure } from '../../contrats/index.ts';
import { donts, partition, sAdditionne } from '../saisie/grain.rules.ts';
import { arrondir, type Constat, depasse, dire, egaux } from './constat.ts';
import type { Monde, Somme } from './monde.rules.ts';
import { MOTS_DE_NATURE, type RegleDeNature, regleDeNatureEnfreinte } from './nature.rules.ts';
import { type CleDeCellule, cleDeCellule, type Proposee } from './qualite.types.ts';
import { autresPoints, mediane, mesurerAtypie, POINTS_MIN, RAPPORT, SEUIL, varieTrop, voisin } from './serie.rules.ts';
import { formatPeriode } from '../../../ui/typographie.ts';

type Chiffree = Proposee & { nombre: number };
type Trouve = Omit<Constat, 'regle' | 'gravite' | 'raison'>;
const deNature = (regle: RegleDeNature, k: Trouve): Constat => {
  const { raison, gravite } = MOTS_DE_NATURE[regle];
  return { regle, gravite, raison, ...k };
};
const celluleDe = ({ mesureId, debiteur, territoireId, periode, ventilation }: CleDeCellule): CleDeCellule => ({
  mesureId,
  debiteur,
  territoireId,
  periode,
  ventilation,
});

/** One number by itself and in its series. `tus`: zeros that another warning tells of together. */
export function constatsDeCellule(monde: Monde, x: Chiffree, tus: ReadonlySet<string>): Constat[] {
  const m = monde.catalogue.chiffre(x.mesureId);
  if (!m) return [];
  const cle = cleDeCellule(x);
  const k = { cellule: celluleDe(x), valeur: x.nombre, cite: [cle] };
  const enfreinte = regleDeNatureEnfreinte(m, x.nombre);
  if (enfreinte) return [deNature(enfreinte.regle, { ...k, reference: null, dit: `${dire(x.nombre)}, or ${enfreinte.dit}` })];
  const points = autresPoints(monde.serie(x), x.periode);
  const citees = points.map((p) => cleDeCellule({ ...x, periode: p.periode }));
  if (x.nombre === 0) {
    const milieu = mediane(points.map((p) => p.nombre));
    if (tus.has(cle) || points.length === 0 || milieu < RARE || points.some((p) => p.nombre === 0)) return [];
    const combien =
      points.length > 1 ? `les ${points.length} autres périodes connues ont ${dire(milieu)} au milieu` : `l’autre période connue a ${dire(milieu)}`;
    return [deNature('zero-inconnu', { ...k, reference: milieu, cite: [cle, ...citees], dit: `0, alors que ${combien} ; est-ce zéro, ou inconnu ?` })];
  }
  return [...constatsDeVariation(monde, m, x), ...constatsDAtypie(monde, m, x)];
}
/** Under this, a zero is nothing rare. */
const RARE = 5;

function constatsDeVariation(monde: Monde, m: Mesure, x: Chiffree): Constat[] {
  const du = monde.catalogue.regles.find((r) => r.type === 'variation' && r.mesures.includes(m.id));
  const rapport = du?.type === 'variation' ? du.rapport : RAPPORT;
  const cle = cleDeCellule(x);
  const autre = voisin(monde.serie(x), x.periode);
  // The only value ever given is the one it replaces.
  const remplacee = monde.avant(cle);
  const reference = autre?.nombre ?? remplacee;
  const sens = reference === null ? null : varieTrop(x.nombre, reference, rapport);
  if (reference === null || sens === null) return [];
  const fois = rapport === RAPPORT ? 'dix' : dire(rapport);
  const combien = sens === 'hausse' ? `au moins ${fois} fois` : rapport === RAPPORT ? 'au plus le dixième de' : `au moins ${fois} fois moins que`;
  const quand = autre ? formatPeriode(autre.periode) : 'celle qu’elle remplace';
  const k: Trouve = {
    cellule: celluleDe(x),
    valeur: x.nombre,
    reference,
    cite: [cle, ...(autre ? [cleDeCellule({ ...x, periode: autre.periode })] : [])],
    dit: `${dire(x.nombre)} est ${combien} la dernière valeur, ${dire(reference)} (${quand})`,
  };
  return [du ? { ...k, regle: du.id, gravite: du.gravite, raison: du.raison } : deNature('variation-forte', k)];
}

function constatsDAtypie(monde: Monde, m: Mesure, x: Chiffree): Constat[] {
  const du = monde.catalogue.regles.find((r) => r.type === 'atypique' && r.mesures.includes(m.id));
  const [seuil, minimum] = du?.type === 'atypique' ? [du.seuil, du.points] : [SEUIL, POINTS_MIN];
  const points = autresPoints(monde.serie(x), x.periode);
  const a = mesurerAtypie(
    x.nombre,
    points.map((p) => p.nombre),
    minimum,
  );
  if (!a || Math.abs(a.z) <= seuil) return [];
  const k: Trouve = {
    cellule: celluleDe(x),
    valeur: x.nombre,
    reference: a.mediane,
    cite: [x, ...points.map((p) => ({ ...x, periode: p.periode }))].map(cleDeCellule),
    dit: `${dire(x.nombre)} est loin de sa série, dont le milieu est ${dire(a.mediane)} (d’après ${a.points} périodes, écart de ${dire(Math.round(a.z * 10) / 10)})`,
  };
  return [du ? { ...k, regle: du.id, gravite: du.gravite, raison: du.raison } : deNature('valeur-atypique', k)];
}

/** Each debtor, place and period that the lot touches: « dont » and parts against the total, places against the whole. */
export function constatsDeGroupe(monde: Monde): Constat[] {
  const { catalogue: c } = monde;
  const vus = new Set<string>();
  const constats: Constat[] = [];
  for (const x of monde.proposees) {
    const m = c.chiffre(x.mesureId);
    if (!m || !sAdditionne(m)) continue;
    for (const territoireId of new Set([x.territoireId, c.racine.id])) {
      const ici = { ...celluleDe(x), territoireId, ventilation: '' };
      const cle = cleDeCellule(ici);
      if (vus.has(cle)) continue;
      vus.add(cle);
      constats.push(...constatsDesDonts(monde, m, ici), ...constatsDuTotal(monde, m, ici));
      if (territoireId === c.racine.id) constats.push(...constatsDesLieux(monde, m, ici));
    }
  }
  return constats;
}

function constatsDesDonts(monde: Monde, m: Mesure, ici: CleDeCellule): Constat[] {
  const total = monde.entier(m, ici);
  if (!total?.complet || total.cite.length === 0) return [];
  return donts(m).flatMap(({ cle: ventilation }) => {
    const n = monde.nombre(m, { ...ici, ventilation });
    if (n === null || !depasse(n, total.valeur)) return [];
    const cellule = { ...ici, ventilation };
    const dit = `${dire(n)} dépasse le total dont il fait partie, ${dire(total.valeur)}`;
    return [deNature('dont-au-plus-total', { cellule, dit, valeur: n, reference: total.valeur, cite: [cleDeCellule(cellule), ...total.cite] })];
  });
}

function constatsDuTotal(monde: Monde, m: Mesure, ici: CleDeCellule): Constat[] {
  if (partition(m).length === 0) return [];
  const donne = monde.nombre(m, { ...ici, ventilation: '' });
  const parts = monde.parParts(m, ici);
  if (donne === null || !parts || !contredit(donne, parts)) return [];
  return [deNature('total-des-parts', ecart(ici, donne, parts, parts.complet ? 'la somme de ses parts' : 'la somme des parts déjà connues'))];
}

function constatsDesLieux(monde: Monde, m: Mesure, ici: CleDeCellule): Constat[] {
  const donne = monde.entier(m, ici);
  const lieux = monde.parLieux(m, ici);
  if (!donne?.complet || donne.cite.length === 0 || !lieux) return [];
  const du = monde.catalogue.regles.find((r) => r.type === 'lieux' && r.mesures.includes(m.id));
  const toleree = du?.type === 'lieux' ? (du.tolerance / 100) * Math.abs(donne.valeur) : 0;
  if (!contredit(donne.valeur, lieux) || Math.abs(donne.valeur - lieux.valeur) <= toleree) return [];
  const k = ecart(ici, donne.valeur, lieux, lieux.complet ? 'la somme de ses territoires' : 'la somme des territoires déjà connus', donne.cite);
  return [du ? { ...k, regle: du.id, gravite: du.gravite, raison: du.raison } : deNature('somme-des-lieux', k)];
}

/** All there, they differ; some missing, they already pass it. */
const contredit = (donne: number, s: Somme): boolean => (s.complet ? !egaux(s.valeur, donne) : depasse(s.valeur, donne));
const ecart = (cellule: CleDeCellule, donne: number, s: Somme, quoi: string, cite: readonly string[] = [cleDeCellule(cellule)]): Trouve => ({
  cellule,
  valeur: donne,
  reference: arrondir(s.valeur),
  cite: [...cite, ...s.cite],
  dit: `le total donné, ${dire(donne)}, n’est pas ${quoi}, ${dire(s.valeur)}`,
});

/** So many numbers at once, none of which is anything, are rather unknown. */
const BEAUCOUP = 4;

/** Zeros given for everything at once: of one measure, or of all that one debtor gives for a period. */
export function constatsDeZeros(monde: Monde): { constats: Constat[]; tus: ReadonlySet<string> } {
  const tus = new Set<string>();
  const constats: Constat[] = [];
  const grouper = (cleDe: (x: Chiffree) => string) => {
    const groupes = new Map<string, Chiffree[]>();
    for (const x of monde.proposees) groupes.set(cleDe(x), [...(groupes.get(cleDe(x)) ?? []), x]);
    return groupes;
  };
  const habituels = new Set(monde.catalogue.regles.flatMap((r) => (r.type === 'zero-habituel' ? r.mesures : [])));
  for (const x of monde.proposees) if (habituels.has(x.mesureId)) tus.add(cleDeCellule(x));
  for (const [, groupe] of grouper((x) => `${x.debiteur}|${x.periode}`)) {
    const mesures = new Set(groupe.map((x) => x.mesureId));
    const paquets = mesures.size >= BEAUCOUP && groupe.every((x) => x.nombre === 0) ? [groupe] : [...grouperParMesure(groupe)];
    for (const paquet of paquets) {
      const [premiere] = paquet;
      // What was nothing last time too may well be nothing.
      const toujours = paquet.every((x) => tus.has(cleDeCellule(x)) || dejaZero(monde, x));
      if (!premiere || paquet.length < BEAUCOUP || paquet.some((x) => x.nombre !== 0) || toujours) continue;
      for (const x of paquet) tus.add(cleDeCellule(x));
      constats.push(
        deNature('tout-a-zero', {
          cellule: celluleDe(premiere),
          valeur: 0,
          reference: paquet.length,
          cite: paquet.map(cleDeCellule),
          dit: `${paquet.length} chiffres donnés d’un coup sont tous à 0 ; sont-ils nuls, ou inconnus ?`,
        }),
      );
    }
  }
  return { constats, tus };
}
const dejaZero = (monde: Monde, x: Chiffree): boolean => {
  const points = autresPoints(monde.serie(x), x.periode);
  return points.length > 0 && points.every((p) => p.nombre === 0);
};
function grouperParMesure(groupe: readonly Chiffree[]): Chiffree[][] {
  const parMesure = new Map<string, Chiffree[]>();
  for (const x of groupe) parMesure.set(x.mesureId, [...(parMesure.get(x.mesureId) ?? []), x]);
  return [...parMesure.values()];
}
