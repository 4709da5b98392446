/**
 * What signed-in people read, kept by what it was made from: the address and the day, the tables read, and every property of the
 * reader that was looked at while it was made. Two people share it only when all of these are the same for both; so that what hangs on a right is
 * shared by those who have it, and what shows somebody's name is theirs. Exact: everything committed before the request is heard first.
 */
import { LRUCache } from 'lru-cache';
import type { Utilisateur } from '../authorize.ts';
import { suivreLectures } from '../base/read-tables.ts';
import type { Changements } from '../direct/changes.ts';

const OCTETS_MAX = 24 * 1_048_576;
/** Ways of looking at a reader that one address is known to have. */
const REGARDS_MAX = 12;

/** `octets`: about how much memory it takes; null when it may not be kept. */
export interface Faite<T> {
  valeur: T;
  octets: number | null;
}
export interface CorpsGardes {
  /** `faire` is given the reader, and must look nowhere else for who they are. `entendu`: asked of the changes when the request came. */
  pour<T>(cle: string, u: Utilisateur, entendu: Promise<boolean>, faire: (u: Utilisateur) => Promise<Faite<T>>): Promise<T>;
}
interface Entree {
  valeur: unknown;
  tables: ReadonlySet<string>;
  place: number;
}

/** The same person, noting what is looked at. */
function observer(u: Utilisateur, regardes: Set<string>): Utilisateur {
  return new Proxy(u, {
    get: (cible, nom) => {
      if (typeof nom === 'string') regardes.add(nom);
      return Reflect.get(cible, nom) as unknown;
    },
    has: (cible, nom) => {
      if (typeof nom === 'string') regardes.add(nom);
      return Reflect.has(cible, nom);
    },
    ownKeys: (cible) => {
      const noms = Reflect.ownKeys(cible);
      for (const nom of noms) if (typeof nom === 'string') regardes.add(nom);
      return noms;
    },
  });
}
const valeurs = (u: Utilisateur, noms: readonly string[]): string => JSON.stringify(noms.map((nom) => [nom, u[nom as keyof Utilisateur] ?? null]));

export function openCorpsGardes(changements: Changements): CorpsGardes {
  const entrees = new LRUCache<string, Entree>({ maxSize: OCTETS_MAX });
  /** For each address, the sets of properties that were looked at. */
  const regards = new LRUCache<string, string[][]>({ max: 2000 });
  const vols = new Map<string, { place: number; issue: Promise<Faite<unknown>> }>();

  const chercher = (cle: string, u: Utilisateur): Entree | undefined => {
    for (const noms of regards.get(cle) ?? []) {
      const e = entrees.get(`${cle} ${valeurs(u, noms)}`);
      if (e && changements.depuis(e.place, e.tables) === null) {
        e.place = changements.ici();
        return e;
      }
    }
    return undefined;
  };
  const faireEtGarder = async <T>(cle: string, u: Utilisateur, place: number, faire: (u: Utilisateur) => Promise<Faite<T>>): Promise<Faite<T>> => {
    const regardes = new Set<string>();
    const { resultat, textes } = await suivreLectures(() => faire(observer(u, regardes)));
    const tables = resultat.octets === null ? null : changements.tablesDe(textes);
    if (!tables || changements.depuis(place, tables) !== null) return { ...resultat, octets: null };
    const noms = [...regardes].sort();
    const connus = regards.get(cle) ?? [];
    if (!connus.some((x) => x.join() === noms.join())) regards.set(cle, [...connus, noms].slice(-REGARDS_MAX));
    const size = Math.max(1, Math.ceil(resultat.octets ?? 0));
    entrees.set(`${cle} ${valeurs(u, noms)}`, { valeur: resultat.valeur, tables, place }, { size });
    return resultat;
  };
  return {
    pour: async <T>(cle: string, u: Utilisateur, entendu: Promise<boolean>, faire: (u: Utilisateur) => Promise<Faite<T>>): Promise<T> => {
      if (!(await entendu)) return (await faire(u)).valeur;
      const deja = chercher(cle, u);
      if (deja) return deja.valeur as T;
      const sien = `${cle} ${JSON.stringify(u)}`;
      const vol = vols.get(sien);
      // Begun by the same person after the last change that they must see.
      if (vol && vol.place === changements.ici()) {
        const issue = (await vol.issue.catch(() => null)) as Faite<T> | null;
        return issue && issue.octets !== null ? issue.valeur : (await faire(u)).valeur;
      }
      const place = changements.ici();
      const issue = faireEtGarder(cle, u, place, faire);
      vols.set(sien, { place, issue });
      const finir = () => {
        if (vols.get(sien)?.issue === issue) vols.delete(sien);
      };
      issue.then(finir, finir);
      return (await issue).valeur;
    },
  };
}
