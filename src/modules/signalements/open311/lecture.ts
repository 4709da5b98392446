/** Which reports this reader is told, each by what is said of it: the one that was moved elsewhere is not found there. */
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { litEntier } from '../demandes/demandes.policy.ts';
import {
  type DemandeOuverte,
  listNouvelles,
  listOuvertes,
  listOuvertesPar,
  listPubliques,
  type Nouvelle,
  type NouvellesVoulues,
  type Publique,
  REPONSES_MAX,
  type Voulues,
} from './open311.queries.ts';

type Lue = Parameters<typeof litEntier>[1] & Pick<DemandeOuverte, 'auteurId'>;
/** Whoever handles it, asked for it or passed it on. */
export const litEnEntier = (c: Contexte, cat: Catalogue, d: Lue): boolean =>
  c.utilisateur !== null && (d.auteurId === c.utilisateur.id || litEntier(c.utilisateur, d, cat, cat.contient));
/** Of each report that this reader does not read whole and that is listed to everyone, what is said of it. */
export async function listDites(c: Contexte, cat: Catalogue, lues: readonly (Lue & { id: string })[]): Promise<ReadonlyMap<string, Publique>> {
  const autres = lues.filter((d) => !litEnEntier(c, cat, d));
  return autres.length === 0 ? new Map<string, Publique>() : await listPubliques(c.db, c.contrat.id, [...new Set(autres.map((d) => d.id))]);
}

/**
 * As many as an answer holds of what this reader is told: of those that were read and are not said, the next ones take the place. `suivantes`: after the last one
 * that was read.
 */
async function lireADire<L>(suivantes: (apres: L | null) => Promise<L[]>, retenir: (lues: readonly L[]) => Promise<L[]>): Promise<L[]> {
  const dites: L[] = [];
  let derniere: L | null = null;
  do {
    const lues: L[] = await suivantes(derniere);
    dites.push(...(await retenir(lues)));
    derniere = lues.length < REPONSES_MAX ? null : (lues.at(-1) ?? null);
  } while (derniere !== null && dites.length < REPONSES_MAX);
  return dites.slice(0, REPONSES_MAX);
}

export async function listDemandees(c: Contexte, f: Voulues): Promise<DemandeOuverte[]> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  return lireADire(
    (apres: DemandeOuverte | null) => listOuvertes(c.db, c.contrat.id, f, apres),
    async (lues) => {
      const dites = await listDites(c, cat, lues);
      return lues.filter((d) => {
        const dite = litEnEntier(c, cat, d) ? d : dites.get(d.id);
        return dite !== undefined && f.services.some((x) => x.circuit === dite.circuit && x.categorie === dite.categorie);
      });
    },
  );
}
/** For whoever has their ids, listed to everyone or not. */
export async function listOuvertesNommees(c: Contexte, ids: readonly string[], ouverts: readonly string[]): Promise<DemandeOuverte[]> {
  const [lues, cat] = [await listOuvertesPar(c.db, c.contrat.id, ids, ouverts), await getCatalogue(c.db, c.contrat.id)];
  const dites = await listDites(c, cat, lues);
  return lues.filter((d) => ouverts.includes((dites.get(d.id) ?? d).circuit));
}
/** `dites`: of their reports, those that this reader does not read whole. */
export async function listNouvellesDites(
  c: Contexte,
  cat: Catalogue,
  f: NouvellesVoulues,
): Promise<{ nouvelles: Nouvelle[]; dites: ReadonlyMap<string, Publique> }> {
  const dites = new Map<string, Publique>();
  const nouvelles = await lireADire(
    (apres: Nouvelle | null) => listNouvelles(c.db, c.contrat.id, f, apres),
    async (lues) => {
      const deCelles = await listDites(
        c,
        cat,
        lues.map((n) => ({ ...n, id: n.demandeId })),
      );
      for (const [id, x] of deCelles) dites.set(id, x);
      return lues.filter((n) => f.circuits.includes((litEnEntier(c, cat, n) ? n : dites.get(n.demandeId))?.circuit ?? ''));
    },
  );
  return { nouvelles, dites };
}
