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
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { formatPeriode, jourDuMoment } from '../../../ui/typographie.ts';
import { peutValider, peutVoirSaisie, pilote, repondPour } from '../indicateurs.policy.ts';
import { echeance, periode } from '../periode.rules.ts';
import { type Case, demandeA } from './grain.rules.ts';
import { derniere, type Dette, detteDe, dettesDe, type Donnees, etatDuSolde, idDe, lireDonnees, periodesDues, solde } from './dettes.ts';
import { COMPTEURS } from './parole.rules.ts';
import { casesPermises, viser } from './saisie.cadre.ts';
import { listVerrousEnVigueur, type VerrouEnVigueur } from '../signature/verrous.queries.ts';
import { verrouSur } from '../signature/verrous.rules.ts';

/** What the contract's measures owe, or what is followed beside them: never counted together. */
const genreDuDu = (m: Mesure, c: Catalogue): string => (c.suivis.has(m.id) ? SUIVI : 'chiffre');
/** A part of a measure is owed as that measure. */
const toutes = (c: Catalogue): Mesure[] => [...c.mesures.values(), ...[...c.suivis.values()].filter((s) => s.partDe === null)];

function attendues(m: Mesure, c: Catalogue, aujourdhui: string, donnees: Donnees, verrous: readonly VerrouEnVigueur[]): Attendue[] {
  return periodesDues(m, c, aujourdhui).flatMap((code) =>
    dettesDe(m, c).map((dette): Attendue => {
      const donnes = solde(m, dette, code, donnees);
      const d = derniere(donnes);
      const lieu = dette.territoireId === c.racine.id ? '' : `&territoire=${dette.territoireId}`;
      const horsObjet = donnes.length > 0 && donnes.every((x) => x.etats.every((e) => e === 'sans_objet'));
      // Nothing may be given of a locked period: nobody is late of it, and nobody is reminded.
      const fige = d ? undefined : verrouSur(verrous, { mesureId: m.id, fiche: m.fiche, periode: code, debiteur: dette.debiteur });
      return {
        genre: genreDuDu(m, c),
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
        soldee:
          d && !horsObjet
            ? {
                le: d.le,
                par: d.autre === null ? d.par : `${d.par}, ${c.nomActeur(d.autre)}`,
                chemin: `/chiffres/${m.id}?periode=${d.periode}${lieu}`,
                etat: etatDuSolde(donnes),
              }
            : null,
        // Read by anyone: the institution that owes it answers for it, not the person who typed it.
        sansObjet: horsObjet
          ? `déclaré sans objet : ${c.nomActeurA(dette.debiteur, dette.territoireId)}`
          : fige
            ? `${formatPeriode(fige.periode)} figé sans ce chiffre le ${jourDuMoment(fige.le)} : plus rien n’y entre`
            : null,
      };
    }),
  );
}

/** Kind of debt of what is followed beside the measures: partners' alone, and in no completeness. */
export const SUIVI = 'suivi';
/** Kind of debt of what another gave in a debtor's name. */
const CONFIRMATION = 'chiffre-a-confirmer';

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
  const m = c.chiffre(v.mesureId);
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

/** What another gave in a debtor's name, by debt and period: it waits until the debtor says that it is so, contests it, or gives its own. */
interface PourAutrui extends Case {
  mesureId: string;
  periode: string;
  saisiLe: Date;
  ditLe: Date | null;
  ditPar: string | null;
}
const JOURS_POUR_CONFIRMER = 14;
function aConfirmer(lues: readonly PourAutrui[], c: Catalogue): Attendue[] {
  const parDette = new Map<string, { m: Mesure; dette: Dette; siennes: PourAutrui[] }>();
  for (const v of lues) {
    const m = c.chiffre(v.mesureId);
    const dette = m && dettesDe(m, c).find((d) => d.cases.some((x) => x.debiteur === v.debiteur && x.territoireId === v.territoireId));
    if (!m || !dette) continue;
    const cle = `${idDe(m, dette, c)}|${demandeA(c, dette)}|${v.periode}`;
    const deja = parDette.get(cle);
    if (deja) deja.siennes.push(v);
    else parDette.set(cle, { m, dette, siennes: [v] });
  }
  return [...parDette.values()].map(({ m, dette, siennes }): Attendue => {
    const periodeDite = siennes[0]?.periode ?? '';
    const premiere = siennes.reduce((a, b) => (b.saisiLe < a.saisiLe ? b : a));
    const dites = siennes.flatMap((v) => (v.ditLe ? [{ le: v.ditLe, par: v.ditPar ?? '' }] : []));
    const chemin = `/chiffres/${m.id}?periode=${periodeDite}&territoire=${dette.territoireId}`;
    const jour = jourDe(premiere.saisiLe, c.contrat.fuseau);
    return {
      genre: CONFIRMATION,
      sujet: m.id,
      objetId: idDe(m, dette, c),
      titre: m.court,
      chemin,
      organisationId: demandeA(c, dette),
      periode: periodeDite,
      territoireId: dette.territoireId,
      fiche: m.fiche,
      ouverteLe: jour,
      dueLe: plusJours(jour, JOURS_POUR_CONFIRMER),
      soldee: dites.length === siennes.length ? { ...dites.reduce((a, b) => (b.le > a.le ? b : a)), chemin } : null,
    };
  });
}

const FOURNIR: Source['genres'][number]['acte'] = {
  libelle: 'Fournir',
  chemin: (e) => {
    const [mesure = '', territoire] = e.objetId.split('/');
    return `/chiffres/${mesure}/saisir?periode=${e.periode}${territoire ? `&territoire=${territoire}` : ''}`;
  },
};

