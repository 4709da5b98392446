/** The one write of notes of method, and what a reader may read of one. */
import { code } from '../../../core/trace/details.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { nommePeutEtreQuelquun } from '../qualite/personne.rules.ts';
import type { Auteur } from '../saisie/saisie.queries.ts';
import { addMethode, listMethodes } from './methodes.queries.ts';
import { depuisDe, type Dite, lieuDeMethode, type Methode, methodeDe, type Place, surUneLigne } from './methodes.rules.ts';

const memePlace = (a: Omit<Place, 'periode'>, b: Omit<Place, 'periode'>): boolean =>
  a.mesureId === b.mesureId && a.debiteur === b.debiteur && a.territoireId === b.territoireId;

export interface MethodeDite extends Place, Dite {}

/**
 * Keeps those that say something else than what holds there: from the period that they are said for. The caller checked the right of the
 * author and the lengths (`fautesDe`), and holds the years (`tenirLesAns`).
 */
export async function garderMethodes(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>,
  cat: Catalogue,
  auteur: Auteur,
  dites: readonly MethodeDite[],
): Promise<number> {
  const connues = await listMethodes(c.db, c.contrat.id, [...new Set(dites.map((d) => d.mesureId))]);
  const faites = new Set<string>();
  // The earliest first: what it says holds for the periods that follow.
  for (const d of [...dites].sort((a, b) => depuisDe(a.periode).localeCompare(depuisDe(b.periode)))) {
    const dite = { methode: surUneLigne(d.methode), limites: surUneLigne(d.limites) };
    const avant = methodeDe(cat, connues, d) ?? { methode: '', limites: '' };
    const place = { mesureId: d.mesureId, debiteur: d.debiteur, territoireId: lieuDeMethode(cat, d), depuis: depuisDe(d.periode) };
    const cle = Object.values(place).join('|');
    if (faites.has(cle) || (avant.methode === dite.methode && avant.limites === dite.limites)) continue;
    faites.add(cle);
    await addMethode(c.db, c.contrat.id, { ...place, ...dite }, auteur, c.maintenant);
    const ecrite = { ...place, ...dite, version: 0, par: auteur.nom, organisationId: auteur.organisationId, le: c.maintenant };
    connues.splice(0, connues.length, ...connues.filter((n) => !(memePlace(n, place) && n.depuis === place.depuis)), ecrite);
    await c.auditer(
      'valeur.methode',
      `/chiffres/${d.mesureId}`,
      { debiteur: code(d.debiteur), depuis: code(place.depuis) },
      { avant: { ...dite, ...avant }, apres: dite },
    );
  }
  return faites.size;
}

export interface MethodeLue extends Dite {
  depuis: string;
  le: Date;
  organisationId: string;
  /** Who wrote it, for partners. */
  par: string | null;
  /** Kept from the public: it may name somebody. */
  reservee: boolean;
}
/** Public at once, as the institution's own word; what may name somebody is for partners. Null: nothing that this reader may read. */
export function lireMethode(c: Catalogue, m: Methode | null, partenaire: boolean): MethodeLue | null {
  if (!m) return null;
  const reservee = nommePeutEtreQuelquun(`${m.methode}\n${m.limites}`, c);
  if (reservee && !partenaire) return null;
  const { methode, limites, depuis, le, organisationId } = m;
  return { methode, limites, depuis, le, organisationId, par: partenaire ? m.par : null, reservee };
}
