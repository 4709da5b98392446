/** How each measure is read by somebody: the one door of figures, which every read of cells goes through. */
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Formulaire } from '../calcul/cellules.queries.ts';
import { type Chiffre, pasEncorePublic, secret, tropFin } from '../chiffres.rules.ts';
import { anneeDe, estAnnee, periode } from '../periode.rules.ts';
import { lireFraicheur } from '../chiffres.queries.ts';
import type { SourceDeFaits } from '../sources.ts';
import { lireComptes } from './diffusion.queries.ts';
import { AU_PUBLIC, borneDe, type EnDirect, type Lecture, lectureDe, type Ou, type Regime, regimeDe, SANS_COMPTES, veilleDe } from './diffusion.rules.ts';

export interface DemandeDeDiffusion {
  mesures: readonly string[];
  periodes: readonly string[];
  territoireId: string;
  aujourdhui: string;
  /** Sources that the reader sees as they are written; none where left out. */
  enDirect?: EnDirect | undefined;
}
export interface Diffusees {
  /** Null: as it is written. */
  regime(mesureId: string): Regime | null;
  lire(mesureId: string, p: string): Lecture;
}
type FormulaireLu = Pick<Formulaire, 'sources' | 'formules'> & { catalogue?: Catalogue };

/** One read more than what is told at once asks, and only where a threshold looks. */
export async function lireDiffusees(db: Db, contratId: number, f: FormulaireLu, d: DemandeDeDiffusion): Promise<Diffusees> {
  const regimes = new Map(d.mesures.map((id) => [id, regimeDe(f, id, d.enDirect ?? AU_PUBLIC)]));
  const ou = ouDe(f.catalogue, d.territoireId);
  const comptes = await comptesDe(db, contratId, d, [...regimes.values()]);
  return {
    regime: (id) => regimes.get(id) ?? null,
    lire: (id, p) => {
      const r = regimes.get(id);
      return r ? lectureDe(r, p, d.aujourdhui, ou, comptes) : { genre: 'lu', lu: p };
    },
  };
}

async function comptesDe(db: Db, contratId: number, d: DemandeDeDiffusion, regimes: readonly (Regime | null)[]) {
  const tenus = regimes.filter((r): r is Regime => r !== null && r.seuil > 0);
  if (tenus.length === 0) return SANS_COMPTES;
  const recul = Math.min(...tenus.map((r) => r.recul));
  const borne = borneDe(recul, d.aujourdhui);
  const annees = [...new Set(d.periodes.filter(estAnnee).map(anneeDe))];
  const enCours = annees.filter(
    (a) => periode(String(a)).debut < borne && periode(String(a)).fin > borneDe(Math.max(...tenus.map((r) => r.recul)), d.aujourdhui),
  );
  const [annee] = enCours.sort();
  return lireComptes(db, contratId, {
    atomes: tenus.flatMap((r) => [...r.atomes, ...[...r.restes.values()].flat().flatMap((x) => [x.contenant, ...x.parts])]),
    annees,
    enCours: annee === undefined ? [] : [...new Set(tenus.filter((r) => r.parPaquets).flatMap((r) => r.atomes.map((a) => a.cle)))],
    annee: annee ?? 0,
    borne,
  });
}

/** Without a catalogue (a figure worked out by itself), the whole contract. */
export function ouDe(c: Catalogue | undefined, territoireId: string): Ou {
  if (!c) return { niveau: 0, parts: [] };
  return { niveau: Math.max(0, c.ascendants(territoireId).length - 1), parts: c.enfants(c.racine.id).map((t) => c.descendants(t.id)) };
}

/** How fresh each source is for this reader. One whose small numbers are hidden does not say in which month it has something. */
export function getFraicheur(
  db: Db,
  contratId: number,
  sources: Iterable<SourceDeFaits>,
  o: { aujourdhui: string; enDirect?: EnDirect | undefined },
): Promise<Map<string, string>> {
  const voit = o.enDirect ?? AU_PUBLIC;
  const lues = [...sources].flatMap((s): { nom: string; avant: string | null }[] => {
    const d = s.diffusion;
    if (d === 'immediate' || voit(s)) return [{ nom: s.nom, avant: null }];
    return d.seuil > 0 ? [] : [{ nom: s.nom, avant: borneDe(d.recul, o.aujourdhui) }];
  });
  return lireFraicheur(db, contratId, lues);
}

/** What is said of a figure that is not read. */
export function direNonLue(l: Exclude<Lecture, { genre: 'lu' }>, unite: string): Chiffre {
  if (l.genre === 'a-venir') return pasEncorePublic(unite, l.le);
  return l.genre === 'secret' ? secret(unite) : tropFin(unite);
}

/** A value of the first months of a period says so. */
export const direJusqua = (c: Chiffre, p: string, lu: string): Chiffre => (lu === p || c.valeur === null ? c : { ...c, jusqua: veilleDe(periode(lu).fin) });
