/** Everything that proves one figure: gathered once, shown on its page and exported. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Mesure } from '../../contrats/index.ts';
import { additionnerAgregats } from '../carte.ts';
import { type Atome, estDistinct, estStock, type Expression, type Formule } from '../calcul/atomes.rules.ts';
import { type Aire, getAgregats, getFraicheur, getNombreCompte, getParDimension, getParMois, getParTerritoire, getSourcesTenues } from '../chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, type Comparaison, nombre, sansObjet, situer } from '../chiffres.rules.ts';
import { getComparaisons, getFigures } from '../chiffres.ts';
import { chiffreDAtome } from '../evaluation.rules.ts';
import { compterGardes, listGardes } from '../faits/faits.queries.ts';
import { type FormulaireDeContrat, listVersionsFormule, type VersionFormule } from '../formulaires.ts';
import { anneeDe, direEnCours, estAnnee, moisDe, periodePrecedente } from '../periode.rules.ts';
import { type Comptage, compterPresents, type FaitCompte, listFaits, texteDuComptage } from '../preuves.queries.ts';
import { type Contributions, getContributions } from '../saisie/contributions.ts';
import { dimensionDe, type SourceDeFaits } from '../sources.ts';

export const FAITS_PAR_PAGE = 50;

export interface AtomePreuve {
  atome: Atome;
  source: SourceDeFaits;
  /** Records counted, from the cells: the list below shows these, page by page. */
  compte: number;
  sql: string;
  /** Null when the reader may not see the list. */
  faits: FaitCompte[] | null;
  fraicheur: string | null;
}
interface Repartition {
  titre: string;
  /** Of what is shown, when it is not that of the measure. */
  unite?: string;
  lignes: { cle: string; libelle: string; chiffre: Chiffre; href?: string }[];
}
export interface Preuve {
  mesure: Mesure;
  periode: string;
  territoireId: string;
  chiffre: Chiffre;
  /** The same period one year before; null while this one runs. */
  precedent: Chiffre | null;
  /** The same months of two years; null where like would not stand beside like. */
  comparaison: Comparaison | null;
  /** The same figure for the whole contract, when the territory is a part of it. */
  ensemble: Chiffre | null;
  /** `enCours`: how far a period goes that is not over. */
  parAnnee: { annee: string; chiffre: Chiffre; enCours: string | undefined }[];
  parMois: { mois: string; chiffre: Chiffre; enCours: string | undefined }[];
  parTerritoire: Repartition[];
  parDimension: Repartition[];
  atomes: AtomePreuve[];
  citees: { mesure: Mesure; chiffre: Chiffre }[];
  /** Null when it is computed. */
  contributions: Contributions | null;
  formules: VersionFormule[];
  /** Words for filter values that no option declares, by « source:dimension:code ». */
  libelles: ReadonlyMap<string, string>;
}

export interface Demande {
  mesureId: string;
  periode: string;
  territoireId: string;
  page: number;
  /** Works on the contract: reads the latest given, not only what was validated. */
  partenaire?: boolean;
  /** Day of the request, on the contract's clock. */
  aujourdhui: string;
  /** May the reader see the list of the records of this source? */
  peutLister: (s: SourceDeFaits) => boolean;
}

