/** A figure by month, by territory and by each of its breakdowns, as this reader may have them. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Mesure } from '../../contrats/index.ts';
import type { Expression, Formule } from '../calcul/atomes.rules.ts';
import { additionnerAgregats } from '../carte.ts';
import type { Aire } from '../agregats.queries.ts';
import { getParDimension, getParMois, getParTerritoire, getSourcesTenues } from '../chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, nombre, pasEncorePublic, sansObjet, situer } from '../chiffres.rules.ts';
import { ouDe } from '../diffusion/diffusion.ts';
import { borneDe, estMontrable, publieLe, type Regime } from '../diffusion/diffusion.rules.ts';
import { chiffreDAtome } from '../evaluation.rules.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import { anneeDe, direEnCours, estAnnee, moisDe, periode } from '../periode.rules.ts';
import { dimensionDe } from '../sources.ts';
import type { AtomePreuve, Demande, Preuve, Repartition } from './preuve.types.ts';

type ExpressionAtome = Extract<Expression, { genre: 'atome' }>;

/** A measure that one atom answers. */
export interface Simple {
  formule: Formule;
  e: ExpressionAtome;
  mesure: Mesure;
}
type Repartie = Pick<Preuve, 'parMois' | 'parTerritoire' | 'parDimension'>;
export async function repartir(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  x: Simple,
  d: DemandeLue,
  aire: Aire,
  atomes: readonly AtomePreuve[],
): Promise<Repartie> {
  const r = d.diffusion;
  // Small numbers are hidden month by month: none is told.
  const mois = estAnnee(d.periode) && !(r && r.seuil > 0) ? moisDe(anneeDe(d.periode)) : [];
  const tenues = await getSourcesTenues(db, contratId, [...new Set(x.formule.atomes.flatMap((a) => a.tenues))], [d.lu, ...mois]);
  const dire = (a: Agregat, p = d.lu): Chiffre => situer(chiffreDAtome(x.e, x.formule, x.mesure, p, a, { tenues, aujourdhui: d.aujourdhui }), d.aujourdhui);
  return {
    parMois: mois.length > 0 ? await parMois(db, contratId, x, d, aire, dernierMois(atomes), dire) : [],
    parTerritoire: await parTerritoire(db, contratId, f, x, d, dire),
    parDimension: await parDimension(db, contratId, f, x, d, aire, dire),
  };
}
/** `lu`: how far the period is read. */
export interface DemandeLue extends Demande {
  lu: string;
  diffusion: Regime | null;
}
/** Of a year that runs, packets are of the whole alone; of one that is over, a breakdown is told whole or not at all, and not at all of what another figure holds. */
const estDite = ({ diffusion: r, lu, periode: p }: DemandeLue, parts: readonly Agregat[]): boolean =>
  !r ||
  r.seuil === 0 ||
  (lu === p &&
    r.atomes.length === 1 &&
    r.restes.size === 0 &&
    estMontrable(
      parts.map((a) => a.nombre),
      r.seuil,
    ));

type Dire = (a: Agregat, p?: string) => Chiffre;

/** Last month of which the registers say anything: what comes after is not a zero. */
const dernierMois = (atomes: readonly AtomePreuve[]): string =>
  atomes
    .flatMap((a) => a.fraicheur ?? [])
    .sort()
    .at(-1) ?? '9999-12';

async function parMois(db: Db, contratId: number, { e, mesure }: Simple, d: DemandeLue, aire: Aire, dernier: string, dire: Dire): Promise<Preuve['parMois']> {
  const annee = d.periode;
  const borne = d.diffusion && borneDe(d.diffusion.recul, d.aujourdhui);
  const lus = new Map((await getParMois(db, contratId, e.cle, annee, aire)).map((x) => [x.cle, x.agregat]));
  return moisDe(Number(annee)).map((mois) => {
    if (borne && d.diffusion && `${mois}-01` >= borne)
      return { mois, chiffre: pasEncorePublic(mesure.unite, publieLe(periode(mois).fin, d.diffusion.recul)), enCours: undefined };
    const lu = lus.get(mois);
    return {
      mois,
      chiffre: lu === undefined && mois > dernier ? sansObjet(mesure.unite) : dire(lu ?? AGREGAT_VIDE, mois),
      enCours: direEnCours(mois, d.aujourdhui),
    };
  });
}

