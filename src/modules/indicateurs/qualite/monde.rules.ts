/** Contributions as rules read them: what is proposed over what is known, what is secret left out, and what parts come to. Pure. */
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { casesDe, genreDe, partition, partsDe, sAdditionne } from '../saisie/grain.rules.ts';
import { garderSecrets } from '../saisie/secrets.rules.ts';
import { cleDeCellule, type Proposee } from './qualite.types.ts';
import type { Point } from './serie.rules.ts';

/** What some contributions come to, and which. */
export interface Somme {
  valeur: number;
  /** Nothing is missing: it may be the larger side of a comparison. */
  complet: boolean;
  cite: readonly string[];
}
interface Lieu {
  territoireId: string;
  periode: string;
}
interface DUnDebiteur extends Lieu {
  debiteur: string;
}
export interface Monde {
  catalogue: Catalogue;
  /** Proposed numbers, each cell once, in the order of their keys. */
  proposees: readonly (Proposee & { nombre: number })[];
  estProposee(cle: string): boolean;
  nombre(m: Mesure, x: DUnDebiteur & { ventilation: string }): number | null;
  serie(x: Omit<Proposee, 'periode' | 'etat' | 'nombre'>): readonly Point[];
  /** What was in force before, when it is replaced by something else. */
  avant(cle: string): number | null;
  /** The whole of one debtor there: given as such, else by its parts, else by shorter periods. Cites nothing when it is without object. */
  entier(m: Mesure, x: DUnDebiteur): Somme | null;
  /** Sum of the parts alone; null without breakdown or part. */
  parParts(m: Mesure, x: DUnDebiteur): Somme | null;
  /** Sum of the places of a debtor alone; null when it gives none by place. */
  parLieux(m: Mesure, x: Omit<DUnDebiteur, 'territoireId'>): Somme | null;
  /** Of all debtors, or of these; null when nothing is known, or when they tell one fact differently. */
  ensemble(m: Mesure, x: Lieu, debiteurs?: readonly string[]): Somme | null;
}

