/** What acts make people owe: a signature, a text, a review, a renewal, what was promised. Late only when its day is past. */
import { sql } from 'kysely';
import { auTravail, type Utilisateur } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Contexte } from '../../core/http/http.ts';
import { getCatalogue } from '../contrats/index.ts';
import { ajouterMois, accorder, type Attendue, grouper, plusJours, type Prevenir, type Source } from '../echeances/index.ts';
import { tenuDe } from './conventions.contexte.ts';
import { parlePourElle, peutPublier, peutRepondre, type Tenu } from './conventions.policy.ts';
import { type Acte, listActes, listEngagements, listParties, listRevues, listVersions, type Revue } from './conventions.queries.ts';
import { effetDe, etatDe, ETATS, ISSUES, prochainDu, raisonDeFin, seSigne, type Terme, termesDe } from './conventions.rules.ts';
import { type ActeEntier, type Debut, etatsDe, paroles, reponses, signatures, soldeeLe } from './dus.paroles.ts';
import { type Genre, listParoles } from './paroles.queries.ts';
import { ensemble } from './paroles.rules.ts';

function texte(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  const { acte: a } = x;
  const premier = x.versions.at(-1);
  // Of what is signed: what nobody signed owes no text yet.
  const du = seSigne(a.nature) ? a.derniereSignature : a.effet;
  if (du === null && !premier) return [];
  return [
    {
      ...base,
      genre: 'acte-texte',
      objetId: a.id,
      titre: `Déposer le texte : ${a.titre}`,
      organisationId: a.porteurId,
      ouverteLe: jourDe(a.creeLe),
      dueLe: du,
      soldee: premier ? { le: premier.quand, par: premier.par, chemin: `${base.chemin}#textes` } : null,
      sansObjet: premier ? null : fini,
    },
  ];
}
function revues(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  const { acte: a } = x;
  const effet = effetDe(a);
  if (a.revueMois === null || effet === null) return [];
  const mois = a.revueMois;
  // One that a party denies was not held.
  const valent = x.revues.filter((r) => etatsDe(x, r.id, 'revue').every((e) => e !== 'contestee' && e !== 'annulee'));
  const tours = [...valent.map((r) => ({ tenue: r as Revue | null })), { tenue: null }];
  let depuis = effet;
  return tours.map(({ tenue }): Attendue => {
    const due = ajouterMois(depuis, mois);
    const periode = depuis;
    depuis = tenue?.tenueLe ?? depuis;
    return {
      ...base,
      genre: 'acte-revue',
      objetId: a.id,
      periode,
      titre: `Tenir la revue : ${a.titre}`,
      organisationId: a.porteurId,
      ouverteLe: periode,
      dueLe: due,
      soldee: tenue ? { le: soldeeLe(tenue.tenueLe), par: tenue.par, chemin: `${base.chemin}#revues` } : null,
      sansObjet: tenue ? null : fini,
    };
  });
}
/** Each end that it had: moved by an avenant, passed by itself, ended; and the one that comes. */
function renouvellements(x: ActeEntier, base: Debut, aujourdhui: string, fini: string | null): Attendue[] {
  const { acte: a } = x;
  const effet = effetDe(a);
  if (effet === null) return [];
  const un = (fin: string, dueLe: string, plus: Partial<Attendue>): Attendue => ({
    ...base,
    genre: 'acte-renouvellement',
    objetId: a.id,
    periode: fin,
    titre: `Renouveler, ou dire que cela cesse : ${a.titre}`,
    organisationId: a.porteurId,
    ouverteLe: effet,
    dueLe,
    ...plus,
  });
  const reconduite = (t: Terme): Attendue => un(t.fin, t.limite, { sansObjet: 'reconduite tacitement' });
  const deplacees = x.versions.flatMap((v) => {
    const { finAvant } = v;
    if (!finAvant || !ensemble(etatsDe(x, v.id, 'avenant'))) return [];
    // The terms that were renewed by themselves until the avenant.
    const avant = v.finPremiere
      ? termesDe({ fin: v.finPremiere, preavisJours: a.preavisJours, reconductionMois: v.reconductionAvant, denonceeLe: finAvant }, aujourdhui)
      : [];
    return [
      ...avant.filter((t) => t.fin < finAvant).map(reconduite),
      un(finAvant, plusJours(finAvant, -a.preavisJours), { soldee: { le: v.quand, par: v.par, chemin: `${base.chemin}#textes` } }),
    ];
  });
  const termes = termesDe(a, aujourdhui);
  const t = termes.at(-1);
  if (!t) return deplacees;
  const passees = termes.slice(0, -1).map(reconduite);
  const arret = a.denonceeLe !== null ? ETATS.denoncee : a.arret && a.reconductionMois === null ? ISSUES.arreter : null;
  const toutes = [...deplacees, ...passees, un(t.fin, t.limite, { sansObjet: fini ?? arret })];
  // An end to which one came back is owed again.
  return [...new Map(toutes.map((d) => [d.periode, d])).values()];
}
function engagements(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  return x.engagements.flatMap((e) => {
    // Written in its name by another: nothing is owed before it says that it promised.
    if (!ensemble(etatsDe(x, e.id, 'promesse'))) return [];
    const un = (dueLe: string, plus: Partial<Attendue>): Attendue => ({
      ...base,
      genre: 'acte-engagement',
      objetId: e.id,
      periode: dueLe,
      titre: e.libelle,
      organisationId: e.organisationId,
      ouverteLe: jourDe(e.creeLe),
      dueLe,
      ...plus,
    });
    const faits = e.faits.map((f) => un(f.du_le, { soldee: { le: soldeeLe(f.fait_le), par: f.par, chemin: `${base.chemin}#engagements` } }));
    const prochain = prochainDu(
      e,
      e.faits.map((f) => f.du_le),
    );
    return prochain ? [...faits, un(prochain, { sansObjet: fini })] : faits;
  });
}
function attenduesDe(x: ActeEntier, base: Debut, aujourdhui: string): Attendue[] {
  const etat = etatDe(x.acte, aujourdhui);
  const fini = raisonDeFin(etat);
  const echu = etat === 'echue' ? 'l’acte est échu' : null;
  return [
    ...signatures(x, base, fini),
    ...reponses(x, base, fini ?? echu),
    ...paroles(x, base, fini),
    ...texte(x, base, fini),
    ...revues(x, base, fini ?? echu),
    ...renouvellements(x, base, aujourdhui, fini),
    ...engagements(x, base, fini ?? echu),
  ];
}

