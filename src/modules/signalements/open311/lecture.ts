/** Which reports this reader is told, each by what is said of it: the one that was moved elsewhere is not found there. */
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { lectureEntiereDe, litEntier } from '../demandes/demandes.policy.ts';
import {
  type DemandeOuverte,
  listNouvelles,
  listOuvertes,
  listOuvertesPar,
  listPubliques,
  type Nouvelle,
  type NouvellesVoulues,
  type Publique,
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

type SelonLeLecteur<F> = Omit<F, 'lecteur'>;
const lecteurDe = (c: Contexte, cat: Catalogue) => (c.utilisateur ? lectureEntiereDe(c.utilisateur, cat) : null);

export async function listDemandees(c: Contexte, f: SelonLeLecteur<Voulues>): Promise<DemandeOuverte[]> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  return listOuvertes(c.db, c.contrat.id, { ...f, lecteur: lecteurDe(c, cat) });
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
  f: SelonLeLecteur<NouvellesVoulues>,
): Promise<{ nouvelles: Nouvelle[]; dites: ReadonlyMap<string, Publique> }> {
  const nouvelles = await listNouvelles(c.db, c.contrat.id, { ...f, lecteur: lecteurDe(c, cat) });
  const dites = await listDites(
    c,
    cat,
    nouvelles.map((n) => ({ ...n, id: n.demandeId })),
  );
  return { nouvelles, dites };
}
