/** What supports the fiches and their lines, read from the cells: one read, whatever the number of records. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import { ouDe } from '../diffusion/diffusion.ts';
import { admet, AU_PUBLIC, borneDe, type EnDirect, regimeDe } from '../diffusion/diffusion.rules.ts';
import { type AppuiDeLigne, type Appuis, CLE_FICHE, lireCle, mesuresParLigne, suffixeDe } from './appuis.rules.ts';

interface Compte extends Pick<Ligne<'mesureAnnees'>, 'mesureId' | 'nombre'> {}

/** What is counted under several keys. */
interface CompteDeBase extends Pick<Ligne<'mesureCellules'>, 'nombre'> {
  base: string;
}

export interface DemandeDAppuis {
  /** Numbers of fiches. */
  fiches: readonly string[];
  annee: string;
  /** The territory and all below it. */
  territoireId: string;
  aujourdhui: string;
  /** Sources that the reader has as they are written; none where left out. */
  enDirect?: EnDirect | undefined;
}

/**
 * What is everyone's, and what is told later up to the month that this reader may know. Where small numbers are hidden, records are no evidence for those
 * who do not read them live: a count of few would be theirs.
 */
export async function getAppuis(db: Db, contratId: number, f: FormulaireDeContrat, d: DemandeDAppuis): Promise<Appuis> {
  const lignes = d.fiches.flatMap((n) => (f.catalogue.fiches.get(n)?.lignes ?? []).map((l) => l.id));
  const liees = mesuresParLigne(f.catalogue.systemes.values(), f.formules);
  const voit = d.enDirect ?? AU_PUBLIC;
  const finDAnnee = `${Number(d.annee) + 1}-01-01`;
  const { niveau } = ouDe(f.catalogue, d.territoireId);
  const lus = [...f.sources.values()].flatMap((s) => {
    const x = s.diffusion;
    if (x === 'immediate' || voit(s)) return [{ suffixe: suffixeDe(s), avant: finDAnnee }];
    if (x.seuil > 0 || !admet(x, niveau)) return [];
    return [{ suffixe: suffixeDe(s), avant: [borneDe(x.recul, d.aujourdhui), finDAnnee].sort()[0] ?? finDAnnee }];
  });
  const bases = [...d.fiches.map((n) => `${CLE_FICHE}${n}`), ...lignes.map((l) => `_preuve/${l}`)];
  const parSuffixe = new Map(lus.map((x) => [x.suffixe, x.avant]));
  const mesures = [...new Set(lignes.flatMap((l) => liees.get(l) ?? []))];
  const regimes = new Map(mesures.map((m) => [m, regimeDe(f, m, voit)]));
  // A measure that is told later counts once it is told; one whose small numbers are hidden, for the whole contract and from so many on.
  const parMesure = mesures.flatMap((m) => {
    const r = regimes.get(m);
    if (r && (!admet(r, niveau) || (r.seuil > 0 && niveau > 0))) return [];
    const avant = r ? ([borneDe(r.recul, d.aujourdhui), finDAnnee].sort()[0] ?? finDAnnee) : finDAnnee;
    return (f.formules.get(m)?.atomes ?? []).map((a) => ({ cle: a.cle, base: `${m}|${a.cle}`, avant }));
  });
  const annee = await listAnnee(db, contratId, f, d, clesDe(bases, [...parSuffixe.keys()], parMesure));
  const parCle = new Map(annee.map((r) => [r.mesureId, r.nombre]));
  const voulues = new Set(bases);
  // Of thousands of keys that a line may have, one by source, the year has a few hundred.
  const parLigne = annee.flatMap(({ mesureId: cle }) => {
    const { base, suffixe } = lireCle(cle);
    const avant = voulues.has(base) ? parSuffixe.get(suffixe) : undefined;
    return avant === undefined ? [] : [{ cle, base, avant }];
  });
  const demandees = [...parLigne, ...parMesure];
  const entieres = demandees.filter((x) => x.avant === finDAnnee);
  const mois = await listMois(
    db,
    contratId,
    f,
    d,
    demandees.filter((x) => x.avant !== finDAnnee && parCle.has(x.cle)),
  );
  const n = new Map<string, number>();
  const ajouter = (base: string, nombre: number) => n.set(base, (n.get(base) ?? 0) + nombre);
  for (const x of entieres) ajouter(x.base, parCle.get(x.cle) ?? 0);
  for (const x of mois) ajouter(x.base, x.nombre);
  const compteDe = (m: string) => Math.max(0, ...(f.formules.get(m)?.atomes ?? []).map((a) => n.get(`${m}|${a.cle}`) ?? 0));
  return {
    fiches: new Map(d.fiches.map((x) => [x, n.get(`${CLE_FICHE}${x}`) ?? 0])),
    lignes: new Map(
      lignes.map((l): [string, AppuiDeLigne] => [
        l,
        {
          confirmes: n.get(`_preuve/${l}`) ?? 0,
          comptePar: (liees.get(l) ?? []).filter((m) => compteDe(m) >= Math.max(1, regimes.get(m)?.seuil ?? 0)),
        },
      ]),
    ),
  };
}

const lieuDe = (f: FormulaireDeContrat, d: DemandeDAppuis) => {
  const aire = f.catalogue.aire(d.territoireId);
  return aire === null ? sql`` : sql` and territoire_id = any(${[...aire]}::text[])`;
};

/** More keys than this, and all that the year has is fewer. */
const CLES_MAX = 400;
/** Every key that may have something; null where all of the year is fewer. */
const clesDe = (bases: readonly string[], suffixes: readonly string[], parMesure: readonly { cle: string }[]): string[] | null =>
  bases.length * suffixes.length + parMesure.length > CLES_MAX
    ? null
    : [...new Set([...bases.flatMap((b) => suffixes.map((s) => `${b}${s}`)), ...parMesure.map((x) => x.cle)])];
async function listAnnee(db: Db, contratId: number, f: FormulaireDeContrat, d: DemandeDAppuis, cles: string[] | null): Promise<Compte[]> {
  const parmi = cles === null ? sql`` : sql` and mesure_id in (select unnest(${cles}::text[]))`;
  const { rows } = await sql<Compte>`
    select mesure_id, sum(nombre)::float8 as nombre
    from mesure_annees
    where contrat_id = ${contratId} and annee = ${Number(d.annee)}${parmi}${lieuDe(f, d)}
    group by 1`.execute(db);
  return rows;
}

/** The first months of the year, each key up to its own. */
async function listMois(
  db: Db,
  contratId: number,
  f: FormulaireDeContrat,
  d: DemandeDAppuis,
  q: readonly { cle: string; base: string; avant: string }[],
): Promise<CompteDeBase[]> {
  if (q.length === 0) return [];
  const { rows } = await sql<CompteDeBase>`
    select k.base, sum(nombre)::float8 as nombre
    from unnest(${q.map((x) => x.cle)}::text[], ${q.map((x) => x.base)}::text[], ${q.map((x) => x.avant)}::date[]) as k (cle, base, avant)
    join mesure_cellules on contrat_id = ${contratId} and mesure_id = k.cle and mois >= ${`${d.annee}-01-01`}::date and mois < k.avant${lieuDe(f, d)}
    group by 1`.execute(db);
  return rows;
}
