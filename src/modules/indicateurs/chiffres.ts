/** The reading side that pages call: figures of many measures over periods and a territory, in a handful of index reads. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Formulaire } from './calcul/cellules.queries.ts';
import { direJusqua, direNonLue, type Diffusees, lireDiffusees } from './diffusion/diffusion.ts';
import { AU_PUBLIC, borneDe, type EnDirect, estSecret, type Regime, regimeDe } from './diffusion/diffusion.rules.ts';
import { type Aire, getAgregats, getSourcesTenues, listTotauxCollectes } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Agregat, type Chiffre, type Comparaison, figer, secret, situer, type ValeurLue } from './chiffres.rules.ts';
import { anneesDe, besoins, comparer, estUneEvolution, evaluer, type Lectures, type MesureSuivie, periodesUtiles } from './evaluation.rules.ts';
import { lirePeriode, periodePrecedente, periodesComparees } from './periode.rules.ts';
import { casesDe } from './saisie/grain.rules.ts';
import type { Ensemble } from './saisie/totaux.rules.ts';
import { listVerrousEnVigueur, type VerrouEnVigueur } from './signature/verrous.queries.ts';
import { verrouSur } from './signature/verrous.rules.ts';

export interface Demande {
  mesures: readonly string[];
  periodes: readonly string[];
  /** Territory of the figures; collected values are looked up for it alone. */
  territoireId: string;
  /** The territory and all below it; null when it is the whole contract. */
  aire: Aire;
  /** Collected values: what was validated (everyone's, where left out), or the latest given (partners'). */
  ensemble?: Ensemble;
  /** Day of the request, on the contract's clock: what is late, which months are complete. */
  aujourdhui: string;
  /** Sources that the reader sees as they are written (`enDirectDe`); left out, as the public reads. */
  enDirect?: EnDirect | undefined;
}

/** `figures.get(periode)?.get(mesureId)`. Every measure asked has a figure, be it missing. */
export type Figures = ReadonlyMap<string, ReadonlyMap<string, Chiffre>>;
/** By measure; those of which nothing honest can be compared are absent. */
export type Comparaisons = ReadonlyMap<string, Comparaison>;

export async function getFigures(db: Db, contratId: number, f: FormulaireSuivi, d: Demande): Promise<Figures> {
  const diffusees = await lireDiffusees(db, contratId, f, d);
  // What is read over the same periods is read together: nearly always, everything that is told at once.
  const groupes = new Map<string, { mesures: string[]; periodes: string[] }>();
  for (const id of d.mesures) {
    const periodes = d.periodes.flatMap((p) => {
      const l = diffusees.lire(id, p);
      return l.genre === 'lu' ? [l.lu] : [];
    });
    const cle = `${jourLu(id, diffusees, d.aujourdhui)} ${periodes.join()}`;
    const groupe = groupes.get(cle) ?? { mesures: [], periodes: [...new Set(periodes)] };
    groupe.mesures.push(id);
    groupes.set(cle, groupe);
  }
  const lus = [...groupes.values()].flatMap((g) => (g.periodes.length > 0 ? [{ ...d, ...g, aujourdhui: jourLu(g.mesures[0], diffusees, d.aujourdhui) }] : []));
  const tenues = tenuesEnsemble(db, contratId, f, lus);
  const [verrous, ...lectures] = await lireEnsemble(db, [
    () => listVerrousEnVigueur(db, contratId, d.aujourdhui),
    ...lus.map((g) => () => lireChiffres(db, contratId, f, g, tenues)),
  ] as [() => Promise<VerrouEnVigueur[]>, ...(() => Promise<Lectures>)[]]);
  const deMesure = new Map(lus.flatMap((g, i) => g.mesures.map((id) => [id, lectures[i]] as const)));
  const dire = (id: string, p: string): Chiffre => {
    const l = diffusees.lire(id, p);
    const siennes = deMesure.get(id);
    const unite = f.mesures.get(id)?.unite ?? '';
    if (l.genre !== 'lu' || !siennes) return direNonLue(l.genre === 'lu' ? { genre: 'secret' } : l, unite);
    const r = diffusees.regime(id);
    if (r && estCache(r, siennes, l.lu)) return secret(unite);
    const c = situer(evaluer(id, l.lu, siennes), d.aujourdhui);
    return direJusqua(direPart(f, id, estFige(f, verrous, id, p) ? figer(c) : c), p, l.lu);
  };
  return new Map(d.periodes.map((p) => [p, new Map(d.mesures.map((id) => [id, dire(id, p)]))]));
}

