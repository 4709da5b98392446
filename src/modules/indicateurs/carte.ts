/** One measure in many territories at once: what maps show. */
import type { Db } from '../../core/database.ts';
import { getParTerritoire } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, nombre, sansObjet } from './chiffres.rules.ts';
import { valeurDuMode } from './evaluation.rules.ts';
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
  const e = f.formules.get(mesureId)?.expression;
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (e?.genre !== 'atome' || e.mode === 'distinct' || e.mode === 'presents') return new Map(territoires.map((t) => [t, sansObjet(m.unite)]));
  const lus = new Map((await getParTerritoire(db, contratId, e.cle, p)).map((x) => [x.cle, x.agregat]));
  return new Map(
    territoires.map((t) => {
      const total = f.catalogue.descendants(t).reduce<Agregat>((somme, id) => additionnerAgregats(somme, lus.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE);
      return [t, nombre(valeurDuMode(e.mode, total), m.unite, total.sansValeur)];
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