export function buildMonde(catalogue: Catalogue, lot: readonly Proposee[], connues: readonly Proposee[]): Monde {
  const propose = new Map(lot.map((x) => [cleDeCellule(x), muette(x)]));
  const connu = new Map(connues.map((x) => [cleDeCellule(x), muette(x)]));
  const tous = new Map([...connu, ...propose]);
  const secretes = [...tous.values()].filter((x) => x.etat === 'secret');
  taireLesSecrets(catalogue, secretes, tous, propose);
  taireLesSecrets(catalogue, secretes, connu, new Map());
  const series = new Map<string, Point[]>();
  for (const x of tous.values()) {
    if (x.etat !== 'valeur' || x.nombre === null) continue;
    const cle = cleDeSerie(x);
    const points = series.get(cle);
    if (points) points.push({ periode: x.periode, nombre: x.nombre });
    else series.set(cle, [{ periode: x.periode, nombre: x.nombre }]);
  }
  const parties = new Map<string, readonly string[]>();
  const clesDesParts = (m: Mesure): readonly string[] => {
    const garde = parties.get(m.id) ?? partition(m).map((c) => c.cle);
    parties.set(m.id, garde);
    return garde;
  };
  const un = (m: Mesure, x: DUnDebiteur, ventilation: string): Somme | null => {
    const cle = cleDeCellule({ ...x, ventilation, mesureId: m.id });
    const y = tous.get(cle);
    if (y?.etat === 'sans_objet') return { valeur: 0, complet: true, cite: [] };
    return y && y.nombre !== null ? { valeur: y.nombre, complet: true, cite: [cle] } : null;
  };
  const parParts: Monde['parParts'] = (m, x) =>
    additionner(
      m,
      clesDesParts(m).map((v) => un(m, x, v)),
    );
  const entier: Monde['entier'] = (m, x) => {
    const donne = un(m, x, '');
    if (donne) return donne;
    const parts = parParts(m, x);
    if (parts) return parts;
    const decoupes = partsDe(m, x.periode).flatMap(
      (periodes) =>
        additionner(
          m,
          periodes.map((periode) => entier(m, { ...x, periode })),
        ) ?? [],
    );
    return decoupes.find((s) => s.complet) ?? decoupes[0] ?? null;
  };
  const lieuxDe = (m: Mesure, debiteur: string) => casesDe(m, catalogue).flatMap((c) => (c.debiteur === debiteur ? [c.territoireId] : []));
  const parLieux: Monde['parLieux'] = (m, x) => {
    const lieux = lieuxDe(m, x.debiteur).filter((t) => t !== catalogue.racine.id);
    return additionner(
      m,
      lieux.map((territoireId) => entier(m, { ...x, territoireId })),
    );
  };
  const dUn = (m: Mesure, x: DUnDebiteur): Somme | null =>
    entier(m, x) ?? (x.territoireId === catalogue.racine.id ? parLieux(m, { debiteur: x.debiteur, periode: x.periode }) : null);
  return {
    catalogue,
    proposees: [...propose]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, x]) => (x.etat === 'valeur' && x.nombre !== null && estUnNombre(catalogue, x) ? [{ ...x, nombre: x.nombre }] : [])),
    estProposee: (cle) => propose.has(cle),
    nombre: (m, x) => tous.get(cleDeCellule({ ...x, mesureId: m.id }))?.nombre ?? null,
    serie: (x) => series.get(cleDeSerie(x)) ?? [],
    avant: (cle) => connu.get(cle)?.nombre ?? null,
    entier,
    parParts,
    parLieux,
    ensemble: (m, x, debiteurs = m.aupres) => {
      const ici = debiteurs.filter((d) => x.territoireId === catalogue.racine.id || lieuxDe(m, d).includes(x.territoireId));
      const dits = ici.map((debiteur) => dUn(m, { ...x, debiteur }));
      if (m.grain.debiteurs !== 'meme-fait') return additionner(m, dits);
      const entiers = dits.filter((s): s is Somme => s?.complet === true && s.cite.length > 0);
      return entiers.length > 0 && entiers.every((s) => s.valeur === entiers[0]?.valeur) ? (entiers[0] ?? null) : null;
    },
  };
}

const cleDeSerie = (x: Omit<Proposee, 'periode' | 'etat' | 'nombre'>): string => `${x.mesureId}|${x.debiteur}|${x.territoireId}|${x.ventilation}`;
const estUnNombre = (c: Catalogue, x: Proposee): boolean => {
  const m = c.chiffre(x.mesureId);
  return m !== undefined && m.obtention !== 'calcul' && genreDe(m) === 'nombre';
};

/** Null when nothing is known. What does not add up is told by one number alone. */
function additionner(m: Mesure, parts: readonly (Somme | null)[]): Somme | null {
  const connues = parts.filter((p): p is Somme => p !== null && p.cite.length > 0);
  if (connues.length === 0 || (connues.length > 1 && !sAdditionne(m))) return null;
  return {
    valeur: connues.reduce((n, p) => n + p.valeur, 0),
    complet: parts.every((p) => p?.complet === true),
    cite: connues.flatMap((p) => p.cite),
  };
}

/** What is not a value has no number, whatever it was. */
const muette = (x: Proposee): Proposee => (x.etat === 'valeur' ? x : { ...x, nombre: null });

/** What holds something secret, or is part of it, is known to nobody: no message may tell it. What somebody types, they know. */
function taireLesSecrets(c: Catalogue, secretes: readonly Proposee[], tous: Map<string, Proposee>, propose: ReadonlyMap<string, Proposee>): void {
  for (const mesureId of new Set(secretes.map((x) => x.mesureId))) {
    const m = c.chiffre(mesureId);
    if (!m) continue;
    const g = garderSecrets(
      m,
      c,
      secretes.filter((x) => x.mesureId === mesureId),
    );
    for (const [cle, x] of tous)
      if (x.mesureId === mesureId && x.etat !== 'secret' && !propose.has(cle) && (g.contientUnSecret(x) || g.estDansUnSecret(x))) tous.delete(cle);
  }
}
