/** What was typed and not accepted yet, kept on this device, for this account only. One key for each thing: windows never undo each other. */
/** What nobody came back to is not to stay for ever on a shared machine: whoever opens such a page is told, and erases it. */
const JOURS_MAX = 60;

export interface Depot {
  /** False where the device keeps nothing (private window): leaving the page would lose it. */
  durable: boolean;
  lire<T>(nom: string): T | null;
  garder(nom: string, valeur: object): void;
  oublier(nom: string): void;
  /** Names and values below a prefix, in order. */
  lister<T>(prefixe: string): [string, T][];
  /** How many things under these prefixes other accounts keep here of the same object: by their names alone, what they say stays theirs. */
  autres(prefixes: readonly string[]): number;
  /** Things of this kind that nobody came back to: shown as a number, and erased by a person, never by themselves. */
  anciennes(): { nombre: number; effacer(): void };
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

/** `quoi`: what kind of thing is typed there, `seance`, and which one. */
export function ouvrirDepot(quoi: string, objet: string, compte: string): Depot {
  const racine = `concorde:${quoi}:`;
  const garde = stockage();
  const memoire = new Map<string, string>();
  const prefixeDe = `${racine}${objet}:${compte}:`;
  const cles = () => (garde ? Object.keys(garde) : [...memoire.keys()]);
  const lireBrut = (cle: string) => memoire.get(cle) ?? garde?.getItem(cle) ?? null;
  const limite = Date.now() - JOURS_MAX * 86_400_000;
  const depot: Depot = {
    durable: garde !== null,
    lire: (nom) => analyser(lireBrut(prefixeDe + nom)),
    garder: (nom, valeur) => {
      const texte = JSON.stringify({ ...valeur, quand: Date.now() });
      try {
        if (!garde) throw new Error('rien à quoi confier');
        garde.setItem(prefixeDe + nom, texte);
        memoire.delete(prefixeDe + nom);
      } catch {
        depot.durable = false;
        memoire.set(prefixeDe + nom, texte);
      }
    },
    oublier: (nom) => {
      memoire.delete(prefixeDe + nom);
      garde?.removeItem(prefixeDe + nom);
    },
    autres: (prefixes) => {
      const delObjet = `${racine}${objet}:`;
      const noms = cles().filter((c) => c.startsWith(delObjet) && !c.startsWith(prefixeDe));
      return noms.filter((c) => prefixes.some((p) => c.slice(c.indexOf(':', delObjet.length) + 1).startsWith(p))).length;
    },
    anciennes: () => {
      const noms = cles().filter((c) => c.startsWith(racine) && (analyser<{ quand?: number }>(lireBrut(c))?.quand ?? Date.now()) < limite);
      return { nombre: noms.length, effacer: () => void noms.map((c) => garde?.removeItem(c)) };
    },
    lister: <T>(prefixe: string) =>
      [...new Set([...cles(), ...memoire.keys()])]
        .filter((c) => c.startsWith(prefixeDe + prefixe))
        .sort()
        .flatMap((c) => {
          const valeur = analyser<T>(lireBrut(c));
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
