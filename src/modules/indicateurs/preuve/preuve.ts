/** Everything that proves one figure: gathered once, shown on its page and exported. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { type Atome, estDistinct, estStock, type Expression } from '../calcul/atomes.rules.ts';
import { type Aire, getAgregats } from '../agregats.queries.ts';
import { getNombreCompte } from '../chiffres.queries.ts';
import { AGREGAT_VIDE, type Chiffre } from '../chiffres.rules.ts';
import { getComparaisons, getFigures } from '../chiffres.ts';
import { getFraicheur, lireDiffusees } from '../diffusion/diffusion.ts';
import type { Lecture } from '../diffusion/diffusion.rules.ts';
import { compterGardes, listGardes } from '../faits/faits.queries.ts';
import { type FormulaireDeContrat, listVersionsFormule } from '../formulaires.ts';
import { anneeDe, direEnCours, direPortee, periodePrecedente } from '../periode.rules.ts';
import { type Comptage, compterPresents, listFaits, texteDuComptage } from '../preuves.queries.ts';
import { getContributions } from '../saisie/contributions.ts';
import type { AtomePreuve, Demande, Preuve } from './preuve.types.ts';
import { repartir } from './repartir.ts';

export const FAITS_PAR_PAGE = 50;

export type { AtomePreuve, Preuve } from './preuve.types.ts';

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
    enDirect: d.enDirect,
  };
  const racine = c.racine.id;
  const sources = [...new Set((formule?.atomes ?? []).map((a) => a.source))].flatMap((n) => f.sources.get(n) ?? []);
  const [figures, comparaisons, ensemble, contributions, formules, fraicheurs, diffusees] = await lireEnsemble(db, [
    () => getFigures(db, contratId, f, demande),
    () => getComparaisons(db, contratId, f, { ...demande, mesures: [d.mesureId], periode: d.periode }),
    () => (d.territoireId === racine ? null : getFigures(db, contratId, f, { ...demande, periodes: [d.periode], territoireId: racine, aire: null })),
    () => getContributions(db, f.catalogue, mesure, d),
    () => listVersionsFormule(db, contratId, d.mesureId),
    () => getFraicheur(db, contratId, sources, d),
    () => lireDiffusees(db, contratId, f, { ...demande, mesures: [d.mesureId], periodes: [d.periode] }),
  ]);
  const lire = (p: string, m = d.mesureId): Chiffre => {
    const x = figures.get(p)?.get(m);
    if (!x) throw new Error(`Figure non lue : ${m} ${p}`);
    return x;
  };
  const simple = formule?.expression.genre === 'atome' ? { formule, e: formule.expression, mesure } : null;
  const lue = diffusees.lire(d.mesureId, d.periode);
  const diffusion = diffusees.regime(d.mesureId);
  const atomes = await lireEnsemble(
    db,
    (formule?.atomes ?? []).map((a) => () => buildAtome(db, contratId, f, a, { ...d, lue }, aire, fraicheurs)),
  );
  const chiffre = lire(d.periode);
  // A figure that is not told has no parts to tell.
  const detaille = simple && !estStock(simple.e.mode) && lue.genre === 'lu' && chiffre.etat !== 'secret';
  return {
    mesure,
    periode: d.periode,
    territoireId: d.territoireId,
    chiffre,
    diffusion,
    aujourdhui: d.aujourdhui,
    precedent: direEnCours(d.periode, d.aujourdhui) ? null : lire(periodePrecedente(d.periode)),
    comparaison: comparaisons.get(d.mesureId) ?? null,
    ensemble: ensemble?.get(d.periode)?.get(d.mesureId) ?? null,
    parAnnee: annees.map((a) => ({
      annee: a,
      chiffre: lire(a),
      enCours: direPortee(lire(a), a, d.aujourdhui),
    })),
    // A stock is who came before and has not left: its months and its parts are not those of the openings.
    ...(detaille
      ? await repartir(db, contratId, f, simple, { ...d, lu: lue.lu, diffusion }, aire, atomes)
      : { parMois: [], parTerritoire: [], parDimension: [] }),
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
  d: Demande & { lue: Lecture },
  aire: Aire,
  fraicheurs: ReadonlyMap<string, string>,
): Promise<AtomePreuve> {
  const source = f.sources.get(atome.source);
  if (!source) throw new Error(`Source inconnue : ${atome.source}`);
  const tue = source.diffusion !== 'immediate' && !d.enDirect?.(source) ? source.diffusion : null;
  const q = { source, atome, contratId, periode: tue && d.lue.genre === 'lu' ? d.lue.lu : d.periode, aire };
  // Not told yet, or not by its number: what its records are is not either.
  if (tue && (d.lue.genre !== 'lu' || tue.seuil > 0))
    return { atome, source, compte: null, sql: texteDuComptage(db, q), faits: null, fraicheur: fraicheurs.get(source.nom) ?? null };
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
    (await getAgregats(db, contratId, [{ atomes: new Map([[atome.cle, atome.mode]]), periodes: [periode] }], aire)).get(`${periode}|${atome.cle}`) ??
    AGREGAT_VIDE;
  return ouverts - fermes;
}
