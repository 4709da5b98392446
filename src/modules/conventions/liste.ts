/** The list of acts as a person filters it: what the database chooses, then what the day makes of it. */
import { ajouterMois } from '../echeances/index.ts';
import type { Db } from '../../core/base/database.ts';
import type { Catalogue, Lieu } from '../contrats/index.ts';
import { fichesDe } from './attendus.rules.ts';
import { type Acte, listActes } from './conventions.queries.ts';
import { CODES_ETATS, effetDe, type Etat, estFinie, etatDe, NATURES, type Nature, revueDue, termeDe } from './conventions.rules.ts';
import { couper } from '../../core/couper.ts';

export interface Filtres {
  q: string;
  etat: Etat | '';
  nature: Nature | '';
  fiche: string;
  systeme: string;
  ligne: string;
  partie: string;
  /** Months within which it must be renewed or reviewed. */
  dans: string;
}
export const DANS = ['1', '3', '6', '12'] as const;
export function lireFiltres(dit: (nom: string) => string, c: Catalogue): Filtres {
  const parmi = <T extends string>(nom: string, liste: readonly T[]): T | '' => liste.find((x) => x === dit(nom)) ?? '';
  return {
    q: couper(dit('q'), 100),
    etat: parmi('etat', CODES_ETATS),
    nature: parmi('nature', Object.keys(NATURES) as Nature[]),
    fiche: c.fiches.has(dit('fiche')) ? dit('fiche') : '',
    systeme: c.systemes.has(dit('systeme')) ? dit('systeme') : '',
    ligne: c.lignes.has(dit('ligne')) ? dit('ligne') : '',
    partie: c.acteurs.has(dit('partie')) ? dit('partie') : '',
    dans: parmi('dans', DANS),
  };
}
export interface LigneDeListe {
  acte: Acte;
  etat: Etat;
  fiches: string[];
  /** What comes first, once it is signed: its renewal or its review. */
  prochaine: { quoi: 'renouvellement' | 'revue'; le: string } | null;
}
export function ligneDe(a: Acte, c: Catalogue, aujourdhui: string): LigneDeListe {
  const etat = etatDe(a, aujourdhui);
  const t = estFinie(etat) || effetDe(a) === null ? null : termeDe(a, aujourdhui);
  const revue = revueDue(a, aujourdhui);
  const dates = [...(t ? [{ quoi: 'renouvellement' as const, le: t.limite }] : []), ...(revue ? [{ quoi: 'revue' as const, le: revue }] : [])];
  return { acte: a, etat, fiches: fichesDe(c, a), prochaine: dates.sort((x, y) => x.le.localeCompare(y.le))[0] ?? null };
}
/** What serves a fiche: its systems, its action lines. */
export const deLaFiche = (c: Pick<Catalogue, 'systemes' | 'fiches'>, fiche: string) => ({
  systemes: [...c.systemes.values()].filter((s) => s.fiches.includes(fiche)).map((s) => s.id),
  lignes: c.fiches.get(fiche)?.lignes.map((l) => l.id) ?? [],
});
/** Counts of states are of everything but the state that is chosen. */
export async function chercher(
  db: Db,
  c: Catalogue,
  f: Filtres,
  o: { publiques: boolean; lieu: Lieu | null; aujourdhui: string },
): Promise<{ lignes: LigneDeListe[]; comptes: Map<Etat, number> }> {
  const sert = [
    ...(f.fiche ? [deLaFiche(c, f.fiche)] : []),
    ...(f.systeme ? [{ systemes: [f.systeme], lignes: [] }] : []),
    ...(f.ligne ? [{ systemes: [], lignes: [f.ligne] }] : []),
  ];
  const places = o.lieu?.territoire ? [...c.ascendants(o.lieu.territoire).map((t) => t.id), ...(o.lieu.territoires ?? [])] : undefined;
  const actes = await listActes(db, c.contratId, {
    sert,
    publiques: o.publiques,
    nature: f.nature,
    partie: f.partie,
    q: f.q,
    territoires: places,
  });
  const borne = f.dans ? ajouterMois(o.aujourdhui, Number(f.dans)) : null;
  const toutes = actes.map((a) => ligneDe(a, c, o.aujourdhui)).filter((l) => borne === null || (l.prochaine !== null && l.prochaine.le <= borne));
  const comptes = new Map<Etat, number>();
  for (const l of toutes) comptes.set(l.etat, (comptes.get(l.etat) ?? 0) + 1);
  return { lignes: toutes.filter((l) => f.etat === '' || l.etat === f.etat), comptes };
}