/** Whom a debt concerns: those of the organisation who may answer for it; of what holds for the whole act, who speaks for it everywhere. */
const concerne = (p: Prevenir, actes: ReadonlyMap<string, Acte>, genres: ReadonlyMap<string, Genre>) =>
  new Map(
    p.echeances.map((e) => {
      const acte = actes.get(e.sujet);
      const genre = genres.get(e.periode);
      const peut = (u: Utilisateur, tenu: Tenu) =>
        genre ? parlePourElle(u, tenu, genre, u.organisationId, p.catalogue.contient) : peutRepondre(u, tenu, u.organisationId, p.catalogue.contient);
      const ceux = (u: Utilisateur) => acte !== undefined && u.organisationId === e.organisationId && peut(u, tenuDe(p.catalogue, acte));
      return [e.id, p.comptes.filter(ceux).map((u) => ({ courriel: u.courriel, nom: u.nom }))];
    }),
  );
const ESCALADE = { apres: 14, a: 'la coordination' };
const acte = (libelle: string, ancre: string) => ({ libelle, chemin: (e: { chemin: string }) => `${e.chemin}#${ancre}` });

export const sourceConventions: Source = {
  code: 'conventions',
  module: 'conventions',
  genres: [
    { code: 'acte-signature', libelle: 'Acte à signer', puisTousLes: 30, escalade: ESCALADE, acte: acte('Dire qu’il est signé', 'parties') },
    {
      code: 'acte-confirmation',
      libelle: 'Signature à confirmer',
      puisTousLes: 30,
      escalade: ESCALADE,
      acte: { libelle: 'Confirmer, ou contester', chemin: (e) => `${e.chemin}/parties/${e.periode}` },
    },
    {
      code: 'acte-contestation',
      libelle: 'Signature contestée',
      puisTousLes: 30,
      escalade: ESCALADE,
      acte: { libelle: 'Corriger, ou annuler', chemin: (e) => `${e.chemin}/parties/${e.periode}` },
    },
    {
      code: 'acte-parole',
      libelle: 'Dit en votre nom, à confirmer',
      puisTousLes: 30,
      escalade: ESCALADE,
      acte: { libelle: 'Confirmer, ou contester', chemin: (e) => `${e.chemin}/paroles/${e.periode}` },
    },
    { code: 'acte-texte', libelle: 'Texte d’un acte à déposer', puisTousLes: 30, escalade: ESCALADE, acte: acte('Déposer le texte', 'textes') },
    { code: 'acte-revue', libelle: 'Revue d’un acte', rappels: [-30, -7, 0, 14], puisTousLes: 30, escalade: ESCALADE, acte: acte('Noter la revue', 'revues') },
    {
      code: 'acte-renouvellement',
      libelle: 'Acte à renouveler',
      rappels: [-90, -30, -7, 0, 7],
      puisTousLes: 30,
      escalade: ESCALADE,
      acte: acte('Déposer l’avenant, ou dire qu’il cesse', 'textes'),
    },
    { code: 'acte-engagement', libelle: 'Engagement d’un acte', puisTousLes: 30, escalade: ESCALADE, acte: acte('Dire qu’il est tenu', 'engagements') },
  ],
  attendues: async (db, o) => {
    const actes = await listActes(db, o.contratId, { ids: o.sujets });
    if (actes.length === 0) return [];
    const ids = actes.map((a) => a.id);
    const catalogue = await getCatalogue(db, o.contratId);
    const de = <T extends { conventionId: string }>(liste: readonly T[]) => grouper(liste, (x) => x.conventionId);
    const parties = de(await listParties(db, o.contratId, ids));
    const versions = de(await listVersions(db, o.contratId, ids));
    const tenues = de(await listRevues(db, o.contratId, ids));
    const dites = de(await listParoles(db, o.contratId, ids));
    const promis = de(await listEngagements(db, o.contratId, ids));
    return actes.flatMap((a) =>
      attenduesDe(
        {
          acte: a,
          parties: parties.get(a.id) ?? [],
          versions: versions.get(a.id) ?? [],
          revues: tenues.get(a.id) ?? [],
          engagements: promis.get(a.id) ?? [],
          paroles: dites.get(a.id) ?? [],
        },
        {
          sujet: a.id,
          chemin: `/conventions/${a.id}`,
          territoireId: a.territoires.length === 1 ? (a.territoires[0] ?? null) : null,
          fiche: tenuDe(catalogue, a).fiches[0] ?? null,
        },
        o.aujourdhui,
      ),
    );
  },
  lisibles: (_, l) => (auTravail(l.u) ? sql`true` : sql`false`),
  miennes: (_, l) => (auTravail(l.u) ? sql`e.organisation_id = ${l.u.organisationId}` : sql`false`),
  destinataires: async (db, p) => concerne(p, await actesDe(db, p), await genresDe(db, p)),
  escalade: async (_, p) => new Map(p.echeances.map((e) => [e.id, p.comptes.filter((u) => peutPublier(u)).map((u) => ({ courriel: u.courriel, nom: u.nom }))])),
};
const genresDe = async (db: Parameters<typeof listActes>[0], p: Prevenir): Promise<ReadonlyMap<string, Genre>> => {
  const dites = p.echeances.filter((e) => e.genre === 'acte-parole').map((e) => e.sujet);
  return dites.length === 0 ? new Map() : new Map((await listParoles(db, p.contratId, [...new Set(dites)])).map((x) => [x.id, x.genre]));
};
const actesDe = async (db: Parameters<typeof listActes>[0], p: Prevenir) =>
  new Map((await listActes(db, p.contratId, { ids: [...new Set(p.echeances.map((e) => e.sujet))] })).map((a) => [a.id, a]));

/** Brings what is owed of these acts to what they say now; of those that they replace, too. */
export const suivreActes = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, ids: readonly (string | null)[]): Promise<number> =>
  accorder(
    c.db,
    c.contrat.id,
    sourceConventions,
    ids.filter((x): x is string => x !== null),
    c,
  );
