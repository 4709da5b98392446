/** Each night: months that are over are told, and quarters a month after their end, so that the answers to their last reports have come. Written once. */
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Faire, type Faits, unParUn } from '../un-par-un.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { premierMois, trimestreDe } from '../points-chauds/quartiers.ts';
import {
  addBilan,
  type Compte,
  type CompteArrete,
  getPremierMois,
  type LigneArretee,
  listBilans,
  listComptesArretes,
  listLignesArretees,
  listMois,
} from './bilan.queries.ts';
import { additionner, type Cellule, direLeTrimestre, direMois, direSous, type Dite, type Dites, type Groupe, retenir } from './bilan.rules.ts';

/** Circuits told place by place: what partners ask each other, and what is reserved to services, is not. */
export const circuitsDits = (circuits: Circuits): string[] =>
  [...circuits.values()].filter((c) => c.declarants.public && c.lecture === 'partenaires').map((c) => c.code);

/** Places of the first level, and what nobody placed more finely than the contract: together, all that was received. */
const lieuxDe = (cat: Catalogue): string[] => [...cat.enfants(cat.racine.id).map((t) => t.id), cat.racine.id];
const lieuDe = (cat: Catalogue, territoireId: string): string => cat.enfants(cat.racine.id).find((t) => cat.contient(t.id, territoireId))?.id ?? cat.racine.id;
const enCellule = (cat: Catalogue, x: Compte | CompteArrete): Cellule => ({ ...x, lieu: lieuDe(cat, x.territoireId) });
const grouper = (cles: readonly string[], cellules: readonly Cellule[], cleDe: (x: Cellule) => string): Groupe[] =>
  cles.map((cle) => ({ cle, nombres: additionner(cellules.filter((x) => cleDe(x) === cle)) }));

const ecrire = (periode: string, genre: LigneArretee['genre'], lieu: string, lignes: readonly Dite[]): LigneArretee[] =>
  lignes.map(({ cle, recus, repondus, faits, resolus, contestes, minutes }) => ({
    ...{ periode, genre, lieu, cle, recus, repondus, faits, resolus, contestes, minutes },
  }));
/** Of what was told of a month, its places and its whole. */
export function relireMois(lignes: readonly LigneArretee[], periode: string): Dites | null {
  const siennes = lignes.filter((l) => l.periode === periode);
  const total = siennes.find((l) => l.genre === 'total');
  return total ? { lignes: siennes.filter((l) => l.genre === 'lieu'), total } : null;
}

function arreterMois(cat: Catalogue, periode: string, comptes: readonly Compte[]): LigneArretee[] {
  const dit = direMois(
    grouper(
      lieuxDe(cat),
      comptes.map((x) => enCellule(cat, x)),
      (x) => x.lieu,
    ),
  );
  return [...ecrire(periode, 'total', '', [dit.total]), ...ecrire(periode, 'lieu', '', dit.lignes)];
}
function arreterTrimestre(cat: Catalogue, periode: string, mois: readonly Dites[], avant: readonly CompteArrete[], comptes: readonly Compte[]): LigneArretee[] {
  const cellules = retenir(
    mois,
    avant.map((x) => enCellule(cat, x)),
    comptes.map((x) => enCellule(cat, x)),
  );
  const dit = direLeTrimestre(
    mois,
    grouper(lieuxDe(cat), cellules, (x) => x.lieu),
  );
  const circuits = [...new Set(cellules.map((x) => x.circuit))].sort();
  return [
    ...ecrire(periode, 'total', '', [dit.total]),
    ...ecrire(periode, 'lieu', '', dit.lignes),
    ...cat.enfants(cat.racine.id).flatMap((t) => {
      const lieu = dit.lignes.find((l) => l.cle === t.id);
      const parties = grouper(
        cat.descendants(t.id),
        cellules.filter((x) => x.lieu === t.id),
        (x) => x.territoireId,
      );
      return lieu ? ecrire(periode, 'partie', t.id, direSous(lieu, parties)) : [];
    }),
    ...ecrire(
      periode,
      'circuit',
      '',
      direSous(
        dit.total,
        grouper(circuits, cellules, (x) => x.circuit),
      ),
    ),
  ];
}

interface Arret {
  catalogue: Catalogue;
  maintenant: Date;
  /** Of the circuits that are told. */
  codes: readonly string[];
}
async function ecrireMois(tx: Db, { catalogue: cat, codes, maintenant }: Arret, mois: string): Promise<boolean> {
  const periode = mois.slice(0, 7);
  const comptes = await listMois(tx, cat.contratId, { circuits: codes, du: mois, au: mois });
  return addBilan(tx, cat.contratId, {
    bilan: { periode, arreteLe: maintenant, notes: 0, totalDesNotes: 0 },
    lignes: arreterMois(cat, periode, comptes),
    comptes: comptes.map((x): CompteArrete => ({ ...x, periode })),
  });
}
/** Once its months are told: false before. */
async function ecrireTrimestre(tx: Db, { catalogue: cat, codes, maintenant }: Arret, premier: string): Promise<boolean> {
  const periode = trimestreDe(premier);
  const siens = [0, 1, 2].map((n) => decalerMois(premier, n).slice(0, 7));
  const [lignes, avant] = [await listLignesArretees(tx, cat.contratId, siens), await listComptesArretes(tx, cat.contratId, siens)];
  const mois = siens.flatMap((p) => relireMois(lignes, p) ?? []);
  if (mois.length < siens.length) return false;
  // A circuit that is told no more was a part of what was said.
  const circuits = [...new Set([...codes, ...avant.map((x) => x.circuit)])];
  const comptes = await listMois(tx, cat.contratId, { circuits, du: premier, au: decalerMois(premier, 2) });
  const somme = (c: 'notes' | 'totalDesNotes') => comptes.reduce((n, x) => n + x[c], 0);
  return addBilan(tx, cat.contratId, {
    bilan: { periode, arreteLe: maintenant, notes: somme('notes'), totalDesNotes: somme('totalDesNotes') },
    lignes: arreterTrimestre(cat, periode, mois, avant, comptes),
    comptes: [],
  });
}

const suite = (du: string, au: string, pas: number): string[] => (du > au ? [] : [du, ...suite(decalerMois(du, pas), au, pas)]);
export async function arreterLesBilans(faire: Faire, o: { catalogue: Catalogue; circuits: Circuits; maintenant: Date }): Promise<Faits> {
  const { catalogue, maintenant } = o;
  const codes = circuitsDits(o.circuits);
  const { premier, bilans } = await faire(async (tx) => ({
    premier: await getPremierMois(tx, catalogue.contratId, codes),
    bilans: await listBilans(tx, catalogue.contratId),
  }));
  if (premier === null) return { faits: 0, rates: [] };
  const dits = new Set(bilans.map((b) => b.periode));
  const dernier = decalerMois(`${jourDe(maintenant).slice(0, 7)}-01`, -1);
  const debut = premierMois(trimestreDe(premier));
  const arret = { catalogue, maintenant, codes };
  const mois = await unParUn(
    suite(debut, dernier, 1).filter((m) => !dits.has(m.slice(0, 7))),
    (m) => m.slice(0, 7),
    (m) => faire((tx) => ecrireMois(tx, arret, m)),
  );
  const trimestres = await unParUn(
    suite(debut, decalerMois(dernier, -3), 3).filter((m) => !dits.has(trimestreDe(m))),
    trimestreDe,
    (m) => faire((tx) => ecrireTrimestre(tx, arret, m)),
  );
  return { faits: mois.faits + trimestres.faits, rates: [...mois.rates, ...trimestres.rates] };
}
