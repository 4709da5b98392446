/**
 * What was typed and not accepted yet, kept on this device, for this account only. One key for each thing: windows never undo each other.
 * Closed (ferme.ts): on a shared machine, whoever comes next reads nothing, and the same person comes back to it.
 */
import { laSerrure, type Serrure } from './ferme.ts';

/** A draft that nobody came back to is not kept for ever on a shared machine. */
const JOURS_MAX = 60;
/** Numbers of a desk name nobody, and whoever holds it sends them: left open. */
const OUVERTS: ReadonlySet<string> = new Set(['guichet']);

export interface Depot {
  /** False where the device keeps nothing (private window), or nothing that could be closed: leaving the page would lose it. */
  durable: boolean;
  lire<T>(nom: string): T | null;
  garder(nom: string, valeur: object): void;
  oublier(nom: string): void;
  /** Names and values below a prefix, in order. */
  lister<T>(prefixe: string): [string, T][];
}

function stockage(): Storage | null {
  try {
    localStorage.setItem('concorde:essai', '1');
    localStorage.removeItem('concorde:essai');
    return localStorage;
  } catch {
    return null;
  }
}

/** `ferme <moment> <page where it was typed> <closed>`; or JSON, which says its moment itself. */
const FERME = /^ferme (\d+) (\S+) (\S+)$/;
const momentDe = (brut: string | null): number => Number(FERME.exec(brut ?? '')?.[1] ?? analyser<{ quand?: number }>(brut)?.quand ?? Date.now());

/** `quoi`: what kind of thing is typed there, `seance`, and which one. */
export function ouvrirDepot(quoi: string, objet: string, compte: string): Depot {
  const racine = `concorde:${quoi}:`;
  const serrure: Serrure | null = OUVERTS.has(quoi) ? { fermer: (_, texte) => texte, ouvrir: (_, texte) => texte } : laSerrure();
  const garde = serrure ? stockage() : null;
  const memoire = new Map<string, string>();
  /** What was opened already: a list is read at each key. */
  const ouvertes = new Map<string, [brut: string, clair: string | null]>();
  const prefixeDe = `${racine}${objet}:${compte}:`;
  const cles = () => (garde ? Object.keys(garde) : [...memoire.keys()]);
  const ouvrir = (cle: string, brut: string): string | null => {
    const deja = ouvertes.get(cle);
    if (deja?.[0] === brut) return deja[1];
    const ferme = FERME.exec(brut)?.[3];
    const clair = ferme === undefined ? brut : (serrure?.ouvrir(cle, ferme) ?? null);
    ouvertes.set(cle, [brut, clair]);
    return clair;
  };
  const lireClair = (cle: string): string | null => {
    const brut = memoire.get(cle);
    if (brut !== undefined) return brut;
    const gardee = garde?.getItem(cle) ?? null;
    return gardee === null ? null : ouvrir(cle, gardee);
  };
  const poser = (cle: string, texte: string, quand: number) => {
    if (!garde || !serrure) throw new Error('rien à quoi confier');
    const brut = OUVERTS.has(quoi) ? texte : `ferme ${quand} ${window.location.pathname} ${serrure.fermer(cle, texte)}`;
    garde.setItem(cle, brut);
    ouvertes.set(cle, [brut, texte]);
  };
  const limite = Date.now() - JOURS_MAX * 86_400_000;
  for (const cle of cles()) {
    if (!cle.startsWith(racine)) continue;
    const brut = garde?.getItem(cle) ?? null;
    if (momentDe(brut) < limite) garde?.removeItem(cle);
    // Kept open by an earlier version of the page.
    else if (brut?.startsWith('{') && cle.startsWith(prefixeDe) && !OUVERTS.has(quoi)) poser(cle, brut, momentDe(brut));
  }
  const depot: Depot = {
    durable: garde !== null,
    lire: (nom) => analyser(lireClair(prefixeDe + nom)),
    garder: (nom, valeur) => {
      const quand = Date.now();
      const texte = JSON.stringify({ ...valeur, quand });
      try {
        poser(prefixeDe + nom, texte, quand);
        memoire.delete(prefixeDe + nom);
      } catch {
        depot.durable = false;
        memoire.set(prefixeDe + nom, texte);
      }
    },
    oublier: (nom) => {
      memoire.delete(prefixeDe + nom);
      ouvertes.delete(prefixeDe + nom);
      garde?.removeItem(prefixeDe + nom);
    },
    lister: <T>(prefixe: string) =>
      [...new Set([...cles(), ...memoire.keys()])]
        .filter((c) => c.startsWith(prefixeDe + prefixe))
        .sort()
        .flatMap((c) => {
          const valeur = analyser<T>(lireClair(c));
          return valeur === null ? [] : [[c.slice(prefixeDe.length), valeur] as [string, T]];
        }),
  };
  return depot;
}

function analyser<T>(texte: string | null): T | null {
  try {
    return texte === null ? null : (JSON.parse(texte) as T);
  } catch {
    return null;
  }
}
