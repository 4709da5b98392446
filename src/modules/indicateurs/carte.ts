/** One measure in many territories at once: what maps show. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import { estDistinct, estStock } from './calcul/atomes.rules.ts';
import { getParTerritoire, getSourcesTenues } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, sansObjet, situer } from './chiffres.rules.ts';
import { direJusqua, direNonLue, lireDiffusees, ouDe } from './diffusion/diffusion.ts';
import { AU_PUBLIC, type EnDirect, regimeDe } from './diffusion/diffusion.rules.ts';
import { chiffreDAtome } from './evaluation.rules.ts';
import type { FormulaireDeContrat } from './formulaires.ts';

/** Counts of acts, whose parts add up and whose noise is known; a sum of persons hangs on a few large events. */
export function estCartographiable(f: FormulaireDeContrat, mesureId: string): boolean {
  const formule = f.formules.get(mesureId);
  return formule?.expression.genre === 'atome' && formule.expression.mode === 'compte' && formule.atomes.every((a) => a.mode === 'compte');
}

/** A measure whose parts this reader has as they are written: what `getRepartitions` reads without asking. */
export const estLueEnDirect = (f: FormulaireDeContrat, mesureId: string, enDirect: EnDirect = AU_PUBLIC): boolean => regimeDe(f, mesureId, enDirect) === null;

/** Territories outside the reach of the formula (ratios, distinct and stock counts) are *sans objet* on a map. */
export async function getParTerritoireDe(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  mesureId: string,
  p: string,
  territoires: readonly string[],
  aujourdhui: string,
  enDirect?: EnDirect,
): Promise<Map<string, Chiffre>> {
  const m = f.mesures.get(mesureId);
  const formule = f.formules.get(mesureId);
  const e = formule?.expression;
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (!formule || e?.genre !== 'atome' || estDistinct(e.mode) || estStock(e.mode)) return new Map(territoires.map((t) => [t, sansObjet(m.unite)]));
  const diffusees = await Promise.all(
    [...new Map(territoires.map((t) => [ouDe(f.catalogue, t).niveau, t])).values()].map(async (t) => {
      const lues = await lireDiffusees(db, contratId, f, { mesures: [mesureId], periodes: [p], territoireId: t, aujourdhui, enDirect });
      return [ouDe(f.catalogue, t).niveau, lues.lire(mesureId, p)] as const;
    }),
  );
  // How it is read is of a level of territory, and the same for all of its places.
  const lectures = new Map(diffusees);
  const lu = [...lectures.values()].find((l) => l.genre === 'lu')?.lu ?? p;
  const [parLieu, tenues] = await lireEnsemble(db, [
    () => getParTerritoire(db, contratId, e.cle, lu),
    () => getSourcesTenues(db, contratId, [...new Set(formule.atomes.flatMap((a) => a.tenues))], [lu]),
  ]);
  const lus = new Map(parLieu.map((x) => [x.cle, x.agregat]));
  return new Map(
    territoires.map((t) => {
      const lecture = lectures.get(ouDe(f.catalogue, t).niveau);
      if (lecture && lecture.genre !== 'lu') return [t, direNonLue(lecture, m.unite)];
      const total = f.catalogue.descendants(t).reduce<Agregat>((somme, id) => additionnerAgregats(somme, lus.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE);
      return [t, direJusqua(situer(chiffreDAtome(e, formule, m, lu, total, { tenues, aujourdhui }), aujourdhui), p, lu)];
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
