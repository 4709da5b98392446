/** What a debt of collected figures is, and what settles it: the one rule that entries, campaigns and pages read. */
import { sql } from 'kysely';
import type { Echeance } from '../../echeances/index.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { Db } from '../../../core/base/database.ts';
import { repondPour } from '../indicateurs.policy.ts';
import { decoupages, moisDe, periode } from '../periode.rules.ts';
import { type Case, casesDe, cleDe, demandeA, genreDe, partition } from './grain.rules.ts';
import { viser } from './saisie.cadre.ts';

export interface Donnee extends Case {
  mesureId: string;
  periode: string;
  etats: readonly ('valeur' | 'secret' | 'sans_objet')[];
  /** Breakdowns that were given. */
  parts: readonly Record<string, string>[] | null;
  entiere: boolean;
  /** Contributions that nobody validated yet, and that somebody contests. */
  aValider: number;
  contestees: number;
  par: string;
  /** The organisation of that person, when it does not answer for the debtor. */
  autre: string | null;
  /** The day on which it was first given whole: a correction does not make it late. */
  le: Date;
}

/** The shortest periods asked, over the years of the contract, that have begun. */
export function periodesDues(m: Mesure, c: Catalogue, aujourdhui: string): string[] {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  return Array.from({ length: derniere - premiere + 1 }, (_, i) => premiere + i)
    .flatMap((annee) => {
      const [semestres = [], trimestres = []] = decoupages(String(annee));
      if (m.periodicite.includes('mensuel') && !m.periodicite.includes('semestriel')) return moisDe(annee);
      if (m.periodicite.includes('trimestriel')) return trimestres;
      return m.periodicite.includes('semestriel') ? semestres : [String(annee)];
    })
    .filter((p) => periode(p).debut <= aujourdhui);
}

/** Periods that hold this one, the period itself first. */
const contenants = (code: string): string[] => {
  const annee = code.slice(0, 4);
  const parts = [annee, ...(decoupages(annee).flat() ?? [])];
  const p = periode(code);
  return [code, ...parts.filter((x) => x !== code && periode(x).debut <= p.debut && periode(x).fin >= p.fin)];
};

export type Donnees = ReadonlyMap<string, Donnee>;
const cle = (m: Mesure, x: Case, p: string) => `${m.id}|${x.debiteur}|${x.territoireId}|${p}`;
/** Given whole, or every part of it: some of the total only (`dont`) never gives it. */
function complete(m: Mesure, d: Donnee): boolean {
  if (d.entiere) return true;
  const [parts, donnees] = [partition(m), new Set((d.parts ?? []).map(cleDe))];
  return parts.length > 0 && parts.every((x) => donnees.has(x.cle));
}

/** Contributions that give this period: its own, those of a longer one, or of all the shorter ones that make it up; null when it is not given. */
function trouver(m: Mesure, x: Case, code: string, donnees: Donnees): readonly Donnee[] | null {
  const de = (p: string): readonly Donnee[] => {
    const d = donnees.get(cle(m, x, p));
    return d && complete(m, d) ? [d] : [];
  };
  for (const p of contenants(code)) if (de(p).length > 0) return de(p);
  for (const parts of decoupages(code)) if (parts.every((p) => de(p).length > 0)) return parts.flatMap(de);
  return null;
}

/** One debt: a place of an acteur found in each; otherwise all the places of a debtor, which it fills in one grid. */
export interface Dette {
  cases: readonly Case[];
  debiteur: string;
  territoireId: string;
}
const gardees = new WeakMap<Mesure, readonly Dette[]>();
export function dettesDe(m: Mesure, c: Catalogue): readonly Dette[] {
  const garde = gardees.get(m);
  if (garde) return garde;
  const cases = casesDe(m, c);
  const dettes = m.aupres.flatMap((debiteur): Dette[] => {
    const siennes = cases.filter((x) => x.debiteur === debiteur);
    return c.acteurs.get(debiteur)?.local
      ? siennes.map((x) => ({ debiteur, territoireId: x.territoireId, cases: [x] }))
      : [{ debiteur, territoireId: c.racine.id, cases: siennes }];
  });
  gardees.set(m, dettes);
  return dettes;
}
/** The debt that an entry of the list speaks of. */
export const detteDe = (m: Mesure, c: Catalogue, e: Pick<Echeance, 'objetId' | 'organisationId'>): Dette | undefined =>
  dettesDe(m, c).find((d) => idDe(m, d, c) === e.objetId && demandeA(c, d) === e.organisationId);
