/** For everyone: how many reports came from each quartier in a quarter that is over, small numbers hidden, and where they are more than chance; as it was told. */
import type { Contexte } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { decalerMois } from './periode.rules.ts';
import { listLignesDites, listTrimestresDits } from './quartiers.queries.ts';
import { additionnerDits, type LigneDite, type Lieu } from './quartiers.rules.ts';

export const estTrimestre = (v: string): boolean => /^20\d{2}-T[1-4]$/.test(v);
export const premierMois = (t: string): string => `${t.slice(0, 4)}-${String(Number(t.slice(6)) * 3 - 2).padStart(2, '0')}-01`;
export const trimestreDe = (mois: string): string => `${mois.slice(0, 4)}-T${Math.ceil(Number(mois.slice(5, 7)) / 3)}`;
export const trimestreAvant = (t: string): string => trimestreDe(decalerMois(premierMois(t), -1));
/** The last of which the answers and files that come late are in: it is over for a month. */
export const dernierArretable = (aujourdhui: string): string => trimestreDe(decalerMois(aujourdhui, -4));
/** First day on which a quarter is told. */
export const ditLe = (t: string): string => decalerMois(premierMois(t), 4);

/** Places of the first level, with the quartiers in each. */
export const lieuxDe = (cat: Catalogue): Lieu[] =>
  cat.enfants(cat.racine.id).map(({ id }) => {
    const parties = cat.descendants(id);
    return { id, parties, quartiers: parties.filter((x) => cat.enfants(x).length === 0) };
  });

/** `undefined`: nothing was told of it by that way; null: hidden. */
export type Nombres = Record<'ici' | 'importe', number | null | undefined>;
export interface Quartiers {
  trimestre: string;
  /** When it was told; null: it was not. */
  arreteLe: Date | null;
  /** Every quarter that was told, the latest first. */
  dits: readonly string[];
  total: Nombres;
  groupes: { id: string; nom: string; total: Nombres; quartiers: { id: string; nom: string; nombres: Nombres; chaud: boolean | null }[] }[];
}
/** The quarter that is asked, told or not; the last one that was told otherwise. */
export async function lireQuartiers(c: Contexte, demande: string): Promise<Quartiers> {
  const [catalogue, trimestres] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listTrimestresDits(c.db, c.contrat.id)]);
  const dits = [...new Set(trimestres.map((t) => t.periode))];
  const finis = trimestreAvant(trimestreDe(jourDe(c.maintenant)));
  const trimestre = estTrimestre(demande) && demande <= finis ? demande : (dits[0] ?? finis);
  const lignes = dits.includes(trimestre) ? await listLignesDites(c.db, c.contrat.id, trimestre) : [];
  const lire = (genre: LigneDite['genre'], lieu: string) => lignes.filter((l) => l.genre === genre && l.lieu === lieu);
  const nombres = (genre: LigneDite['genre'], lieu: string): Nombres => {
    const dites = lire(genre, lieu);
    const somme = (lignes: typeof dites) => additionnerDits(lignes.map((l) => l.nombre));
    return { ici: somme(dites.filter((l) => l.voie === 'ici')), importe: somme(dites.filter((l) => l.voie !== 'ici')) };
  };
  /** « No » is said where nothing of it is hidden. */
  const chaud = (id: string): boolean | null => {
    const dites = lire('quartier', id);
    if (dites.some((l) => l.chaud)) return true;
    return dites.length === 0 || dites.some((l) => l.nombre === null) ? null : false;
  };
  const nomDe = (id: string) => catalogue.territoires.get(id)?.nom ?? id;
  return {
    trimestre,
    arreteLe: trimestres.find((t) => t.periode === trimestre)?.arreteLe ?? null,
    dits,
    total: nombres('total', ''),
    groupes: lieuxDe(catalogue).map((l) => ({
      id: l.id,
      nom: nomDe(l.id),
      total: nombres('lieu', l.id),
      quartiers: l.quartiers.map((id) => ({ id, nom: nomDe(id), nombres: nombres('quartier', id), chaud: chaud(id) })),
    })),
  };
}