/** The day on which this reader reads it: a change is over months that they may read. */
function jourLu(id: string | undefined, diffusees: Pick<Diffusees, 'regime'>, aujourdhui: string): string {
  const r = id === undefined ? null : diffusees.regime(id);
  if (!r) return aujourdhui;
  const borne = borneDe(r.recul, aujourdhui);
  return r.seuil > 0 ? `${borne.slice(0, 4)}-01-01` : borne;
}

/** A value that is itself a small number, or made of one. */
function estCache(r: Regime, l: Lectures, p: string): boolean {
  return [p, ...(r.varie ? [periodePrecedente(p)] : [])].some((x) =>
    r.atomes.some((a) => estSecret(r, a.mode, l.agregats.get(`${x}|${a.cle}`) ?? AGREGAT_VIDE)),
  );
}

/** What stands beside these figures when `periode` is shown: complete months, and the same months one year before. */
export async function getComparaisons(
  db: Db,
  contratId: number,
  f: FormulaireSuivi,
  { periode, ...d }: Omit<Demande, 'periodes'> & { periode: string },
): Promise<Comparaisons> {
  const mesures = d.mesures.filter((id) => {
    const m = f.mesures.get(id);
    return m !== undefined && m.obtention !== 'narratif' && !estUneEvolution(m, f.formules.get(id));
  });
  // Each by the day on which this reader reads it: the months of both years are those that they may know.
  const regimes = new Map(mesures.map((id) => [id, regimeDe(f, id, d.enDirect ?? AU_PUBLIC)]));
  const groupes = new Map<string, string[]>();
  for (const id of mesures) {
    const jour = jourLu(id, { regime: (x) => regimes.get(x) ?? null }, d.aujourdhui);
    groupes.set(jour, [...(groupes.get(jour) ?? []), id]);
  }
  const demandes = [...groupes].flatMap(([aujourdhui, siennes]) => {
    const k = periodesComparees(periode, aujourdhui);
    return k ? [{ ...d, mesures: siennes, periodes: [k.periode, k.precedente], aujourdhui }] : [];
  });
  const tenues = tenuesEnsemble(db, contratId, f, demandes);
  const lues = await lireEnsemble(
    db,
    demandes.map((g) => async (): Promise<[string, Comparaison][]> => {
      const { periodes } = g;
      const diffusees = await lireDiffusees(db, contratId, f, { ...g, aujourdhui: d.aujourdhui });
      const montrees = g.mesures.filter((id) =>
        periodes.every((p) => {
          const l = diffusees.lire(id, p);
          return l.genre === 'lu' && l.lu === p;
        }),
      );
      if (montrees.length === 0) return [];
      const lectures = await lireChiffres(db, contratId, f, { ...g, mesures: montrees }, tenues);
      return montrees.flatMap((id): [string, Comparaison][] => {
        const r = diffusees.regime(id);
        const x = r && periodes.some((p) => estCache(r, lectures, p)) ? null : comparer(id, periode, lectures);
        return x ? [[id, x]] : [];
      });
    }),
  );
  return new Map(lues.flat());
}

/** Given by people, for a period in which none of them may give it any more. */
function estFige(f: FormulaireSuivi, verrous: readonly VerrouEnVigueur[], id: string, p: string): boolean {
  const m = f.mesures.get(id);
  if (!m || m.obtention === 'calcul' || verrous.length === 0 || !lirePeriode(p)) return false;
  const fiche = f.catalogue?.chiffre(id)?.fiche ?? '';
  return m.aupres.every((debiteur) => verrouSur(verrous, { mesureId: id, fiche, periode: p, debiteur }) !== undefined);
}