export async function getPreuve(db: Db, contratId: number, f: FormulaireDeContrat, d: Demande): Promise<Preuve> {
  const mesure = f.mesures.get(d.mesureId);
  if (!mesure) throw new Error(`Mesure inconnue : ${d.mesureId}`);
  const formule = f.formules.get(d.mesureId);
  const c = f.catalogue;
  const aire = c.aire(d.territoireId);
  const annee = anneeDe(d.periode);
  const premiere = Math.max(Number(c.contrat.debut.slice(0, 4)), annee - 5);
  const annees = Array.from({ length: annee - premiere + 1 }, (_, i) => String(premiere + i));
  const citees = formule ? mesuresCiteesPar(formule.expression) : [];
  const periodes = [...new Set([d.periode, periodePrecedente(d.periode), ...annees])];
  const demande = {
    mesures: [d.mesureId, ...citees],
    periodes,
    territoireId: d.territoireId,
    aire,
    aujourdhui: d.aujourdhui,
    ensemble: d.partenaire ? ('recent' as const) : ('valide' as const),
  };
  const racine = c.racine.id;
  const [figures, comparaisons, ensemble, contributions, formules, fraicheurs] = await lireEnsemble(db, [
    () => getFigures(db, contratId, f, demande),
    () => getComparaisons(db, contratId, f, { ...demande, mesures: [d.mesureId], periode: d.periode }),
    () => (d.territoireId === racine ? null : getFigures(db, contratId, f, { ...demande, periodes: [d.periode], territoireId: racine, aire: null })),
    () => getContributions(db, f.catalogue, mesure, d),
    () => listVersionsFormule(db, contratId, d.mesureId),
    () => (formule ? getFraicheur(db, contratId, [...new Set(formule.atomes.map((a) => a.source))]) : new Map<string, string>()),
  ]);
  const lire = (p: string, m = d.mesureId): Chiffre => {
    const x = figures.get(p)?.get(m);
    if (!x) throw new Error(`Figure non lue : ${m} ${p}`);
    return x;
  };
  const simple = formule?.expression.genre === 'atome' ? { formule, e: formule.expression, mesure } : null;
  const atomes = await lireEnsemble(
    db,
    (formule?.atomes ?? []).map((a) => () => buildAtome(db, contratId, f, a, d, aire, fraicheurs)),
  );
  return {
    mesure,
    periode: d.periode,
    territoireId: d.territoireId,
    chiffre: lire(d.periode),
    precedent: direEnCours(d.periode, d.aujourdhui) ? null : lire(periodePrecedente(d.periode)),
    comparaison: comparaisons.get(d.mesureId) ?? null,
    ensemble: ensemble?.get(d.periode)?.get(d.mesureId) ?? null,
    parAnnee: annees.map((a) => ({ annee: a, chiffre: lire(a), enCours: direEnCours(a, d.aujourdhui) })),
    // A stock is who came before and has not left: its months and its parts are not those of the openings.
    ...(simple && !estStock(simple.e.mode) ? await repartir(db, contratId, f, simple, d, aire, atomes) : { parMois: [], parTerritoire: [], parDimension: [] }),
    atomes,
    citees: citees.flatMap((id) => {
      const m = f.mesures.get(id);
      return m ? [{ mesure: m, chiffre: lire(d.periode, id) }] : [];
    }),
    contributions,
    formules,
    libelles: await lireLibelles(db, contratId, atomes),
  };
}

async function lireLibelles(db: Db, contratId: number, atomes: readonly AtomePreuve[]): Promise<Map<string, string>> {
  const sources = new Set(atomes.filter((a) => [...a.atome.ou, ...a.atome.sauf].some((f) => Object.keys(f).length > 0)).map((a) => a.source));
  const lus = await lireEnsemble(
    db,
    [...sources].map(
      (s) => async () => [...((await s.libellesAjoutes?.(db, contratId)) ?? [])].map(([cle, mot]): [string, string] => [`${s.nom}:${cle}`, mot]),
    ),
  );
  return new Map(lus.flat());
}

type ExpressionAtome = Extract<Expression, { genre: 'atome' }>;

function mesuresCiteesPar(e: Expression): string[] {
  if (e.genre === 'mesure') return [e.id];
  if (e.genre === 'ratio') return [...mesuresCiteesPar(e.numerateur), ...mesuresCiteesPar(e.denominateur)];
  return e.genre === 'variation' ? mesuresCiteesPar(e.de) : [];
}

async function buildAtome(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  atome: Atome,
  d: Demande,
  aire: Aire,
  fraicheurs: ReadonlyMap<string, string>,
): Promise<AtomePreuve> {
  const source = f.sources.get(atome.source);
  if (!source) throw new Error(`Source inconnue : ${atome.source}`);
  const q = { source, atome, contratId, periode: d.periode, aire };
  const depuis = (d.page - 1) * FAITS_PAR_PAGE;
  const lister = d.peutLister(source);
  const [compte, gardes] = await lireEnsemble(db, [() => compter(db, q), () => (lister ? listGardes(db, { ...q, limite: FAITS_PAR_PAGE, depuis }) : [])]);
  // Asked for no more than there is, the scan of a register stops at the last one instead of the end of the year.
  const limite = Math.max(0, Math.min(FAITS_PAR_PAGE, compte - depuis));
  const faits = !lister ? null : gardes.length === limite ? gardes : limite === 0 ? [] : await listFaits(db, { ...q, limite, depuis });
  return { atome, source, compte, sql: texteDuComptage(db, q), faits, fraicheur: fraicheurs.get(source.nom) ?? null };
}

/** From the cells, but for a stock told by its values: these are counted there, not those who have them. */
async function compter(db: Db, q: Comptage): Promise<number> {
  const { contratId, atome, periode, aire } = q;
  if (!estStock(atome.mode)) return getNombreCompte(db, contratId, atome, periode, aire);
  if (estDistinct(atome.mode)) return (await compterGardes(db, q)) ?? compterPresents(db, q);
  const { ouverts, fermes } =
    (await getAgregats(db, contratId, new Map([[atome.cle, atome.mode]]), [periode], aire)).get(`${periode}|${atome.cle}`) ?? AGREGAT_VIDE;
  return ouverts - fermes;
}