export const sourceChiffres: Source = {
  code: 'chiffres',
  module: 'indicateurs',
  genres: [
    { code: 'chiffre', libelle: 'Chiffre à fournir', puisTousLes: 30, publique: true, parPeriode: true, acte: FOURNIR },
    { code: SUIVI, libelle: 'Chiffre de suivi à fournir', puisTousLes: 30, parPeriode: true, acte: FOURNIR },
    {
      code: CONFIRMATION,
      libelle: 'Chiffre donné en votre nom',
      // Told at once, then reminded of.
      rappels: [-JOURS_POUR_CONFIRMER, -7, 0, 7],
      puisTousLes: 30,
      parPeriode: true,
      acte: { libelle: 'Confirmer, ou contester', chemin: (e) => `${e.chemin}#contributions` },
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
    const mesures = o.sujets ? o.sujets.flatMap((id) => c.chiffre(id) ?? []) : toutes(c);
    const collectees = mesures.filter((m) => m.obtention !== 'calcul');
    const ids = collectees.map((m) => m.id);
    const donnees = await lireDonnees(db, o.contratId, collectees);
    const verrous = await listVerrousEnVigueur(db, o.contratId, o.aujourdhui);
    const { rows: contestees } = await sql<Contestee>`
      select v.id, v.mesure_id as "mesureId", v.periode, v.debiteur, v.territoire_id as "territoireId",
        v.saisi_par_organisation as "organisationId", v.saisi_par_id as "saisiParId", v.saisi_par as "saisiPar", k.le as "contesteLe",
        not (v.courante or v.validee) or v.parole <> 'contestee' as regle,
        case when v.parole = 'contestee' then (select greatest(s.saisi_le, k.le) from valeurs s
          where (s.contrat_id, s.mesure_id, s.periode, s.territoire_id, s.debiteur, s.ventilation, s.version)
            = (v.contrat_id, v.mesure_id, v.periode, v.territoire_id, v.debiteur, v.ventilation, v.version + 1)) else k."retireeLe" end as "regleLe"
      from (
        select contrat_id, valeur_id, coalesce(min(le) filter (where retiree_le is null), max(le)) as le, max(retiree_le) as "retireeLe"
        from valeur_contestations where contrat_id = ${o.contratId} group by 1, 2) k
      join valeurs v on v.contrat_id = k.contrat_id and v.id = k.valeur_id
      where v.mesure_id = any(${ids}::text[])`.execute(db);
    // What its debtor itself contests is said: whoever typed it answers. What others contest leaves it its word.
    const { rows: pourAutrui } = await sql<PourAutrui>`
      select v.mesure_id as "mesureId", v.periode, v.debiteur, v.territoire_id as "territoireId", v.saisi_le as "saisiLe",
        coalesce(v.confirme_le, k.le) as "ditLe", coalesce(v.confirme_par, k.par) as "ditPar"
      from valeurs v
      left join lateral (
        select k.le, k.par from valeur_contestations k
        where k.contrat_id = v.contrat_id and k.valeur_id = v.id and k.du_debiteur and k.retiree_le is null order by k.le, k.id limit 1) k on true
      where v.contrat_id = ${o.contratId} and v.courante and v.mesure_id = any(${ids}::text[])
        and (v.pour_autrui or (v.saisi_par_id is null and v.saisi_par = any(${Object.values(COMPTEURS)}::text[])))
      order by v.mesure_id, v.periode, v.debiteur, v.territoire_id, v.id`.execute(db);
    return [
      ...aConfirmer(pourAutrui, c),
      ...collectees.flatMap((m) => attendues(m, c, o.aujourdhui, donnees, verrous)),
      ...contestees.flatMap((v) => contestation(v, c)),
    ];
  },
  /** Which figures are missing, and who owes them, is public; who contests what, and what is followed beside the measures, for those who work on it. */
  lisibles: (_, l) => (peutVoirSaisie(l.u) ? sql`true` : sql`e.genre = 'chiffre'`),
  miennes: (_, l) => {
    const c = l.catalogue;
    const siennes = toutes(c).flatMap((m) => {
      const permises = casesPermises(l.u, c, m, repondPour);
      if (permises.length === 0) return [];
      return dettesDe(m, c).flatMap((d) =>
        d.cases.every((x) => permises.some((y) => y.debiteur === x.debiteur && y.territoireId === x.territoireId))
          ? [`${idDe(m, d, c)}|${demandeA(c, d)}`]
          : [],
      );
    });
    const fiches = [...c.fiches.values()].filter((f) => peutValider(l.u, { fiche: f.numero, territoireId: c.racine.id }, c.contient)).map((f) => f.numero);
    return sql`((e.genre in ('chiffre', ${SUIVI}, ${CONFIRMATION}) and e.objet_id || '|' || e.organisation_id = any(${siennes}::text[]))
      or (e.genre = 'contestation' and (e.fiche = any(${fiches}::text[]) or exists (
        select from valeur_contestations k join valeurs v on v.contrat_id = k.contrat_id and v.id = k.valeur_id
        where k.contrat_id = e.contrat_id and v.saisi_par_id = ${l.u.id}::uuid and e.objet_id = v.id::text))))`;
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
        const m = c.chiffre(e.sujet);
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

export const suivreChiffres = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesures: readonly string[]): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceChiffres, mesures, c);
export const suivreChiffre = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesureId: string): Promise<number> => suivreChiffres(c, [mesureId]);