/** Does this person answer for whoever owes it, in all its places? */
export function repondDeLaDette(u: Utilisateur | null, c: Catalogue, e: Pick<Echeance, 'sujet' | 'objetId' | 'organisationId'>): boolean {
  const m = c.chiffre(e.sujet);
  if (!m) return false;
  return detteDe(m, c, e)?.cases.every((x) => repondPour(u, viser(c, m, x), c.contient)) ?? false;
}
export const idDe = (m: Mesure, d: Dette, c: Catalogue) => (d.territoireId === c.racine.id ? m.id : `${m.id}/${d.territoireId}`);

/** What settles a debt: the whole given as such, or each of its places; empty when something is missing. */
export function solde(m: Mesure, d: Dette, code: string, donnees: Donnees): readonly Donnee[] {
  const entiere = trouver(m, d, code, donnees);
  if (entiere) return entiere;
  const lues = d.cases.map((x) => trouver(m, x, code, donnees));
  return lues.every((x) => x !== null) ? lues.flat() : [];
}
export const derniere = (donnees: readonly Donnee[]): Donnee | undefined => [...donnees].sort((a, b) => b.le.getTime() - a.le.getTime())[0];
/** One part that is contested, or that nobody validated, speaks for the whole. */
export const etatDuSolde = (donnees: readonly Donnee[]): 'conteste' | 'a_valider' | 'valide' =>
  donnees.some((d) => d.contestees > 0) ? 'conteste' : donnees.some((d) => d.aValider > 0) ? 'a_valider' : 'valide';

export async function lireDonnees(db: Db, contratId: number, mesures: readonly Mesure[]): Promise<Donnees> {
  const ids = mesures.map((m) => m.id);
  // As `estDonnee`.
  const ecrits = mesures.flatMap((m) => (genreDe(m) === 'nombre' ? [] : [m.id]));
  const { rows } = await sql<Donnee>`
    select v.mesure_id as "mesureId", v.debiteur, v.territoire_id as "territoireId", v.periode, array_agg(v.etat order by v.etat) as etats,
      jsonb_agg(v.ventilation) filter (where v.ventilation <> '{}') as parts, bool_or(v.ventilation = '{}') as entiere,
      count(*) filter (where v.parole in ('a_valider', 'a_confirmer'))::int as "aValider", count(*) filter (where v.parole = 'contestee')::int as contestees,
      (array_agg(p.saisi_par order by p.saisi_le desc, p.id))[1] as par,
      (array_agg(case when p.pour_autrui then p.saisi_par_organisation end order by p.saisi_le desc, p.id))[1] as "autre", max(p.saisi_le) as le
    from valeurs v
    join valeurs p using (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation)
    where v.contrat_id = ${contratId} and v.courante and v.mesure_id = any(${ids}::text[]) and p.version = 1
      and not (v.etat = 'valeur' and v.texte is null and v.mesure_id = any(${ecrits}::text[]))
    group by v.mesure_id, v.debiteur, v.territoire_id, v.periode`.execute(db);
  return new Map(rows.map((d) => [`${d.mesureId}|${d.debiteur}|${d.territoireId}|${d.periode}`, d]));
}

/** Since when each of these places and periods is given whole, by the rule that settles debts; undefined where something is missing. */
export async function lireQuandDonne(
  db: Db,
  c: Catalogue,
  mesures: readonly string[],
): Promise<(x: Case & { mesureId: string; periode: string }) => Date | undefined> {
  const lues = mesures.flatMap((id) => c.chiffre(id) ?? []);
  const donnees = await lireDonnees(db, c.contratId, lues);
  return (x) => {
    const m = c.chiffre(x.mesureId);
    if (!m) return undefined;
    const sienne = trouver(m, x, x.periode, donnees) ?? trouver(m, { ...x, territoireId: c.racine.id }, x.periode, donnees);
    return sienne ? derniere(sienne)?.le : undefined;
  };
}
