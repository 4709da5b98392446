/** For everyone: how many reports came from each quartier in a whole quarter, small numbers hidden, and where they are more than chance. */
import { type Masque, masquerParts } from '../../../core/petits-nombres.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { countParLieu, countParMaille, listConnues, listGenres } from './chauds.queries.ts';
import { direTrimestre } from './mois.rules.ts';
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
  const ceMois = (n: number) => ({ ...s, du: decalerMois(du, n), au: decalerMois(du, n) });
  const [mailles, ...parMois] = await lireEnsemble(c.db, [
    () => countParMaille(c.db, c.contrat.id, s),
    () => countParLieu(c.db, c.contrat.id, ceMois(0)),
    () => countParLieu(c.db, c.contrat.id, ceMois(1)),
    () => countParLieu(c.db, c.contrat.id, ceMois(2)),
  ]);
  const nombres = new Map<string, number>();
  for (const l of parMois.flat()) nombres.set(l.territoireId, (nombres.get(l.territoireId) ?? 0) + l.nombre);
  const feuilles = (id: string) => catalogue.descendants(id).filter((x) => catalogue.enfants(x).length === 0);
  const bruts = catalogue.enfants(catalogue.racine.id).map((t) => ({ id: t.id, nom: t.nom, feuilles: feuilles(t.id) }));
  // Months of the same places are published too (« vous avez signalé, nous avons fait »): a quarter that would give one back is not said here either.
  const racine = catalogue.racine.id;
  const dit = direTrimestre(
    parMois.map((lieux) => {
      const dans = (garder: (id: string) => boolean) => lieux.reduce((n, l) => n + (garder(l.territoireId) ? l.nombre : 0), 0);
      return [...bruts.map((g) => dans((id) => catalogue.contient(g.id, id))), dans((id) => id === racine)];
    }),
  );
  const chauds = quartiersChauds(connues, mailles);
  const groupes = bruts.map((g, rang): GroupeDeQuartiers => {
    const parts = g.feuilles.map((q) => nombres.get(q) ?? 0);
    const total = dit.parts[rang] ?? null;
    // What is known of the place alone is a part of it too, that no row says.
    const reste = catalogue.descendants(g.id).reduce((n, id) => n + (g.feuilles.includes(id) ? 0 : (nombres.get(id) ?? 0)), 0);
    const m: Masque = total === null ? { parts: parts.map((n) => (n === 0 ? 0 : null)), total } : { parts: masquerParts([...parts, reste]).parts, total };
    const quartiers = g.feuilles.map((q, i) => {
      const nombre = m.parts[i] ?? null;
      // What is hidden says nothing more.
      return { id: q, nom: catalogue.territoires.get(q)?.nom ?? q, nombre, chaud: nombre !== null && chauds.has(q) };
    });
    return { id: g.id, nom: g.nom, total: m.total, quartiers };
  });
  return { catalogue, trimestre, total: dit.total, groupes };
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
