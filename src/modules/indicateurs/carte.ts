/** One measure in many territories at once: what maps show. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import { estDistinct, estStock } from './calcul/atomes.rules.ts';
import { getParTerritoire, getSourcesTenues } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, sansObjet, situer } from './chiffres.rules.ts';
import { chiffreDAtome } from './evaluation.rules.ts';
import type { FormulaireDeContrat } from './formulaires.ts';

/** Counts of acts, whose parts add up and whose noise is known; a sum of persons hangs on a few large events. */
export function estCartographiable(f: FormulaireDeContrat, mesureId: string): boolean {
  const formule = f.formules.get(mesureId);
  return formule?.expression.genre === 'atome' && formule.expression.mode === 'compte' && formule.atomes.every((a) => a.mode === 'compte');
}

/** Territories outside the reach of the formula (ratios, distinct and stock counts) are *sans objet* on a map. */
export async function getParTerritoireDe(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  mesureId: string,
  p: string,
  territoires: readonly string[],
  aujourdhui: string,
): Promise<Map<string, Chiffre>> {
  const m = f.mesures.get(mesureId);
  const formule = f.formules.get(mesureId);
  const e = formule?.expression;
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (!formule || e?.genre !== 'atome' || estDistinct(e.mode) || estStock(e.mode)) return new Map(territoires.map((t) => [t, sansObjet(m.unite)]));
  const [parLieu, tenues] = await lireEnsemble(db, [
    () => getParTerritoire(db, contratId, e.cle, p),
    () => getSourcesTenues(db, contratId, [...new Set(formule.atomes.flatMap((a) => a.tenues))], [p]),
  ]);
  const lus = new Map(parLieu.map((x) => [x.cle, x.agregat]));
  return new Map(
    territoires.map((t) => {
      const total = f.catalogue.descendants(t).reduce<Agregat>((somme, id) => additionnerAgregats(somme, lus.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE);
      return [t, situer(chiffreDAtome(e, formule, m, p, total, tenues), aujourdhui)];
    }),
  );
}

export const additionnerAgregats = (a: Agregat, b: Agregat): Agregat => ({
  nombre: a.nombre + b.nombre,
  somme: a.somme + b.somme,
  sansValeur: a.sansValeur + b.sansValeur,
  distincts: a.distincts + b.distincts,
  ouverts: a.ouverts + b.ouverts,
  fermes: a.fermes + b.fermes,
});
