/** One measure in many territories at once: what maps show. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import { getParTerritoire, getSourcesTenues } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, sansObjet } from './chiffres.rules.ts';
import { chiffreDAtome } from './evaluation.rules.ts';
import type { FormulaireDeContrat } from './formulaires.ts';

/** Territories outside the reach of the formula (ratios, distinct and stock counts) are *sans objet* on a map. */
export async function getParTerritoireDe(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  mesureId: string,
  p: string,
  territoires: readonly string[],
): Promise<Map<string, Chiffre>> {
  const m = f.mesures.get(mesureId);
  const formule = f.formules.get(mesureId);
  const e = formule?.expression;
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (!formule || e?.genre !== 'atome' || e.mode === 'distinct' || e.mode === 'presents') return new Map(territoires.map((t) => [t, sansObjet(m.unite)]));
  const [parLieu, tenues] = await lireEnsemble(db, [
    () => getParTerritoire(db, contratId, e.cle, p),
    () => getSourcesTenues(db, contratId, [...new Set(formule.atomes.map((a) => a.source))], [p]),
  ]);
  const lus = new Map(parLieu.map((x) => [x.cle, x.agregat]));
  return new Map(
    territoires.map((t) => {
      const total = f.catalogue.descendants(t).reduce<Agregat>((somme, id) => additionnerAgregats(somme, lus.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE);
      return [t, chiffreDAtome(e, formule, m, p, total, tenues)];
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
