/** The reading side that pages call: figures of many measures over periods and a territory, in a handful of index reads. */
import { type Db, lireEnsemble } from '../../core/base/database.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Formulaire } from './calcul/cellules.queries.ts';
import { direJusqua, direNonLue, type Diffusees, lireDiffusees } from './diffusion/diffusion.ts';
import { AU_PUBLIC, borneDe, type EnDirect, estSecret, type Regime, regimeDe } from './diffusion/diffusion.rules.ts';
import { type Aire, getAgregats } from './agregats.queries.ts';
import { getSourcesTenues, listTotauxCollectes } from './chiffres.queries.ts';
import { AGREGAT_VIDE, type Chiffre, type Comparaison, figer, secret, situer, type ValeurLue } from './chiffres.rules.ts';
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
  const [verrous, lectures] = await lireEnsemble(db, [() => listVerrousEnVigueur(db, contratId, d.aujourdhui), () => lireChiffres(db, contratId, f, d, lus)]);
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
  const diffusees = await lireDiffusees(db, contratId, f, { ...d, periodes: [...new Set(demandes.flatMap((g) => g.periodes))] });
  const estMontree = (id: string, p: string): boolean => {
    const l = diffusees.lire(id, p);
    return l.genre === 'lu' && l.lu === p;
  };
  const montrees = demandes
    .map((g) => ({ ...g, mesures: g.mesures.filter((id) => g.periodes.every((p) => estMontree(id, p))) }))
    .filter((g) => g.mesures.length > 0);
  const lectures = await lireChiffres(db, contratId, f, d, montrees);
  return new Map(
    montrees.flatMap((g, i) =>
      g.mesures.flatMap((id): [string, Comparaison][] => {
        const [r, siennes] = [diffusees.regime(id), lectures[i]];
        const x = !siennes || (r && g.periodes.some((p) => estCache(r, siennes, p))) ? null : comparer(id, periode, siennes);
        return x ? [[id, x]] : [];
      }),
    ),
  );
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
function aLire(f: FormulaireSuivi, d: DemandeLue) {
  const { atomes, collectees, varies } = besoins(d.mesures, f.formules);
  const siennes = varies.atomes.size + varies.collectees.length > 0 ? periodesUtiles(d.periodes, d.aujourdhui).filter((p) => !d.periodes.includes(p)) : [];
  return { atomes, collectees, varies, siennes, periodes: [...d.periodes, ...siennes] };
}

/** What is read of a place: which measures over which periods, as of which day. */
export type DemandeLue = Pick<Demande, 'mesures' | 'periodes' | 'aujourdhui'>;

/** Everything that figures of a place are evaluated from, each in its order: four statements however many groups ask. */
export async function lireChiffres<const T extends readonly DemandeLue[]>(
  db: Db,
  contratId: number,
  f: FormulaireSuivi,
  lieu: Pick<Demande, 'territoireId' | 'aire' | 'ensemble'>,
  demandes: T,
): Promise<{ [K in keyof T]: Lectures }> {
  const lus = demandes.map((d) => ({ ...aLire(f, d), demandees: d.periodes, aujourdhui: d.aujourdhui }));
  const uniques = <X>(x: readonly X[]): X[] => [...new Set(x)];
  const [sources, collectees] = [uniques(lus.flatMap((l) => tenuesDe(f, l.atomes))), uniques(lus.flatMap((l) => l.collectees))];
  const periodes = uniques(lus.flatMap((l) => l.periodes));
  const totaux = { territoireId: lieu.territoireId, annees: anneesDe(periodes), ensemble: lieu.ensemble ?? 'valide' } as const;
  // The atoms of a change are read over its own periods too, the others are not.
  const atomes = lus.flatMap((l) => [
    { atomes: l.atomes, periodes: l.demandees },
    { atomes: l.varies.atomes, periodes: l.siennes },
  ]);
  const [agregats, tenues, valeurs] = await lireEnsemble(db, [
    () => getAgregats(db, contratId, atomes, lieu.aire),
    () => getSourcesTenues(db, contratId, sources, periodes),
    () => listTotauxCollectes(db, contratId, collectees, totaux),
  ]);
  const lues = {
    formules: f.formules,
    mesures: f.mesures,
    agregats,
    tenues,
    valeurs: parCle(valeurs),
    partie: lieu.aire !== null,
    debut: f.catalogue?.contrat.debut ?? '',
  };
  return lus.map((l) => ({ ...lues, ici: duesIci(f, l.collectees, lieu), aujourdhui: l.aujourdhui })) as { [K in keyof T]: Lectures };
}

/** Feeds that tell a zero from a silence for these atoms. */
const tenuesDe = (f: Formulaire, atomes: ReadonlyMap<string, unknown>): string[] => [
  ...new Set([...f.formules.values()].flatMap((x) => x.atomes).flatMap((a) => (atomes.has(a.cle) ? a.tenues : []))),
];
/** Those of the measures asked that somebody owes there. */
const duesIci = (f: FormulaireSuivi, ids: readonly string[], d: Pick<Demande, 'territoireId' | 'aire'>): Set<string> => {
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
