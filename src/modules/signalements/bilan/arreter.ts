/** Each night: months that are over are told, and quarters a month after their end, so that the answers to their last reports have come. Written once. */
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { premierMois, trimestreDe } from '../points-chauds/quartiers.ts';
import {
  addBilans,
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

const suite = (du: string, au: string, pas: number): string[] => (du > au ? [] : [du, ...suite(decalerMois(du, pas), au, pas)]);
/** Returns how many periods were told. */
export async function arreterLesBilans(tx: Db, o: { catalogue: Catalogue; circuits: Circuits; maintenant: Date }): Promise<number> {
  const { catalogue: cat, maintenant } = o;
  const contratId = cat.contratId;
  const codes = circuitsDits(o.circuits);
  const [premier, bilans] = [await getPremierMois(tx, contratId, codes), await listBilans(tx, contratId)];
  if (premier === null) return 0;
  const dits = new Set(bilans.map((b) => b.periode));
  const dernier = decalerMois(`${jourDe(maintenant).slice(0, 7)}-01`, -1);
  const debut = premierMois(trimestreDe(premier));
  const mois = suite(debut, dernier, 1).filter((m) => !dits.has(m.slice(0, 7)));
  const trimestres = suite(debut, decalerMois(dernier, -3), 3).filter((m) => !dits.has(trimestreDe(m)));
  const [du] = [...mois, ...trimestres].sort();
  if (du === undefined) return 0;
  const moisDe = (m: string) => [0, 1, 2].map((n) => decalerMois(m, n).slice(0, 7));
  const anciens = trimestres.flatMap(moisDe).filter((m) => dits.has(m));
  const [lignesDites, comptesDits] = [await listLignesArretees(tx, contratId, anciens), await listComptesArretes(tx, contratId, anciens)];
  // A circuit that is told no more was a part of what was said.
  const circuits = [...new Set([...codes, ...comptesDits.map((x) => x.circuit)])];
  const comptes = await listMois(tx, contratId, { circuits, du, au: dernier });
  const duMois = (m: string) => comptes.filter((x) => x.mois === m && codes.includes(x.circuit));

  const lignesDesMois = mois.flatMap((m) => arreterMois(cat, m.slice(0, 7), duMois(m)));
  const comptesDesMois = mois.flatMap((m) => duMois(m).map((x): CompteArrete => ({ ...x, periode: m.slice(0, 7) })));
  const [lignes, avant] = [
    [...lignesDites, ...lignesDesMois],
    [...comptesDits, ...comptesDesMois],
  ];
  const desTrimestres = trimestres.map((m) => {
    const siens = moisDe(m);
    const maintenantComptes = comptes.filter((x) => siens.includes(x.mois.slice(0, 7)));
    return {
      periode: trimestreDe(m),
      notes: maintenantComptes.reduce((n, x) => n + x.notes, 0),
      totalDesNotes: maintenantComptes.reduce((n, x) => n + x.totalDesNotes, 0),
      lignes: arreterTrimestre(
        cat,
        trimestreDe(m),
        siens.flatMap((p) => relireMois(lignes, p) ?? []),
        avant.filter((x) => siens.includes(x.periode)),
        maintenantComptes,
      ),
    };
  });
  await addBilans(tx, contratId, {
    bilans: [
      ...mois.map((m) => ({ periode: m.slice(0, 7), arreteLe: maintenant, notes: 0, totalDesNotes: 0 })),
      ...desTrimestres.map(({ periode, notes, totalDesNotes }) => ({ periode, arreteLe: maintenant, notes, totalDesNotes })),
    ],
    lignes: [...lignesDesMois, ...desTrimestres.flatMap((t) => t.lignes)],
    comptes: comptesDesMois,
  });
  return mois.length + trimestres.length;
}
