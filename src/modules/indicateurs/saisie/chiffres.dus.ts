/**
 * Collected figures that institutions owe: for each period of the measure that has begun, one month after it ends, one entry for each debtor
 * (for each place too, when there is one such acteur in each). Its own contribution settles it, given for the period, for a longer one that
 * holds it or for all the shorter ones that make it up. And figures that somebody contests, which wait for their author and the pilot.
 */
import { sql } from 'kysely';
import { accorder, type Attendue, type Echeance, plusJours, type Source } from '../../echeances/index.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { peutValider, pilote, repondPour } from '../indicateurs.policy.ts';
import { decoupages, echeance, moisDe, periode } from '../periode.rules.ts';
import { type Case, casesDe, cleDe, demandeA, genreDe, partition } from './grain.rules.ts';
import { casesPermises, viser } from './saisie.cadre.ts';

interface Donnee extends Case {
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
  /** The day on which it was first given whole: a correction does not make it late. */
  le: Date;
}

/** The shortest periods asked, over the years of the contract, that have begun. */
function periodesDues(m: Mesure, c: Catalogue, aujourdhui: string): string[] {
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

type Donnees = ReadonlyMap<string, Donnee>;
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
interface Dette {
  cases: readonly Case[];
  debiteur: string;
  territoireId: string;
}
const gardees = new WeakMap<Mesure, readonly Dette[]>();
function dettesDe(m: Mesure, c: Catalogue): readonly Dette[] {
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
  const m = c.mesures.get(e.sujet);
  if (!m) return false;
  return detteDe(m, c, e)?.cases.every((x) => repondPour(u, viser(c, m, x), c.contient)) ?? false;
}
const idDe = (m: Mesure, d: Dette, c: Catalogue) => (d.territoireId === c.racine.id ? m.id : `${m.id}/${d.territoireId}`);

/** What settles a debt: the whole given as such, or each of its places; empty when something is missing. */
function solde(m: Mesure, d: Dette, code: string, donnees: Donnees): readonly Donnee[] {
  const entiere = trouver(m, d, code, donnees);
  if (entiere) return entiere;
  const lues = d.cases.map((x) => trouver(m, x, code, donnees));
  return lues.every((x) => x !== null) ? lues.flat() : [];
}
const derniere = (donnees: readonly Donnee[]): Donnee | undefined => [...donnees].sort((a, b) => b.le.getTime() - a.le.getTime())[0];
/** One part that is contested, or that nobody validated, speaks for the whole. */
const etatDuSolde = (donnees: readonly Donnee[]): 'conteste' | 'a_valider' | 'valide' =>
  donnees.some((d) => d.contestees > 0) ? 'conteste' : donnees.some((d) => d.aValider > 0) ? 'a_valider' : 'valide';

function attendues(m: Mesure, c: Catalogue, aujourdhui: string, donnees: Donnees): Attendue[] {
  return periodesDues(m, c, aujourdhui).flatMap((code) =>
    dettesDe(m, c).map((dette): Attendue => {
      const donnes = solde(m, dette, code, donnees);
      const d = derniere(donnes);
      const lieu = dette.territoireId === c.racine.id ? '' : `&territoire=${dette.territoireId}`;
      const horsObjet = donnes.length > 0 && donnes.every((x) => x.etats.every((e) => e === 'sans_objet'));
      return {
        genre: 'chiffre',
        sujet: m.id,
        objetId: idDe(m, dette, c),
        titre: m.court,
        chemin: `/chiffres/${m.id}?periode=${code}${lieu}`,
        organisationId: demandeA(c, dette),
        periode: code,
        territoireId: dette.territoireId,
        fiche: m.fiche,
        ouverteLe: periode(code).debut,
        dueLe: echeance(code, m.delaiJours),
        soldee: d && !horsObjet ? { le: d.le, par: d.par, chemin: `/chiffres/${m.id}?periode=${d.periode}${lieu}`, etat: etatDuSolde(donnes) } : null,
        // Read by anyone: the institution that owes it answers for it, not the person who typed it.
        sansObjet: horsObjet ? `déclaré sans objet : ${c.nomActeurA(dette.debiteur, dette.territoireId)}` : null,
      };
    }),
  );
}

async function lireDonnees(db: Db, contratId: number, mesures: readonly Mesure[]): Promise<Donnees> {
  const ids = mesures.map((m) => m.id);
  // As `estDonnee`.
  const ecrits = mesures.flatMap((m) => (genreDe(m) === 'nombre' ? [] : [m.id]));
  const { rows } = await sql<Donnee>`
    select v.mesure_id as "mesureId", v.debiteur, v.territoire_id as "territoireId", v.periode, array_agg(v.etat order by v.etat) as etats,
      jsonb_agg(v.ventilation) filter (where v.ventilation <> '{}') as parts, bool_or(v.ventilation = '{}') as entiere,
      count(*) filter (where v.valide_le is null)::int as "aValider",
      count(*) filter (where v.conteste_le is not null and not coalesce(v.valide_le > v.conteste_le, false))::int as contestees,
      (array_agg(p.saisi_par order by p.saisi_le desc, p.id))[1] as par, max(p.saisi_le) as le
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
  const lues = mesures.flatMap((id) => c.mesures.get(id) ?? []);
  const donnees = await lireDonnees(db, c.contratId, lues);
  return (x) => {
    const m = c.mesures.get(x.mesureId);
    if (!m) return undefined;
    const sienne = trouver(m, x, x.periode, donnees) ?? trouver(m, { ...x, territoireId: c.racine.id }, x.periode, donnees);
    return sienne ? derniere(sienne)?.le : undefined;
  };
}

interface Contestee extends Case {
  id: string;
  mesureId: string;
  periode: string;
  organisationId: string;
  saisiParId: string | null;
  saisiPar: string;
  contesteLe: Date;
  regle: boolean;
  regleLe: Date | null;
}
const JOURS_POUR_REPONDRE = 7;
const contestation = (v: Contestee, c: Catalogue): Attendue[] => {
  const m = c.mesures.get(v.mesureId);
  if (!m) return [];
  const jour = jourDe(v.contesteLe, c.contrat.fuseau);
  const chemin = `/chiffres/${m.id}?periode=${v.periode}&territoire=${v.territoireId}`;
  return [
    {
      genre: 'contestation',
      sujet: m.id,
      objetId: v.id,
      titre: m.court,
      chemin,
      organisationId: v.organisationId,
      personne: v.saisiPar,
      periode: v.periode,
      territoireId: v.territoireId,
      fiche: m.fiche,
      ouverteLe: jour,
      dueLe: plusJours(jour, JOURS_POUR_REPONDRE),
      soldee: v.regle ? { le: v.regleLe ?? v.contesteLe, par: '', chemin } : null,
    },
  ];
};

export const sourceChiffres: Source = {
  code: 'chiffres',
  module: 'indicateurs',
  genres: [
    {
      code: 'chiffre',
      libelle: 'Chiffre à fournir',
      puisTousLes: 30,
      publique: true,
      parPeriode: true,
      acte: {
        libelle: 'Fournir',
        chemin: (e) => {
          const [mesure = '', territoire] = e.objetId.split('/');
          return `/chiffres/${mesure}/saisir?periode=${e.periode}${territoire ? `&territoire=${territoire}` : ''}`;
        },
      },
    },
    {
      code: 'contestation',
      libelle: 'Chiffre contesté',
      puisTousLes: 30,
      parPeriode: true,
      acte: { libelle: 'Répondre', chemin: (e) => `${e.chemin}#contributions` },
    },
  ],
  attendues: async (db, o) => {
    const c = await getCatalogue(db, o.contratId);
    const mesures = o.sujets ? o.sujets.flatMap((id) => c.mesures.get(id) ?? []) : [...c.mesures.values()];
    const collectees = mesures.filter((m) => m.obtention !== 'calcul');
    const ids = collectees.map((m) => m.id);
    const donnees = await lireDonnees(db, o.contratId, collectees);
    const { rows: contestees } = await sql<Contestee>`
      select v.id, v.mesure_id as "mesureId", v.periode, v.debiteur, v.territoire_id as "territoireId",
        v.saisi_par_organisation as "organisationId", v.saisi_par_id as "saisiParId", v.saisi_par as "saisiPar", v.conteste_le as "contesteLe",
        not v.courante or coalesce(v.valide_le > v.conteste_le, false) as regle, case when v.courante then v.valide_le end as "regleLe"
      from valeurs v
      where v.contrat_id = ${o.contratId} and v.conteste_le is not null and v.mesure_id = any(${ids}::text[])`.execute(db);
    return [...collectees.flatMap((m) => attendues(m, c, o.aujourdhui, donnees)), ...contestees.flatMap((v) => contestation(v, c))];
  },
  /** Which figures are missing, and who owes them, is public; who contests what is for those who work on it. */
  lisibles: (_, l) => (l.u === null ? sql`e.genre = 'chiffre'` : sql`true`),
  miennes: (_, l) => {
    const c = l.catalogue;
    const siennes = [...c.mesures.values()].flatMap((m) => {
      const permises = casesPermises(l.u, c, m, repondPour);
      if (permises.length === 0) return [];
      return dettesDe(m, c).flatMap((d) =>
        d.cases.every((x) => permises.some((y) => y.debiteur === x.debiteur && y.territoireId === x.territoireId))
          ? [`${idDe(m, d, c)}|${demandeA(c, d)}`]
          : [],
      );
    });
    const fiches = [...c.fiches.values()].filter((f) => peutValider(l.u, { fiche: f.numero, territoireId: c.racine.id }, c.contient)).map((f) => f.numero);
    return sql`((e.genre = 'chiffre' and e.objet_id || '|' || e.organisation_id = any(${siennes}::text[]))
      or (e.genre = 'contestation' and (e.fiche = any(${fiches}::text[]) or exists (
        select from valeurs v where v.contrat_id = e.contrat_id and v.conteste_le is not null and v.saisi_par_id = ${l.u.id}::uuid
          and e.objet_id = v.id::text))))`;
  },
  /** Whoever answers for the debtor that owes it; of what is contested, its author and the pilots of the fiche. */
  destinataires: async (db, p) => {
    const { catalogue: c } = p;
    const contestes = p.echeances.filter((e) => e.genre === 'contestation').map((e) => e.objetId);
    const { rows } = await sql<{ id: string; auteur: string | null }>`
      select id, saisi_par_id as auteur from valeurs where contrat_id = ${p.contratId} and id = any(${uuids(contestes)})`.execute(db);
    const auteurs = new Map(rows.map((r) => [r.id, r.auteur]));
    // The same debt comes back at each period: who answers for it is asked once.
    const repondants = new Map<string, readonly Utilisateur[]>();
    const deLaDette = (m: Mesure, e: Echeance): readonly Utilisateur[] => {
      const cle = `${e.objetId}|${e.organisationId}`;
      const garde = repondants.get(cle);
      if (garde) return garde;
      const dette = detteDe(m, c, e);
      const visees = (dette?.cases ?? []).map((x) => viser(c, m, x));
      const lus = dette ? p.comptes.filter((u) => visees.every((v) => repondPour(u, v, c.contient))) : [];
      repondants.set(cle, lus);
      return lus;
    };
    return new Map(
      p.echeances.map((e) => {
        const m = c.mesures.get(e.sujet);
        if (!m) return [e.id, []];
        if (e.genre === 'contestation') {
          const fiche = c.fiches.get(m.fiche);
          return [e.id, p.comptes.filter((u) => u.id === auteurs.get(e.objetId) || (fiche !== undefined && pilote(u, fiche)))];
        }
        return [e.id, deLaDette(m, e)];
      }),
    );
  },
};

export const suivreChiffre = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesureId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceChiffres, [mesureId], c);
