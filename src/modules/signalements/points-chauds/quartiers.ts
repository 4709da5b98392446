/** For everyone: how many reports came from each quartier in a whole quarter, small numbers hidden, and where they are more than chance. */
import type { Contexte } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { countParLieu, countParMaille, listConnues, listGenres } from './chauds.queries.ts';
import { type Masque, masquerEtages, PETIT } from './masquage.rules.ts';
import { decalerMois } from './periode.rules.ts';
import { tester, zonesDe } from './statistique.rules.ts';

export const estTrimestre = (v: string): boolean => /^20\d{2}-T[1-4]$/.test(v);
export const premierMois = (t: string): string => `${t.slice(0, 4)}-${String(Number(t.slice(6)) * 3 - 2).padStart(2, '0')}-01`;
export const trimestreDe = (mois: string): string => `${mois.slice(0, 4)}-T${Math.ceil(Number(mois.slice(5, 7)) / 3)}`;
/** The last that is over. */
export const dernierTrimestre = (aujourdhui: string): string => trimestreDe(decalerMois(premierMois(trimestreDe(aujourdhui)), -1));
export const trimestreAvant = (t: string): string => trimestreDe(decalerMois(premierMois(t), -1));

interface GroupeDeQuartiers {
  id: string;
  nom: string;
  total: number | null;
  quartiers: { id: string; nom: string; nombre: number | null; chaud: boolean }[];
}
export interface Quartiers {
  catalogue: Catalogue;
  trimestre: string;
  /** Null when there are too few in all. */
  total: number | null;
  groupes: GroupeDeQuartiers[];
}

export async function lireQuartiers(c: Contexte, circuits: Circuits, trimestre: string): Promise<Quartiers> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const du = premierMois(trimestre);
  const [genres, connues] = await lireEnsemble(c.db, [() => listGenres(c.db, c.contrat.id), () => listConnues(c.db, c.contrat.id, undefined)]);
  // What partners ask each other is not told place by place.
  const origines = [...new Set(genres.map((g) => g.origine))].filter((o) => o.startsWith('canal:') || circuits.get(o)?.declarants.public === true);
  const s = { du, au: decalerMois(du, 2), origines };
  const [lieux, mailles] = await lireEnsemble(c.db, [() => countParLieu(c.db, c.contrat.id, s), () => countParMaille(c.db, c.contrat.id, s)]);
  const nombres = new Map(lieux.map((l) => [l.territoireId, l.nombre]));
  const feuilles = (id: string) => catalogue.descendants(id).filter((x) => catalogue.enfants(x).length === 0);
  const bruts = catalogue.enfants(catalogue.racine.id).map((t) => ({ id: t.id, nom: t.nom, feuilles: feuilles(t.id) }));
  const masques = masquerEtages(bruts.map((g) => ({ id: g.id, parts: g.feuilles.map((q) => nombres.get(q) ?? 0) })));
  const chauds = quartiersChauds(connues, mailles);
  const groupes = bruts.map((g): GroupeDeQuartiers => {
    const m: Masque = masques.get(g.id) ?? { parts: [], total: null };
    const quartiers = g.feuilles.map((q, i) => {
      const nombre = m.parts[i] ?? null;
      // What is hidden says nothing more.
      return { id: q, nom: catalogue.territoires.get(q)?.nom ?? q, nombre, chaud: nombre !== null && chauds.has(q) };
    });
    return { id: g.id, nom: g.nom, total: m.total, quartiers };
  });
  const total = bruts.reduce((n, g) => n + g.feuilles.reduce((k, q) => k + (nombres.get(q) ?? 0), 0), 0);
  return { catalogue, trimestre, total: total > 0 && total < PETIT ? null : total, groupes };
}

function quartiersChauds(connues: Awaited<ReturnType<typeof listConnues>>, mailles: Awaited<ReturnType<typeof countParMaille>>): Set<string> {
  const nombres = new Map(mailles.map((m) => [m.maille, m.nombre]));
  const lieu = new Map<number, { territoireId: string; nombre: number; total: number }>();
  for (const k of connues) {
    const deja = lieu.get(k.maille);
    const garde = !deja || k.nombre > deja.nombre ? k : deja;
    lieu.set(k.maille, { territoireId: garde.territoireId, nombre: garde.nombre, total: (deja?.total ?? 0) + k.nombre });
  }
  const testees = tester(
    [...lieu].map(([maille, k]) => ({ maille, nombre: nombres.get(maille) ?? 0, total: k.total })),
    'partout',
  );
  return new Set(zonesDe(testees ?? []).flatMap((z) => lieu.get(z.cellules[0]?.maille ?? 0)?.territoireId ?? []));
}