/** By each level of territory under the one asked; parts of a distinct count do not add up, so each level is read as it is. */
async function parTerritoire(db: Db, contratId: number, f: FormulaireDeContrat, { e, mesure: m }: Simple, d: DemandeLue, dire: Dire): Promise<Repartition[]> {
  const enfants = f.catalogue.enfants(d.territoireId);
  if (enfants.length === 0 || e.mode === 'distinct') return [];
  const grain = d.diffusion?.grain ?? 'tous';
  if (grain === 'contrat' || (grain === 'premier-niveau' && ouDe(f.catalogue, d.territoireId).niveau > 0)) return [];
  const lus = await getParTerritoire(db, contratId, e.cle, d.lu);
  const parId = new Map(lus.map((x) => [x.cle, x.agregat]));
  const sommes = new Map(
    enfants.map((t) => [t.id, f.catalogue.descendants(t.id).reduce((total, id) => additionnerAgregats(total, parId.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE)]),
  );
  if (!estDite(d, [...sommes.values(), parId.get(d.territoireId) ?? AGREGAT_VIDE])) return [];
  const lignes = enfants.map((t) => {
    const somme = sommes.get(t.id) ?? AGREGAT_VIDE;
    return { cle: t.id, libelle: t.nom, chiffre: dire(somme), href: `/chiffres/${m.id}?periode=${d.periode}&territoire=${t.id}` };
  });
  const ici = parId.get(d.territoireId);
  if (ici) lignes.push({ cle: d.territoireId, libelle: 'Sans lieu plus précis', chiffre: dire(ici), href: '' });
  return [{ titre: 'Par territoire', lignes }];
}
async function parDimension(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  { e, formule: { atomes } }: Simple,
  d: DemandeLue,
  aire: Aire,
  dire: Dire,
): Promise<Repartition[]> {
  // Different values are counted: what is told of each is how many records have it.
  const direParts = (a: Agregat): Chiffre => (e.mode === 'distinct' ? nombre(a.nombre, 'enregistrements') : dire(a));
  const communes = (atomes[0]?.ventilations ?? []).filter((v) => atomes.every((a) => a.ventilations.includes(v)));
  const r = d.diffusion;
  // Place by breakdown is finer than either: below a threshold, the whole contract alone.
  const permises = communes.filter((v) => !r || ((r.dimensions === 'toutes' || r.dimensions.includes(v)) && (r.seuil === 0 || aire === null)));
  const lues = await lireEnsemble(
    db,
    permises.map((dimension) => async (): Promise<Repartition[]> => {
      const source = f.sources.get(atomes[0]?.source ?? '');
      const def = source ? dimensionDe(source, dimension) : undefined;
      const lus = await getParDimension(db, contratId, e.cle, d.lu, aire, dimension);
      if (
        !estDite(
          d,
          lus.map((x) => x.agregat),
        )
      )
        return [];
      const connus = new Map(def?.options?.map((o) => [o.code, o.libelle]));
      const inconnus = (def?.type === 'liste' || def?.dans !== undefined) && lus.some((x) => x.cle !== '' && !connus.has(x.cle));
      const ajoutes = inconnus ? await source?.libellesAjoutes?.(db, contratId) : undefined;
      const libelle = (cle: string): string => {
        if (cle === '') return 'non précisé';
        if (def?.type === 'booleen') return cle === 'true' ? 'oui' : 'non';
        if (def?.type === 'acteur') return f.catalogue.nomActeur(cle);
        return connus.get(cle) ?? ajoutes?.get(`${dimension}:${cle}`) ?? cle;
      };
      return [
        {
          titre: `Par ${(def?.libelle ?? dimension).toLowerCase()}`,
          ...(e.mode === 'distinct' ? { unite: 'enregistrements' } : {}),
          lignes: lus
            .map((x) => ({ cle: x.cle, libelle: libelle(x.cle), chiffre: direParts(x.agregat) }))
            .sort((a, b) => (b.chiffre.valeur ?? 0) - (a.chiffre.valeur ?? 0)),
        },
      ];
    }),
  );
  return lues.flat();
}
