/** What a write moved, from what it added to the cells: the figures before are those of now without it. Pure. */
import { avecUnite } from '../../../ui/typographie.ts';
import type { Delta } from '../calcul/cellules.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre } from '../chiffres.rules.ts';
import type { Lectures } from '../evaluation.rules.ts';
import { estAnnee, periode } from '../periode.rules.ts';

/** A figure as it is told: its state, and its value where it has one. */
export type Dit = Pick<Chiffre, 'etat' | 'valeur'>;
export interface Mouvement {
  mesureId: string;
  libelle: string;
  unite: string;
  periode: string;
  territoireId: string;
  avant: Dit;
  apres: Dit;
}
export interface Mouvements {
  chiffres: readonly Mouvement[];
  /** Measures that moved too and are not told. */
  autres: number;
}
export const RIEN_NE_BOUGE: Mouvements = { chiffres: [], autres: 0 };

/** « manquant », « 17 », « 50 % ». */
export function ecrireDit(c: Dit, unite: string): string {
  if (c.etat === 'manquant' || c.etat === 'attendu' || c.etat === 'secret') return c.etat;
  if (c.etat === 'non_ventile') return 'non ventilé';
  if (c.etat === 'sans_objet' || c.valeur === null) return 'sans objet';
  return avecUnite(c.valeur, unite === '%' ? '%' : '');
}

export const anneeDuDelta = (d: Pick<Delta, 'mois'>): string => d.mois.slice(0, 4);

/** Deltas that take away and give back the same thing come to nothing: what a correction left alone. */
export function netter(deltas: readonly Delta[]): Delta[] {
  const nets = new Map<string, Delta>();
  for (const d of deltas) {
    const cle = JSON.stringify([d.cle, d.mois, d.territoireId, d.distinct, d.mouvement, d.parti]);
    const n = nets.get(cle);
    nets.set(cle, n ? { ...n, nombre: n.nombre + d.nombre, somme: n.somme + d.somme, sansValeur: n.sansValeur + d.sansValeur } : d);
  }
  return [...nets.values()].filter((d) => d.nombre !== 0 || d.somme !== 0 || d.sansValeur !== 0);
}

/** Distinct values that were counted before and are no more (-1), or the contrary (+1), by `periode|atome`. */
export type Distincts = ReadonlyMap<string, number>;

/** What a delta did to a stock over a period. */
export const stockDuDelta = (d: Delta, p: string): { ouvert: number; ferme: number } => stockEntre(d, periode(p));
function stockEntre(d: Delta, { debut, fin }: { debut: string; fin: string }): { ouvert: number; ferme: number } {
  const mois = `${d.mois.slice(0, 7)}-01`;
  const revenu = d.mouvement === 'r' && mois < fin && `${d.parti}-01` >= debut;
  return { ouvert: d.mouvement === 'e' && mois < fin ? d.nombre : revenu ? -d.nombre : 0, ferme: d.mouvement === 's' && mois < debut ? d.nombre : 0 };
}

/** The aggregates of these periods as they stood before the deltas of this area. */
export function agregatsAvant(apres: Lectures['agregats'], deltas: readonly Delta[], periodes: readonly string[], distincts: Distincts): Map<string, Agregat> {
  const avant = new Map(apres);
  for (const bornes of periodes.map((p) => periode(p)))
    for (const d of deltas) {
      const cle = `${bornes.code}|${d.cle}`;
      const a = avant.get(cle) ?? AGREGAT_VIDE;
      const { debut, fin } = bornes;
      const mois = `${d.mois.slice(0, 7)}-01`;
      const dedans = mois >= debut && mois < fin ? 1 : 0;
      const { ouvert, ferme } = stockEntre(d, bornes);
      if (dedans === 0 && ouvert === 0 && ferme === 0) continue;
      avant.set(cle, {
        ...a,
        nombre: a.nombre - dedans * d.nombre,
        somme: a.somme - dedans * d.somme,
        sansValeur: a.sansValeur - dedans * d.sansValeur,
        ouverts: a.ouverts - ouvert,
        fermes: a.fermes - ferme,
      });
    }
  for (const [cle, n] of distincts) {
    const a = avant.get(cle) ?? AGREGAT_VIDE;
    avant.set(cle, { ...a, distincts: a.distincts - n });
  }
  return avant;
}

/** Records of each feed (`operations`, `doleances/canal=dmr`) by year, as they are now. */
export type Tenues = readonly { source: string; annee: string; nombre: number }[];

/** The same before these deltas. */
export function enregistrementsSans(tenues: Tenues, deltas: readonly Delta[]): Tenues {
  const retires = new Map<string, number>();
  for (const d of deltas) retires.set(`${d.cle}|${anneeDuDelta(d)}`, (retires.get(`${d.cle}|${anneeDuDelta(d)}`) ?? 0) + d.nombre);
  return tenues.map((t) => ({ ...t, nombre: t.nombre - (retires.get(`_registre/${t.source}|${t.annee}`) ?? 0) })).filter((t) => t.nombre !== 0);
}

/** Which registers were kept, before the deltas: see `getSourcesTenues`. Only what these sources say is said again. */
export function tenuesAvant(
  apres: Lectures['tenues'],
  enregistrements: Tenues,
  deltas: readonly Delta[],
  sources: readonly string[],
  periodes: readonly string[],
): Set<string> {
  const avant = new Set(apres);
  for (const source of sources) {
    const parAnnee = new Map(enregistrements.filter((t) => t.source === source).map((t) => [t.annee, t.nombre]));
    for (const d of deltas) if (d.cle === `_registre/${source}`) parAnnee.set(anneeDuDelta(d), (parAnnee.get(anneeDuDelta(d)) ?? 0) - d.nombre);
    const tenues = [...parAnnee].filter(([, n]) => n > 0).map(([a]) => a);
    // Records are known by year; over months, a register was kept or not as it is now.
    for (const p of periodes.filter(estAnnee)) {
      avant.delete(`${p}|${source}`);
      avant.delete(`${p}|${source}|depuis`);
      if (tenues.includes(p)) avant.add(`${p}|${source}`);
      if (tenues.some((a) => a <= p)) avant.add(`${p}|${source}|depuis`);
    }
  }
  return avant;
}

/** Numbers that moved first, then what was missing, rates, and zeros last: what a person would tell. */
function rang(m: Mouvement): number {
  const sansValeur = (d: Dit) => d.etat === 'manquant' || d.etat === 'attendu';
  if (m.apres.etat === 'zero' && sansValeur(m.avant)) return 4;
  if (m.unite === '%') return 3;
  return sansValeur(m.avant) || sansValeur(m.apres) ? 2 : 1;
}
const ecart = (m: Mouvement): number => Math.abs((m.apres.valeur ?? 0) - (m.avant.valeur ?? 0));

/** The main measures first, each with the whole contract then its places; at most `max` measures. */
export function choisirMouvements(tous: readonly Mouvement[], max: number): Mouvements {
  const parMesure = new Map<string, Mouvement[]>();
  for (const m of tous) parMesure.set(m.mesureId, [...(parMesure.get(m.mesureId) ?? []), m]);
  const tete = (ms: readonly Mouvement[]) => ms[0] as Mouvement;
  const classees = [...parMesure.values()].sort(
    (a, b) => rang(tete(a)) - rang(tete(b)) || ecart(tete(b)) - ecart(tete(a)) || tete(a).mesureId.localeCompare(tete(b).mesureId),
  );
  return { chiffres: classees.slice(0, max).flat(), autres: Math.max(0, classees.length - max) };
}