/** A measure that one atom answers. */
interface Simple {
  formule: Formule;
  e: ExpressionAtome;
  mesure: Mesure;
}
type Repartie = Pick<Preuve, 'parMois' | 'parTerritoire' | 'parDimension'>;
async function repartir(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  x: Simple,
  d: Demande,
  aire: Aire,
  atomes: readonly AtomePreuve[],
): Promise<Repartie> {
  const mois = estAnnee(d.periode) ? moisDe(anneeDe(d.periode)) : [];
  const tenues = await getSourcesTenues(db, contratId, [...new Set(x.formule.atomes.flatMap((a) => a.tenues))], [d.periode, ...mois]);
  const dire = (a: Agregat, p = d.periode): Chiffre => situer(chiffreDAtome(x.e, x.formule, x.mesure, p, a, tenues), d.aujourdhui);
  return {
    parMois: mois.length > 0 ? await parMois(db, contratId, x, d, aire, dernierMois(atomes), dire) : [],
    parTerritoire: await parTerritoire(db, contratId, f, x, d, dire),
    parDimension: await parDimension(db, contratId, f, x, d, aire, dire),
  };
}
type Dire = (a: Agregat, p?: string) => Chiffre;

/** Last month of which the registers say anything: what comes after is not a zero. */
const dernierMois = (atomes: readonly AtomePreuve[]): string =>
  atomes
    .flatMap((a) => a.fraicheur ?? [])
    .sort()
    .at(-1) ?? '9999-12';

async function parMois(db: Db, contratId: number, { e, mesure }: Simple, d: Demande, aire: Aire, dernier: string, dire: Dire): Promise<Preuve['parMois']> {
  const annee = d.periode;
  const lus = new Map((await getParMois(db, contratId, e.cle, annee, aire)).map((x) => [x.cle, x.agregat]));
  return moisDe(Number(annee)).map((mois) => {
    const lu = lus.get(mois);
    return {
      mois,
      chiffre: lu === undefined && mois > dernier ? sansObjet(mesure.unite) : dire(lu ?? AGREGAT_VIDE, mois),
      enCours: direEnCours(mois, d.aujourdhui),
    };
  });
}

/** By each level of territory under the one asked; parts of a distinct count do not add up, so each level is read as it is. */
async function parTerritoire(db: Db, contratId: number, f: FormulaireDeContrat, { e, mesure: m }: Simple, d: Demande, dire: Dire): Promise<Repartition[]> {
  const enfants = f.catalogue.enfants(d.territoireId);
  if (enfants.length === 0 || e.mode === 'distinct') return [];
  const lus = await getParTerritoire(db, contratId, e.cle, d.periode);
  const parId = new Map(lus.map((x) => [x.cle, x.agregat]));
  const lignes = enfants.map((t) => {
    const somme = f.catalogue.descendants(t.id).reduce((total, id) => additionnerAgregats(total, parId.get(id) ?? AGREGAT_VIDE), AGREGAT_VIDE);
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
  d: Demande,
  aire: Aire,
  dire: Dire,
): Promise<Repartition[]> {
  // Different values are counted: what is told of each is how many records have it.
  const direParts = (a: Agregat): Chiffre => (e.mode === 'distinct' ? nombre(a.nombre, 'enregistrements') : dire(a));
  const communes = (atomes[0]?.ventilations ?? []).filter((v) => atomes.every((a) => a.ventilations.includes(v)));
  return lireEnsemble(
    db,
    communes.map((dimension) => async () => {
      const source = f.sources.get(atomes[0]?.source ?? '');
      const def = source ? dimensionDe(source, dimension) : undefined;
      const lus = await getParDimension(db, contratId, e.cle, d.periode, aire, dimension);
      const connus = new Map(def?.options?.map((o) => [o.code, o.libelle]));
      const inconnus = (def?.type === 'liste' || def?.dans !== undefined) && lus.some((x) => x.cle !== '' && !connus.has(x.cle));
      const ajoutes = inconnus ? await source?.libellesAjoutes?.(db, contratId) : undefined;
      const libelle = (cle: string): string => {
        if (cle === '') return 'non précisé';
        if (def?.type === 'booleen') return cle === 'true' ? 'oui' : 'non';
        if (def?.type === 'acteur') return f.catalogue.nomActeur(cle);
        return connus.get(cle) ?? ajoutes?.get(`${dimension}:${cle}`) ?? cle;
      };
      return {
        titre: `Par ${(def?.libelle ?? dimension).toLowerCase()}`,
        ...(e.mode === 'distinct' ? { unite: 'enregistrements' } : {}),
        lignes: lus
          .map((x) => ({ cle: x.cle, libelle: libelle(x.cle), chiffre: direParts(x.agregat) }))
          .sort((a, b) => (b.chiffre.valeur ?? 0) - (a.chiffre.valeur ?? 0)),
      };
    }),
  );
}