/** A number that holds one part of what the text asks says which, wherever it goes. */
const direPart = (f: FormulaireSuivi, id: string, c: Chiffre): Chiffre => {
  const part = f.mesures.get(id)?.part;
  return part && c.valeur !== null ? { ...c, part } : c;
};

type FormulaireSuivi = Formulaire & { mesures: ReadonlyMap<string, MesureSuivie>; catalogue?: Catalogue };

/** What these figures need, and the periods that a change looks at beside those that are asked. */
function aLire(f: FormulaireSuivi, d: Demande) {
  const { atomes, collectees, varies } = besoins(d.mesures, f.formules);
  const siennes = varies.atomes.size + varies.collectees.length > 0 ? periodesUtiles(d.periodes, d.aujourdhui).filter((p) => !d.periodes.includes(p)) : [];
  return { atomes, collectees, varies, siennes, periodes: [...d.periodes, ...siennes] };
}
/** Which feeds were kept, and when, is the same for every reading: one statement for several. */
function tenuesEnsemble(db: Db, contratId: number, f: FormulaireSuivi, demandes: readonly Demande[]): () => Promise<Set<string>> {
  const lus = demandes.map((d) => aLire(f, d));
  const sources = new Set(lus.flatMap((l) => tenuesDe(f, l.atomes)));
  const periodes = new Set(lus.flatMap((l) => l.periodes));
  let lues: Promise<Set<string>> | null = null;
  return () => {
    lues ??= getSourcesTenues(db, contratId, [...sources], [...periodes]);
    return lues;
  };
}

/** Everything that these figures are evaluated from. The atoms of a change are read over its own periods too, the others are not. */
export async function lireChiffres(
  db: Db,
  contratId: number,
  f: FormulaireSuivi,
  d: Demande,
  lireTenues = tenuesEnsemble(db, contratId, f, [d]),
): Promise<Lectures> {
  const { atomes, collectees, varies, siennes, periodes } = aLire(f, d);
  const [agregats, desVaries, tenues, valeurs] = await lireEnsemble(db, [
    () => getAgregats(db, contratId, atomes, d.periodes, d.aire),
    () => (siennes.length > 0 ? getAgregats(db, contratId, varies.atomes, siennes, d.aire) : new Map<string, Agregat>()),
    () => (atomes.size > 0 ? lireTenues() : new Set<string>()),
    () => listTotauxCollectes(db, contratId, collectees, { annees: anneesDe(periodes), territoireId: d.territoireId, ensemble: d.ensemble ?? 'valide' }),
  ]);
  return {
    formules: f.formules,
    mesures: f.mesures,
    agregats: new Map([...agregats, ...desVaries]),
    tenues,
    valeurs: parCle(valeurs),
    partie: d.aire !== null,
    ici: duesIci(f, collectees, d),
    debut: f.catalogue?.contrat.debut ?? '',
    aujourdhui: d.aujourdhui,
  };
}

/** Feeds that tell a zero from a silence for these atoms. */
const tenuesDe = (f: Formulaire, atomes: ReadonlyMap<string, unknown>): string[] => [
  ...new Set([...f.formules.values()].flatMap((x) => x.atomes).flatMap((a) => (atomes.has(a.cle) ? a.tenues : []))),
];
/** Those of the measures asked that somebody owes there. */
const duesIci = (f: FormulaireSuivi, ids: readonly string[], d: Demande): Set<string> => {
  const c = f.catalogue;
  if (!c || d.aire === null) return new Set();
  return new Set(
    ids.filter((id) => {
      const m = c.chiffre(id);
      return m !== undefined && casesDe(m, c).some((x) => c.contient(d.territoireId, x.territoireId));
    }),
  );
};

const parCle = (valeurs: readonly ValeurLue[]): Map<string, ValeurLue> => new Map(valeurs.map((v) => [`${v.mesureId}|${v.periode}`, v]));
